-- +goose Up
-- How many rows a list will have, as counted when it began; 0 where that is not known.
ALTER TABLE exports ADD COLUMN expected BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE exports DROP COLUMN expected;
