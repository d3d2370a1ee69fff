-- +goose Up
-- Service windows of an office and the numbers that people draw there. Windows are a reference table; a number is an
-- aggregate of its own.
CREATE TABLE windows (
    id         TEXT PRIMARY KEY,
    office_id  TEXT NOT NULL REFERENCES units (id), -- the unit that runs the windows
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('general', 'legal', 'enforcement', 'mediation')),
    counter    BIGINT NOT NULL, -- the number over the counter
    open       BOOLEAN NOT NULL,
    turn       BIGINT NOT NULL, -- raised before each step at this window: the window's lock
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (office_id, counter)
);

-- The last number of an office, a day and a kind.
CREATE TABLE queue_heads (
    office_id TEXT NOT NULL,
    day       TEXT NOT NULL,
    kind      TEXT NOT NULL,
    last      BIGINT NOT NULL,
    PRIMARY KEY (office_id, day, kind)
);

CREATE TABLE queue_numbers (
    id              TEXT PRIMARY KEY,
    office_id       TEXT NOT NULL,
    day             TEXT NOT NULL, -- 2026-03-02, in the office's own zone
    kind            TEXT NOT NULL CHECK (kind IN ('general', 'legal', 'enforcement', 'mediation')),
    seq             BIGINT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('waiting', 'called', 'serving', 'done', 'skipped')),
    window_id       TEXT NOT NULL, -- that called it last; '' while nobody did
    clerk_id        TEXT NOT NULL, -- who called it last
    calls           BIGINT NOT NULL,
    incident_id     TEXT NOT NULL, -- what was taken in for it; '' for nothing
    incident_number TEXT NOT NULL,
    taken_at        BIGINT NOT NULL,
    called_at       BIGINT, -- the last time
    first_called_at BIGINT, -- the first time: what was waited
    serving_at      BIGINT,
    ended_at        BIGINT,
    version         BIGINT NOT NULL,
    UNIQUE (office_id, day, kind, seq)
);
CREATE INDEX queue_numbers_day ON queue_numbers (office_id, day, state, seq);
CREATE UNIQUE INDEX queue_numbers_at ON queue_numbers (window_id) WHERE state IN ('called', 'serving');

-- Roles as they were delivered may serve; those that administrators changed stay as they are.
UPDATE roles SET permissions = '["area.read","unit.read","incident.read","incident.report","incident.note","reporter.view","window.serve"]'
    WHERE code = 'window' AND version = 1;
UPDATE roles SET permissions = '["area.read","unit.read","incident.read","incident.report","incident.triage","incident.dispatch","incident.check","incident.close","incident.note","reporter.view","reporter.call","window.serve"]'
    WHERE code = 'duty' AND version = 1;
UPDATE roles SET permissions = '["area.read","unit.read","area.manage","unit.manage","category.manage","rule.manage","settings.manage","window.manage"]'
    WHERE code = 'system_admin' AND version = 1;

-- +goose Down
DROP TABLE queue_numbers;
DROP TABLE queue_heads;
DROP TABLE windows;
