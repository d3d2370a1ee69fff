-- +goose Up
-- Small aids of daily work. None belongs to an incident's aggregate.
CREATE TABLE phrases (
    id      TEXT PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('call', 'note', 'answer', 'result', 'reason')),
    text    TEXT NOT NULL,
    sort    BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX phrases_purpose ON phrases (purpose, sort, id);

-- What a person set up on their screens, kept as it was sent.
CREATE TABLE preferences (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    name       TEXT NOT NULL,
    value      TEXT NOT NULL, -- JSON
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, name)
);

-- Who has an incident open. A row that was not renewed for a minute counts no more.
CREATE TABLE presence (
    incident_id TEXT NOT NULL,
    account_id  TEXT NOT NULL,
    since       BIGINT NOT NULL,
    seen_at     BIGINT NOT NULL,
    typing      BOOLEAN NOT NULL,
    PRIMARY KEY (incident_id, account_id)
);
CREATE INDEX presence_seen ON presence (seen_at);

-- When somebody is away, and who takes their orders meanwhile.
CREATE TABLE absences (
    account_id  TEXT PRIMARY KEY REFERENCES accounts (id),
    from_at     BIGINT NOT NULL,
    to_at       BIGINT NOT NULL,
    delegate_id TEXT REFERENCES accounts (id),
    note        TEXT NOT NULL,
    updated_at  BIGINT NOT NULL
);
CREATE INDEX absences_delegate ON absences (delegate_id, to_at);

-- +goose Down
DROP TABLE absences;
DROP TABLE presence;
DROP TABLE preferences;
DROP TABLE phrases;
