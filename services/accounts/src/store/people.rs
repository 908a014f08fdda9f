//! People and what they may do.

use std::collections::HashMap;

use async_trait::async_trait;
use contracts::staff::Grant;
use jiff::Timestamp;
use kernel::Secret;

use super::{
    EndReason, PeopleQuery, PersonEntry, PostgresStore, ProfileChange, SignInRecord, SqliteStore, Trace,
    postgres, row, sqlite,
    steps::{self, list, select_person},
};
use crate::{
    AccountsError,
    authority::Reach,
    person::{Person, PersonState, fold_search, search_text},
};

/// The part of the store that knows people.
#[async_trait]
pub trait PeopleStore: Send + Sync {
    /// The person with this id.
    async fn person(&self, id: &str) -> Result<Option<Person>, AccountsError>;

    /// The person with this folded address.
    async fn person_by_mail(&self, mail: &str) -> Result<Option<Person>, AccountsError>;

    /// What is needed to check the password of the active person with this folded address: one statement, whether there
    /// is such a person or not.
    async fn sign_in_record(&self, mail: &str) -> Result<Option<SignInRecord>, AccountsError>;

    /// The person with this account at an identity provider.
    async fn person_by_oidc(&self, issuer: &str, subject: &str) -> Result<Option<Person>, AccountsError>;

    /// The people within a reach that a query asks for, by name, and how many there are altogether.
    async fn people(
        &self,
        reach: &Reach,
        query: &PeopleQuery,
    ) -> Result<(Vec<PersonEntry>, u64), AccountsError>;

    /// Whether somebody who can sign in administrates.
    async fn has_administrator(&self) -> Result<bool, AccountsError>;

