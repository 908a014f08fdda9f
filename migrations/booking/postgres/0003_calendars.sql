-- Calendars of counsellors' own: what a feed tells and in which language; when a calendar is read next, and since when it
-- cannot be. Nothing was ever written into the tables as they were, so they are made anew.

DROP TABLE busy;
DROP TABLE busy_source;
DROP TABLE feed;

-- A secret under which a counsellor's own calendar reads her appointments. An address that opens without a password tells
-- only when she is taken.
CREATE TABLE feed (
    person_id  TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(person_id) BETWEEN 1 AND 100),
    token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    kind       TEXT COLLATE "C" NOT NULL CHECK (kind IN ('neutral', 'detailed', 'address_alone')),
    lang       TEXT COLLATE "C" NOT NULL CHECK (length(lang) BETWEEN 2 AND 20),
    created_at BIGINT NOT NULL
);

-- Times somebody is not free according to her own calendar. Nothing else of that calendar is kept.
CREATE TABLE busy_source (
    resource_id    TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES resource (id) ON DELETE CASCADE,
    sealed_address BYTEA NOT NULL,
    read_at        BIGINT NOT NULL,
    next_read_at   BIGINT NOT NULL,
    attempts       BIGINT NOT NULL CHECK (attempts >= 0),
    failing_since  BIGINT,
    problem        TEXT COLLATE "C" CHECK (length(problem) BETWEEN 1 AND 60),
    CHECK ((problem IS NULL) = (failing_since IS NULL) AND (problem IS NULL) = (attempts = 0))
);

CREATE INDEX busy_source_by_next_read ON busy_source (next_read_at, resource_id);

CREATE TABLE busy (
    resource_id TEXT COLLATE "C" NOT NULL REFERENCES busy_source (resource_id) ON DELETE CASCADE,
    starts_at   BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL CHECK (ends_at > starts_at),
    PRIMARY KEY (resource_id, starts_at)
);
