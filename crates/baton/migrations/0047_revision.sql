-- How often an employee's particulars, and a contact's, were written anew. Forms show telephone,
-- e-mail and citizen id masked, and two numbers may have one mask: this tells them apart, and says
-- nothing of either.
ALTER TABLE people_employee ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
ALTER TABLE customer_contact ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
