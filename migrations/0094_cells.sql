-- +goose Up
-- Where an incident lies, as a cell of a seven-hundredth of a degree: what is near a place and a time is read through
-- the index, however long the history is. Go writes the same number (cellOf).
ALTER TABLE incidents ADD COLUMN cell BIGINT; -- NULL without a position
UPDATE incidents SET cell = (CAST(floor(lon * 700 + 0.5) AS BIGINT) + 200000) * 1000000 + CAST(floor(lat * 700 + 0.5) AS BIGINT) + 100000
    WHERE lon IS NOT NULL AND lat IS NOT NULL;
CREATE INDEX incidents_cell ON incidents (cell, received_at, id) WHERE cell IS NOT NULL;

-- +goose Down
DROP INDEX incidents_cell;
ALTER TABLE incidents DROP COLUMN cell;
