-- +goose Up
-- That an order reached whoever has it, and that they opened it. A row of its own and not a column of the order: it is
-- written by phones at any moment, says nothing about the work, and must neither wait for an action nor undo one.
CREATE TABLE order_receipts (
    incident_id  TEXT NOT NULL REFERENCES incidents (id),
    order_id     TEXT NOT NULL,
    account_id   TEXT NOT NULL,
    delivered_at BIGINT NOT NULL,
    read_at      BIGINT, -- NULL while nobody opened it
    PRIMARY KEY (incident_id, order_id, account_id)
);

-- +goose Down
DROP TABLE order_receipts;
