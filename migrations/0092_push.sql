-- +goose Up
-- Browsers that may be woken, by account, and what a person wants to be told by phone.
CREATE TABLE push_subscriptions (
    id         TEXT PRIMARY KEY, -- derived from the endpoint
    account_id TEXT NOT NULL REFERENCES accounts (id),
    endpoint   TEXT NOT NULL, -- sealed: whoever has it could follow the phone
    created_at BIGINT NOT NULL
);
CREATE INDEX push_subscriptions_account ON push_subscriptions (account_id, created_at);
CREATE TABLE notice_choices (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id),
    sms        BOOLEAN NOT NULL,
    updated_at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE notice_choices;
DROP TABLE push_subscriptions;
