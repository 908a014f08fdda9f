//! `/arbeitsplatz/protokoll`: what staff did, over all services, newest first.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::audit::{AuditEntry, AuditTrail, TrailUnavailable};
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
        merged(app.trails(), before, &narrowed).await.map_err(|TrailUnavailable| PageError::Unavailable)?;
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
    trails: &[Arc<dyn AuditTrail>],
    before: Option<Position>,
    narrowed: &Narrowed,
) -> Result<(Vec<AuditEntry>, Option<Position>), TrailUnavailable> {
    let mut found = Vec::new();
    let mut looked_at = 0;
    let mut position = before;
    loop {
        let mut batch = Vec::new();
        // A trail that gave a full batch has more behind its last entry: what others have behind it must wait.
        let mut sure_until: Option<Position> = None;
        for trail in trails {
            let entries = trail.entries(position.clone(), AT_A_TIME).await?;
            if entries.len() == AT_A_TIME as usize {
                sure_until = sure_until.max(entries.last().map(place));
            }
            batch.extend(entries);
        }
        batch.sort_by_key(|entry| std::cmp::Reverse(place(entry)));
        if let Some(until) = &sure_until {
            batch.retain(|entry| place(entry) >= *until);
        }
        if batch.is_empty() {
            return Ok((found, None));
        }
        for entry in batch {
            looked_at += 1;
            position = Some(place(&entry));
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

fn place(entry: &AuditEntry) -> Position {
    (entry.at, entry.id.clone())
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

#[cfg(test)]
mod tests {
    use async_trait::async_trait;
    use contracts::{audit::AuditObject, staff::Actor};

    use super::*;

    /// Entries of one service, newest first.
    struct Kept(Vec<AuditEntry>);

    #[async_trait]
    impl AuditTrail for Kept {
        async fn entries(
            &self,
            before: Option<(Timestamp, String)>,
            limit: u32,
        ) -> Result<Vec<AuditEntry>, TrailUnavailable> {
            let older =
                self.0.iter().filter(|entry| before.as_ref().is_none_or(|before| place(entry) < *before));
            Ok(older.take(limit as usize).cloned().collect())
        }
    }

    /// `count` entries, several at each second.
    fn kept(name: &str, count: i64, at_once: i64) -> Arc<dyn AuditTrail> {
        let entry = |number: i64| AuditEntry {
            id: format!("{number:05}-{name}"),
            at: Timestamp::from_second(1_800_000_000 + number / at_once).unwrap(),
            actor: Actor { person_id: format!("p{}", number % 3), name: name.into() },
            action: "centre.edited".into(),
            object: AuditObject::default(),
            detail: String::new(),
        };
        Arc::new(Kept((0..count).rev().map(entry).collect()))
    }

    #[tokio::test]
    async fn every_entry_of_every_service_is_shown_once_in_order() {
        let trails = [kept("a", 1_003, 7), kept("b", 450, 300), kept("c", 1, 1), kept("d", 0, 1)];
        let (mut all, mut position) = (Vec::new(), None);
        loop {
            let (page, more) = merged(&trails, position, &Narrowed::default()).await.unwrap();
            all.extend(page);
            position = more;
            if position.is_none() {
                break;
            }
        }
        assert_eq!(all.len(), 1_454);
        assert!(all.windows(2).all(|pair| place(&pair[0]) > place(&pair[1])));
    }

    #[tokio::test]
    async fn a_filter_is_looked_for_beyond_one_batch() {
        let trails = [kept("a", 1_000, 7), kept("rare", 3, 1)];
        let narrowed = Narrowed { q: "RARE".into(), ..Narrowed::default() };
        let (page, _) = merged(&trails, None, &narrowed).await.unwrap();
        assert_eq!(page.len(), 3);
        let narrowed = Narrowed { person: "p1".into(), ..Narrowed::default() };
        let (page, more) = merged(&trails, None, &narrowed).await.unwrap();
        assert_eq!((page.len(), more.is_some()), (ON_A_PAGE, true));
        assert!(page.iter().all(|entry| entry.actor.person_id == "p1"));
    }

    #[test]
    fn a_mangled_position_is_the_beginning() {
        for text in ["", "1", "x_1", "_", "999999999999999999999_1"] {
            assert_eq!(position(text), None, "{text}");
        }
        assert_eq!(position("1800000000000000_a_b").unwrap().1, "a_b");
    }
}
