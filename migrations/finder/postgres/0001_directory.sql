-- The directory of centres, its table of places, the record of imports and the log of changes.
-- Keys sort by bytes (COLLATE "C") as on SQLite, whatever the server's language.
-- A centre is one document; the columns beside it are what the database itself has to guard or find.
CREATE TABLE centre (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    source      TEXT COLLATE "C" NOT NULL CHECK (length(source) BETWEEN 1 AND 100),
    external_id TEXT COLLATE "C" NOT NULL CHECK (length(external_id) BETWEEN 1 AND 500),
    slug        TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 300),
    postcode    TEXT COLLATE "C" NOT NULL CHECK (postcode ~ '^[0-9]{5}$'),
    body        TEXT NOT NULL CHECK (body LIKE '{%}'),
    body_hash   TEXT NOT NULL CHECK (length(body_hash) = 64),
    changed_at  BIGINT NOT NULL,
    UNIQUE (source, external_id)
);

CREATE TABLE import_run (
    id              TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    source          TEXT COLLATE "C" NOT NULL,
    profile         TEXT NOT NULL,
    started_at      BIGINT NOT NULL,
    applied_at      BIGINT NOT NULL,
    new_count       BIGINT NOT NULL CHECK (new_count >= 0),
    changed_count   BIGINT NOT NULL CHECK (changed_count >= 0),
    unchanged_count BIGINT NOT NULL CHECK (unchanged_count >= 0),
    missing_count   BIGINT NOT NULL CHECK (missing_count >= 0),
    withdrawn_count BIGINT NOT NULL CHECK (withdrawn_count BETWEEN 0 AND missing_count),
    rejected_count  BIGINT NOT NULL CHECK (rejected_count >= 0)
);

CREATE INDEX import_run_by_time ON import_run (applied_at, id);

CREATE TABLE place_table (
    one         BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    notice      TEXT NOT NULL,
    replaced_at BIGINT NOT NULL
);

CREATE TABLE place (
    position      BIGINT NOT NULL PRIMARY KEY CHECK (position >= 0),
    postcode      TEXT COLLATE "C" NOT NULL CHECK (postcode ~ '^[0-9]{5}$'),
    name          TEXT NOT NULL,
    municipality  TEXT CHECK (length(municipality) = 8),
    district      TEXT CHECK (length(district) = 5),
    district_name TEXT,
    land          TEXT CHECK (length(land) = 2),
    lat           DOUBLE PRECISION CHECK (lat BETWEEN -90 AND 90),
    lon           DOUBLE PRECISION CHECK (lon BETWEEN -180 AND 180),
    CHECK ((lat IS NULL) = (lon IS NULL))
);

CREATE TABLE outbox_head (
    one      BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    sequence BIGINT NOT NULL CHECK (sequence >= 0)
);

INSERT INTO outbox_head (one, sequence) VALUES (1, 0);

CREATE TABLE outbox (
    sequence   BIGINT NOT NULL PRIMARY KEY CHECK (sequence > 0),
    id         TEXT COLLATE "C" NOT NULL UNIQUE,
    type       TEXT NOT NULL CHECK (length(type) > 0),
    body       TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
