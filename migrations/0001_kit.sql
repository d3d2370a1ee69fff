-- +goose Up
-- What the concepts share: settings, the outbox with its feed, marks of consumers, kept answers, leases.
CREATE TABLE settings (
    key        TEXT PRIMARY KEY,
    value      TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- One row a change, written with the change itself. It carries ids and kinds, never names or texts.
CREATE TABLE outbox (
    aggregate_id TEXT NOT NULL,
    seq          BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    topic        TEXT NOT NULL,
    kind         TEXT NOT NULL,
    body         JSONB NOT NULL,
    relayed_at   BIGINT,
    PRIMARY KEY (aggregate_id, seq)
);
CREATE INDEX outbox_waiting ON outbox (at, aggregate_id, seq) WHERE relayed_at IS NULL;

CREATE TABLE feed_heads (
    topic    TEXT PRIMARY KEY,
    position BIGINT NOT NULL,
    fence    BIGINT NOT NULL
);
CREATE TABLE feed (
    topic        TEXT NOT NULL,
    position     BIGINT NOT NULL,
    aggregate_id TEXT NOT NULL,
    seq          BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    kind         TEXT NOT NULL,
    body         JSONB NOT NULL,
    PRIMARY KEY (topic, position),
    UNIQUE (topic, aggregate_id, seq)
);
CREATE TABLE feed_marks (
    consumer TEXT NOT NULL,
    topic    TEXT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (consumer, topic)
);
CREATE TABLE leases (
    name    TEXT PRIMARY KEY,
    holder  TEXT NOT NULL,
    fence   BIGINT NOT NULL,
    expires BIGINT NOT NULL
);

-- Answers to writing requests outside the incident, kept under their idempotency key.
CREATE TABLE kept_answers (
    id         TEXT PRIMARY KEY,
    digest     TEXT NOT NULL,
    status     BIGINT NOT NULL,
    body       TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX kept_answers_age ON kept_answers (created_at);

-- What people did and looked at; sealed in batches by one writer.
CREATE TABLE audit_entries (
    id         TEXT PRIMARY KEY,
    at         BIGINT NOT NULL,
    actor_id   TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    action     TEXT NOT NULL,
    object     TEXT NOT NULL,
    object_id  TEXT NOT NULL,
    detail     JSONB NOT NULL,
    seal       BIGINT
);
CREATE INDEX audit_entries_at ON audit_entries (at, id);
CREATE INDEX audit_entries_open ON audit_entries (id) WHERE seal IS NULL;
CREATE TABLE audit_seals (
    seq   BIGINT PRIMARY KEY,
    at    BIGINT NOT NULL,
    count BIGINT NOT NULL,
    last  TEXT NOT NULL,
    hash  TEXT NOT NULL
);

-- Uploaded files. The original lies sealed in the blob store under its hash, the showable copy beside it.
CREATE TABLE files (
    id          TEXT PRIMARY KEY,
    hash        TEXT NOT NULL,
    shown_hash  TEXT NOT NULL,
    thumb_hash  TEXT NOT NULL,
    name        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    size        BIGINT NOT NULL,
    width       BIGINT NOT NULL,
    height      BIGINT NOT NULL,
    lon         DOUBLE PRECISION,
    lat         DOUBLE PRECISION,
    taken_at    BIGINT,
    uploader_id TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    created_at  BIGINT NOT NULL
);
CREATE INDEX files_unused ON files (created_at) WHERE incident_id = '';
CREATE INDEX files_hash ON files (hash);
CREATE INDEX files_shown ON files (shown_hash);
CREATE INDEX files_thumb ON files (thumb_hash);

-- +goose Down
DROP TABLE files;
DROP TABLE audit_seals;
DROP TABLE audit_entries;
DROP TABLE kept_answers;
DROP TABLE leases;
DROP TABLE feed_marks;
DROP TABLE feed;
DROP TABLE feed_heads;
DROP TABLE outbox;
DROP TABLE settings;
