-- By which day payees are asked to confirm a month under review, and who was told.

-- The last day; a later row of a month counts instead of the one before it.
CREATE TABLE commission_confirm_day (
  month TEXT NOT NULL REFERENCES commission_period (month),
  seq BIGINT NOT NULL,
  last_day TEXT NOT NULL,
  -- Why it was moved; empty for a day that was named with the review.
  reason TEXT NOT NULL,
  named_at BIGINT NOT NULL,
  PRIMARY KEY (month, seq)
);
{APPEND_ONLY commission_confirm_day};

-- Those who had not answered were reminded of that day, before it or after.
CREATE TABLE commission_reminder (
  month TEXT NOT NULL REFERENCES commission_period (month),
  seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  people BIGINT NOT NULL,
  told_at BIGINT NOT NULL,
  PRIMARY KEY (month, seq, kind)
);
{APPEND_ONLY commission_reminder};

-- A superior was told who of his people had not answered when the day was past: one row, however
-- many they are. Their ids are a JSON array.
CREATE TABLE commission_silence (
  month TEXT NOT NULL REFERENCES commission_period (month),
  seq BIGINT NOT NULL,
  superior_id TEXT NOT NULL REFERENCES people_employee (id),
  payees TEXT NOT NULL,
  told_at BIGINT NOT NULL,
  PRIMARY KEY (month, seq, superior_id)
);
{APPEND_ONLY commission_silence};
CREATE INDEX commission_silence_of ON commission_silence (superior_id);
