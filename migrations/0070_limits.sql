-- +goose Up
-- Limits of time and the calendars by which time counts. All are reference tables.
CREATE TABLE limits (
    id         TEXT PRIMARY KEY,
    basis      TEXT NOT NULL, -- what sets it; '' where nobody said
    stage      TEXT NOT NULL,
    category   TEXT NOT NULL, -- '' for every category; it fits those below it too
    severity   TEXT NOT NULL,
    channel    TEXT NOT NULL,
    area_id    TEXT NOT NULL, -- '' for everywhere
    unit       TEXT NOT NULL CHECK (unit IN ('hours', 'working_hours', 'working_days', 'calendar_days')),
    amount     BIGINT NOT NULL CHECK (amount > 0), -- minutes or days, as the unit says
    every      BIGINT NOT NULL CHECK (every >= 0), -- minutes between timed reports
    valid_from BIGINT NOT NULL,
    valid_to   BIGINT NOT NULL, -- 0 while it is open
    active     BOOLEAN NOT NULL,
    version    BIGINT NOT NULL
);
CREATE INDEX limits_conditions ON limits (stage, category, severity, channel, area_id);

CREATE TABLE calendars (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    week       TEXT NOT NULL, -- JSON: the windows of each weekday, Sunday first
    version    BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- The days that differ from the week.
CREATE TABLE calendar_days (
    calendar_id TEXT NOT NULL REFERENCES calendars (id),
    day         TEXT NOT NULL, -- 2026-10-01
    kind        TEXT NOT NULL CHECK (kind IN ('holiday', 'workday')),
    name        TEXT NOT NULL,
    windows     TEXT NOT NULL, -- JSON: own hours of a make-up day; [] for the usual ones
    sample      BOOLEAN NOT NULL, -- came with the program and nobody has looked at it
    PRIMARY KEY (calendar_id, day)
);

-- Units whose hours differ from the office's.
CREATE TABLE office_hours (
    unit_id    TEXT PRIMARY KEY REFERENCES units (id),
    week       TEXT NOT NULL,    -- JSON, as in calendars
    holidays   BOOLEAN NOT NULL, -- works on holidays too
    version    BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE office_hours;
DROP TABLE calendar_days;
DROP TABLE calendars;
DROP TABLE limits;