    /// Gives a person exactly the wanted grants within the reach; those beyond it stay.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`] for a person out of reach, [`AccountsError::LastAdministrator`].
    async fn set_grants(
        &self,
        id: &str,
        reach: &Reach,
        wanted: &[Grant],
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// Gives grants to a person who is not disabled.
    async fn add_grants(
        &self,
        id: &str,
        grants: &[Grant],
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// Disables an account, which ends all its sessions, or enables it again. Doing it twice changes nothing.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`] for a person who is not governed or was never active,
    /// [`AccountsError::LastAdministrator`].
    async fn set_disabled(
        &self,
        id: &str,
        reach: &Reach,
        disabled: bool,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// Says whether a person needs a second factor even where no grant asks for it.
    async fn set_second_factor_required(
        &self,
        id: &str,
        required: bool,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// Changes what an active person says about herself.
    async fn change_profile(
        &self,
        id: &str,
        change: &ProfileChange,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;
}

const SIGN_IN_RECORD: &str =
    "SELECT id, display_name, password_hash FROM person WHERE mail = $1 AND state = 'active'";

const PERSON_BY_OIDC: &str = select_person!("WHERE oidc_issuer = $1 AND oidc_subject = $2");

const TAKE_GRANT: &str = "DELETE FROM person_grant WHERE person_id = $1 AND role = $2 AND scope = $3";

const TOUCH_PERSON: &str = "UPDATE person SET changed_at = $2 WHERE id = $1";

const SET_STATE: &str = "UPDATE person SET state = $2, changed_at = $3 WHERE id = $1 AND state = $4";

const SET_REQUIRED: &str = "UPDATE person SET second_factor_required = $2, changed_at = $3 WHERE id = $1";

const CHANGE_PROFILE: &str =
    "UPDATE person SET display_name = $2, search = $3, lang = $4, languages = $5, topics = $6,
        changed_at = $7
    WHERE id = $1 AND state = 'active'";

/// The pattern of a search; empty for everything.
fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    for letter in fold_search(text.trim()).chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    if pattern.is_empty() { pattern } else { format!("%{pattern}%") }
}

/// The centres a list is limited to; `None` for no limit.
fn centres(reach: &Reach, centre: Option<&String>) -> Option<Vec<String>> {
    match (reach, centre) {
        (Reach::Everything, None) => None,
        (Reach::Everything, Some(centre)) => Some(vec![centre.clone()]),
        (Reach::Centres(centres), None) => Some(centres.iter().cloned().collect()),
        (Reach::Centres(centres), Some(centre)) => {
            Some(centres.iter().filter(|own| *own == centre).cloned().collect())
        }
    }
}

macro_rules! people_store {
    ($store:ty, $engine:ident) => {
        #[async_trait]
        impl PeopleStore for $store {
            async fn person(&self, id: &str) -> Result<Option<Person>, AccountsError> {
                let mut connection = self.readers().acquire().await?;
                $engine::person_by(&mut connection, steps::PERSON_BY_ID, id).await
            }

            async fn person_by_mail(&self, mail: &str) -> Result<Option<Person>, AccountsError> {
                let mut connection = self.readers().acquire().await?;
                $engine::person_by(&mut connection, steps::PERSON_BY_MAIL, mail).await
            }

            async fn sign_in_record(&self, mail: &str) -> Result<Option<SignInRecord>, AccountsError> {
                let query = sqlx::query_as(SIGN_IN_RECORD).bind(mail);
                let row: Option<(String, String, Option<String>)> =
                    query.fetch_optional(self.readers()).await?;
                Ok(row.map(|(person_id, name, hash)| SignInRecord {
                    person_id,
                    name,
                    password_hash: hash.map(Secret::new),
                }))
            }

            async fn person_by_oidc(
                &self,
                issuer: &str,
                subject: &str,
            ) -> Result<Option<Person>, AccountsError> {
                let mut connection = self.readers().acquire().await?;
                let row: Option<row::PersonColumns> = sqlx::query_as(PERSON_BY_OIDC)
                    .bind(issuer)
                    .bind(subject)
                    .fetch_optional(&mut *connection)
                    .await?;
                let Some(row) = row else { return Ok(None) };
                $engine::person_by(&mut connection, steps::PERSON_BY_ID, &row.0).await
            }

            async fn people(
                &self,
                reach: &Reach,
                query: &PeopleQuery,
            ) -> Result<(Vec<PersonEntry>, u64), AccountsError> {
                let pattern = pattern(&query.text);
                let state = query.state.map(PersonState::code).unwrap_or_default();
                let centres = centres(reach, query.centre.as_ref());
                let everywhere = i64::from(centres.is_none());
                let centres = list(&centres.unwrap_or_default());

                let mut snapshot = self.snapshot().await?;
                let total: i64 = sqlx::query_scalar($engine::COUNT_PEOPLE)
                    .bind(&pattern)
                    .bind(state)
                    .bind(everywhere)
                    .bind(&centres)
                    .fetch_one(&mut *snapshot)
                    .await?;
                let rows: Vec<row::PersonColumns> = sqlx::query_as($engine::PEOPLE)
                    .bind(&pattern)
                    .bind(state)
                    .bind(everywhere)
                    .bind(&centres)
                    .bind(i64::from(query.limit))
                    .bind(i64::from(query.offset))
                    .fetch_all(&mut *snapshot)
                    .await?;
                let ids: Vec<String> = rows.iter().map(|row| row.0.clone()).collect();
                let mut grants = $engine::grants_of(&mut snapshot, &ids).await?;
                let open: Vec<(String, i64)> = sqlx::query_as($engine::OPEN_INVITATIONS_OF)
                    .bind(list(&ids))
                    .fetch_all(&mut *snapshot)
                    .await?;
                let mut open: HashMap<String, i64> = open.into_iter().collect();
                let entry = |row: row::PersonColumns| {
                    let grants = grants.remove(&row.0).unwrap_or_default();
                    let expires_at = open.remove(&row.0);
                    let expires_at =
                        expires_at.map(|at| row::time("invitation", "expires_at", &row.0, at)).transpose()?;
                    Ok(PersonEntry { person: row::person(row, grants)?, invitation_expires_at: expires_at })
                };
                let people = rows.into_iter().map(entry).collect::<Result<_, AccountsError>>()?;
                Ok((people, total.unsigned_abs()))
            }

            async fn has_administrator(&self) -> Result<bool, AccountsError> {
                let mut connection = self.readers().acquire().await?;
                Ok($engine::administrators(&mut connection).await? > 0)
            }

            async fn set_grants(
                &self,
                id: &str,
                reach: &Reach,
                wanted: &[Grant],
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                $engine::lock_administration(&mut transaction).await?;
                let person = $engine::locked(&mut transaction, id).await?;
                if !reach.sees(&person.grants) {
                    return Err(AccountsError::NotFound);
                }
                for grant in person.grants.iter().filter(|grant| reach.covers(grant)) {
                    if !wanted.contains(grant) {
                        sqlx::query(TAKE_GRANT)
                            .bind(id)
                            .bind(grant.role())
                            .bind(grant.scope().unwrap_or_default())
                            .execute(&mut *transaction)
                            .await?;
                    }
                }
                $engine::insert_grants(&mut transaction, id, wanted).await?;
                sqlx::query(TOUCH_PERSON)
                    .bind(id)
                    .bind(at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                if person.is_active_administrator() && $engine::administrators(&mut transaction).await? == 0 {
                    return Err(AccountsError::LastAdministrator);
                }
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn add_grants(
                &self,
                id: &str,
                grants: &[Grant],
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let person = $engine::locked(&mut transaction, id).await?;
                if person.state == PersonState::Disabled {
                    return Err(AccountsError::NotFound);
                }
                $engine::insert_grants(&mut transaction, id, grants).await?;
                sqlx::query(TOUCH_PERSON)
                    .bind(id)
                    .bind(at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn set_disabled(
                &self,
                id: &str,
                reach: &Reach,
                disabled: bool,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let (from, to) = match disabled {
                    true => (PersonState::Active, PersonState::Disabled),
                    false => (PersonState::Disabled, PersonState::Active),
                };
                let mut transaction = self.begin().await?;
                $engine::lock_administration(&mut transaction).await?;
                let person = $engine::locked_governed(&mut transaction, id, reach).await?;
                if person.state == to {
                    return Ok(());
                }
                let moved = sqlx::query(SET_STATE)
                    .bind(id)
                    .bind(to.code())
                    .bind(at.as_microsecond())
                    .bind(from.code())
                    .execute(&mut *transaction)
                    .await?;
                if moved.rows_affected() != 1 {
                    return Err(AccountsError::NotFound);
                }
                if disabled {
                    let reason = EndReason::Disabled;
                    $engine::end_sessions_of(&mut transaction, id, None, reason, at).await?;
                }
                if person.is_active_administrator() && $engine::administrators(&mut transaction).await? == 0 {
                    return Err(AccountsError::LastAdministrator);
                }
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn set_second_factor_required(
                &self,
                id: &str,
                required: bool,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let set = sqlx::query(SET_REQUIRED)
                    .bind(id)
                    .bind(i64::from(required))
                    .bind(at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                if set.rows_affected() != 1 {
                    return Err(AccountsError::NotFound);
                }
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn change_profile(
                &self,
                id: &str,
                change: &ProfileChange,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let person = $engine::locked_active(&mut transaction, id).await?;
                sqlx::query(CHANGE_PROFILE)
                    .bind(id)
                    .bind(&change.name)
                    .bind(search_text(&change.name, &person.mail))
                    .bind(change.lang.tag())
                    .bind(change.languages.join(" "))
                    .bind(change.topics.join(" "))
                    .bind(at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }
        }
    };
}

people_store!(SqliteStore, sqlite);
people_store!(PostgresStore, postgres);
