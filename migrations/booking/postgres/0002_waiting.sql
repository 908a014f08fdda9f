-- The waiting list, which nothing used before: an entry is asked to be confirmed, then told a few times. It has no time of
-- creation; earliest_at is the first free time when last looked at, so that only what is new is told.
DROP TABLE waiting;

CREATE TABLE waiting (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    offer_id      TEXT COLLATE "C" NOT NULL CHECK (length(offer_id) BETWEEN 1 AND 100),
    form_hash     BYTEA NOT NULL UNIQUE CHECK (length(form_hash) = 32),
    link_hash     BYTEA NOT NULL UNIQUE CHECK (length(link_hash) = 32),
    state         TEXT COLLATE "C" NOT NULL CHECK (state IN ('asked', 'waiting')),
    before_at     BIGINT NOT NULL,
    earliest_at   BIGINT NOT NULL CHECK (earliest_at <= before_at),
    notices       BIGINT NOT NULL CHECK (notices BETWEEN 0 AND 3),
    told_at       BIGINT,
    forget_at     BIGINT NOT NULL CHECK (forget_at <= before_at),
    lang          TEXT COLLATE "C" NOT NULL CHECK (length(lang) BETWEEN 2 AND 20),
    notify_day    TEXT COLLATE "C" CHECK (length(notify_day) = 10),
    notify_slot   BIGINT CHECK (notify_slot >= 0),
    notify_sealed BYTEA,
    CHECK ((notices = 0) = (told_at IS NULL)),
    CHECK (state = 'waiting' OR notices = 0),
    CHECK (notices = 3 OR notify_sealed IS NOT NULL),
    CHECK ((notify_sealed IS NULL) = (notify_day IS NULL) AND (notify_sealed IS NULL) = (notify_slot IS NULL))
);

CREATE INDEX waiting_by_offer ON waiting (offer_id, id);
CREATE INDEX waiting_by_forgetting ON waiting (forget_at, id);

ALTER TABLE waiting
    ALTER COLUMN form_hash SET STATISTICS 0,
    ALTER COLUMN link_hash SET STATISTICS 0,
    ALTER COLUMN notify_sealed SET STATISTICS 0;
