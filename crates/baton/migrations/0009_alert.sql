-- What somebody should look at.

CREATE TABLE alert (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  severity TEXT NOT NULL,
  at BIGINT NOT NULL,
  about TEXT NOT NULL,
  subject TEXT NOT NULL,
  zh TEXT NOT NULL,
  en TEXT NOT NULL,
  detail TEXT NOT NULL,
  role TEXT NOT NULL,
  state TEXT NOT NULL,
  handled_by TEXT,
  handled_at BIGINT,
  note TEXT
);
CREATE INDEX alert_state ON alert (state, at);
