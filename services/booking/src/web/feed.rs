//! `/kalender/…`: what a counsellor's own calendar program reads.
//!
//! The secret comes as a password (HTTP Basic), or in the path where the counsellor chose that for a program that can do
//! nothing else; no path is ever written down. What is wrong, ended or was never there answers alike.

use axum::{
    Router,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use contracts::directory::Mode;
use data_encoding::BASE64;
use kernel::{Lang, Secret};
use webkit::{error::PageError, pages::Pages};

use super::{
    AppState,
    desk::{mode_word, unreadable},
};
use crate::{
    appointment::State as Stage,
    calendar::{self, Detail, Entry, Status},
    service::{FeedEntry, FeedKey},
    store::FeedKind,
};

/// Where a feed with a password is read.
pub(super) const ADDRESS: &str = "/kalender/termine.ics";
/// The user name that programs ask for; the password alone decides.
pub(super) const USER: &str = "kalender";

const CHALLENGE: HeaderValue = HeaderValue::from_static("Basic realm=\"Termine\", charset=\"UTF-8\"");

/// The addresses calendar programs read.
pub fn routes() -> Router<AppState> {
    Router::new().route(ADDRESS, get(with_password)).route("/kalender/{secret}/termine.ics", get(by_address))
}

/// The address of a feed that needs no password.
pub(super) fn secret_address(secret: &Secret<String>) -> String {
    format!("/kalender/{}/termine.ics", secret.expose())
}

async fn with_password(State(app): State<AppState>, headers: HeaderMap) -> Result<Response, PageError> {
    let answer = match password(&headers) {
        Some(password) => feed(&app, FeedKey::Password(password)).await,
        None => Err(PageError::NotFound),
    };
    match answer {
        Err(PageError::NotFound) => {
            Ok((StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, CHALLENGE)]).into_response())
        }
        other => other,
    }
}

async fn by_address(
    State(app): State<AppState>,
    secret: Result<Path<String>, PathRejection>,
) -> Result<Response, PageError> {
    let Ok(Path(secret)) = secret else { return Err(PageError::NotFound) };
    feed(&app, FeedKey::Address(Secret::new(secret))).await
}

/// The password out of `Authorization: Basic …`.
fn password(headers: &HeaderMap) -> Option<Secret<String>> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, credentials) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(BASE64.decode(credentials.trim().as_bytes()).ok()?).ok()?;
    text.split_once(':').map(|(_, password)| Secret::new(password.to_owned()))
}

async fn feed(app: &AppState, key: FeedKey) -> Result<Response, PageError> {
    let feed = app.booking().feed_with(&key).await.map_err(unreadable)?;
    let entries = app.booking().feed_entries(&feed).await.map_err(unreadable)?;
    let word = |id: &str| app.pages().catalogue().plain(feed.lang, id);
    let entries: Vec<Entry> = entries.iter().map(|entry| written(app, entry, feed.lang)).collect();
    let taken = word("desk-calendar-feed-taken");
    let detail = match feed.kind {
        FeedKind::Detailed => Detail::Detailed,
        FeedKind::Neutral | FeedKind::AddressAlone => Detail::Neutral(&taken),
    };
    let file = calendar::feed(&entries, &word("desk-calendar-feed-name"), detail);
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"termine.ics\""),
    ];
    Ok((headers, file.text).into_response())
}

/// An appointment in words: what it is about, how, and where. Nothing of the person who comes.
fn written(app: &AppState, entry: &FeedEntry, lang: Lang) -> Entry {
    let appointment = &entry.appointment;
    let offer = entry.offer.clone().unwrap_or_else(|| plain(app.pages(), lang, "desk-booking-offer-gone"));
    let mode = plain(app.pages(), lang, mode_word(appointment.mode));
    let in_person = appointment.mode == Mode::InPerson;
    let place =
        [entry.room.clone(), calendar::street(&entry.address)].into_iter().flatten().collect::<Vec<_>>();
    Entry {
        uid: app.booking().calendar_uid(&appointment.id),
        sequence: appointment.version,
        span: appointment.span,
        stamp: app.clock().now(),
        summary: format!("{offer}, {mode}"),
        description: Some(entry.centre.clone()),
        location: (in_person && !place.is_empty()).then(|| place.join(", ")),
        status: match appointment.state {
            Stage::Confirmed => Status::Confirmed,
            Stage::Held { .. } | Stage::Requested => Status::Tentative,
            Stage::Cancelled { .. } => Status::Cancelled,
        },
    }
}

fn plain(pages: &Pages, lang: Lang, id: &str) -> String {
    pages.catalogue().plain(lang, id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_sign_in_has_a_password() {
        let read = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, value.parse().unwrap());
            password(&headers).map(|password| password.expose().clone())
        };
        let basic = |text: &str| format!("Basic {}", BASE64.encode(text.as_bytes()));
        assert_eq!(read(&basic("kalender:geheim")), Some("geheim".into()));
        assert_eq!(read(&basic(":a:b")), Some("a:b".into()));
        assert_eq!(read(&basic("x:")), Some(String::new()));
        for none in ["", "Basic", "Basic !", "Bearer YTpi", &basic("ohne"), "Basic /w=="] {
            assert_eq!(read(none), None, "{none}");
        }
        assert!(password(&HeaderMap::new()).is_none());
    }
}
