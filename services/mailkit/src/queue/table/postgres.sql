-- Mails that are still to be sent: what about, not what it says. The text is written when it is sent.
CREATE TABLE mail (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 200),
    kind         TEXT COLLATE "C" NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
    object_id    TEXT COLLATE "C" NOT NULL CHECK (length(object_id) BETWEEN 1 AND 200),
    lang         TEXT    NOT NULL CHECK (length(lang) BETWEEN 2 AND 20),
    detail       TEXT    CHECK (length(detail) BETWEEN 1 AND 1000),
    created_at   BIGINT NOT NULL,
    due_at       BIGINT NOT NULL,
    next_try_at  BIGINT NOT NULL,
    give_up_at   BIGINT NOT NULL CHECK (give_up_at > due_at),
    leased_until BIGINT,
    lease_id     TEXT COLLATE "C" CHECK (length(lease_id) BETWEEN 1 AND 100),
    attempts     BIGINT NOT NULL CHECK (attempts >= 0),
    state        TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'given_up')),
    last_problem TEXT    CHECK (length(last_problem) BETWEEN 1 AND 60),
    CHECK ((leased_until IS NULL) = (lease_id IS NULL)),
    CHECK (state = 'waiting' OR lease_id IS NULL)
);

CREATE INDEX mail_by_next_try ON mail (state, next_try_at, id);

CREATE INDEX mail_by_object ON mail (object_id, id);
