-- +goose Up
-- Tables that people built from the figures.
CREATE TABLE built_tables (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    definition JSONB NOT NULL,
    owner_id   TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    shared     BOOLEAN NOT NULL,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT -- for a month it can be taken back
);
CREATE INDEX built_tables_owner ON built_tables (owner_id, updated_at);

-- +goose Down
DROP TABLE built_tables;
