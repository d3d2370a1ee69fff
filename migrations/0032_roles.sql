-- +goose Up
-- Supervisors rate and report. Roles that administrators changed stay as they are.
UPDATE roles SET permissions = '["incident.read","incident.report","incident.check","incident.review","incident.note","area.read","unit.read"]'
WHERE code = 'grid_supervisor' AND version = 1;

-- +goose Down
UPDATE roles SET permissions = '["incident.read","incident.check","incident.note","area.read","unit.read"]'
WHERE code = 'grid_supervisor' AND version = 1;
