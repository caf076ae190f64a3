-- When a customer was merged away, and into which: the customer's own row says only what it is part
-- of by now. Merges of before have no row here; their histories of owners end with the day.
CREATE TABLE customer_merge (
  customer_id TEXT PRIMARY KEY REFERENCES customer (id),
  into_id TEXT NOT NULL REFERENCES customer (id),
  merged_on TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
{APPEND_ONLY customer_merge};
