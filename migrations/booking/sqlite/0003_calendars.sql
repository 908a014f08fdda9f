-- Calendars of counsellors' own: what a feed tells and in which language; when a calendar is read next, and since when it
-- cannot be. Nothing was ever written into the tables as they were, so they are made anew.

DROP TABLE busy;
DROP TABLE busy_source;
DROP TABLE feed;

-- A secret under which a counsellor's own calendar reads her appointments. An address that opens without a password tells
-- only when she is taken.
CREATE TABLE feed (
    person_id  TEXT    NOT NULL PRIMARY KEY CHECK (length(person_id) BETWEEN 1 AND 100),
    token_hash BLOB    NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    kind       TEXT    NOT NULL CHECK (kind IN ('neutral', 'detailed', 'address_alone')),
    lang       TEXT    NOT NULL CHECK (length(lang) BETWEEN 2 AND 20),
    created_at INTEGER NOT NULL
) STRICT;

-- Times somebody is not free according to her own calendar. Nothing else of that calendar is kept.
CREATE TABLE busy_source (
    resource_id    TEXT    NOT NULL PRIMARY KEY REFERENCES resource (id) ON DELETE CASCADE,
    sealed_address BLOB    NOT NULL,
    read_at        INTEGER NOT NULL,
    next_read_at   INTEGER NOT NULL,
    attempts       INTEGER NOT NULL CHECK (attempts >= 0),
    failing_since  INTEGER,
    problem        TEXT    CHECK (length(problem) BETWEEN 1 AND 60),
    CHECK ((problem IS NULL) = (failing_since IS NULL) AND (problem IS NULL) = (attempts = 0))
) STRICT;

CREATE INDEX busy_source_by_next_read ON busy_source (next_read_at, resource_id);

CREATE TABLE busy (
    resource_id TEXT    NOT NULL REFERENCES busy_source (resource_id) ON DELETE CASCADE,
    starts_at   INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL CHECK (ends_at > starts_at),
    PRIMARY KEY (resource_id, starts_at)
) STRICT;
