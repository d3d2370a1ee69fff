-- +goose Up
-- When an account was last used, kept after its sessions are gone: accounts that nobody uses are found by it.
ALTER TABLE accounts ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE accounts DROP COLUMN seen_at;
