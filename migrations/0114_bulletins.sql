-- +goose Up
-- Notices to screens, desks, phones and residents. They are kept as bulletins, because the table notices belongs to
-- messages. A bulletin with its areas, readers and walls is one aggregate.
CREATE TABLE bulletins (
    id           TEXT PRIMARY KEY,
    kind         TEXT NOT NULL CHECK (kind IN ('notice', 'emergency')),
    title        TEXT NOT NULL,
    text         TEXT NOT NULL,
    title_en     TEXT NOT NULL, -- '' for none
    text_en      TEXT NOT NULL,
    area_id      TEXT NOT NULL, -- as it was chosen; '' for all that its publisher reached
    areas        JSONB NOT NULL, -- the areas it covers
    everywhere   BOOLEAN NOT NULL,
    on_screens   BOOLEAN NOT NULL,
    on_desks     BOOLEAN NOT NULL,
    on_phones    BOOLEAN NOT NULL,
    for_residents BOOLEAN NOT NULL,
    from_at      BIGINT NOT NULL,
    until_at     BIGINT NOT NULL,
    publisher_id TEXT NOT NULL REFERENCES accounts (id),
    published_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    withdrawn_by TEXT NOT NULL, -- '' while it stands
    withdrawn    TEXT NOT NULL, -- why
    devices      BIGINT NOT NULL, -- of residents that showed it
    told         TEXT NOT NULL CHECK (told IN ('planned', 'current', 'ended')), -- the part of its period that was told last
    seq          BIGINT NOT NULL, -- of the last outbox row
    seq_at       BIGINT NOT NULL
);
CREATE INDEX bulletins_until ON bulletins (until_at);
CREATE INDEX bulletins_told ON bulletins (told, from_at);

-- Every area that a bulletin covers with all above it, so that whoever looks after one of them finds it.
CREATE TABLE bulletin_areas (
    bulletin_id TEXT NOT NULL REFERENCES bulletins (id),
    area_id     TEXT NOT NULL,
    chosen      BOOLEAN NOT NULL, -- false: it only lies above a chosen one
    PRIMARY KEY (bulletin_id, area_id)
);
CREATE INDEX bulletin_areas_area ON bulletin_areas (area_id, bulletin_id);

CREATE TABLE bulletin_reads (
    bulletin_id TEXT NOT NULL REFERENCES bulletins (id),
    account_id  TEXT NOT NULL REFERENCES accounts (id),
    post        TEXT NOT NULL, -- role by which it reached them; '' when they only look after the area
    place       TEXT NOT NULL, -- area or unit of that post
    read_at     BIGINT NOT NULL,
    PRIMARY KEY (bulletin_id, account_id)
);

-- +goose Down
DROP TABLE bulletin_reads;
DROP TABLE bulletin_areas;
DROP TABLE bulletins;
