-- +goose Up
-- What a category asks beside the words of a report, and what was answered. NULL in categories means that nobody has
-- decided yet: the built-in categories get their fields then.
ALTER TABLE categories ADD COLUMN fields JSONB;
ALTER TABLE incidents ADD COLUMN details JSONB NOT NULL DEFAULT '{}';
CREATE INDEX incidents_details ON incidents (category) WHERE details <> '{}';

-- +goose Down
DROP INDEX incidents_details;
ALTER TABLE incidents DROP COLUMN details;
ALTER TABLE categories DROP COLUMN fields;
