-- +goose Up
-- Briefs as they were made. What they say is numbers, names of areas and units, and numbers of incidents.
CREATE TABLE reports (
    id        TEXT PRIMARY KEY,
    kind      TEXT NOT NULL CHECK (kind IN ('daily', 'weekly', 'monthly')),
    area_id   TEXT NOT NULL,
    area_name TEXT NOT NULL,
    path      TEXT NOT NULL, -- ids of the areas from the top down, each between slashes
    from_day  TEXT NOT NULL,
    to_day    TEXT NOT NULL,
    version   BIGINT NOT NULL,
    scheduled BOOLEAN NOT NULL,
    made_by   TEXT NOT NULL, -- '' for the schedule
    made_name TEXT NOT NULL,
    made_at   BIGINT NOT NULL,
    position  BIGINT NOT NULL, -- of the feed
    brief     JSONB NOT NULL,
    UNIQUE (kind, area_id, from_day, version)
);
CREATE INDEX reports_day ON reports (to_day, id);

-- For which areas reports are made by themselves, and at which minute of the day after the period.
CREATE TABLE report_schedules (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    area_id    TEXT NOT NULL,
    path       TEXT NOT NULL,
    minute     BIGINT NOT NULL,
    enabled    BOOLEAN NOT NULL,
    since_day  TEXT NOT NULL, -- the first day whose period is reported
    made_by    TEXT NOT NULL,
    made_name  TEXT NOT NULL,
    version    BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (kind, area_id)
);

-- Which periods of a schedule were reported: whoever writes the row makes the report, in the same transaction.
CREATE TABLE report_runs (
    schedule_id TEXT NOT NULL,
    from_day    TEXT NOT NULL,
    report_id   TEXT NOT NULL,
    PRIMARY KEY (schedule_id, from_day)
);

-- +goose Down
DROP TABLE report_runs;
DROP TABLE report_schedules;
DROP TABLE reports;
