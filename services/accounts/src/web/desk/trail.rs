//! `/arbeitsplatz/protokoll`: what staff did, over all services, newest first.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::audit::{AuditEntry, TrailUnavailable};
use jiff::Timestamp;
use kernel::Lang;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{AdminSession, path_in, render},
};

use super::super::{say::Say, state::AppState, visitor::Asked, when::when};

const ON_A_PAGE: usize = 50;
/// Read from each service at a time.
const AT_A_TIME: u32 = 200;
/// Looked at for one page with a filter; beyond it the page says where it stopped and goes on from there.
const MOST_LOOKED_AT: usize = 5_000;

/// What the trail is narrowed by, and where the page begins.
#[derive(Default, Deserialize)]
pub(super) struct Narrowed {
    /// A person's id: what she did, and what was done to her.
    #[serde(default)]
    person: String,
    /// Part of a name: of who did it, or of what it was done to.
    #[serde(default)]
    q: String,
    /// `TIME_ID` of the last entry of the page before.
    #[serde(default)]
    vor: String,
}

/// The context of `accounts/trail.html`.
#[derive(Serialize)]
struct TrailPage<'a> {
    q: &'a str,
    person: &'a str,
    entries: Vec<Row>,
    older: Option<String>,
    newest: Option<String>,
}

/// An entry.
#[derive(Serialize)]
struct Row {
    at: Say,
    actor: String,
    /// The message that says what was done; `None`: no message knows the code.
    action: Option<String>,
    code: String,
    object: String,
    detail: String,
}

/// Shows a page of it.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    person: AdminSession,
    Asked(narrowed): Asked<Narrowed>,
) -> Result<Response, PageError> {
    let before = position(&narrowed.vor);
    let (entries, more) =
        merged(&app, before, &narrowed).await.map_err(|TrailUnavailable| PageError::Unavailable)?;
    let href = |before: Option<&Position>| {
        let mut pairs = Vec::new();
        for (name, value) in [("q", &narrowed.q), ("person", &narrowed.person)] {
            if !value.is_empty() {
                pairs.push((name, value.clone()));
            }
        }
        if let Some((at, id)) = before {
            pairs.push(("vor", format!("{}_{id}", at.as_microsecond())));
        }
        let pairs = serde_urlencoded::to_string(pairs).unwrap_or_default();
        let separator = if pairs.is_empty() { "" } else { "?" };
        path_in(&visit, &format!("/arbeitsplatz/protokoll{separator}{pairs}"))
    };
    let context = TrailPage {
        q: &narrowed.q,
        person: &narrowed.person,
        entries: entries.into_iter().map(|entry| row(&app, visit.lang, entry)).collect(),
        older: more.as_ref().map(|position| href(Some(position))),
        newest: (!narrowed.vor.is_empty()).then(|| href(None)),
    };
    Ok(render(app.pages(), &visit, &person, "accounts/trail.html", &context)?.into_response())
}

type Position = (Timestamp, String);

fn position(text: &str) -> Option<Position> {
    let (at, id) = text.split_once('_')?;
    Some((Timestamp::from_microsecond(at.parse().ok()?).ok()?, id.to_owned()))
}

/// The next entries that fit, from all trails by time, and where to go on.
async fn merged(
    app: &AppState,
    before: Option<Position>,
    narrowed: &Narrowed,
) -> Result<(Vec<AuditEntry>, Option<Position>), TrailUnavailable> {
    let mut found = Vec::new();
    let mut looked_at = 0;
    let mut position = before;
    loop {
        let mut batch = Vec::new();
        // A trail that gave a full batch may have more between its last entry and the others' entries.
        let mut sure_until: Option<Timestamp> = None;
        for trail in app.trails() {
            let entries = trail.entries(position.clone(), AT_A_TIME).await?;
            if entries.len() == AT_A_TIME as usize {
                let last = entries.last().map(|entry| entry.at);
                sure_until = sure_until.max(last);
            }
            batch.extend(entries);
        }
        batch.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
        if let Some(until) = sure_until {
            batch.retain(|entry| entry.at >= until);
        }
        if batch.is_empty() {
            return Ok((found, None));
        }
        for entry in batch {
            looked_at += 1;
            position = Some((entry.at, entry.id.clone()));
            if fits(&entry, narrowed) {
                found.push(entry);
            }
            if found.len() == ON_A_PAGE || looked_at == MOST_LOOKED_AT {
                return Ok((found, position));
            }
        }
        if sure_until.is_none() {
            return Ok((found, None));
        }
    }
}

fn fits(entry: &AuditEntry, narrowed: &Narrowed) -> bool {
    let text = narrowed.q.trim().to_lowercase();
    let by_text = text.is_empty()
        || entry.actor.name.to_lowercase().contains(&text)
        || entry.object.name.to_lowercase().contains(&text);
    let id = &narrowed.person;
    by_text && (id.is_empty() || entry.actor.person_id == *id || entry.object.id == *id)
}

fn row(app: &AppState, lang: Lang, entry: AuditEntry) -> Row {
    let message = format!("audit-{}", entry.action.replace('.', "-"));
    let known = app.pages().catalogue().text(lang, &message, &fluent_bundle::FluentArgs::new());
    Row {
        at: when(entry.at),
        actor: entry.actor.name,
        action: known,
        code: entry.action,
        object: entry.object.name,
        detail: entry.detail,
    }
}
