-- +goose Up
-- People who leave: at an instant their posts and sessions end and their orders go to somebody else.
CREATE TABLE leavings (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    at         BIGINT NOT NULL,
    to_account TEXT NOT NULL, -- '' gives the orders back to their units
    ends       JSONB NOT NULL, -- posts with the end that each had before
    state      TEXT NOT NULL CHECK (state IN ('planned', 'done', 'undone')),
    orders     BIGINT NOT NULL,
    by_account TEXT NOT NULL,
    by_name    TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX leavings_account ON leavings (account_id, state);
CREATE INDEX leavings_due ON leavings (state, at);

-- +goose Down
DROP TABLE leavings;
