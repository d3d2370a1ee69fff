-- +goose Up
ALTER TABLE incidents ADD COLUMN merged_into TEXT NOT NULL DEFAULT ''; -- the incident with which a merged one is handled
ALTER TABLE incidents ADD COLUMN joined BIGINT NOT NULL DEFAULT 0;     -- others that are handled with this one

-- What was merged into an incident: part of its aggregate. A row stays when the other leaves again, so that a message
-- that comes late or twice finds what was done.
CREATE TABLE joined (
    incident_id TEXT NOT NULL REFERENCES incidents (id),
    member_id   TEXT NOT NULL,   -- the merged incident
    seq         BIGINT NOT NULL, -- the member's entry that said so last
    how         TEXT NOT NULL,   -- merge: the desk said so; me_too: whoever reported it
    at          BIGINT NOT NULL,
    left_at     BIGINT,
    PRIMARY KEY (incident_id, member_id)
);

-- What an incident has still to tell others: written with the entry that says so, gone when it is carried out.
CREATE TABLE link_tasks (
    incident_id TEXT NOT NULL REFERENCES incidents (id),
    seq         BIGINT NOT NULL, -- of the entry
    target_id   TEXT NOT NULL,
    what        TEXT NOT NULL CHECK (what IN ('join', 'leave', 'release')),
    how         TEXT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (incident_id, seq, target_id)
);
CREATE INDEX link_tasks_at ON link_tasks (at, incident_id, seq);

-- +goose Down
DROP TABLE link_tasks;
DROP TABLE joined;
ALTER TABLE incidents DROP COLUMN joined;
ALTER TABLE incidents DROP COLUMN merged_into;
