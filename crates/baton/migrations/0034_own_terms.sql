-- A quota of one's own, and a pool for the team in the terms of a handover.

-- What the assignee's quota is while he has the plan; the plan's own where it is empty.
ALTER TABLE commission_assignment ADD COLUMN quota BIGINT;

-- The team's pool beside what the giver keeps, JSON; empty for none.
ALTER TABLE handover_terms ADD COLUMN pool TEXT NOT NULL DEFAULT '';
ALTER TABLE commission_terms ADD COLUMN pool TEXT NOT NULL DEFAULT '';
