//! Steps that several use cases take within their transaction, stamped out for each engine.
//!
//! A transaction that decides by a person's row locks it first, and the administration before it: always in this order,
//! so that two of them never wait for each other.

/// The columns of a person, with the statement's end.
macro_rules! select_person {
    ($($end:expr),+) => {
        concat!(
            "SELECT id, display_name, mail, lang, state, password_hash,
                CAST(CASE WHEN totp_sealed IS NULL THEN 0 ELSE 1 END AS BIGINT), second_factor_required,
                languages, topics, oidc_issuer, oidc_subject, created_at,
                (SELECT count(*) FROM passkey WHERE passkey.person_id = person.id),
                (SELECT count(*) FROM recovery_code AS code
                    WHERE code.person_id = person.id AND code.used_at IS NULL)
            FROM person ",
            $($end),+
        )
    };
}

pub(super) use select_person;

pub(super) const PERSON_BY_ID: &str = select_person!("WHERE id = $1");

pub(super) const PERSON_BY_MAIL: &str = select_person!("WHERE mail = $1");

pub(super) const INSERT_PERSON: &str =
    "INSERT INTO person (id, display_name, mail, search, lang, state, password_hash, second_factor_required,
        languages, topics, created_at, changed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 1, '', '', $8, $8)";

pub(super) const INSERT_GRANT: &str = "INSERT INTO person_grant (person_id, role, scope) VALUES ($1, $2, $3)
    ON CONFLICT (person_id, role, scope) DO NOTHING";

pub(super) const ADMINISTRATORS: &str = "SELECT count(*) FROM person WHERE state = 'active'
    AND EXISTS (SELECT 1 FROM person_grant AS held
        WHERE held.person_id = person.id AND held.role = 'administrator')";

pub(super) const INSERT_PASSKEY: &str =
    "INSERT INTO passkey (id, person_id, name, credential_id, body, created_at)
    VALUES ($1, $2, $3, $4, $5, $6)";

