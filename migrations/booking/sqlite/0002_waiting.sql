-- The waiting list, which nothing used before: an entry is asked to be confirmed, then told a few times. It has no time of
-- creation; earliest_at is the first free time when last looked at, so that only what is new is told.
DROP TABLE waiting;

CREATE TABLE waiting (
    id            TEXT    NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    offer_id      TEXT    NOT NULL CHECK (length(offer_id) BETWEEN 1 AND 100),
    form_hash     BLOB    NOT NULL UNIQUE CHECK (length(form_hash) = 32),
    link_hash     BLOB    NOT NULL UNIQUE CHECK (length(link_hash) = 32),
    state         TEXT    NOT NULL CHECK (state IN ('asked', 'waiting')),
    before_at     INTEGER NOT NULL,
    earliest_at   INTEGER NOT NULL CHECK (earliest_at <= before_at),
    notices       INTEGER NOT NULL CHECK (notices BETWEEN 0 AND 3),
    told_at       INTEGER,
    forget_at     INTEGER NOT NULL CHECK (forget_at <= before_at),
    lang          TEXT    NOT NULL CHECK (length(lang) BETWEEN 2 AND 20),
    notify_day    TEXT    CHECK (length(notify_day) = 10),
    notify_slot   INTEGER CHECK (notify_slot >= 0),
    notify_sealed BLOB,
    CHECK ((notices = 0) = (told_at IS NULL)),
    CHECK (state = 'waiting' OR notices = 0),
    CHECK (notices = 3 OR notify_sealed IS NOT NULL),
    CHECK ((notify_sealed IS NULL) = (notify_day IS NULL) AND (notify_sealed IS NULL) = (notify_slot IS NULL))
) STRICT;

CREATE INDEX waiting_by_offer ON waiting (offer_id, id);
CREATE INDEX waiting_by_forgetting ON waiting (forget_at, id);
