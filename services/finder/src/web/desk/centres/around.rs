//! What pages about a centre need around it: places, topics, words, today.

use std::sync::Arc;

use fluent_bundle::{FluentArgs, FluentValue};
use jiff::{Timestamp, civil::Date};
use kernel::Lang;
use search_index::{Lexicon, place::Gazetteer};
use storekit::StoreError;
use webkit::{error::PageError, staff::CentreSession};

use crate::{app::AppState, layers::Layers, web::view::berlin};

/// Places, topics and words of one request.
pub(super) struct Around<'a> {
    pub(super) app: &'a AppState,
    pub(super) lang: Lang,
    pub(super) places: Arc<Gazetteer>,
}

impl<'a> Around<'a> {
    pub(super) fn new(app: &'a AppState, lang: Lang) -> Self {
        let places =
            app.live().snapshot().map_or_else(Gazetteer::bundled, |snapshot| snapshot.gazetteer.clone());
        Self { app, lang, places }
    }

    /// Topics and words.
    pub(super) fn lexicon(&self) -> &Lexicon {
        self.app.live().lexicon()
    }

    /// The day in Germany.
    pub(super) fn today(&self) -> Date {
        berlin(self.app.now()).date()
    }

    /// A message without arguments.
    pub(super) fn word(&self, id: &str) -> String {
        self.app.pages().catalogue().plain(self.lang, id)
    }

    /// A message with arguments.
    pub(super) fn say(&self, id: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, value.clone());
        }
        let catalogue = self.app.pages().catalogue();
        catalogue.text(self.lang, id, &args).unwrap_or_else(|| catalogue.plain(self.lang, id))
    }

    /// A day with its month in words.
    pub(super) fn day(&self, day: Date) -> String {
        let [number, year] = [day.day().to_string(), day.year().to_string()];
        let month = i64::from(day.month());
        self.say("date-long", &[("day", number.into()), ("month", month.into()), ("year", year.into())])
    }

    /// A day and a time, as they were in Germany.
    pub(super) fn moment(&self, at: Timestamp) -> String {
        let at = berlin(at);
        let time = format!("{:02}:{:02}", at.hour(), at.minute());
        self.say("desk-centre-moment", &[("day", self.day(at.date()).into()), ("time", time.into())])
    }
}

/// The layers of the centre somebody may edit.
pub(super) async fn layers_of(app: &AppState, session: &CentreSession) -> Result<Layers, PageError> {
    layers(app, session.centre_id()).await
}

/// The layers of a centre by its id.
pub(super) async fn layers(app: &AppState, id: &str) -> Result<Layers, PageError> {
    if id.contains('\0') {
        // PostgreSQL refuses NUL in text; no id has one.
        return Err(PageError::NotFound);
    }
    app.store().layers(id).await.map_err(unreadable)?.ok_or(PageError::NotFound)
}

/// Errors of the store that no form explains.
pub(super) fn unreadable(error: StoreError) -> PageError {
    match error {
        StoreError::Unavailable { .. } => PageError::Unavailable,
        StoreError::Missing { .. } => PageError::NotFound,
        StoreError::Refused { .. } => PageError::BadRequest,
        other => PageError::internal(other),
    }
}
