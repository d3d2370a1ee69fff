-- +goose Up
-- Rules learn the hours, who is nearest, how much is enough and who is told beside; the machine may switch one off.
CREATE TABLE routing_rules_wider (
    id           TEXT PRIMARY KEY,
    sort         BIGINT NOT NULL,
    name         TEXT NOT NULL,
    category     TEXT NOT NULL, -- code or the beginning of codes; '' for any
    kind         TEXT NOT NULL,
    severity     TEXT NOT NULL,
    channel      TEXT NOT NULL,
    area_kind    TEXT NOT NULL,
    target       TEXT NOT NULL CHECK (target IN ('station', 'nearest_station', 'worker', 'nearest_person', 'community', 'speciality', 'unit', 'centre', 'command')),
    value        TEXT NOT NULL, -- unit id for unit, speciality for speciality
    pool         BOOLEAN NOT NULL, -- the order waits in the unit's pool to be claimed
    automatic    BOOLEAN NOT NULL,
    active       BOOLEAN NOT NULL,
    version      BIGINT NOT NULL,
    from_minute  BIGINT NOT NULL DEFAULT 0, -- of the day; any time of day when it equals to_minute
    to_minute    BIGINT NOT NULL DEFAULT 0,
    days         TEXT NOT NULL DEFAULT '', -- '', workday, restday, or digits with 1 for Monday
    capacity     BIGINT NOT NULL DEFAULT 0, -- open orders at which nobody gets more; 0 for no limit
    inform       TEXT NOT NULL DEFAULT '', -- who is told beside, by spaces
    disabled_why TEXT NOT NULL DEFAULT '', -- why the machine switched it off
    disabled_at  BIGINT NOT NULL DEFAULT 0
);
INSERT INTO routing_rules_wider (id, sort, name, category, kind, severity, channel, area_kind, target, value, pool, automatic, active, version)
SELECT id, sort, name, category, kind, severity, channel, area_kind, target, value, pool, automatic, active, version FROM routing_rules;
DROP TABLE routing_rules;
ALTER TABLE routing_rules_wider RENAME TO routing_rules;

-- +goose Down
CREATE TABLE routing_rules_narrow (
    id        TEXT PRIMARY KEY,
    sort      BIGINT NOT NULL,
    name      TEXT NOT NULL,
    category  TEXT NOT NULL,
    kind      TEXT NOT NULL,
    severity  TEXT NOT NULL,
    channel   TEXT NOT NULL,
    area_kind TEXT NOT NULL,
    target    TEXT NOT NULL CHECK (target IN ('station', 'community', 'speciality', 'unit', 'worker', 'centre')),
    value     TEXT NOT NULL,
    pool      BOOLEAN NOT NULL,
    automatic BOOLEAN NOT NULL,
    active    BOOLEAN NOT NULL,
    version   BIGINT NOT NULL
);
INSERT INTO routing_rules_narrow (id, sort, name, category, kind, severity, channel, area_kind, target, value, pool, automatic, active, version)
SELECT id, sort, name, category, kind, severity, channel, area_kind, target, value, pool, automatic, active, version FROM routing_rules
WHERE target IN ('station', 'community', 'speciality', 'unit', 'worker', 'centre');
DROP TABLE routing_rules;
ALTER TABLE routing_rules_narrow RENAME TO routing_rules;
