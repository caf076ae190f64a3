-- Organisation and people.

CREATE TABLE people_entity (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  credit_code TEXT
);

CREATE TABLE people_post (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE people_department (
  id TEXT PRIMARY KEY,
  parent_id TEXT REFERENCES people_department (id),
  entity_id TEXT NOT NULL REFERENCES people_entity (id),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  closed_on TEXT
);

CREATE TABLE people_employee (
  id TEXT PRIMARY KEY,
  number TEXT {BYTEWISE} NOT NULL UNIQUE,
  name TEXT NOT NULL,
  pinyin TEXT NOT NULL,
  initials TEXT NOT NULL,
  citizen_id TEXT,
  phone TEXT,
  email TEXT,
  entity_id TEXT NOT NULL REFERENCES people_entity (id),
  department_id TEXT NOT NULL REFERENCES people_department (id),
  post_id TEXT NOT NULL REFERENCES people_post (id),
  line_manager_id TEXT REFERENCES people_employee (id),
  hired_on TEXT NOT NULL,
  probation_until TEXT,
  contract_from TEXT,
  contract_until TEXT,
  sells BIGINT NOT NULL,
  capacity BIGINT,
  regions TEXT NOT NULL,
  industries TEXT NOT NULL,
  state TEXT NOT NULL,
  left_on TEXT,
  extra TEXT NOT NULL
);
CREATE INDEX people_employee_department ON people_employee (department_id);
CREATE INDEX people_employee_manager ON people_employee (line_manager_id);

-- A department's head stands apart, since employees refer to departments.
CREATE TABLE people_head (
  department_id TEXT PRIMARY KEY REFERENCES people_department (id),
  employee_id TEXT NOT NULL REFERENCES people_employee (id)
);

-- Employment is a dated state of a person; a correction is a new row. A row that ends the employment
-- keeps the last place.
CREATE TABLE people_employment (
  employee_id TEXT NOT NULL REFERENCES people_employee (id),
  seq BIGINT NOT NULL,
  effective_on TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  entity_id TEXT NOT NULL REFERENCES people_entity (id),
  department_id TEXT NOT NULL REFERENCES people_department (id),
  post_id TEXT NOT NULL REFERENCES people_post (id),
  line_manager_id TEXT REFERENCES people_employee (id),
  ended BIGINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (employee_id, seq)
);
{APPEND_ONLY people_employment};

CREATE TABLE people_stand_in (
  id TEXT PRIMARY KEY,
  employee_id TEXT NOT NULL REFERENCES people_employee (id),
  stand_in_id TEXT NOT NULL REFERENCES people_employee (id),
  from_on TEXT NOT NULL,
  until_on TEXT,
  reason TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX people_stand_in_of ON people_stand_in (employee_id);

-- What the company lent to a person, and the accounts he holds in other systems.
CREATE TABLE people_asset (
  id TEXT PRIMARY KEY,
  employee_id TEXT NOT NULL REFERENCES people_employee (id),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  serial TEXT NOT NULL,
  state TEXT NOT NULL,
  cost BIGINT,
  note TEXT NOT NULL,
  changed_on TEXT NOT NULL
);
CREATE INDEX people_asset_of ON people_asset (employee_id);

-- What the yearly notices name: days off, days worked in exchange, and which are statutory proper.
CREATE TABLE people_calendar_day (
  day TEXT PRIMARY KEY,
  notice_year BIGINT NOT NULL,
  is_off BIGINT NOT NULL,
  is_statutory BIGINT NOT NULL,
  name TEXT NOT NULL
);
