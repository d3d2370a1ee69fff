-- +goose Up
-- A redraw that open incidents have still to follow waits here, so that a crash after the commit loses none.
ALTER TABLE area_changes ADD COLUMN waiting TEXT NOT NULL DEFAULT '';
CREATE INDEX area_changes_waiting ON area_changes (id) WHERE waiting <> '';

-- Under which parent an area hung until an instant; its present parent is in areas.
CREATE TABLE area_parents (
    area_id   TEXT NOT NULL REFERENCES areas (id),
    until     BIGINT NOT NULL,
    parent_id TEXT,
    PRIMARY KEY (area_id, until)
);

INSERT INTO area_kinds (code, name_zh, name_en, sort) VALUES
    ('', '一般', 'General', 0),
    ('rural', '农村', 'Rural', 1),
    ('residential', '小区', 'Residential', 2),
    ('business', '商圈', 'Business district', 3),
    ('university', '高校', 'University', 4),
    ('market', '专业市场', 'Market', 5),
    ('building', '楼宇', 'Building', 6),
    ('village', '村居', 'Village', 7);

-- 1+1+1+N: one head, one instructor, one full-time worker, at least one functional worker.
INSERT INTO staffing_templates (level, kind, role, least) VALUES
    ('grid', '', 'grid_head', 1),
    ('grid', '', 'grid_instructor', 1),
    ('grid', '', 'grid_worker', 1),
    ('grid', '', 'functional_worker', 1),
    ('microgrid', '', 'microgrid_worker', 1);

-- +goose Down
DELETE FROM staffing_templates;
DELETE FROM area_kinds;
DROP TABLE area_parents;
DROP INDEX area_changes_waiting;
ALTER TABLE area_changes DROP COLUMN waiting;
