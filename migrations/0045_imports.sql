-- +goose Up
-- Lists that are being brought in, kept for a day. The rows are sealed: they hold phone numbers and first passwords.
CREATE TABLE imports (
    id           TEXT PRIMARY KEY,
    kind         TEXT NOT NULL,
    account_id   TEXT NOT NULL,
    account_name TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('checked', 'running', 'done', 'failed')),
    whole        BOOLEAN NOT NULL,
    total        BIGINT NOT NULL,
    done         BIGINT NOT NULL,
    made         BIGINT NOT NULL,
    changed      BIGINT NOT NULL,
    same         BIGINT NOT NULL,
    wrong        BIGINT NOT NULL,
    heads        JSONB NOT NULL,
    fault        TEXT NOT NULL,
    reported     BOOLEAN NOT NULL,
    lease_until  BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL
);
CREATE INDEX imports_state ON imports (state, created_at);
CREATE TABLE import_chunks (
    import_id TEXT NOT NULL REFERENCES imports (id),
    seq       BIGINT NOT NULL,
    body      TEXT NOT NULL, -- sealed
    written   BOOLEAN NOT NULL,
    PRIMARY KEY (import_id, seq)
);

-- +goose Down
DROP TABLE import_chunks;
DROP TABLE imports;
