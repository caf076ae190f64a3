-- Contracts, orders, invoices, receipts, and who must chase the money.

CREATE TABLE receivable_contract (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  opportunity_id TEXT REFERENCES customer_opportunity (id),
  owner_id TEXT REFERENCES people_employee (id),
  title TEXT NOT NULL,
  amount BIGINT NOT NULL,
  signed_on TEXT NOT NULL,
  ends_on TEXT,
  state TEXT NOT NULL,
  extra TEXT NOT NULL
);
CREATE INDEX receivable_contract_of ON receivable_contract (customer_id);
CREATE INDEX receivable_contract_owner ON receivable_contract (owner_id, state);

CREATE TABLE receivable_order (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  contract_id TEXT REFERENCES receivable_contract (id),
  owner_id TEXT REFERENCES people_employee (id),
  ordered_on TEXT NOT NULL,
  shipped_on TEXT,
  amount BIGINT NOT NULL,
  state TEXT NOT NULL,
  extra TEXT NOT NULL
);
CREATE INDEX receivable_order_of ON receivable_order (customer_id);
CREATE INDEX receivable_order_owner ON receivable_order (owner_id, state);

-- Prices in 1/10,000 yuan and discounts in parts per million, as foreign price lists are that fine.
CREATE TABLE receivable_order_line (
  order_id TEXT NOT NULL REFERENCES receivable_order (id),
  n BIGINT NOT NULL,
  product TEXT NOT NULL,
  quantity_ppm BIGINT NOT NULL,
  unit_price_fine BIGINT NOT NULL,
  discount_ppm BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (order_id, n)
);

-- An invoice that is not cleared is the receivable.
CREATE TABLE receivable_invoice (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  contract_id TEXT REFERENCES receivable_contract (id),
  order_id TEXT REFERENCES receivable_order (id),
  issued_on TEXT NOT NULL,
  due_on TEXT NOT NULL,
  amount BIGINT NOT NULL,
  cleared BIGINT NOT NULL,
  disputed BIGINT NOT NULL,
  responsible_id TEXT REFERENCES people_employee (id),
  extra TEXT NOT NULL
);
CREATE INDEX receivable_invoice_of ON receivable_invoice (customer_id);
CREATE INDEX receivable_invoice_responsible ON receivable_invoice (responsible_id);

CREATE TABLE receivable_receipt (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  received_on TEXT NOT NULL,
  amount BIGINT NOT NULL,
  extra TEXT NOT NULL
);
CREATE INDEX receivable_receipt_of ON receivable_receipt (customer_id);

CREATE TABLE receivable_clearing (
  receipt_id TEXT NOT NULL REFERENCES receivable_receipt (id),
  invoice_id TEXT NOT NULL REFERENCES receivable_invoice (id),
  seq BIGINT NOT NULL,
  cleared_on TEXT NOT NULL,
  amount BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (receipt_id, invoice_id, seq)
);
{APPEND_ONLY receivable_clearing};
CREATE INDEX receivable_clearing_of ON receivable_clearing (invoice_id);

-- Who must chase the money from a day on; like customer_assignment.
CREATE TABLE receivable_responsibility (
  invoice_id TEXT NOT NULL REFERENCES receivable_invoice (id),
  seq BIGINT NOT NULL,
  effective_on TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  responsible_id TEXT REFERENCES people_employee (id),
  recorded_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  plan_id TEXT,
  PRIMARY KEY (invoice_id, seq)
);
{APPEND_ONLY receivable_responsibility};
