-- +goose Up
-- Whose days the sums count (internal/stats): '' until the next incident is counted.
ALTER TABLE figures_state ADD COLUMN zone TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE figures_state DROP COLUMN zone;
