-- +goose Up
-- What is open past its limit for the whole should be closed, also where nobody has taken it up (internal/stats).
UPDATE figures SET should_close = should_close + (SELECT count(*) FROM facts AS late
    WHERE late.is_open AND NOT late.is_filed AND NOT late.is_deferred AND late.v_close = 2 AND late.should_close = 0
    AND late.day = figures.day AND '' = figures.id AND '' = figures.street_id AND '' = figures.parent_id)
WHERE dim = 'all' AND day IN (SELECT day FROM facts WHERE is_open AND NOT is_filed AND NOT is_deferred AND v_close = 2 AND should_close = 0);
UPDATE figures SET should_close = should_close + (SELECT count(*) FROM facts AS late
    WHERE late.is_open AND NOT late.is_filed AND NOT late.is_deferred AND late.v_close = 2 AND late.should_close = 0
    AND late.day = figures.day AND late.city_id = figures.id AND '' = figures.street_id AND '' = figures.parent_id)
WHERE dim = 'city' AND day IN (SELECT day FROM facts WHERE is_open AND NOT is_filed AND NOT is_deferred AND v_close = 2 AND should_close = 0);
UPDATE figures SET should_close = should_close + (SELECT count(*) FROM facts AS late
    WHERE late.is_open AND NOT late.is_filed AND NOT late.is_deferred AND late.v_close = 2 AND late.should_close = 0
    AND late.day = figures.day AND late.district_id = figures.id AND '' = figures.street_id AND late.city_id = figures.parent_id)
WHERE dim = 'district' AND day IN (SELECT day FROM facts WHERE is_open AND NOT is_filed AND NOT is_deferred AND v_close = 2 AND should_close = 0);
UPDATE figures SET should_close = should_close + (SELECT count(*) FROM facts AS late
    WHERE late.is_open AND NOT late.is_filed AND NOT late.is_deferred AND late.v_close = 2 AND late.should_close = 0
    AND late.day = figures.day AND late.street_id = figures.id AND late.street_id = figures.street_id AND late.district_id = figures.parent_id)
WHERE dim = 'street' AND day IN (SELECT day FROM facts WHERE is_open AND NOT is_filed AND NOT is_deferred AND v_close = 2 AND should_close = 0);
UPDATE figures SET should_close = should_close + (SELECT count(*) FROM facts AS late
    WHERE late.is_open AND NOT late.is_filed AND NOT late.is_deferred AND late.v_close = 2 AND late.should_close = 0
    AND late.day = figures.day AND late.community_id = figures.id AND late.street_id = figures.street_id AND late.street_id = figures.parent_id)
WHERE dim = 'community' AND day IN (SELECT day FROM facts WHERE is_open AND NOT is_filed AND NOT is_deferred AND v_close = 2 AND should_close = 0);
UPDATE figures SET should_close = should_close + (SELECT count(*) FROM facts AS late
    WHERE late.is_open AND NOT late.is_filed AND NOT late.is_deferred AND late.v_close = 2 AND late.should_close = 0
    AND late.day = figures.day AND late.grid_id = figures.id AND late.street_id = figures.street_id AND late.community_id = figures.parent_id)
WHERE dim = 'grid' AND day IN (SELECT day FROM facts WHERE is_open AND NOT is_filed AND NOT is_deferred AND v_close = 2 AND should_close = 0);
UPDATE figures SET should_close = should_close + (SELECT count(*) FROM facts AS late
    WHERE late.is_open AND NOT late.is_filed AND NOT late.is_deferred AND late.v_close = 2 AND late.should_close = 0
    AND late.day = figures.day AND late.microgrid_id = figures.id AND late.street_id = figures.street_id AND late.grid_id = figures.parent_id)
WHERE dim = 'microgrid' AND day IN (SELECT day FROM facts WHERE is_open AND NOT is_filed AND NOT is_deferred AND v_close = 2 AND should_close = 0);
UPDATE figures SET should_close = should_close + (SELECT count(*) FROM facts AS late
    WHERE late.is_open AND NOT late.is_filed AND NOT late.is_deferred AND late.v_close = 2 AND late.should_close = 0
    AND late.day = figures.day AND late.unit_id = figures.id AND late.street_id = figures.street_id AND '' = figures.parent_id)
