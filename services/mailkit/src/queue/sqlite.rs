//! The queue on SQLite.

use sqlx::SqliteConnection;
use storekit::{SqliteDatabase, StoreError};

use super::{
    DONE, ENQUEUE, FORGET, GIVE_UP, IS_GIVEN_UP, Intent, POSTPONE, WAITING, WITHDRAW,
    intent::Row,
    shared::{Counted, queue_on},
};

/// There is one writer at a time, so nobody else can be leasing.
const LEASE: &str = "UPDATE mail SET leased_until = $1, lease_id = $2, attempts = attempts + 1 WHERE id IN \
    (SELECT id FROM mail WHERE state = 'waiting' AND next_try_at <= $3 \
    AND (leased_until IS NULL OR leased_until <= $3) ORDER BY next_try_at, id LIMIT $4) \
    RETURNING id, kind, object_id, lang, detail, created_at, due_at, give_up_at, attempts";

queue_on!(SqliteDatabase, SqliteDatabase::readers, SqliteConnection);
