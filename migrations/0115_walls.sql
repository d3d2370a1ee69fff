-- +goose Up
-- Screens on walls, and which bulletins they show: each says so once a minute.
CREATE TABLE walls (
    id         TEXT PRIMARY KEY, -- derived from the session in which the wall is signed in
    account_id TEXT NOT NULL REFERENCES accounts (id),
    seen_at    BIGINT NOT NULL
);
CREATE INDEX walls_seen ON walls (seen_at);

CREATE TABLE bulletin_walls (
    bulletin_id TEXT NOT NULL REFERENCES bulletins (id),
    wall_id     TEXT NOT NULL, -- stays when the wall itself is forgotten
    shown_at    BIGINT NOT NULL, -- last
    PRIMARY KEY (bulletin_id, wall_id)
);

-- +goose Down
DROP TABLE bulletin_walls;
DROP TABLE walls;
