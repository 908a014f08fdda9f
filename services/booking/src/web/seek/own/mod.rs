//! `/mein-termin`: seeing, moving and cancelling with the code and the PIN, or with the link.
//!
//! Every form carries what was shown; there is no session. The link's secret stands behind `#`, which browsers keep to
//! themselves; a script takes it into the form, and without script one types code and PIN or pastes the link.

mod calendar;
mod cancel;
mod earlier;
mod enter;
mod shift;
mod talk;

use axum::{
    Router,
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use jiff::Timestamp;
use kernel::{Lang, Personal, Secret};
use serde::Serialize;
use webkit::{error::PageError, pages::Visit};

use super::{
    answer::{failed, page},
    first_step,
    form::Shown,
    moment,
    say::Say,
    view::{CentreView, Meeting, Texts},
};
use crate::{
    BookingError,
    appointment::{Appointment, State},
    contact::Note,
    service::{Bookable, Talk},
    setting::Asked,
    waiting::is_worth_waiting,
    web::AppState,
};

use enter::cancelled;
pub(super) use enter::ended;

/// The pages of somebody who has an appointment.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/mein-termin", get(enter::get).post(enter::post))
        .route("/mein-termin/verschieben", post(shift::post).get(first_step))
        .route("/mein-termin/absagen", post(cancel::post).get(first_step))
        .route("/mein-termin/gespraech", post(talk::post).get(first_step))
        .route("/mein-termin/warteliste", post(earlier::post).get(first_step))
        .route("/mein-termin/kalender", post(calendar::post).get(first_step))
}

/// The link to an appointment, for receipts and mails.
pub(crate) fn link(app: &AppState, lang: Lang, secret: &Secret<String>) -> String {
    format!("{}{}/mein-termin#{}", app.base_url(), lang.path_prefix(), secret.expose())
}

/// The context of `booking/seek-own.html`.
#[derive(Serialize)]
struct OwnPage<'a> {
    meeting: Meeting,
    request: bool,
    /// Whether it is a request that nobody answered before it began.
    unanswered: bool,
    /// Whether it can still be moved and cancelled.
    open: bool,
    /// Whether it can be moved: the offer can still be booked.
    movable: bool,
    /// Whether she can wait for an earlier time.
    waits: bool,
    /// The conversation, where it takes place here.
    talk: Option<TalkView>,
    texts: Texts<'a>,
    forgotten: Say,
    /// What has just happened, and how good that is.
    told: Option<Told>,
    shown: &'a Shown,
}

/// When the conversation's room opens, or that it is open.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum TalkView {
    Open,
    Later(Say),
}

impl TalkView {
    fn of(talk: Talk) -> Option<Self> {
        match talk {
            Talk::Open => Some(Self::Open),
            Talk::Later { opens } => Some(Self::Later(moment::day_and_clock(opens))),
            Talk::Elsewhere | Talk::Over => None,
        }
    }
}

/// Something that has just happened.
#[derive(Clone, Copy, Serialize)]
pub(super) struct Told {
    pub(super) kind: &'static str,
    pub(super) text: &'static str,
}

/// It is at another time now.
const MOVED: Told = Told { kind: "success", text: "seek-told-moved" };
/// Somebody else changed it.
const CHANGED: Told = Told { kind: "warning", text: "seek-told-changed" };
/// It has begun.
const CLOSED: Told = Told { kind: "warning", text: "seek-told-closed" };
/// The room of the conversation is not open.
const TALK_CLOSED: Told = Told { kind: "warning", text: "seek-told-talk-closed" };

/// An appointment with what is known about its offer and centre today.
struct Own {
    appointment: Appointment,
    bookable: Option<Bookable>,
    centre: Option<CentreView>,
    /// What the centre told with a cancellation.
    note: Option<Personal<Note>>,
}

impl Own {
    async fn of(app: &AppState, visit: &Visit, appointment: Appointment) -> Result<Self, PageError> {
        let bookable = match app.booking().kept_open(&appointment.offer_id).await {
            Ok(bookable) => Some(bookable),
            Err(BookingError::NotFound) => None,
            Err(error) => return Err(failed(error)),
        };
        let centre = match &bookable {
            Some(bookable) => Some(CentreView::of(&bookable.centre, visit.lang)),
            None => {
                let centre =
                    app.booking().store().kept_centre(&appointment.centre_id).await.map_err(failed)?;
                centre.map(|centre| CentreView::of(&centre, visit.lang))
            }
        };
        let note = app.booking().note_of(&appointment).await.map_err(failed)?;
        Ok(Self { appointment, bookable, centre, note })
    }

    fn meeting(&self) -> Meeting {
        let asks_phone =
            self.bookable.as_ref().is_none_or(|bookable| bookable.setting.asks.phone != Asked::No);
        Meeting::of(self.appointment.span, self.appointment.mode, asks_phone, self.centre.clone())
    }

    /// Whether there may be an earlier time, and a list to wait for it.
    fn can_wait(&self, now: Timestamp) -> bool {
        let keeps_list = self
            .bookable
            .as_ref()
            .is_some_and(|bookable| bookable.setting.waiting_list && !bookable.centre_setting.paused);
        keeps_list && self.appointment.is_open(now) && is_worth_waiting(self.appointment.span.from, now)
    }

    fn show(
        &self,
        app: &AppState,
        visit: &Visit,
        shown: &Shown,
        status: StatusCode,
        told: Option<Told>,
    ) -> Result<Response, PageError> {
        if matches!(self.appointment.state, State::Cancelled { .. }) {
            let note = self.note.as_ref().map(Personal::expose);
            return cancelled(app, visit, (&self.appointment.offer_id, self.meeting()), note);
        }
        let open = self.appointment.is_open(app.booking().now());
        let request = self.appointment.state == State::Requested;
        let context = OwnPage {
            meeting: self.meeting(),
            request,
            unanswered: request && !open,
            open,
            movable: open && self.bookable.is_some(),
            waits: self.can_wait(app.booking().now()),
            talk: TalkView::of(app.booking().talk(&self.appointment)),
            texts: self.bookable.as_ref().map(|bookable| Texts::of(&bookable.setting)).unwrap_or_default(),
            forgotten: moment::day_and_clock(self.appointment.forget_at),
            told,
            shown,
        };
        page(app, visit, status, "booking/seek-own.html", &context)
    }
}
