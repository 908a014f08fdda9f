//! The queue on PostgreSQL.

use sqlx::{PgConnection, PgPool};
use storekit::StoreError;

use super::{
    DONE, ENQUEUE, FORGET, GIVE_UP, IS_GIVEN_UP, Intent, POSTPONE, WAITING, WITHDRAW,
    intent::Row,
    shared::{Counted, queue_on},
};

/// Rows that another worker is leasing at this moment are left to it instead of waited for.
const LEASE: &str = "WITH due AS (SELECT id FROM mail WHERE state = 'waiting' AND next_try_at <= $3 \
    AND (leased_until IS NULL OR leased_until <= $3) ORDER BY next_try_at, id LIMIT $4 FOR UPDATE SKIP LOCKED) \
    UPDATE mail SET leased_until = $1, lease_id = $2, attempts = attempts + 1 FROM due WHERE mail.id = due.id \
    RETURNING mail.id, kind, object_id, lang, detail, created_at, due_at, give_up_at, attempts";

queue_on!(PgPool, std::convert::identity, PgConnection);
