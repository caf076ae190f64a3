-- What is written twice in one act is checked once.

-- Whoever is noted in a history of owners stands in the customer or the invoice too, which the same
-- act writes, and there PostgreSQL checks that there is such a person. A customer or a person is
-- never taken away, so that nothing can lead to somebody who is gone.
{NEVER_DELETED customer};
{NEVER_DELETED people_employee};
{TOLD_ONLY customer_assignment.customer_id customer};
{TOLD_ONLY customer_assignment.owner_id people_employee};
{TOLD_ONLY receivable_responsibility.responsible_id people_employee};

-- Who wrote a follow-up is asked when an import of people is undone and never else; a duty that
-- changes hands wrote an entry of it.
{POSTGRES} DROP INDEX customer_follow_up_author;
