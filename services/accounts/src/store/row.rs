//! From rows to what they mean. A row that means nothing is [`StoreError::Corrupt`] and names its place.

use std::{collections::HashMap, fmt::Display};

use contracts::{
    audit::{AuditEntry, AuditObject},
    staff::{Actor, Grant},
};
use jiff::Timestamp;
use kernel::{Lang, Secret};
use storekit::StoreError;

use super::{Invitation, MailChange, OpenSession, Passkey, PasswordReset, SessionRecord};
use crate::person::{Person, PersonState};

pub(super) type PersonColumns = (
    String,
    String,
    String,
    String,
    String,
    Option<String>,
    i64,
    i64,
    String,
    String,
    Option<String>,
    Option<String>,
    i64,
    i64,
    i64,
);
pub(super) type GrantColumns = (String, String, String);
pub(super) type SessionColumns = (String, String, i64, i64, i64, i64, String, Option<i64>);
pub(super) type OpenSessionColumns = (String, i64, i64, String);
pub(super) type InvitationColumns = (String, String, String, String, i64, Option<i64>);
pub(super) type PasskeyColumns = (String, String, String, Vec<u8>, Vec<u8>, i64, Option<i64>);
pub(super) type MailChangeColumns = (String, String, String, String, i64, Option<i64>, Option<i64>);
pub(super) type ResetColumns = (String, Option<String>, i64, Option<i64>);
pub(super) type AuditColumns = (String, i64, String, String, String, String, String, String, String);

pub(super) fn person(columns: PersonColumns, grants: Vec<Grant>) -> Result<Person, StoreError> {
    let (
        id,
        name,
        mail,
        lang,
        state,
        password_hash,
        totp,
        required,
        languages,
        topics,
        issuer,
        subject,
        created_at,
        passkeys,
        recovery_left,
    ) = columns;
    let lang: Lang = lang.parse().map_err(|problem| corrupt("person", "lang", &id, &problem))?;
    let state =
        PersonState::from_code(&state).ok_or_else(|| corrupt("person", "state", &id, &"no known state"))?;
    Ok(Person {
        name,
        mail,
        lang,
        state,
        password_hash: password_hash.map(Secret::new),
        totp: totp != 0,
        passkeys: count(passkeys),
        recovery_left: count(recovery_left),
        second_factor_required: required != 0,
        languages: words(&languages),
        topics: words(&topics),
        oidc: issuer.zip(subject),
        created_at: time("person", "created_at", &id, created_at)?,
        grants,
        id,
    })
}

/// The grants of several people, by person.
pub(super) fn grants(rows: Vec<GrantColumns>) -> Result<HashMap<String, Vec<Grant>>, StoreError> {
    let mut by_person: HashMap<String, Vec<Grant>> = HashMap::new();
    for (person, role, scope) in rows {
        let scope = Some(scope.as_str()).filter(|scope| !scope.is_empty());
        let grant = Grant::from_parts(&role, scope)
            .ok_or_else(|| corrupt("person_grant", "role", &person, &"no known grant"))?;
        by_person.entry(person).or_default().push(grant);
    }
    Ok(by_person)
}

/// The session and the id of its person.
pub(super) fn session(columns: SessionColumns, person: Person) -> Result<SessionRecord, StoreError> {
    let (id, _, created_at, last_seen_at, authenticated_at, second_factor, browser, ended_at) = columns;
    Ok(SessionRecord {
        created_at: time("session", "created_at", &id, created_at)?,
        last_seen_at: time("session", "last_seen_at", &id, last_seen_at)?,
        authenticated_at: time("session", "authenticated_at", &id, authenticated_at)?,
        second_factor: second_factor != 0,
        browser,
        ended: ended_at.is_some(),
        person,
        id,
    })
}

pub(super) fn open_session(columns: OpenSessionColumns) -> Result<OpenSession, StoreError> {
    let (id, created_at, last_seen_at, browser) = columns;
    Ok(OpenSession {
        created_at: time("session", "created_at", &id, created_at)?,
        last_seen_at: time("session", "last_seen_at", &id, last_seen_at)?,
        browser,
        id,
    })
}

pub(super) fn invitation(columns: InvitationColumns) -> Result<Invitation, StoreError> {
    let (id, person_id, invited_by_id, invited_by, expires_at, closed_at) = columns;
    let expires_at = time("invitation", "expires_at", &id, expires_at)?;
    Ok(Invitation { id, person_id, invited_by_id, invited_by, expires_at, closed: closed_at.is_some() })
}

pub(super) fn passkey(columns: PasskeyColumns) -> Result<Passkey, StoreError> {
    let (id, person_id, name, credential_id, body, created_at, last_used_at) = columns;
    Ok(Passkey {
        created_at: time("passkey", "created_at", &id, created_at)?,
        last_used_at: last_used_at.map(|at| time("passkey", "last_used_at", &id, at)).transpose()?,
        person_id,
        name,
        credential_id,
        body,
        id,
    })
}

pub(super) fn mail_change(columns: MailChangeColumns) -> Result<MailChange, StoreError> {
    let (id, person_id, old_mail, new_mail, expires_at, confirmed_at, withdrawn_at) = columns;
    Ok(MailChange {
        expires_at: time("mail_change", "expires_at", &id, expires_at)?,
        confirmed: confirmed_at.is_some(),
        withdrawn: withdrawn_at.is_some(),
        person_id,
        old_mail,
        new_mail,
        id,
    })
}

pub(super) fn reset(columns: ResetColumns) -> Result<PasswordReset, StoreError> {
    let (id, person_id, expires_at, used_at) = columns;
    let expires_at = time("password_reset", "expires_at", &id, expires_at)?;
    Ok(PasswordReset { id, person_id, expires_at, used: used_at.is_some() })
}

pub(super) fn audit(columns: AuditColumns) -> Result<AuditEntry, StoreError> {
    let (id, at, actor_id, actor_name, action, kind, object_id, object_name, detail) = columns;
    Ok(AuditEntry {
        at: time("audit", "at", &id, at)?,
        id,
        actor: Actor { person_id: actor_id, name: actor_name },
        action,
        object: AuditObject { kind, id: object_id, name: object_name },
        detail,
    })
}

/// A stored time: microseconds UTC.
pub(super) fn time(
    table: &'static str,
    column: &'static str,
    row: &str,
    microseconds: i64,
) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(microseconds).map_err(|problem| corrupt(table, column, row, &problem))
}

/// A list of codes as it is stored: with blanks between them, none of which is in a code.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn count(rows: i64) -> u32 {
    u32::try_from(rows).unwrap_or(0)
}

fn corrupt(table: &'static str, column: &'static str, row: &str, problem: &dyn Display) -> StoreError {
    StoreError::Corrupt { table, column, row: row.to_owned(), problem: problem.to_string() }
}
