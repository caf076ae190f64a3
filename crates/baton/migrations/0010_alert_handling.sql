-- Alerts gather repeated signals and are handled by officers; a session knows in which mode it
-- began, and keeps it for its life, because a change of mode ends every session of a login.

ALTER TABLE alert ADD COLUMN times BIGINT NOT NULL DEFAULT 1;
ALTER TABLE alert ADD COLUMN last_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE alert ADD COLUMN touched_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE alert ADD COLUMN taken_by TEXT;
ALTER TABLE alert ADD COLUMN taken_at BIGINT;
ALTER TABLE alert ADD COLUMN conclusion TEXT;

-- One open alert of a kind about somebody: what repeats is counted into it.
CREATE UNIQUE INDEX alert_unresolved ON alert (kind, about) WHERE state <> 'resolved';
CREATE INDEX alert_newest ON alert (last_at, id);
CREATE INDEX alert_subject ON alert (subject);

ALTER TABLE session ADD COLUMN mode TEXT NOT NULL DEFAULT 'normal';

CREATE INDEX access_record_actor ON access_record (actor, at);
