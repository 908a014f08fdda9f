-- Where every field of a centre comes from: what each list says, what people wrote over it, and what staff did.
-- What seekers see (centre) is drawn from these and can be drawn anew at any time.
CREATE TABLE source_record (
    own_id      TEXT NOT NULL PRIMARY KEY CHECK (length(own_id) BETWEEN 1 AND 100),
    source      TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 100),
    external_id TEXT NOT NULL CHECK (length(external_id) BETWEEN 1 AND 500),
    centre_id   TEXT NOT NULL CHECK (length(centre_id) BETWEEN 1 AND 100),
    slug        TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 300),
    priority    INTEGER NOT NULL CHECK (priority >= 0),
    body        TEXT NOT NULL CHECK (body LIKE '{%}'),
    body_hash   TEXT NOT NULL CHECK (length(body_hash) = 64),
    present     INTEGER NOT NULL CHECK (present IN (0, 1)),
    imported_at INTEGER NOT NULL,
    run_id      TEXT,
    actor_id    TEXT,
    actor_name  TEXT,
    UNIQUE (source, external_id),
    CHECK ((actor_id IS NULL) = (actor_name IS NULL))
) STRICT;

CREATE INDEX source_record_by_centre ON source_record (centre_id, priority, own_id);

INSERT INTO source_record
    (own_id, source, external_id, centre_id, slug, priority, body, body_hash, present, imported_at)
SELECT id, source, external_id, id, slug, 0, body, body_hash, 1, changed_at FROM centre;

-- centre_id is the centre the edit was made on, as it was called then: an absorbed centre keeps its edits.
CREATE TABLE manual_edit (
    centre_id   TEXT NOT NULL CHECK (length(centre_id) BETWEEN 1 AND 100),
    field       TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 200),
    value       TEXT NOT NULL CHECK (length(value) > 0),
    person_id   TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at          INTEGER NOT NULL,
    list_value  TEXT NOT NULL CHECK (length(list_value) > 0),
    PRIMARY KEY (centre_id, field)
) STRICT;

-- A centre as a line of the staff's list, also when seekers do not see it. Filled by the program when it opens.
CREATE TABLE centre_line (
    centre_id TEXT NOT NULL PRIMARY KEY CHECK (length(centre_id) BETWEEN 1 AND 100),
    name      TEXT NOT NULL,
    place     TEXT NOT NULL,
    folded    TEXT NOT NULL,
    standing  TEXT NOT NULL CHECK (standing IN ('listed', 'withdrawn', 'gone'))
) STRICT;

CREATE INDEX centre_line_by_name ON centre_line (folded, centre_id);

ALTER TABLE import_run ADD COLUMN kind TEXT NOT NULL DEFAULT 'import' CHECK (kind IN ('import', 'roll_back'));
ALTER TABLE import_run ADD COLUMN actor_id TEXT NOT NULL DEFAULT 'console';
ALTER TABLE import_run ADD COLUMN actor_name TEXT NOT NULL DEFAULT 'Kommandozeile';
ALTER TABLE import_run ADD COLUMN rolled_back TEXT;
ALTER TABLE import_run ADD COLUMN agreed_id TEXT;
ALTER TABLE import_run ADD COLUMN agreed_name TEXT;

-- What a run did to each record; no body: the record was not known.
CREATE TABLE import_change (
    run_id         TEXT NOT NULL,
    source         TEXT NOT NULL,
    external_id    TEXT NOT NULL,
    own_id         TEXT NOT NULL,
    centre_id      TEXT NOT NULL,
    before_body    TEXT,
    before_present INTEGER NOT NULL CHECK (before_present IN (0, 1)),
    after_body     TEXT,
    after_present  INTEGER NOT NULL CHECK (after_present IN (0, 1)),
    PRIMARY KEY (run_id, source, external_id)
) STRICT;

-- Edits a run gave up for the list's value (restored = 0) or brought back (restored = 1).
CREATE TABLE import_edit (
    run_id      TEXT NOT NULL,
    centre_id   TEXT NOT NULL,
    field       TEXT NOT NULL,
    value       TEXT NOT NULL,
    person_id   TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at          INTEGER NOT NULL,
    list_value  TEXT NOT NULL,
    restored    INTEGER NOT NULL CHECK (restored IN (0, 1)),
    PRIMARY KEY (run_id, centre_id, field)
) STRICT;

CREATE TABLE import_draft (
    id         TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    owner_id   TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    source     TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (length(state) BETWEEN 1 AND 40),
    body       TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE mapping_profile (
    name       TEXT NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 100),
    source     TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 100),
    body       TEXT NOT NULL,
    saved_id   TEXT NOT NULL,
    saved_name TEXT NOT NULL,
    saved_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE kept_apart (
    centre_a    TEXT NOT NULL,
    centre_b    TEXT NOT NULL,
    person_id   TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (centre_a, centre_b),
    CHECK (centre_a < centre_b)
) STRICT;

CREATE TABLE audit (
    id          TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    at          INTEGER NOT NULL,
    person_id   TEXT NOT NULL,
    person_name TEXT NOT NULL,
    action      TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 100),
    object_kind TEXT NOT NULL,
    object_id   TEXT NOT NULL,
    object_name TEXT NOT NULL,
    detail      TEXT NOT NULL
) STRICT;

CREATE INDEX audit_by_time ON audit (at, id);
