-- What the giver of a plan still earns from the customers that move; the row without a customer is
-- for all that have none of their own. Executing the plan writes them into `commission_terms`.
CREATE TABLE handover_terms (
  plan_id TEXT NOT NULL REFERENCES handover_plan (id),
  customer_id TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (plan_id, customer_id)
);
