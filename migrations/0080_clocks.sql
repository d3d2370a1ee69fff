-- +goose Up
-- What runs for an incident: a clock is part of its aggregate. Amounts stand as they were when it started, so that a
-- changed limit or an edited incident never moves it.
CREATE TABLE clocks (
    incident_id TEXT NOT NULL REFERENCES incidents (id),
    id          TEXT NOT NULL, -- stage and number, e.g. 'arrive.2'
    stage       TEXT NOT NULL,
    order_id    TEXT NOT NULL, -- '' for the incident itself
    limit_id    TEXT NOT NULL, -- '' for one that a person set
    unit        TEXT NOT NULL, -- hours, working_hours, working_days, calendar_days
    amount      BIGINT NOT NULL,
    every       BIGINT NOT NULL, -- minutes from one progress report to the next; 0 for other stages
    office      TEXT NOT NULL, -- unit whose office hours count
    started_at  BIGINT NOT NULL,
    warn_at     BIGINT NOT NULL,
    due_at      BIGINT NOT NULL,
    paused_at   BIGINT, -- since when it stands still
    stopped_at  BIGINT,
    warned_at   BIGINT, -- when the warning was given
    overdue_at  BIGINT, -- since when it is overdue
    rung        TEXT NOT NULL,   -- how far an overdue stage has climbed
    next_at     BIGINT, -- when the sweep has to look at it again
    PRIMARY KEY (incident_id, id)
);
CREATE INDEX clocks_next ON clocks (next_at, incident_id) WHERE next_at IS NOT NULL;

-- Who is told of an incident without being given work.
CREATE TABLE copies (
    incident_id TEXT NOT NULL REFERENCES incidents (id),
    id          TEXT NOT NULL,
    unit_id     TEXT NOT NULL,
    person_id   TEXT NOT NULL, -- '' for the whole unit
    why         TEXT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (incident_id, id)
);
CREATE INDEX copies_unit ON copies (unit_id, incident_id) WHERE unit_id <> '';
CREATE INDEX copies_person ON copies (person_id, incident_id) WHERE person_id <> '';

ALTER TABLE incidents ADD COLUMN warn_at BIGINT;     -- nearest of the running clocks
ALTER TABLE incidents ADD COLUMN due_at BIGINT;      -- nearest of the running clocks
ALTER TABLE incidents ADD COLUMN late BIGINT NOT NULL DEFAULT 0; -- stages that went overdue
ALTER TABLE incidents ADD COLUMN suspended_at BIGINT;
ALTER TABLE incidents ADD COLUMN deferred_at BIGINT;
ALTER TABLE incidents ADD COLUMN pause_until BIGINT; -- when a suspension or deferral ends by itself
ALTER TABLE incidents ADD COLUMN supervised_at BIGINT;
ALTER TABLE incidents ADD COLUMN study_at BIGINT;    -- since when a joint study is open
ALTER TABLE incidents ADD COLUMN extensions BIGINT NOT NULL DEFAULT 0; -- granted
ALTER TABLE incidents ADD COLUMN asked TEXT NOT NULL DEFAULT '';       -- what waits for approval (JSON)
ALTER TABLE incidents ADD COLUMN rung TEXT NOT NULL DEFAULT '';        -- how far it was escalated
ALTER TABLE incidents ADD COLUMN acted BIGINT NOT NULL DEFAULT 0;      -- version after the last change that is not the clocks' own
UPDATE incidents SET acted = version WHERE version > 0;
ALTER TABLE orders ADD COLUMN from_pool BOOLEAN NOT NULL DEFAULT FALSE; -- it was sent to be claimed
CREATE INDEX incidents_pause ON incidents (pause_until, id) WHERE pause_until IS NOT NULL;
CREATE INDEX incidents_due ON incidents (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX incidents_street_warn ON incidents (street_id, warn_at, id) WHERE warn_at IS NOT NULL;

-- +goose Down
DROP INDEX incidents_street_warn;
DROP INDEX incidents_due;
DROP INDEX incidents_pause;
ALTER TABLE orders DROP COLUMN from_pool;
ALTER TABLE incidents DROP COLUMN acted;
ALTER TABLE incidents DROP COLUMN rung;
ALTER TABLE incidents DROP COLUMN asked;
ALTER TABLE incidents DROP COLUMN extensions;
ALTER TABLE incidents DROP COLUMN study_at;
ALTER TABLE incidents DROP COLUMN supervised_at;
ALTER TABLE incidents DROP COLUMN pause_until;
ALTER TABLE incidents DROP COLUMN deferred_at;
ALTER TABLE incidents DROP COLUMN suspended_at;
ALTER TABLE incidents DROP COLUMN late;
ALTER TABLE incidents DROP COLUMN due_at;
ALTER TABLE incidents DROP COLUMN warn_at;
DROP TABLE copies;
DROP TABLE clocks;
