-- +goose Up
-- A unit may want its replies approved before they go out; an order says so as its unit had it when it was sent.
ALTER TABLE units ADD COLUMN approves_replies BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE orders ADD COLUMN approval BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE orders ADD COLUMN reply TEXT NOT NULL DEFAULT '';    -- what waits for approval (JSON); '' for nothing
ALTER TABLE orders ADD COLUMN handlers TEXT NOT NULL DEFAULT ''; -- ' a b ': all who ever handled or approved it

-- Orders that were handled before keep their handler. Every order is an aggregate's own row and is changed by its value.
UPDATE orders SET handlers = ' ' || handler_id || ' ' WHERE handler_id <> '';

-- +goose Down
ALTER TABLE orders DROP COLUMN handlers;
ALTER TABLE orders DROP COLUMN reply;
ALTER TABLE orders DROP COLUMN approval;
ALTER TABLE units DROP COLUMN approves_replies;
