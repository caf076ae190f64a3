-- Logins, roles, sessions. A login is not a person.

CREATE TABLE session_login (
  id TEXT PRIMARY KEY,
  employee_id TEXT UNIQUE REFERENCES people_employee (id),
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  must_change BIGINT NOT NULL,
  auth_epoch BIGINT NOT NULL,
  mode TEXT NOT NULL,
  active BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE session_role (
  login_id TEXT NOT NULL REFERENCES session_login (id),
  role TEXT NOT NULL,
  PRIMARY KEY (login_id, role)
);

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  login_id TEXT NOT NULL REFERENCES session_login (id),
  auth_epoch BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  agent TEXT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX session_of ON session (login_id);

-- Failed logins, counted in the books so that every app server throttles alike.
CREATE TABLE session_failure (
  number TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  blocked_until BIGINT NOT NULL
);
