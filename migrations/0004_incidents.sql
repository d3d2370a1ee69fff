-- +goose Up
-- Categories and routing rules are reference tables. The incident with its orders, entries, requests and outbox rows
-- is one aggregate: every key begins with the incident's id.
CREATE TABLE categories (
    code      TEXT PRIMARY KEY,
    parent    TEXT,
    name_zh   TEXT NOT NULL,
    name_en   TEXT NOT NULL,
    kind      TEXT NOT NULL, -- proposed kind of incident
    severity  TEXT NOT NULL, -- proposed severity
    public    BOOLEAN NOT NULL, -- may be shown outside its handlers, rounded
    words     TEXT NOT NULL, -- space-separated hints for proposing it from a text
    active    BOOLEAN NOT NULL,
    sort      BIGINT NOT NULL,
    version   BIGINT NOT NULL
);
CREATE TABLE routing_rules (
    id        TEXT PRIMARY KEY,
    sort      BIGINT NOT NULL,
    name      TEXT NOT NULL,
    category  TEXT NOT NULL, -- code or the beginning of codes; '' for any
    kind      TEXT NOT NULL,
    severity  TEXT NOT NULL,
    channel   TEXT NOT NULL,
    area_kind TEXT NOT NULL,
    target    TEXT NOT NULL CHECK (target IN ('station', 'community', 'speciality', 'unit', 'worker', 'centre')),
    value     TEXT NOT NULL, -- unit id for unit, speciality for speciality
    pool      BOOLEAN NOT NULL, -- the order waits in the unit's pool to be claimed
    automatic BOOLEAN NOT NULL,
    active    BOOLEAN NOT NULL,
    version   BIGINT NOT NULL
);

CREATE TABLE incidents (
    id               TEXT PRIMARY KEY,
    number           TEXT NOT NULL,
    code             TEXT NOT NULL, -- tracking code, sealed
    state            TEXT NOT NULL CHECK (state IN ('reported', 'verifying', 'accepted', 'in_progress', 'checking', 'checked', 'closed', 'rejected', 'merged', 'voided')),
    kind             TEXT NOT NULL CHECK (kind IN ('appeal', 'enquiry', 'help', 'complaint', 'tipoff', 'suggestion', 'hazard')),
    channel          TEXT NOT NULL CHECK (channel IN ('video', 'sensor', 'visit', 'window', 'patrol', 'app', 'hotline', 'partner')),
    channel_group    TEXT NOT NULL CHECK (channel_group IN ('watch', 'receive', 'collect', 'report')),
    category         TEXT NOT NULL,
    severity         TEXT NOT NULL CHECK (severity IN ('minor', 'general', 'major', 'emergency')),
    urgent           BOOLEAN NOT NULL,
    title            TEXT NOT NULL,
    text             TEXT NOT NULL,
    lon              DOUBLE PRECISION,
    lat              DOUBLE PRECISION,
    datum            TEXT NOT NULL, -- of the input
    address          TEXT NOT NULL,
    area_id          TEXT NOT NULL, -- the deepest area; '' when to be placed
    filed_area       TEXT NOT NULL, -- the area at the time of the report; never changes once set
    city_id          TEXT NOT NULL,
    district_id      TEXT NOT NULL,
    street_id        TEXT NOT NULL,
    community_id     TEXT NOT NULL,
    grid_id          TEXT NOT NULL,
    microgrid_id     TEXT NOT NULL,
    placed           BOOLEAN NOT NULL,
    lead_order       TEXT NOT NULL,
    lead_unit        TEXT NOT NULL,
    lead_person      TEXT NOT NULL,
    lead_state       TEXT NOT NULL,
    reporter_name    TEXT NOT NULL, -- sealed
    reporter_phone   TEXT NOT NULL, -- sealed
    reporter_address TEXT NOT NULL, -- sealed
    reporter_index   TEXT NOT NULL, -- blind index of the phone
    confidential     BOOLEAN NOT NULL,
    call_at          BIGINT,        -- time of the call, for the hotline
    source           TEXT NOT NULL, -- account that brought it; '' for a resident
    external_id      TEXT NOT NULL,
    answer           TEXT NOT NULL, -- the public answer, latest
    solved           BOOLEAN,
    satisfaction     BIGINT,
    reopened         BIGINT NOT NULL,
    reworked         BIGINT NOT NULL,
    returned         BIGINT NOT NULL,
    occurred_at      BIGINT NOT NULL,
    received_at      BIGINT NOT NULL,
    accepted_at      BIGINT,
    dispatched_at    BIGINT,
    taken_at         BIGINT, -- the lead order accepted by a person
    arrived_at       BIGINT,
    handled_at       BIGINT,
    checked_at       BIGINT,
    closed_at        BIGINT,
    entry_at         BIGINT NOT NULL, -- time of the last entry
    entry_seq        BIGINT NOT NULL, -- number of entries
    entry_hash       TEXT NOT NULL,   -- hash of the last entry
    request_key      TEXT NOT NULL,   -- digest of the reporting request under an idempotency key; '' without one
    version          BIGINT NOT NULL
);
CREATE INDEX incidents_street ON incidents (street_id, state, received_at, id);
CREATE INDEX incidents_street_time ON incidents (street_id, received_at, id);
CREATE INDEX incidents_time ON incidents (received_at, id);
CREATE INDEX incidents_state ON incidents (state, received_at, id);
CREATE INDEX incidents_district ON incidents (district_id, received_at, id);
CREATE INDEX incidents_community ON incidents (community_id, received_at, id);
CREATE INDEX incidents_grid ON incidents (grid_id, received_at, id);
CREATE INDEX incidents_microgrid ON incidents (microgrid_id, received_at, id);
CREATE INDEX incidents_number ON incidents (number);
CREATE INDEX incidents_phone ON incidents (reporter_index, received_at) WHERE reporter_index <> '';
CREATE INDEX incidents_unplaced ON incidents (received_at, id) WHERE NOT placed;
CREATE INDEX incidents_source ON incidents (source, received_at, id) WHERE source <> '';

