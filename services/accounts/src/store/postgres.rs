//! People in a PostgreSQL schema.

use std::collections::HashMap;

use contracts::staff::{Actor, Grant};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use storekit::StoreError;

use super::{
    EndReason, NewLink, NewPasskey, NewPerson, Trace, row,
    steps::{self, list, steps},
};
use crate::{
    AccountsError,
    authority::Reach,
    person::{Person, PersonState, search_text},
};

/// People in a PostgreSQL schema.
#[derive(Debug, Clone)]
pub struct PostgresStore(PgPool);

impl PostgresStore {
    /// The people behind a pool whose connections see the schema of accounts.
    pub fn on(pool: PgPool) -> Self {
        Self(pool)
    }

    pub(super) fn readers(&self) -> &PgPool {
        &self.0
    }

    pub(super) async fn begin(&self) -> Result<Transaction<'static, Postgres>, StoreError> {
        Ok(self.0.begin().await?)
    }

    /// By default every statement of a transaction would see a state of its own.
    pub(super) async fn snapshot(&self) -> Result<Transaction<'static, Postgres>, StoreError> {
        Ok(self.0.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
    }

    pub(super) async fn close_connections(&self) {
        self.0.close().await;
    }
}

const LOCK_PERSON: &str = "SELECT id FROM person WHERE id = $1 FOR UPDATE";

/// The number stands for the question who administrates, in this database and nowhere else.
const LOCK_ADMINISTRATION: &str = "SELECT pg_advisory_xact_lock(4207719130652118)";

const GRANTS_OF: &str = "SELECT person_id, role, scope FROM person_grant
    WHERE person_id IN (SELECT json_array_elements_text(CAST($1 AS json))) ORDER BY person_id, role, scope";

pub(super) const OPEN_INVITATIONS_OF: &str = "SELECT person_id, max(expires_at) FROM invitation
    WHERE accepted_at IS NULL AND withdrawn_at IS NULL
        AND person_id IN (SELECT json_array_elements_text(CAST($1 AS json)))
    GROUP BY person_id ORDER BY person_id";

macro_rules! matching {
    () => {
        "WHERE ($1 = '' OR search LIKE $1 ESCAPE '\\') AND ($2 = '' OR state = $2)
            AND ($3 = 1 OR EXISTS (SELECT 1 FROM person_grant AS held
                WHERE held.person_id = person.id AND held.role IN ('centre_manager', 'counsellor')
                    AND held.scope IN (SELECT json_array_elements_text(CAST($4 AS json)))))"
    };
}

pub(super) const COUNT_PEOPLE: &str = concat!("SELECT count(*) FROM person ", matching!());

pub(super) const PEOPLE: &str =
    steps::select_person!("", matching!(), " ORDER BY search, id LIMIT $5 OFFSET $6");

steps!(PgConnection, mailkit::enqueue_postgres);
