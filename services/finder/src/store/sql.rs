//! Statements whose text is the same on SQLite and PostgreSQL.

pub(super) const PING: &str = "SELECT 1";

pub(super) const REVISION: &str = "SELECT sequence FROM outbox_head WHERE one = 1";

// Every centre has a record with its id and slug, and every record leads to its centre.

pub(super) const CENTRE_BY_ID: &str = "SELECT centre.id, centre.body FROM source_record AS record
    JOIN centre ON centre.id = record.centre_id WHERE record.own_id = $1";

pub(super) const CENTRE_BY_SLUG: &str = "SELECT centre.id, centre.body FROM source_record AS record
    JOIN centre ON centre.id = record.centre_id WHERE record.slug = $1";

pub(super) const CENTRE_BY_EXTERNAL: &str = "SELECT centre.id, centre.body FROM source_record AS record
    JOIN centre ON centre.id = record.centre_id WHERE record.source = $1 AND record.external_id = $2";

/// No id is empty, so the empty text stands before all of them.
pub(super) const CENTRES_AFTER: &str = "SELECT id, body FROM centre WHERE id > $1 ORDER BY id LIMIT $2";

pub(super) const COUNT: &str = "SELECT count(*) FROM centre";

pub(super) const KEYS_OF_SOURCE: &str = "SELECT own_id, centre_id, external_id, slug, body_hash, present
    FROM source_record WHERE source = $1 ORDER BY external_id, own_id";

pub(super) const SLUGS: &str = "SELECT slug FROM source_record ORDER BY slug";

pub(super) const SOURCES: &str = "SELECT source, CAST(sum(centres) AS BIGINT), max(imported_at)
    FROM (
        SELECT record.source AS source, count(*) AS centres, CAST(NULL AS BIGINT) AS imported_at
        FROM source_record AS record JOIN centre ON centre.id = record.centre_id
        WHERE record.present = 1 GROUP BY record.source
        UNION ALL
        SELECT source, 0 AS centres, max(applied_at) AS imported_at FROM import_run GROUP BY source
    ) AS known
    GROUP BY source ORDER BY source";

pub(super) const CENTRE_ID_OF: &str = "SELECT centre_id FROM source_record WHERE own_id = $1";

pub(super) const CENTRE_OF_RECORD: &str =
    "SELECT own_id, centre_id FROM source_record WHERE source = $1 AND external_id = $2";

// -- edits --

pub(super) const SAVE_EDIT: &str = "INSERT INTO manual_edit
        (centre_id, field, value, person_id, person_name, at, list_value)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (centre_id, field) DO UPDATE SET value = excluded.value, person_id = excluded.person_id,
        person_name = excluded.person_name, at = excluded.at, list_value = excluded.list_value";

pub(super) const DROP_EDIT: &str = "DELETE FROM manual_edit WHERE centre_id = $1 AND field = $2";

pub(super) const EDIT: &str = "SELECT centre_id, field, value, person_id, person_name, at, list_value
    FROM manual_edit WHERE centre_id = $1 AND field = $2";

pub(super) const EDITED_FIELDS: &str =
    "SELECT centre_id, field, person_id, person_name, at FROM manual_edit ORDER BY centre_id, field";

// -- merging --

pub(super) const LAST_PRIORITY: &str =
    "SELECT coalesce(max(priority), 0) FROM source_record WHERE centre_id = $1";

pub(super) const ABSORB: &str =
    "UPDATE source_record SET centre_id = $1, priority = priority + $2 WHERE centre_id = $3";

pub(super) const STAND_ALONE: &str =
    "UPDATE source_record SET centre_id = own_id, priority = 0 WHERE own_id = $1";

pub(super) const MOVE_OTHERS: &str =
    "UPDATE source_record SET centre_id = $1 WHERE centre_id = $2 AND own_id <> $2";

pub(super) const KEEP_APART: &str = "INSERT INTO kept_apart (centre_a, centre_b, person_id, person_name, at)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (centre_a, centre_b) DO NOTHING";

pub(super) const FORGET_APART: &str = "DELETE FROM kept_apart WHERE centre_a = $1 AND centre_b = $2";

