-- +goose Up
-- The area tree with boundaries in time, patrol areas across it, staffing templates. Reference tables.
CREATE TABLE areas (
    id         TEXT PRIMARY KEY,
    code       TEXT NOT NULL,
    level      TEXT NOT NULL CHECK (level IN ('city', 'district', 'street', 'community', 'grid', 'microgrid')),
    kind       TEXT NOT NULL,
    name       TEXT NOT NULL,
    parent_id  TEXT REFERENCES areas (id),
    valid_from BIGINT NOT NULL,
    valid_to   BIGINT,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX areas_code ON areas (level, code) WHERE valid_to IS NULL;
CREATE INDEX areas_parent ON areas (parent_id, code);

-- A boundary holds from valid_from until valid_to; redrawing ends one and begins another.
CREATE TABLE area_shapes (
    id         TEXT PRIMARY KEY,
    area_id    TEXT NOT NULL REFERENCES areas (id),
    geometry   JSONB NOT NULL, -- GeoJSON Polygon or MultiPolygon, WGS-84
    datum      TEXT NOT NULL,  -- of the source
    source     TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to   BIGINT
);
CREATE UNIQUE INDEX area_shapes_now ON area_shapes (area_id) WHERE valid_to IS NULL;
CREATE INDEX area_shapes_history ON area_shapes (area_id, valid_from);

-- Which areas an area was made from (merged, split, redrawn).
CREATE TABLE area_lineage (
    area_id TEXT NOT NULL REFERENCES areas (id),
    from_id TEXT NOT NULL,
    from_name TEXT NOT NULL,
    how     TEXT NOT NULL CHECK (how IN ('merged', 'split', 'redrawn')),
    at      BIGINT NOT NULL,
    PRIMARY KEY (area_id, from_id)
);
-- Grows with each change of areas, so that every node notices it.
CREATE TABLE area_changes (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL
);

CREATE TABLE area_kinds (
    code    TEXT PRIMARY KEY,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    sort    BIGINT NOT NULL
);

CREATE TABLE patrol_areas (
    id         TEXT PRIMARY KEY,
    code       TEXT NOT NULL,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('general', 'dedicated')),
    station_id TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to   BIGINT,
    version    BIGINT NOT NULL
);
CREATE UNIQUE INDEX patrol_areas_code ON patrol_areas (code) WHERE valid_to IS NULL;
CREATE TABLE patrol_area_members (
    patrol_area_id TEXT NOT NULL REFERENCES patrol_areas (id),
    area_id        TEXT NOT NULL REFERENCES areas (id),
    PRIMARY KEY (patrol_area_id, area_id)
);

-- How many people of which role an area of a level and kind needs (1+1+1+N). An empty kind stands for all kinds.
CREATE TABLE staffing_templates (
    level TEXT NOT NULL,
    kind  TEXT NOT NULL,
    role  TEXT NOT NULL,
    least BIGINT NOT NULL,
    PRIMARY KEY (level, kind, role)
);

-- Named places for finding a position by keyboard, beside the areas themselves.
CREATE TABLE places (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    lon  DOUBLE PRECISION NOT NULL,
    lat  DOUBLE PRECISION NOT NULL
);

-- +goose Down
DROP TABLE places;
DROP TABLE staffing_templates;
DROP TABLE patrol_area_members;
DROP TABLE patrol_areas;
DROP TABLE area_kinds;
DROP TABLE area_changes;
DROP TABLE area_lineage;
DROP TABLE area_shapes;
DROP TABLE areas;
