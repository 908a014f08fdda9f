-- The directory of centres, its table of places, the record of imports and the log of changes.
-- A centre is one document; the columns beside it are what the database itself has to guard or find.
CREATE TABLE centre (
    id          TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    source      TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 100),
    external_id TEXT NOT NULL CHECK (length(external_id) BETWEEN 1 AND 500),
    slug        TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 300),
    postcode    TEXT NOT NULL CHECK (postcode GLOB '[0-9][0-9][0-9][0-9][0-9]'),
    body        TEXT NOT NULL CHECK (body LIKE '{%}'),
    body_hash   TEXT NOT NULL CHECK (length(body_hash) = 64),
    changed_at  INTEGER NOT NULL,
    UNIQUE (source, external_id)
) STRICT;

CREATE TABLE import_run (
    id              TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    source          TEXT NOT NULL,
    profile         TEXT NOT NULL,
    started_at      INTEGER NOT NULL,
    applied_at      INTEGER NOT NULL,
    new_count       INTEGER NOT NULL CHECK (new_count >= 0),
    changed_count   INTEGER NOT NULL CHECK (changed_count >= 0),
    unchanged_count INTEGER NOT NULL CHECK (unchanged_count >= 0),
    missing_count   INTEGER NOT NULL CHECK (missing_count >= 0),
    withdrawn_count INTEGER NOT NULL CHECK (withdrawn_count BETWEEN 0 AND missing_count),
    rejected_count  INTEGER NOT NULL CHECK (rejected_count >= 0)
) STRICT;

CREATE INDEX import_run_by_time ON import_run (applied_at, id);

CREATE TABLE place_table (
    one         INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    notice      TEXT NOT NULL,
    replaced_at INTEGER NOT NULL
) STRICT;

CREATE TABLE place (
    position      INTEGER NOT NULL PRIMARY KEY CHECK (position >= 0),
    postcode      TEXT NOT NULL CHECK (postcode GLOB '[0-9][0-9][0-9][0-9][0-9]'),
    name          TEXT NOT NULL,
    municipality  TEXT CHECK (length(municipality) = 8),
    district      TEXT CHECK (length(district) = 5),
    district_name TEXT,
    land          TEXT CHECK (length(land) = 2),
    lat           REAL CHECK (lat BETWEEN -90 AND 90),
    lon           REAL CHECK (lon BETWEEN -180 AND 180),
    CHECK ((lat IS NULL) = (lon IS NULL))
) STRICT;

CREATE TABLE outbox_head (
    one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    sequence INTEGER NOT NULL CHECK (sequence >= 0)
) STRICT;

INSERT INTO outbox_head (one, sequence) VALUES (1, 0);

CREATE TABLE outbox (
    sequence   INTEGER NOT NULL PRIMARY KEY CHECK (sequence > 0),
    id         TEXT NOT NULL UNIQUE,
    type       TEXT NOT NULL CHECK (length(type) > 0),
    body       TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
