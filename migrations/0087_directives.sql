-- +goose Up
-- Directives that go straight down. A directive with its areas and receivers is one aggregate.
CREATE TABLE directives (
    id           TEXT PRIMARY KEY,
    title        TEXT NOT NULL,
    text         TEXT NOT NULL,
    target       JSONB NOT NULL, -- the areas, units and roles as they were chosen
    deadline     BIGINT NOT NULL, -- by which it is to be acknowledged
    sender_id    TEXT NOT NULL REFERENCES accounts (id),
    sent_at      BIGINT NOT NULL,
    receivers    BIGINT NOT NULL, -- how many
    reminded_at  BIGINT,
    withdrawn_at BIGINT,
    withdrawn    TEXT NOT NULL, -- why; '' while it holds
    seq          BIGINT NOT NULL, -- of the last outbox row
    seq_at       BIGINT NOT NULL
);
CREATE INDEX directives_sender ON directives (sender_id, id);

-- Every area of a target with all above it, so that whoever looks after one of them finds the directive.
CREATE TABLE directive_areas (
    directive_id TEXT NOT NULL REFERENCES directives (id),
    area_id      TEXT NOT NULL,
    chosen       BOOLEAN NOT NULL, -- false: it only lies above a chosen one
    PRIMARY KEY (directive_id, area_id)
);
CREATE INDEX directive_areas_area ON directive_areas (area_id, directive_id);

CREATE TABLE directive_receivers (
    directive_id TEXT NOT NULL REFERENCES directives (id),
    account_id   TEXT NOT NULL REFERENCES accounts (id),
    post         TEXT NOT NULL, -- role by which it reached them
    place        TEXT NOT NULL, -- unit or area of that post
    read_at      BIGINT,
    acked_at     BIGINT,
    note         TEXT NOT NULL, -- said with the acknowledgement
    PRIMARY KEY (directive_id, account_id)
);
CREATE INDEX directive_receivers_account ON directive_receivers (account_id, directive_id);

-- +goose Down
DROP TABLE directive_receivers;
DROP TABLE directive_areas;
DROP TABLE directives;
