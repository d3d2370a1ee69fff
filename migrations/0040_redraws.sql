-- +goose Up
-- Redraws of areas that take effect at an instant. A reference table: some a month.
CREATE TABLE area_redraws (
    id           TEXT PRIMARY KEY,
    kind         TEXT NOT NULL CHECK (kind IN ('new', 'split', 'merge', 'border', 'parent')),
    state        TEXT NOT NULL CHECK (state IN ('planned', 'applied', 'withdrawn', 'stopped')),
    note         TEXT NOT NULL,
    plan         JSONB NOT NULL, -- what is done to which areas, and how they were when it was planned
    effect_at    BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    created_by   TEXT NOT NULL,  -- account
    created_name TEXT NOT NULL,
    ended_at     BIGINT,         -- applied, withdrawn or stopped
    ended_by     TEXT NOT NULL,  -- account; '' for the program
    ended_name   TEXT NOT NULL,
    reason       JSONB NOT NULL  -- why it was stopped or withdrawn
);
CREATE INDEX area_redraws_due ON area_redraws (effect_at, id) WHERE state = 'planned';

-- +goose Down
DROP TABLE area_redraws;