WHERE dim = 'unit' AND day IN (SELECT day FROM facts WHERE is_open AND NOT is_filed AND NOT is_deferred AND v_close = 2 AND should_close = 0);
UPDATE figures SET should_close = should_close + (SELECT count(*) FROM facts AS late
    WHERE late.is_open AND NOT late.is_filed AND NOT late.is_deferred AND late.v_close = 2 AND late.should_close = 0
    AND late.day = figures.day AND late.person_id = figures.id AND late.street_id = figures.street_id AND '' = figures.parent_id)
WHERE dim = 'person' AND day IN (SELECT day FROM facts WHERE is_open AND NOT is_filed AND NOT is_deferred AND v_close = 2 AND should_close = 0);
UPDATE figures SET should_close = should_close + (SELECT count(*) FROM facts AS late
    WHERE late.is_open AND NOT late.is_filed AND NOT late.is_deferred AND late.v_close = 2 AND late.should_close = 0
    AND late.day = figures.day AND late.category = figures.id AND late.street_id = figures.street_id AND '' = figures.parent_id)
WHERE dim = 'category' AND day IN (SELECT day FROM facts WHERE is_open AND NOT is_filed AND NOT is_deferred AND v_close = 2 AND should_close = 0);
UPDATE figures SET should_close = should_close + (SELECT count(*) FROM facts AS late
    WHERE late.is_open AND NOT late.is_filed AND NOT late.is_deferred AND late.v_close = 2 AND late.should_close = 0
    AND late.day = figures.day AND late.channel = figures.id AND late.street_id = figures.street_id AND '' = figures.parent_id)
WHERE dim = 'channel' AND day IN (SELECT day FROM facts WHERE is_open AND NOT is_filed AND NOT is_deferred AND v_close = 2 AND should_close = 0);
UPDATE figures SET should_close = should_close + (SELECT count(*) FROM facts AS late
    WHERE late.is_open AND NOT late.is_filed AND NOT late.is_deferred AND late.v_close = 2 AND late.should_close = 0
    AND substr(late.day, 1, 7) || '-01' = figures.day AND late.grid_id = figures.id AND late.street_id = figures.street_id AND late.community_id = figures.parent_id)
WHERE dim = 'month.grid' AND day IN (SELECT substr(day, 1, 7) || '-01' FROM facts WHERE is_open AND NOT is_filed AND NOT is_deferred AND v_close = 2 AND should_close = 0);
UPDATE figures SET should_close = should_close + (SELECT count(*) FROM facts AS late
    WHERE late.is_open AND NOT late.is_filed AND NOT late.is_deferred AND late.v_close = 2 AND late.should_close = 0
    AND substr(late.day, 1, 7) || '-01' = figures.day AND late.microgrid_id = figures.id AND late.street_id = figures.street_id AND late.grid_id = figures.parent_id)
WHERE dim = 'month.microgrid' AND day IN (SELECT substr(day, 1, 7) || '-01' FROM facts WHERE is_open AND NOT is_filed AND NOT is_deferred AND v_close = 2 AND should_close = 0);
UPDATE figures SET should_close = should_close + (SELECT count(*) FROM facts AS late
    WHERE late.is_open AND NOT late.is_filed AND NOT late.is_deferred AND late.v_close = 2 AND late.should_close = 0
    AND substr(late.day, 1, 7) || '-01' = figures.day AND late.person_id = figures.id AND late.street_id = figures.street_id AND '' = figures.parent_id)
WHERE dim = 'month.person' AND day IN (SELECT substr(day, 1, 7) || '-01' FROM facts WHERE is_open AND NOT is_filed AND NOT is_deferred AND v_close = 2 AND should_close = 0);
UPDATE facts SET should_close = 1 WHERE is_open AND NOT is_filed AND NOT is_deferred AND v_close = 2;

-- +goose Down
SELECT 1;
