//! People in a SQLite file.

use std::collections::HashMap;

use contracts::staff::{Actor, Grant};
use jiff::Timestamp;
use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};
use storekit::{SqliteDatabase, StoreError};

use super::{
    EndReason, NewLink, NewPasskey, NewPerson, Trace, row,
    steps::{self, list, steps},
};
use crate::{
    AccountsError,
    authority::Reach,
    person::{Person, PersonState, search_text},
};

/// People in a SQLite file.
#[derive(Debug, Clone)]
pub struct SqliteStore(SqliteDatabase);

impl SqliteStore {
    /// The people in an open file.
    pub fn on(file: SqliteDatabase) -> Self {
        Self(file)
    }

    pub(super) fn readers(&self) -> &SqlitePool {
        self.0.readers()
    }

    pub(super) async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        self.0.begin().await
    }

    /// A transaction of a reader sees one state of the file.
    pub(super) async fn snapshot(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.readers().begin().await?)
    }

    pub(super) async fn close_connections(&self) {
        self.0.close().await;
    }
}

/// BEGIN IMMEDIATE locked the whole file already.
const LOCK_PERSON: &str = "SELECT id FROM person WHERE id = $1";
const LOCK_ADMINISTRATION: &str = "SELECT 1";

const GRANTS_OF: &str = "SELECT person_id, role, scope FROM person_grant
    WHERE person_id IN (SELECT value FROM json_each($1)) ORDER BY person_id, role, scope";

pub(super) const OPEN_INVITATIONS_OF: &str = "SELECT person_id, max(expires_at) FROM invitation
    WHERE accepted_at IS NULL AND withdrawn_at IS NULL AND person_id IN (SELECT value FROM json_each($1))
    GROUP BY person_id ORDER BY person_id";

macro_rules! matching {
    () => {
        "WHERE ($1 = '' OR search LIKE $1 ESCAPE '\\') AND ($2 = '' OR state = $2)
            AND ($3 = 1 OR EXISTS (SELECT 1 FROM person_grant AS held
                WHERE held.person_id = person.id AND held.role IN ('centre_manager', 'counsellor')
                    AND held.scope IN (SELECT value FROM json_each($4))))"
    };
}

pub(super) const COUNT_PEOPLE: &str = concat!("SELECT count(*) FROM person ", matching!());

pub(super) const PEOPLE: &str =
    steps::select_person!("", matching!(), " ORDER BY search, id LIMIT $5 OFFSET $6");

steps!(SqliteConnection, mailkit::enqueue_sqlite);
