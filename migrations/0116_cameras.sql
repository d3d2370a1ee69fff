-- +goose Up
-- Cameras: a site is one point with one or many streams. A camera with its areas and streams is one aggregate. What a
-- stream shows is not kept here, only where it can be looked at.
CREATE TABLE cameras (
    id         TEXT PRIMARY KEY,
    number     TEXT NOT NULL UNIQUE, -- by which the office and its tables know it
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('security', 'checkpoint', 'lookout', 'social')),
    state      TEXT NOT NULL CHECK (state IN ('working', 'broken', 'off')),
    lon        DOUBLE PRECISION NOT NULL, -- WGS-84
    lat        DOUBLE PRECISION NOT NULL,
    area_id    TEXT NOT NULL, -- the lowest area in which it stands; '' outside of all
    owner_id   TEXT REFERENCES units (id), -- the unit that looks after it
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX cameras_owner ON cameras (owner_id);

-- Every area in which a camera stands, from the top down to its own, so that whoever looks after one of them finds it.
CREATE TABLE camera_areas (
    camera_id TEXT NOT NULL REFERENCES cameras (id),
    area_id   TEXT NOT NULL,
    PRIMARY KEY (camera_id, area_id)
);
CREATE INDEX camera_areas_area ON camera_areas (area_id, camera_id);

CREATE TABLE camera_streams (
    camera_id TEXT NOT NULL REFERENCES cameras (id),
    number    TEXT NOT NULL,
    name      TEXT NOT NULL, -- '' for none
    state     TEXT NOT NULL CHECK (state IN ('working', 'broken', 'off')),
    address   TEXT NOT NULL, -- of the page where it is looked at; '' for none
    PRIMARY KEY (camera_id, number)
);

-- +goose Down
DROP TABLE camera_streams;
DROP TABLE camera_areas;
DROP TABLE cameras;
