-- Commission that is open when somebody leaves: what was said of each contract, what was settled.

-- Decisions, second looks and objections, one after the other; nothing of it is ever changed. They
-- belong to a departure: with one that is withdrawn they never take effect.
CREATE TABLE commission_exit_word (
  departure_id TEXT NOT NULL REFERENCES departure (id),
  deal_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  payee_id TEXT NOT NULL REFERENCES people_employee (id),
  said TEXT NOT NULL,
  body TEXT NOT NULL,
  reason TEXT NOT NULL,
  owed BIGINT NOT NULL,
  to_come BIGINT NOT NULL,
  said_by TEXT NOT NULL,
  said_at BIGINT NOT NULL,
  PRIMARY KEY (departure_id, deal_id, seq)
);
{APPEND_ONLY commission_exit_word};
CREATE INDEX commission_exit_word_of ON commission_exit_word (payee_id);

-- What the closing of a departure made of each open contract.
CREATE TABLE commission_exit (
  departure_id TEXT NOT NULL REFERENCES departure (id),
  deal_id TEXT NOT NULL,
  payee_id TEXT NOT NULL REFERENCES people_employee (id),
  cut_off TEXT NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  body TEXT NOT NULL,
  earned BIGINT NOT NULL,
  owed BIGINT NOT NULL,
  to_come BIGINT NOT NULL,
  paid_now BIGINT NOT NULL,
  paid_later BIGINT NOT NULL,
  settled_at BIGINT NOT NULL,
  PRIMARY KEY (departure_id, deal_id)
);
{APPEND_ONLY commission_exit};
CREATE INDEX commission_exit_of ON commission_exit (payee_id);
