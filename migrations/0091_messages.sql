-- +goose Up
-- Messages to the outside: where they can be sent, what is to be told, and each message until it went out.
CREATE TABLE senders (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    preset     TEXT NOT NULL CHECK (preset IN ('sms', 'wecom', 'dingtalk', 'webhook')),
    audience   TEXT NOT NULL CHECK (audience IN ('phone', 'group')), -- one message a person, or one for all
    method     TEXT NOT NULL,
    url        TEXT NOT NULL,
    headers    JSONB NOT NULL, -- [{name, value}]
    body       TEXT NOT NULL,  -- template with named values
    secret     TEXT NOT NULL,  -- sealed
    ok_field   TEXT NOT NULL,  -- of a JSON answer; '' to go by the status alone
    ok_value   TEXT NOT NULL,
    notices    JSONB NOT NULL, -- which notices it carries
    lang       TEXT NOT NULL,
    active     BOOLEAN NOT NULL,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
-- How a sender does: apart from what people set, because it changes with every message.
CREATE TABLE sender_states (
    sender_id TEXT PRIMARY KEY REFERENCES senders (id),
    failures  BIGINT NOT NULL, -- in a row
    open_until BIGINT NOT NULL, -- nothing is sent before
    ok_at     BIGINT NOT NULL,
    failed_at BIGINT NOT NULL,
    error     TEXT NOT NULL
);

-- What happened that somebody is to be told of, until it was decided who.
CREATE TABLE notices (
    id          TEXT PRIMARY KEY, -- derived from the event
    notice      TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    order_id    TEXT NOT NULL,
    at          BIGINT NOT NULL,
    tries       BIGINT NOT NULL,
    next_at     BIGINT NOT NULL
);
CREATE INDEX notices_due ON notices (next_at, id);

-- One message to one recipient through one sender. It holds no address: that is read when it is sent.
CREATE TABLE messages (
    id          TEXT PRIMARY KEY, -- derived from event, sender and recipient
    notice      TEXT NOT NULL,
    sender_id   TEXT NOT NULL, -- 'push' for the wake-up of a phone
    incident_id TEXT NOT NULL,
    order_id    TEXT NOT NULL,
    number      TEXT NOT NULL,
    to_kind     TEXT NOT NULL CHECK (to_kind IN ('account', 'reporter', 'group')),
    to_id       TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'dead', 'dropped')),
    attempts    BIGINT NOT NULL,
    at          BIGINT NOT NULL, -- of the event
    next_at     BIGINT NOT NULL, -- not before; while it is being sent, when another node may try
    deadline    BIGINT NOT NULL,
    ended_at    BIGINT,
    error       TEXT NOT NULL,
    status      BIGINT NOT NULL, -- of the last answer, 0 for none
    created_at  BIGINT NOT NULL
);
CREATE INDEX messages_due ON messages (sender_id, next_at, id) WHERE state = 'waiting';
CREATE INDEX messages_list ON messages (state, created_at, id);
CREATE INDEX messages_ended ON messages (ended_at) WHERE ended_at IS NOT NULL;

-- Somebody asks for a lost code. The phone is sealed and goes with the row, which is gone once it was looked at; whether
-- there is such a report shows nowhere.
CREATE TABLE code_requests (
    id      TEXT PRIMARY KEY,
    phone   TEXT NOT NULL, -- sealed; '' once looked at
    phone_index TEXT NOT NULL,
    number  TEXT NOT NULL,
    at      BIGINT NOT NULL,
    done    BOOLEAN NOT NULL
);
CREATE INDEX code_requests_open ON code_requests (at, id) WHERE NOT done;
CREATE INDEX code_requests_phone ON code_requests (phone_index, at);

-- +goose Down
DROP TABLE code_requests;
DROP TABLE messages;
DROP TABLE notices;
DROP TABLE sender_states;
DROP TABLE senders;