pub(super) const INSERT_INVITATION: &str = "INSERT INTO invitation
        (id, person_id, token_hash, invited_by_id, invited_by_name, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// `$2` is the session that stays; no session has an empty id.
pub(super) const END_SESSIONS: &str = "UPDATE session SET ended_at = $3, end_reason = $4
    WHERE person_id = $1 AND id <> $2 AND ended_at IS NULL";

pub(super) const RECORD_AUDIT: &str = "INSERT INTO audit
        (id, at, actor_id, actor_name, action, object_kind, object_id, object_name, detail)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

macro_rules! steps {
    ($connection:ty, $enqueue:path) => {
        /// The trail's line and the mails of a change.
        pub(super) async fn record(connection: &mut $connection, trace: &Trace) -> Result<(), AccountsError> {
            if let Some(entry) = &trace.audit {
                sqlx::query(steps::RECORD_AUDIT)
                    .bind(&entry.id)
                    .bind(entry.at.as_microsecond())
                    .bind(&entry.actor.person_id)
                    .bind(&entry.actor.name)
                    .bind(&entry.action)
                    .bind(&entry.object.kind)
                    .bind(&entry.object.id)
                    .bind(&entry.object.name)
                    .bind(&entry.detail)
                    .execute(&mut *connection)
                    .await?;
            }
            for mail in &trace.mails {
                $enqueue(&mut *connection, mail).await?;
            }
            Ok(())
        }

        /// The person that a statement of one parameter finds, with her grants.
        pub(super) async fn person_by(
            connection: &mut $connection,
            statement: &'static str,
            key: &str,
        ) -> Result<Option<Person>, AccountsError> {
            let row: Option<row::PersonColumns> =
                sqlx::query_as(statement).bind(key).fetch_optional(&mut *connection).await?;
            let Some(row) = row else { return Ok(None) };
            let mut grants = grants_of(connection, std::slice::from_ref(&row.0)).await?;
            let grants = grants.remove(&row.0).unwrap_or_default();
            Ok(Some(row::person(row, grants)?))
        }

        /// The person with this id, whom nobody else can change until the transaction ends.
        pub(super) async fn locked(connection: &mut $connection, id: &str) -> Result<Person, AccountsError> {
            sqlx::query(LOCK_PERSON).bind(id).execute(&mut *connection).await?;
            person_by(connection, steps::PERSON_BY_ID, id).await?.ok_or(AccountsError::NotFound)
        }

        /// As [`locked`], and she must be able to sign in.
        pub(super) async fn locked_active(
            connection: &mut $connection,
            id: &str,
        ) -> Result<Person, AccountsError> {
            let person = locked(connection, id).await?;
            (person.state == PersonState::Active).then_some(person).ok_or(AccountsError::NotFound)
        }

        /// As [`locked`], and all she may do must lie within the reach.
        pub(super) async fn locked_governed(
            connection: &mut $connection,
            id: &str,
            reach: &Reach,
        ) -> Result<Person, AccountsError> {
            let person = locked(connection, id).await?;
            reach.governs(&person.grants).then_some(person).ok_or(AccountsError::NotFound)
        }

        /// The grants of these people, by person.
        pub(super) async fn grants_of(
            connection: &mut $connection,
            people: &[String],
        ) -> Result<HashMap<String, Vec<Grant>>, AccountsError> {
            let list = list(people);
            let rows = sqlx::query_as(GRANTS_OF).bind(list).fetch_all(&mut *connection).await?;
            Ok(row::grants(rows)?)
        }

        /// Until this transaction ends nobody else decides who administrates.
        pub(super) async fn lock_administration(connection: &mut $connection) -> Result<(), AccountsError> {
            sqlx::query(LOCK_ADMINISTRATION).execute(&mut *connection).await?;
            Ok(())
        }

        /// How many people can sign in and administrate.
        pub(super) async fn administrators(connection: &mut $connection) -> Result<i64, AccountsError> {
            Ok(sqlx::query_scalar(steps::ADMINISTRATORS).fetch_one(&mut *connection).await?)
        }

        pub(super) async fn insert_person(
            connection: &mut $connection,
            person: &NewPerson,
            state: PersonState,
            password_hash: Option<&str>,
            at: Timestamp,
        ) -> Result<(), AccountsError> {
            sqlx::query(steps::INSERT_PERSON)
                .bind(&person.id)
                .bind(&person.name)
                .bind(&person.mail)
                .bind(search_text(&person.name, &person.mail))
                .bind(person.lang.tag())
                .bind(state.code())
                .bind(password_hash)
                .bind(at.as_microsecond())
                .execute(&mut *connection)
                .await?;
            insert_grants(connection, &person.id, &person.grants).await
        }

        pub(super) async fn insert_grants(
            connection: &mut $connection,
            person_id: &str,
            grants: &[Grant],
        ) -> Result<(), AccountsError> {
            for grant in grants {
                sqlx::query(steps::INSERT_GRANT)
                    .bind(person_id)
                    .bind(grant.role())
                    .bind(grant.scope().unwrap_or_default())
                    .execute(&mut *connection)
                    .await?;
            }
            Ok(())
        }

        pub(super) async fn insert_passkey(
            connection: &mut $connection,
            id: &str,
            person_id: &str,
            passkey: &NewPasskey,
            at: Timestamp,
        ) -> Result<(), AccountsError> {
            sqlx::query(steps::INSERT_PASSKEY)
                .bind(id)
                .bind(person_id)
                .bind(&passkey.name)
                .bind(&passkey.credential_id)
                .bind(&passkey.body)
                .bind(at.as_microsecond())
                .execute(&mut *connection)
                .await?;
            Ok(())
        }

        pub(super) async fn insert_invitation(
            connection: &mut $connection,
            person_id: &str,
            link: &NewLink,
            by: &Actor,
        ) -> Result<(), AccountsError> {
            sqlx::query(steps::INSERT_INVITATION)
                .bind(&link.id)
                .bind(person_id)
                .bind(link.token_hash.as_slice())
                .bind(&by.person_id)
                .bind(&by.name)
                .bind(link.created_at.as_microsecond())
                .bind(link.expires_at.as_microsecond())
                .execute(&mut *connection)
                .await?;
            Ok(())
        }

        /// Ends the sessions of a person, but for `except`, and answers how many there were.
        pub(super) async fn end_sessions_of(
            connection: &mut $connection,
            person_id: &str,
            except: Option<&str>,
            reason: EndReason,
            at: Timestamp,
        ) -> Result<u64, AccountsError> {
            let ended = sqlx::query(steps::END_SESSIONS)
                .bind(person_id)
                .bind(except.unwrap_or_default())
                .bind(at.as_microsecond())
                .bind(reason.code())
                .execute(&mut *connection)
                .await?;
            Ok(ended.rows_affected())
        }
    };
}

pub(super) use steps;

/// A list of texts as one parameter: JSON, which both engines can take apart.
pub(super) fn list(texts: &[String]) -> String {
    serde_json::Value::from(texts).to_string()
}
