-- What somebody who agreed to a handover had been shown: his forecast of commission, as it stood on
-- his screen. Nothing of it is ever changed; the entry of his answer names its digest.
CREATE TABLE handover_forecast (
  plan_id TEXT NOT NULL REFERENCES handover_plan (id),
  seq BIGINT NOT NULL,
  person_id TEXT NOT NULL REFERENCES people_employee (id),
  step TEXT NOT NULL,
  version BIGINT NOT NULL,
  digest TEXT NOT NULL,
  body TEXT NOT NULL,
  agreed_at BIGINT NOT NULL,
  PRIMARY KEY (plan_id, seq)
);
{APPEND_ONLY handover_forecast};
CREATE INDEX handover_forecast_of ON handover_forecast (person_id);

-- What was handed to payroll of a closed month: the workbook and the plain earning lines, as they
-- were handed out.
CREATE TABLE commission_payout (
  month TEXT NOT NULL PRIMARY KEY REFERENCES commission_period (month),
  people BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  total BIGINT NOT NULL,
  -- SHA-256 of the files, hex; stand in the evidence entry too.
  xlsx_digest TEXT NOT NULL,
  csv_digest TEXT NOT NULL,
  xlsx {BINARY} NOT NULL,
  csv {BINARY} NOT NULL,
  exported_by TEXT NOT NULL,
  exported_at BIGINT NOT NULL
);
{APPEND_ONLY commission_payout};