pub(super) const KEPT_APART: &str =
    "SELECT centre_a, centre_b, person_id, person_name, at FROM kept_apart ORDER BY centre_a, centre_b";

// -- the record of imports --

pub(super) const RECORD_RUN: &str =
    "INSERT INTO import_run (id, source, profile, started_at, applied_at, new_count,
        changed_count, unchanged_count, missing_count, withdrawn_count, rejected_count,
        kind, actor_id, actor_name, rolled_back, agreed_id, agreed_name)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";

/// A run that names another one took that back, so its kind need not be read.
pub(super) const IMPORT_RUNS: &str = "SELECT id, source, profile, started_at, applied_at, new_count,
        changed_count, unchanged_count, missing_count, withdrawn_count, rejected_count,
        actor_id, actor_name, rolled_back, agreed_id, agreed_name
    FROM import_run ORDER BY applied_at DESC, id DESC LIMIT $1";

pub(super) const IMPORT_RUN: &str = "SELECT id, source, profile, started_at, applied_at, new_count,
        changed_count, unchanged_count, missing_count, withdrawn_count, rejected_count,
        actor_id, actor_name, rolled_back, agreed_id, agreed_name
    FROM import_run WHERE id = $1";

/// No external id is empty, so the empty text stands before all of them.
pub(super) const IMPORT_CHANGES: &str = "SELECT external_id, own_id, centre_id, before_body, before_present,
        after_body, after_present
    FROM import_change WHERE run_id = $1 AND external_id > $2 ORDER BY external_id, own_id LIMIT $3";

pub(super) const TRACE_EDIT: &str = "INSERT INTO import_edit
        (run_id, centre_id, field, value, person_id, person_name, at, list_value, restored)
    SELECT $1, centre_id, field, value, person_id, person_name, at, list_value, $2
    FROM manual_edit WHERE centre_id = $3 AND field = $4";

pub(super) const IMPORT_EDITS: &str =
    "SELECT centre_id, field, value, person_id, person_name, at, list_value, restored
    FROM import_edit WHERE run_id = $1 ORDER BY centre_id, field";

pub(super) const MOVE: &str = "UPDATE source_record SET centre_id = $1, priority = $2
    WHERE own_id = $3 AND centre_id = $4 AND priority = $5";

pub(super) const TRACE_MOVE: &str =
    "INSERT INTO import_move (run_id, own_id, from_centre, from_priority, to_centre, to_priority)
    VALUES ($1, $2, $3, $4, $5, $6)";

pub(super) const IMPORT_MOVES: &str = "SELECT own_id, from_centre, from_priority, to_centre, to_priority
    FROM import_move WHERE run_id = $1 ORDER BY own_id";

pub(super) const TRACE_APART: &str = "INSERT INTO import_apart (run_id, centre_a, centre_b, noted)
    VALUES ($1, $2, $3, $4)";

pub(super) const IMPORT_APARTS: &str =
    "SELECT centre_a, centre_b, noted FROM import_apart WHERE run_id = $1 ORDER BY centre_a, centre_b";

pub(super) const IS_KEPT_APART: &str =
    "SELECT count(*) FROM kept_apart WHERE centre_a = $1 AND centre_b = $2";

pub(super) const PRUNE_MOVES: &str = "DELETE FROM import_move
    WHERE run_id IN (SELECT id FROM import_run WHERE applied_at < $1)";

pub(super) const PRUNE_APARTS: &str = "DELETE FROM import_apart
    WHERE run_id IN (SELECT id FROM import_run WHERE applied_at < $1)";

pub(super) const PRUNE_CHANGES: &str = "DELETE FROM import_change
    WHERE run_id IN (SELECT id FROM import_run WHERE applied_at < $1)";

pub(super) const PRUNE_EDIT_TRACES: &str = "DELETE FROM import_edit
    WHERE run_id IN (SELECT id FROM import_run WHERE applied_at < $1)";

pub(super) const LOG_SHELVED: &str =
    "INSERT INTO import_change (run_id, source, external_id, own_id, centre_id,
        before_body, before_present, after_body, after_present)
    SELECT $1, source, external_id, own_id, centre_id, body, present, body, 0
    FROM source_record WHERE own_id = $2 AND source = $3";

