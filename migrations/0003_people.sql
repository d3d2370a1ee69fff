-- +goose Up
-- Units, accounts, posts, roles, sessions. Units and roles are reference tables.
CREATE TABLE units (
    id         TEXT PRIMARY KEY,
    code       TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('centre', 'station', 'department', 'community', 'team', 'company')),
    speciality TEXT NOT NULL, -- what a rule asks for, e.g. police, urban_management; '' for none
    parent_id  TEXT REFERENCES units (id),
    area_id    TEXT,
    section    TEXT NOT NULL,
    phone      TEXT NOT NULL,
    address    TEXT NOT NULL,
    open       BOOLEAN NOT NULL,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX units_area ON units (area_id, kind);

CREATE TABLE roles (
    code        TEXT PRIMARY KEY,
    name_zh     TEXT NOT NULL,
    name_en     TEXT NOT NULL,
    reach       TEXT NOT NULL CHECK (reach IN ('area', 'unit', 'both', 'none')),
    administers TEXT NOT NULL CHECK (administers IN ('', 'system', 'security', 'audit')),
    permissions JSONB NOT NULL, -- a JSON array of verbs
    sort        BIGINT NOT NULL,
    version     BIGINT NOT NULL
);

CREATE TABLE accounts (
    id            TEXT PRIMARY KEY,
    login         TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    phone         TEXT NOT NULL, -- sealed
    password_hash TEXT NOT NULL, -- argon2id; '' cannot sign in
    must_change   BOOLEAN NOT NULL,
    failures      BIGINT NOT NULL,
    locked_until  BIGINT NOT NULL,
    disabled_at   BIGINT,
    kind          TEXT NOT NULL CHECK (kind IN ('person', 'partner')),
    partner_rate  BIGINT NOT NULL, -- reports a minute for a partner; 0 for none set
    version       BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL
);
CREATE TABLE posts (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    role       TEXT NOT NULL REFERENCES roles (code),
    unit_id    TEXT REFERENCES units (id),
    area_id    TEXT, -- empty: everything
    valid_from BIGINT NOT NULL,
    valid_to   BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX posts_account ON posts (account_id);
CREATE INDEX posts_unit ON posts (unit_id, role);
CREATE INDEX posts_area ON posts (area_id, role);

-- The id is the hash of the token; the token itself is nowhere kept.
CREATE TABLE sessions (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('browser', 'token'))
);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- +goose Down
DROP TABLE sessions;
DROP TABLE posts;
DROP TABLE accounts;
DROP TABLE roles;
DROP TABLE units;
