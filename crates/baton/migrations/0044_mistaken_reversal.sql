-- A refund or a bad debt that was recorded by mistake is taken back: the row stays, and beside it
-- stands that it never was.
CREATE TABLE receivable_reversal_withdrawal (
  reversal_id TEXT PRIMARY KEY REFERENCES receivable_reversal (id),
  reason TEXT NOT NULL,
  withdrawn_by TEXT NOT NULL,
  withdrawn_at BIGINT NOT NULL
);
{APPEND_ONLY receivable_reversal_withdrawal};

-- Its number is free again: the next one of that number is the second, the third.
{POSTGRES} ALTER TABLE receivable_reversal DROP CONSTRAINT receivable_reversal_number_key;
{POSTGRES} ALTER TABLE receivable_reversal ADD COLUMN nth BIGINT NOT NULL DEFAULT 1;
{SQLITE} CREATE TABLE receivable_reversal_new (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  kind TEXT NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  invoice_id TEXT NOT NULL REFERENCES receivable_invoice (id),
  receipt_id TEXT REFERENCES receivable_receipt (id),
  reversed_on TEXT NOT NULL,
  amount BIGINT NOT NULL,
  reason TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  nth BIGINT NOT NULL DEFAULT 1
);
{SQLITE} INSERT INTO receivable_reversal_new (id, number, kind, customer_id, invoice_id, receipt_id, reversed_on,
  amount, reason, recorded_by, recorded_at)
  SELECT id, number, kind, customer_id, invoice_id, receipt_id, reversed_on,
  amount, reason, recorded_by, recorded_at FROM receivable_reversal;
{SQLITE} DROP TABLE receivable_reversal;
{SQLITE} ALTER TABLE receivable_reversal_new RENAME TO receivable_reversal;
{SQLITE} {APPEND_ONLY receivable_reversal};
{SQLITE} CREATE INDEX receivable_reversal_of ON receivable_reversal (invoice_id);
{SQLITE} CREATE INDEX receivable_reversal_customer ON receivable_reversal (customer_id);
CREATE UNIQUE INDEX receivable_reversal_number ON receivable_reversal (number, nth);
