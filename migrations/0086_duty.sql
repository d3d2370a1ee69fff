-- +goose Up
-- Who works when. A shift with its members is one aggregate; a duty mark, a position and a handover are one each.
CREATE TABLE shifts (
    id         TEXT PRIMARY KEY,
    unit_id    TEXT NOT NULL REFERENCES units (id),
    name       TEXT NOT NULL,
    from_at    BIGINT NOT NULL, -- inclusive
    to_at      BIGINT NOT NULL, -- exclusive
    leader_id  TEXT NOT NULL, -- one of the members; '' for none
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX shifts_unit ON shifts (unit_id, from_at);
CREATE INDEX shifts_to ON shifts (to_at);

CREATE TABLE shift_members (
    shift_id   TEXT NOT NULL REFERENCES shifts (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (shift_id, account_id)
);
CREATE INDEX shift_members_account ON shift_members (account_id);

-- One row a person who was ever planned, raised before each plan: two planners of one person come one after the other.
CREATE TABLE shift_turns (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id),
    turn       BIGINT NOT NULL
);

-- What a person said of their own duty, and until when that goes before the roster.
CREATE TABLE duty_marks (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id),
    on_duty    BOOLEAN NOT NULL,
    unit_id    TEXT NOT NULL, -- for which; '' for none
    since      BIGINT NOT NULL,
    until      BIGINT NOT NULL
);
CREATE INDEX duty_marks_until ON duty_marks (until);

-- The last known position of somebody on duty, for some minutes. Never part of a backup.
CREATE TABLE duty_positions (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id),
    lon        DOUBLE PRECISION NOT NULL, -- WGS-84
    lat        DOUBLE PRECISION NOT NULL,
    accuracy   DOUBLE PRECISION NOT NULL, -- metres; 0 for unknown
    at         BIGINT NOT NULL
);
CREATE INDEX duty_positions_at ON duty_positions (at);

CREATE TABLE handovers (
    id          TEXT PRIMARY KEY,
    shift_id    TEXT NOT NULL UNIQUE REFERENCES shifts (id),
    unit_id     TEXT NOT NULL REFERENCES units (id),
    state       TEXT NOT NULL CHECK (state IN ('handed', 'taken')),
    items       JSONB NOT NULL, -- what was open when the outgoing side signed
    notes       TEXT NOT NULL,
    outgoing_id TEXT NOT NULL REFERENCES accounts (id),
    outgoing_at BIGINT NOT NULL,
    incoming_id TEXT NOT NULL, -- '' until somebody took over
    incoming_at BIGINT, -- of the incoming signature
    remark      TEXT NOT NULL, -- of the incoming side
    version     BIGINT NOT NULL
);
CREATE INDEX handovers_unit ON handovers (unit_id, id);

-- +goose Down
DROP TABLE handovers;
DROP TABLE duty_positions;
DROP TABLE duty_marks;
DROP TABLE shift_turns;
DROP TABLE shift_members;
DROP TABLE shifts;
