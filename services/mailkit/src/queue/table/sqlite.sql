-- Mails that are still to be sent: what about, not what it says. The text is written when it is sent.
CREATE TABLE mail (
    id           TEXT    NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 200),
    kind         TEXT    NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
    object_id    TEXT    NOT NULL CHECK (length(object_id) BETWEEN 1 AND 200),
    lang         TEXT    NOT NULL CHECK (length(lang) BETWEEN 2 AND 20),
    detail       TEXT    CHECK (length(detail) BETWEEN 1 AND 1000),
    created_at   INTEGER NOT NULL,
    due_at       INTEGER NOT NULL,
    next_try_at  INTEGER NOT NULL,
    give_up_at   INTEGER NOT NULL CHECK (give_up_at > due_at),
    leased_until INTEGER,
    lease_id     TEXT    CHECK (length(lease_id) BETWEEN 1 AND 100),
    attempts     INTEGER NOT NULL CHECK (attempts >= 0),
    state        TEXT    NOT NULL CHECK (state IN ('waiting', 'given_up')),
    last_problem TEXT    CHECK (length(last_problem) BETWEEN 1 AND 60),
    CHECK ((leased_until IS NULL) = (lease_id IS NULL)),
    CHECK (state = 'waiting' OR lease_id IS NULL)
) STRICT;

CREATE INDEX mail_by_next_try ON mail (state, next_try_at, id);

CREATE INDEX mail_by_object ON mail (object_id, id);
