-- Whoever holds something today is checked once a statement, not once a row: a handover leads ten
-- thousand rows to twenty people.

{CHECKED_BY_STATEMENT customer.owner_id people_employee};
{CHECKED_BY_STATEMENT receivable_invoice.responsible_id people_employee};
{CHECKED_BY_STATEMENT customer_follow_up.duty_id people_employee};

-- A row of this history is made out of its invoice; none is taken away that has one.
{TOLD_ONLY receivable_responsibility.invoice_id receivable_invoice};
{KEPT_FOR receivable_responsibility.invoice_id receivable_invoice};