CREATE TABLE orders (
    incident_id  TEXT NOT NULL REFERENCES incidents (id),
    id           TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('lead', 'assist')),
    state        TEXT NOT NULL CHECK (state IN ('pooled', 'sent', 'accepted', 'arrived', 'handled', 'returned', 'withdrawn')),
    unit_id      TEXT NOT NULL,
    person_id    TEXT NOT NULL, -- '' while nobody has it
    rule_id      TEXT NOT NULL,
    reason       TEXT NOT NULL, -- why it went there, as a code with values (JSON)
    by_person    BOOLEAN NOT NULL, -- a person changed or confirmed the proposal
    changed      BOOLEAN NOT NULL, -- the person sent it elsewhere than proposed
    note         TEXT NOT NULL,
    result       TEXT NOT NULL,
    outcome      TEXT NOT NULL,
    right_unit   TEXT NOT NULL, -- named when it was returned
    sent_at      BIGINT NOT NULL,
    accepted_at  BIGINT,
    arrived_at   BIGINT,
    handled_at   BIGINT,
    ended_at     BIGINT,
    handler_id   TEXT NOT NULL, -- who handled it; may not check it
    PRIMARY KEY (incident_id, id)
);
CREATE INDEX orders_unit ON orders (unit_id, state, sent_at, incident_id);
CREATE INDEX orders_person ON orders (person_id, state, sent_at, incident_id) WHERE person_id <> '';

-- The timeline: append-only, each entry chained to the one before.
CREATE TABLE entries (
    incident_id TEXT NOT NULL REFERENCES incidents (id),
    seq         BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    action      TEXT NOT NULL,
    visibility  TEXT NOT NULL CHECK (visibility IN ('internal', 'parties', 'public')),
    actor_id    TEXT NOT NULL,
    actor_name  TEXT NOT NULL,
    unit_id     TEXT NOT NULL,
    order_id    TEXT NOT NULL,
    from_state  TEXT NOT NULL,
    to_state    TEXT NOT NULL,
    body        JSONB NOT NULL, -- what was given; free text of people in it
    files       JSONB NOT NULL, -- ids of files
    salt        TEXT NOT NULL,
    digest      TEXT NOT NULL,  -- salted digest of the personal parts (actor_name, body, files)
    hash        TEXT NOT NULL,
    request_key TEXT NOT NULL,  -- idempotency key, hashed; '' for none
    request_digest TEXT NOT NULL,
    PRIMARY KEY (incident_id, seq)
);
CREATE INDEX entries_request ON entries (incident_id, request_key) WHERE request_key <> '';

-- Heads of all chains at one moment, so that a cut tail or a vanished incident shows.
CREATE TABLE anchors (
    seq      BIGINT PRIMARY KEY,
    at       BIGINT NOT NULL,
    topic    TEXT NOT NULL,
    position BIGINT NOT NULL, -- feed position up to which the root covers the heads
    heads    BIGINT NOT NULL, -- number of incidents
    root     TEXT NOT NULL,   -- sum over all heads
    mac      TEXT NOT NULL
);
CREATE TABLE anchor_heads (
    incident_id TEXT PRIMARY KEY,
    seq         BIGINT NOT NULL,
    hash        TEXT NOT NULL,
    anchor      BIGINT NOT NULL
);
CREATE INDEX anchor_heads_anchor ON anchor_heads (anchor, incident_id);

-- Figures by street, kept from the feed.
CREATE TABLE counters (
    street_id TEXT NOT NULL,
    state     TEXT NOT NULL,
    n         BIGINT NOT NULL,
    PRIMARY KEY (street_id, state)
);
CREATE TABLE counted (
    incident_id TEXT PRIMARY KEY,
    street_id   TEXT NOT NULL,
    state       TEXT NOT NULL,
    seq         BIGINT NOT NULL
);

-- +goose Down
DROP TABLE counted;
DROP TABLE counters;
DROP TABLE anchor_heads;
DROP TABLE anchors;
DROP TABLE entries;
DROP TABLE orders;
DROP TABLE incidents;
DROP TABLE routing_rules;
DROP TABLE categories;
