//! Statements whose text is the same on SQLite and PostgreSQL.

pub(super) const PING: &str = "SELECT 1";

pub(super) const REVISION: &str = "SELECT sequence FROM outbox_head WHERE one = 1";

pub(super) const CENTRE_BY_ID: &str = "SELECT id, body FROM centre WHERE id = $1";

pub(super) const CENTRE_BY_SLUG: &str = "SELECT id, body FROM centre WHERE slug = $1";

pub(super) const CENTRE_BY_EXTERNAL: &str =
    "SELECT id, body FROM centre WHERE source = $1 AND external_id = $2";

/// No id is empty, so the empty text stands before all of them.
pub(super) const CENTRES_AFTER: &str = "SELECT id, body FROM centre WHERE id > $1 ORDER BY id LIMIT $2";

pub(super) const COUNT: &str = "SELECT count(*) FROM centre";

pub(super) const KEYS_OF_SOURCE: &str =
    "SELECT id, external_id, slug, body_hash FROM centre WHERE source = $1 ORDER BY external_id, id";

pub(super) const SLUGS: &str = "SELECT slug FROM centre ORDER BY slug";

pub(super) const SOURCES: &str = "SELECT source, CAST(sum(centres) AS BIGINT), max(imported_at)
    FROM (
        SELECT source, count(*) AS centres, CAST(NULL AS BIGINT) AS imported_at FROM centre GROUP BY source
        UNION ALL
        SELECT source, 0 AS centres, max(applied_at) AS imported_at FROM import_run GROUP BY source
    ) AS known
    GROUP BY source ORDER BY source";

pub(super) const RECORD_RUN: &str =
    "INSERT INTO import_run (id, source, profile, started_at, applied_at, new_count,
        changed_count, unchanged_count, missing_count, withdrawn_count, rejected_count)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

pub(super) const IMPORT_RUNS: &str = "SELECT id, source, profile, started_at, applied_at, new_count,
        changed_count, unchanged_count, missing_count, withdrawn_count, rejected_count
    FROM import_run ORDER BY applied_at DESC, id DESC LIMIT $1";

pub(super) const PLACE_TABLE: &str = "SELECT notice, replaced_at FROM place_table WHERE one = 1";

pub(super) const PLACES: &str =
    "SELECT position, postcode, name, municipality, district, district_name, land, lat, lon
    FROM place ORDER BY position";

pub(super) const CLEAR_PLACES: &str = "DELETE FROM place";

pub(super) const SET_PLACE_TABLE: &str =
    "INSERT INTO place_table (one, notice, replaced_at) VALUES (1, $1, $2)
    ON CONFLICT (one) DO UPDATE SET notice = excluded.notice, replaced_at = excluded.replaced_at";
