-- Contracts that are handed over without their customer.

-- From this day on this person has the contract. With stays = 1 it stays with him when the customer
-- changes hands; with 0 it goes with the customer again. A contract without rows always did.
-- customer_rows is how many rows the history of the customer had then: of what begins on one day,
-- those come first.
CREATE TABLE receivable_contract_holder (
  contract_id TEXT NOT NULL REFERENCES receivable_contract (id),
  seq BIGINT NOT NULL,
  effective_on TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  holder_id TEXT NOT NULL REFERENCES people_employee (id),
  from_id TEXT NOT NULL REFERENCES people_employee (id),
  stays BIGINT NOT NULL,
  customer_rows BIGINT NOT NULL,
  plan_id TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  PRIMARY KEY (contract_id, seq)
);
{APPEND_ONLY receivable_contract_holder};
CREATE INDEX receivable_contract_holder_of ON receivable_contract_holder (holder_id);
