-- +goose Up
-- Each sealed entry carries its place in the chain, so that a break can be named to the entry.
ALTER TABLE audit_entries ADD COLUMN hash TEXT NOT NULL DEFAULT '';
CREATE INDEX audit_entries_seal ON audit_entries (seal, id);
CREATE INDEX audit_entries_object ON audit_entries (object, object_id, at);

-- +goose Down
DROP INDEX audit_entries_object;
DROP INDEX audit_entries_seal;
ALTER TABLE audit_entries DROP COLUMN hash;
