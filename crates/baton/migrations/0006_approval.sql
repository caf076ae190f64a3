-- Process definitions, running cases, their events, and everybody's tasks.

CREATE TABLE approval_flow (
  id TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  version BIGINT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  digest TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  UNIQUE (key, version)
);

CREATE TABLE approval_case (
  id TEXT PRIMARY KEY,
  flow_id TEXT NOT NULL REFERENCES approval_flow (id),
  title TEXT NOT NULL,
  subject TEXT NOT NULL,
  initiator_id TEXT REFERENCES people_employee (id),
  about_id TEXT REFERENCES people_employee (id),
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  snapshot TEXT NOT NULL,
  held_act TEXT,
  held_body TEXT,
  opened_at BIGINT NOT NULL,
  closed_at BIGINT
);
CREATE INDEX approval_case_subject ON approval_case (subject);
CREATE INDEX approval_case_initiator ON approval_case (initiator_id);
CREATE INDEX approval_case_state ON approval_case (state, opened_at);

CREATE TABLE approval_event (
  case_id TEXT NOT NULL REFERENCES approval_case (id),
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (case_id, seq)
);
{APPEND_ONLY approval_event};

-- Everybody who ever had a part in a case may go on reading it.
CREATE TABLE approval_party (
  employee_id TEXT NOT NULL REFERENCES people_employee (id),
  case_id TEXT NOT NULL REFERENCES approval_case (id),
  PRIMARY KEY (employee_id, case_id)
);

-- A projection of the cases: who has to do what until when.
CREATE TABLE approval_task (
  case_id TEXT NOT NULL REFERENCES approval_case (id),
  item BIGINT NOT NULL,
  node TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  owner_id TEXT REFERENCES people_employee (id),
  pool TEXT,
  state TEXT NOT NULL,
  decision TEXT,
  opened_at BIGINT NOT NULL,
  due_at BIGINT,
  done_at BIGINT,
  PRIMARY KEY (case_id, item)
);
CREATE INDEX approval_task_owner ON approval_task (owner_id, state);
CREATE INDEX approval_task_pool ON approval_task (pool, state);
