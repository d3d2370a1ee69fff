-- +goose Up
-- One row an incident: how it stands as figures see it, and in the columns from received on what it counts in each
-- measure (internal/stats/measure.go; a test compares). No word of anybody. It is made of the incident and can be made
-- anew, but for the areas, which stay as they were when it was filed.
CREATE TABLE facts (
    id             TEXT PRIMARY KEY, -- of the incident
    seq            BIGINT NOT NULL,  -- of the newest entry that it knows
    number         TEXT NOT NULL,
    state          TEXT NOT NULL,
    kind           TEXT NOT NULL,
    channel        TEXT NOT NULL,
    category       TEXT NOT NULL,
    severity       TEXT NOT NULL,
    urgent         BOOLEAN NOT NULL,
    area_id        TEXT NOT NULL, -- the deepest, as filed; '' while it is to be placed
    city_id        TEXT NOT NULL,
    district_id    TEXT NOT NULL,
    street_id      TEXT NOT NULL,
    community_id   TEXT NOT NULL,
    grid_id        TEXT NOT NULL,
    microgrid_id   TEXT NOT NULL,
    unit_id        TEXT NOT NULL, -- that has the lead order, or had it last
    person_id      TEXT NOT NULL,
    day            TEXT NOT NULL, -- of receipt, in the office's zone
    received_at    BIGINT NOT NULL,
    accepted_at    BIGINT NOT NULL, -- 0 for not yet, here and below
    dispatched_at  BIGINT NOT NULL,
    taken_at       BIGINT NOT NULL,
    arrived_at     BIGINT NOT NULL,
    handled_at     BIGINT NOT NULL,
    checked_at     BIGINT NOT NULL,
    closed_at      BIGINT NOT NULL,
    overdue_at     BIGINT NOT NULL, -- since when a stage was overdue first
    due_at         BIGINT NOT NULL, -- the nearest limit that runs
    dispatched_day TEXT NOT NULL,   -- '' where it does not count as that
    arrived_day    TEXT NOT NULL,
    handled_day    TEXT NOT NULL,
    closed_day     TEXT NOT NULL,
    overdue_day    TEXT NOT NULL,
    v_dispatch     BIGINT NOT NULL, -- verdicts: 0 not over or no limit, 1 kept, 2 late
    v_arrive       BIGINT NOT NULL,
    v_handle       BIGINT NOT NULL,
    v_close        BIGINT NOT NULL,
    dispatch_limit BIGINT NOT NULL, -- ms; 0 without one
    arrive_limit   BIGINT NOT NULL,
    is_open        BOOLEAN NOT NULL,
    is_filed       BOOLEAN NOT NULL,
    is_self        BOOLEAN NOT NULL, -- handled on the spot by whoever found it
    is_right       BOOLEAN NOT NULL,
    is_deferred    BOOLEAN NOT NULL,
    is_answered    BOOLEAN NOT NULL,
    is_visited     BOOLEAN NOT NULL,
    is_solved      BOOLEAN NOT NULL,
    satisfaction   BIGINT NOT NULL,
    reworks        BIGINT NOT NULL,
    returns        BIGINT NOT NULL,
    extensions     BIGINT NOT NULL,
    late_stages    BIGINT NOT NULL,
    received           BIGINT NOT NULL,
    open               BIGINT NOT NULL,
    filed              BIGINT NOT NULL,
    rejected           BIGINT NOT NULL,
    voided             BIGINT NOT NULL,
    duplicate          BIGINT NOT NULL,
    should_dispatch    BIGINT NOT NULL,
    dispatched         BIGINT NOT NULL,
    dispatched_right   BIGINT NOT NULL,
    dispatched_in_time BIGINT NOT NULL,
    should_arrive      BIGINT NOT NULL,
    arrived            BIGINT NOT NULL,
    arrived_in_time    BIGINT NOT NULL,
    should_handle      BIGINT NOT NULL,
    handled            BIGINT NOT NULL,
    handled_once       BIGINT NOT NULL,
    handled_in_time    BIGINT NOT NULL,
    should_close       BIGINT NOT NULL,
    deferred           BIGINT NOT NULL,
    closed             BIGINT NOT NULL,
    closed_in_time     BIGINT NOT NULL,
    reworked           BIGINT NOT NULL,
    returned           BIGINT NOT NULL,
    extended           BIGINT NOT NULL,
    overdue            BIGINT NOT NULL,
    visited            BIGINT NOT NULL,
    answered           BIGINT NOT NULL,
    solved             BIGINT NOT NULL,
    rated              BIGINT NOT NULL,
    satisfied          BIGINT NOT NULL,
    self_handled       BIGINT NOT NULL,
    ms_dispatch        BIGINT NOT NULL,
    ms_arrive          BIGINT NOT NULL,
    ms_handle          BIGINT NOT NULL,
    ms_close           BIGINT NOT NULL
);
CREATE INDEX facts_day ON facts (day, street_id);
CREATE INDEX facts_street ON facts (street_id, day);
CREATE INDEX facts_community ON facts (community_id, day);
CREATE INDEX facts_grid ON facts (grid_id, day);
CREATE INDEX facts_microgrid ON facts (microgrid_id, day);
CREATE INDEX facts_unit ON facts (unit_id, day);
CREATE INDEX facts_person ON facts (person_id, day) WHERE person_id <> '';
CREATE INDEX facts_closed ON facts (closed_day) WHERE closed_day <> '';
CREATE INDEX facts_overdue ON facts (overdue_day) WHERE overdue_day <> '';
CREATE INDEX facts_open ON facts (day, state, city_id, district_id, street_id, community_id, grid_id, microgrid_id, unit_id) WHERE is_open;

