-- Commission: plans and who has which, terms after handovers, periods, lines, and what was said of them.

CREATE TABLE commission_plan (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  adds_up TEXT NOT NULL,
  change_inside TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

-- A version is in force from its day until the day of the next one.
CREATE TABLE commission_version (
  plan_id TEXT NOT NULL REFERENCES commission_plan (id),
  version BIGINT NOT NULL,
  valid_from TEXT NOT NULL,
  body TEXT NOT NULL,
  published_by TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  PRIMARY KEY (plan_id, version)
);
{APPEND_ONLY commission_version};

-- Which plan a person, a post or a department has from a day on; none where the plan is empty. A row
-- ends the one before it, so that nobody can have two at once.
CREATE TABLE commission_assignment (
  assignee TEXT NOT NULL,
  seq BIGINT NOT NULL,
  effective_on TEXT NOT NULL,
  plan_id TEXT REFERENCES commission_plan (id),
  recorded_by TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (assignee, seq)
);
{APPEND_ONLY commission_assignment};

-- What the previous owner still gets of the customers of an executed handover plan; the row without
-- a customer is for all that have none of their own.
CREATE TABLE commission_terms (
  plan_id TEXT NOT NULL REFERENCES handover_plan (id),
  customer_id TEXT NOT NULL,
  effective_on TEXT NOT NULL,
  body TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (plan_id, customer_id)
);
{APPEND_ONLY commission_terms};

-- A month, and the calculation whose lines count in it.
CREATE TABLE commission_period (
  month TEXT PRIMARY KEY,
  stage TEXT NOT NULL,
  run BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  calculated_at BIGINT,
  closed_at BIGINT
);

-- Every line of every calculation, absences among them. A calculation never touches the lines of
-- another one: a period says which counts, and what was said before can be looked up.
CREATE TABLE commission_line (
  run BIGINT NOT NULL,
  n BIGINT NOT NULL,
  month TEXT NOT NULL REFERENCES commission_period (month),
  key TEXT NOT NULL,
  payee_id TEXT NOT NULL REFERENCES people_employee (id),
  record TEXT NOT NULL,
  deal_id TEXT NOT NULL,
  earned_on TEXT NOT NULL,
  kind TEXT NOT NULL,
  credit BIGINT NOT NULL,
  commission BIGINT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (run, n)
);
{APPEND_ONLY commission_line};
CREATE INDEX commission_line_of ON commission_line (payee_id, month, run);
CREATE INDEX commission_line_month ON commission_line (month, run);

-- What payee and finance said of a line, and of which amount.
CREATE TABLE commission_word (
  month TEXT NOT NULL REFERENCES commission_period (month),
  key TEXT NOT NULL,
  seq BIGINT NOT NULL,
  payee_id TEXT NOT NULL REFERENCES people_employee (id),
  said TEXT NOT NULL,
  reason TEXT NOT NULL,
  commission BIGINT NOT NULL,
  said_by TEXT NOT NULL,
  said_at BIGINT NOT NULL,
  PRIMARY KEY (month, key, seq)
);
{APPEND_ONLY commission_word};
CREATE INDEX commission_word_of ON commission_word (payee_id, month);
