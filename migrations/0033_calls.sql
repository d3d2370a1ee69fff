-- +goose Up
-- Calls back to whoever reported, and the supervisor's rating of how a matter was handled.
ALTER TABLE incidents ADD COLUMN call_attempts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE incidents ADD COLUMN call_again_at BIGINT;
ALTER TABLE incidents ADD COLUMN do_not_call BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE incidents ADD COLUMN review_rating BIGINT;
ALTER TABLE incidents ADD COLUMN review_text TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN review_by TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN review_at BIGINT;
CREATE INDEX incidents_call ON incidents (call_again_at) WHERE call_again_at IS NOT NULL;

-- A colleague who needs help goes to the station at once: in front of the rules of a store that has begun already.
INSERT INTO routing_rules (id, sort, name, category, kind, severity, channel, area_kind, target, value, pool, automatic, active, version)
SELECT '2FQFBTZBJFM2QBWZ7VWXFYJMFJ', 5, '工作人员求助派工作站', 'worker_help', '', '', '', '', 'station', '', FALSE, TRUE, TRUE, 1
FROM settings WHERE key = 'dispatch.rules_seeded' ON CONFLICT (id) DO NOTHING;

-- +goose Down
DROP INDEX incidents_call;
ALTER TABLE incidents DROP COLUMN review_at;
ALTER TABLE incidents DROP COLUMN review_by;
ALTER TABLE incidents DROP COLUMN review_text;
ALTER TABLE incidents DROP COLUMN review_rating;
ALTER TABLE incidents DROP COLUMN do_not_call;
ALTER TABLE incidents DROP COLUMN call_again_at;
ALTER TABLE incidents DROP COLUMN call_attempts;
