-- +goose Up
CREATE TABLE ladders (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    stage    TEXT NOT NULL, -- '' for any
    severity TEXT NOT NULL, -- '' for any
    category TEXT NOT NULL, -- code or the beginning of codes; '' for any
    steps    JSONB NOT NULL, -- rungs from below with minutes after the stage became overdue
    active   BOOLEAN NOT NULL,
    version  BIGINT NOT NULL
);

-- +goose Down
DROP TABLE ladders;
