-- What plans ask of a deal: its product and margin, who is credited with it, what was refunded or lost.

ALTER TABLE receivable_contract ADD COLUMN product TEXT NOT NULL DEFAULT '';
ALTER TABLE receivable_contract ADD COLUMN margin BIGINT;

-- Money that went back to the customer, or that will never come: what of an invoice is undone. The
-- invoice itself stays as it is, since a bad debt is still owed.
CREATE TABLE receivable_reversal (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  invoice_id TEXT NOT NULL REFERENCES receivable_invoice (id),
  receipt_id TEXT REFERENCES receivable_receipt (id),
  reversed_on TEXT NOT NULL,
  amount BIGINT NOT NULL,
  reason TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
{APPEND_ONLY receivable_reversal};
CREATE INDEX receivable_reversal_of ON receivable_reversal (invoice_id);
CREATE INDEX receivable_reversal_customer ON receivable_reversal (customer_id);

-- Which place of a deal a plan pays: nothing written is the deal itself. An assignment ends the one
-- before it for the same place.
ALTER TABLE commission_plan ADD COLUMN overlay TEXT NOT NULL DEFAULT '';
ALTER TABLE commission_assignment ADD COLUMN place TEXT NOT NULL DEFAULT '';

-- Who is credited with a deal; the newest row counts for the deal's whole life.
CREATE TABLE commission_credit (
  deal_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  body TEXT NOT NULL,
  reason TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (deal_id, seq)
);
{APPEND_ONLY commission_credit};

-- From a day on a decision table says who is credited with deals signed then; none where it is empty.
CREATE TABLE commission_crediting (
  seq BIGINT PRIMARY KEY,
  effective_on TEXT NOT NULL,
  table_id TEXT REFERENCES rules_table (id),
  set_by TEXT NOT NULL,
  set_at BIGINT NOT NULL
);
{APPEND_ONLY commission_crediting};
