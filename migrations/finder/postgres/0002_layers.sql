-- Where every field of a centre comes from: what each list says, what people wrote over it, and what staff did.
-- What seekers see (centre) is drawn from these and can be drawn anew at any time.
CREATE TABLE source_record (
    own_id      TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(own_id) BETWEEN 1 AND 100),
    source      TEXT COLLATE "C" NOT NULL CHECK (length(source) BETWEEN 1 AND 100),
    external_id TEXT COLLATE "C" NOT NULL CHECK (length(external_id) BETWEEN 1 AND 500),
    centre_id   TEXT COLLATE "C" NOT NULL CHECK (length(centre_id) BETWEEN 1 AND 100),
    slug        TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 300),
    priority    BIGINT NOT NULL CHECK (priority >= 0),
    body        TEXT NOT NULL CHECK (body LIKE '{%}'),
    body_hash   TEXT NOT NULL CHECK (length(body_hash) = 64),
    present     BIGINT NOT NULL CHECK (present IN (0, 1)),
    imported_at BIGINT NOT NULL,
    run_id      TEXT COLLATE "C",
    actor_id    TEXT,
    actor_name  TEXT,
    UNIQUE (source, external_id),
    CHECK ((actor_id IS NULL) = (actor_name IS NULL))
);

CREATE INDEX source_record_by_centre ON source_record (centre_id, priority, own_id);

INSERT INTO source_record
    (own_id, source, external_id, centre_id, slug, priority, body, body_hash, present, imported_at)
SELECT id, source, external_id, id, slug, 0, body, body_hash, 1, changed_at FROM centre;

-- centre_id is the centre the edit was made on, as it was called then: an absorbed centre keeps its edits.
CREATE TABLE manual_edit (
    centre_id   TEXT COLLATE "C" NOT NULL CHECK (length(centre_id) BETWEEN 1 AND 100),
    field       TEXT COLLATE "C" NOT NULL CHECK (length(field) BETWEEN 1 AND 200),
    value       TEXT NOT NULL CHECK (length(value) > 0),
    person_id   TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at          BIGINT NOT NULL,
    list_value  TEXT NOT NULL CHECK (length(list_value) > 0),
    PRIMARY KEY (centre_id, field)
);

-- A centre as a line of the staff's list, also when seekers do not see it. Filled by the program when it opens.
CREATE TABLE centre_line (
    centre_id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(centre_id) BETWEEN 1 AND 100),
    name      TEXT COLLATE "C" NOT NULL,
    place     TEXT NOT NULL,
    folded    TEXT COLLATE "C" NOT NULL,
    standing  TEXT NOT NULL CHECK (standing IN ('listed', 'withdrawn', 'gone'))
);

CREATE INDEX centre_line_by_name ON centre_line (folded, centre_id);

ALTER TABLE import_run ADD COLUMN kind TEXT NOT NULL DEFAULT 'import' CHECK (kind IN ('import', 'roll_back'));
ALTER TABLE import_run ADD COLUMN actor_id TEXT NOT NULL DEFAULT 'console';
ALTER TABLE import_run ADD COLUMN actor_name TEXT NOT NULL DEFAULT 'Kommandozeile';
ALTER TABLE import_run ADD COLUMN rolled_back TEXT;
ALTER TABLE import_run ADD COLUMN agreed_id TEXT;
ALTER TABLE import_run ADD COLUMN agreed_name TEXT;

-- What a run did to each record; no body: the record was not known.
CREATE TABLE import_change (
    run_id         TEXT COLLATE "C" NOT NULL,
    source         TEXT COLLATE "C" NOT NULL,
    external_id    TEXT COLLATE "C" NOT NULL,
    own_id         TEXT COLLATE "C" NOT NULL,
    centre_id      TEXT COLLATE "C" NOT NULL,
    before_body    TEXT,
    before_present BIGINT NOT NULL CHECK (before_present IN (0, 1)),
    after_body     TEXT,
    after_present  BIGINT NOT NULL CHECK (after_present IN (0, 1)),
    PRIMARY KEY (run_id, source, external_id)
);

-- Edits a run gave up for the list's value (restored = 0) or brought back (restored = 1).
CREATE TABLE import_edit (
    run_id      TEXT COLLATE "C" NOT NULL,
    centre_id   TEXT COLLATE "C" NOT NULL,
    field       TEXT COLLATE "C" NOT NULL,
    value       TEXT NOT NULL,
    person_id   TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at          BIGINT NOT NULL,
    list_value  TEXT NOT NULL,
    restored    BIGINT NOT NULL CHECK (restored IN (0, 1)),
    PRIMARY KEY (run_id, centre_id, field)
);

CREATE TABLE import_draft (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    owner_id   TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    source     TEXT COLLATE "C" NOT NULL,
    state      TEXT NOT NULL CHECK (length(state) BETWEEN 1 AND 40),
    body       TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE TABLE mapping_profile (
    name       TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 100),
    source     TEXT COLLATE "C" NOT NULL CHECK (length(source) BETWEEN 1 AND 100),
    body       TEXT NOT NULL,
    saved_id   TEXT NOT NULL,
    saved_name TEXT NOT NULL,
    saved_at   BIGINT NOT NULL
);

CREATE TABLE kept_apart (
    centre_a    TEXT COLLATE "C" NOT NULL,
    centre_b    TEXT COLLATE "C" NOT NULL,
    person_id   TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (centre_a, centre_b),
    CHECK (centre_a < centre_b)
);

CREATE TABLE audit (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    at          BIGINT NOT NULL,
    person_id   TEXT NOT NULL,
    person_name TEXT NOT NULL,
    action      TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 100),
    object_kind TEXT NOT NULL,
    object_id   TEXT NOT NULL,
    object_name TEXT NOT NULL,
    detail      TEXT NOT NULL
);

CREATE INDEX audit_by_time ON audit (at, id);
