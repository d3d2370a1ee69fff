-- +goose Up
-- Lists that are being taken out as files, kept for a day. What was asked for is sealed: a search may be for a phone number.
CREATE TABLE exports (
    id           TEXT PRIMARY KEY,
    list         TEXT NOT NULL,
    format       TEXT NOT NULL,
    lang         TEXT NOT NULL,
    query        TEXT NOT NULL, -- sealed
    account_id   TEXT NOT NULL,
    account_name TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    written      BIGINT NOT NULL, -- rows so far
    cut          BOOLEAN NOT NULL,
    file         TEXT NOT NULL,   -- hash of its content
    size         BIGINT NOT NULL,
    fault        TEXT NOT NULL,
    lease        TEXT NOT NULL,   -- whoever works on it
    lease_until  BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL
);
CREATE INDEX exports_account ON exports (account_id, created_at);
CREATE INDEX exports_state ON exports (state, created_at);

-- +goose Down
DROP TABLE exports;