pub(super) const SHELVE: &str =
    "UPDATE source_record SET present = 0 WHERE own_id = $1 AND source = $2 AND present = 1";

pub(super) const LOG_ERASED: &str =
    "INSERT INTO import_change (run_id, source, external_id, own_id, centre_id,
        before_body, before_present, after_body, after_present)
    SELECT $1, source, external_id, own_id, centre_id, body, present, NULL, 0
    FROM source_record WHERE own_id = $2 AND source = $3";

/// A record that is merged, or that others were merged into, is not forgotten.
pub(super) const ERASE: &str =
    "DELETE FROM source_record WHERE own_id = $1 AND source = $2 AND centre_id = $1
    AND NOT EXISTS (SELECT 1 FROM source_record AS other WHERE other.centre_id = $1 AND other.own_id <> $1)";

// -- the staff's list --

pub(super) const UNLINED: &str = "SELECT DISTINCT centre_id FROM source_record
    WHERE centre_id NOT IN (SELECT centre_id FROM centre_line) ORDER BY centre_id LIMIT $1";

// -- drafts and mappings --

pub(super) const INSERT_DRAFT: &str = "INSERT INTO import_draft
        (id, owner_id, owner_name, source, state, body, created_at, changed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

pub(super) const UPDATE_DRAFT: &str = "UPDATE import_draft SET owner_id = $2, owner_name = $3, source = $4,
        state = $5, body = $6, created_at = $7, changed_at = $8
    WHERE id = $1 AND changed_at = $9";

pub(super) const DRAFT_CHANGED_AT: &str = "SELECT changed_at FROM import_draft WHERE id = $1";

pub(super) const DRAFT: &str = "SELECT id, owner_id, owner_name, source, state, body, created_at, changed_at
    FROM import_draft WHERE id = $1";

pub(super) const DRAFTS: &str = "SELECT id, owner_id, owner_name, source, state, body, created_at, changed_at
    FROM import_draft ORDER BY changed_at DESC, id DESC";

pub(super) const DELETE_DRAFT: &str = "DELETE FROM import_draft WHERE id = $1";

pub(super) const PRUNE_DRAFTS: &str = "DELETE FROM import_draft WHERE changed_at < $1 RETURNING id";

pub(super) const SAVE_PROFILE: &str =
    "INSERT INTO mapping_profile (name, source, body, saved_id, saved_name, saved_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (name) DO UPDATE SET source = excluded.source, body = excluded.body,
        saved_id = excluded.saved_id, saved_name = excluded.saved_name, saved_at = excluded.saved_at";

pub(super) const PROFILE: &str =
    "SELECT name, source, body, saved_id, saved_name, saved_at FROM mapping_profile WHERE name = $1";

pub(super) const PROFILES: &str =
    "SELECT name, source, body, saved_id, saved_name, saved_at FROM mapping_profile ORDER BY name";

pub(super) const DELETE_PROFILE: &str = "DELETE FROM mapping_profile WHERE name = $1";

// -- the trail --

pub(super) const AUDIT: &str = "INSERT INTO audit
        (id, at, person_id, person_name, action, object_kind, object_id, object_name, detail)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

pub(super) const AUDIT_ENTRIES: &str =
    "SELECT id, at, person_id, person_name, action, object_kind, object_id, object_name, detail
    FROM audit WHERE at < $1 OR (at = $1 AND id < $2) ORDER BY at DESC, id DESC LIMIT $3";

pub(super) const PRUNE_AUDIT: &str = "DELETE FROM audit WHERE at < $1";

// -- places --

pub(super) const PLACE_TABLE: &str = "SELECT notice, replaced_at FROM place_table WHERE one = 1";

pub(super) const PLACES: &str =
    "SELECT position, postcode, name, municipality, district, district_name, land, lat, lon
    FROM place ORDER BY position";

pub(super) const CLEAR_PLACES: &str = "DELETE FROM place";

pub(super) const SET_PLACE_TABLE: &str =
    "INSERT INTO place_table (one, notice, replaced_at) VALUES (1, $1, $2)
    ON CONFLICT (one) DO UPDATE SET notice = excluded.notice, replaced_at = excluded.replaced_at";