-- Running sums of the facts, by one dimension at a time: all, each level of areas, unit, person, category, channel.
CREATE TABLE figures (
    dim       TEXT NOT NULL,
    id        TEXT NOT NULL, -- of the area, unit, ...; '' for none
    street_id TEXT NOT NULL, -- '' for all, city and district
    parent_id TEXT NOT NULL, -- of an area: the one above, as it was when it was filed
    day       TEXT NOT NULL, -- of receipt; of the event for what begins with on_
    received           BIGINT NOT NULL,
    open               BIGINT NOT NULL,
    filed              BIGINT NOT NULL,
    rejected           BIGINT NOT NULL,
    voided             BIGINT NOT NULL,
    duplicate          BIGINT NOT NULL,
    should_dispatch    BIGINT NOT NULL,
    dispatched         BIGINT NOT NULL,
    dispatched_right   BIGINT NOT NULL,
    dispatched_in_time BIGINT NOT NULL,
    should_arrive      BIGINT NOT NULL,
    arrived            BIGINT NOT NULL,
    arrived_in_time    BIGINT NOT NULL,
    should_handle      BIGINT NOT NULL,
    handled            BIGINT NOT NULL,
    handled_once       BIGINT NOT NULL,
    handled_in_time    BIGINT NOT NULL,
    should_close       BIGINT NOT NULL,
    deferred           BIGINT NOT NULL,
    closed             BIGINT NOT NULL,
    closed_in_time     BIGINT NOT NULL,
    reworked           BIGINT NOT NULL,
    returned           BIGINT NOT NULL,
    extended           BIGINT NOT NULL,
    overdue            BIGINT NOT NULL,
    visited            BIGINT NOT NULL,
    answered           BIGINT NOT NULL,
    solved             BIGINT NOT NULL,
    rated              BIGINT NOT NULL,
    satisfied          BIGINT NOT NULL,
    self_handled       BIGINT NOT NULL,
    ms_dispatch        BIGINT NOT NULL,
    ms_arrive          BIGINT NOT NULL,
    ms_handle          BIGINT NOT NULL,
    ms_close           BIGINT NOT NULL,
    on_dispatched      BIGINT NOT NULL,
    on_arrived         BIGINT NOT NULL,
    on_handled         BIGINT NOT NULL,
    on_closed          BIGINT NOT NULL,
    on_overdue         BIGINT NOT NULL,
    PRIMARY KEY (dim, id, day, street_id, parent_id)
);
CREATE INDEX figures_parent ON figures (dim, parent_id, day);
CREATE INDEX figures_street ON figures (dim, street_id, day);
CREATE INDEX figures_day ON figures (dim, day);

-- Whoever changes facts changes this one row first, so that an old fact leaves the sums exactly once. Incidents that
-- were there before there were facts are counted in the order of their ids.
CREATE TABLE figures_state (
    id     BIGINT PRIMARY KEY CHECK (id = 1),
    turn   BIGINT NOT NULL,
    filled BOOLEAN NOT NULL,
    after  TEXT NOT NULL -- the last incident that was counted so
);
INSERT INTO figures_state (id, turn, filled, after) VALUES (1, 0, FALSE, '');

-- +goose Down
DROP TABLE figures_state;
DROP TABLE figures;
DROP TABLE facts;
