-- A contract, an order or an invoice that was entered by mistake and is taken back after figures of
-- a closed month may have counted it: what commission reads of it stays here, for the months that
-- were calculated while it stood in the books. It is no paper any more, and nothing points to it.
CREATE TABLE receivable_withdrawn (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  deal_id TEXT NOT NULL,
  order_id TEXT,
  day TEXT NOT NULL,
  ends_on TEXT,
  shipped_on TEXT,
  amount BIGINT NOT NULL,
  product TEXT NOT NULL,
  margin BIGINT,
  reason TEXT NOT NULL,
  withdrawn_by TEXT NOT NULL,
  withdrawn_at BIGINT NOT NULL
);
{APPEND_ONLY receivable_withdrawn};
CREATE INDEX receivable_withdrawn_of ON receivable_withdrawn (customer_id);
