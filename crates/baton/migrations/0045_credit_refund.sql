-- What is left over of a receipt goes back to the customer: such a refund names the receipt and no
-- invoice.
{POSTGRES} ALTER TABLE receivable_reversal ALTER COLUMN invoice_id DROP NOT NULL;

-- SQLite builds the table anew, and what leads to it with it.
{SQLITE} CREATE TABLE receivable_reversal_new (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  kind TEXT NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  invoice_id TEXT REFERENCES receivable_invoice (id),
  receipt_id TEXT REFERENCES receivable_receipt (id),
  reversed_on TEXT NOT NULL,
  amount BIGINT NOT NULL,
  reason TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  nth BIGINT NOT NULL DEFAULT 1
);
{SQLITE} INSERT INTO receivable_reversal_new (id, number, kind, customer_id, invoice_id, receipt_id,
  reversed_on, amount, reason, recorded_by, recorded_at, nth)
  SELECT id, number, kind, customer_id, invoice_id, receipt_id, reversed_on, amount, reason,
  recorded_by, recorded_at, nth FROM receivable_reversal;
{SQLITE} CREATE TABLE receivable_reversal_withdrawal_new (
  reversal_id TEXT PRIMARY KEY REFERENCES receivable_reversal_new (id),
  reason TEXT NOT NULL,
  withdrawn_by TEXT NOT NULL,
  withdrawn_at BIGINT NOT NULL
);
{SQLITE} INSERT INTO receivable_reversal_withdrawal_new (reversal_id, reason, withdrawn_by,
  withdrawn_at)
  SELECT reversal_id, reason, withdrawn_by, withdrawn_at FROM receivable_reversal_withdrawal;
{SQLITE} DROP TABLE receivable_reversal_withdrawal;
{SQLITE} DROP TABLE receivable_reversal;
-- The reference follows the name.
{SQLITE} ALTER TABLE receivable_reversal_new RENAME TO receivable_reversal;
{SQLITE} ALTER TABLE receivable_reversal_withdrawal_new RENAME TO receivable_reversal_withdrawal;
{SQLITE} {APPEND_ONLY receivable_reversal};
{SQLITE} {APPEND_ONLY receivable_reversal_withdrawal};
{SQLITE} CREATE INDEX receivable_reversal_of ON receivable_reversal (invoice_id);
{SQLITE} CREATE INDEX receivable_reversal_customer ON receivable_reversal (customer_id);
{SQLITE} CREATE UNIQUE INDEX receivable_reversal_number ON receivable_reversal (number, nth);
CREATE INDEX receivable_reversal_receipt ON receivable_reversal (receipt_id);
