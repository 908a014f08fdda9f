//! Why a form does not get its time, and the page that says so. Everything typed goes along.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use contracts::directory::Centre;
use jiff::SignedDuration;
use serde::Serialize;
use webkit::{error::PageError, pages::Visit};

use super::{
    answer::{failed, page},
    form::{Carried, Shown},
    hold::Wish,
    say::Say,
    taken,
    view::{CentreView, Meeting},
    wait::Wished,
    walk_in,
};
use crate::{
    BookingError, Span,
    guard::{Asked, Limited, Refused, seconds},
    service::Bookable,
    web::AppState,
};

/// Why a form goes no further.
pub(super) enum Stopped {
    /// The time is taken, or something is wrong.
    Booking(BookingError),
    /// Its network has too much, or it has to work first.
    Refused(Refused),
}

/// Where a form stopped: what it wants, and the last part of the address it was sent to.
pub(super) struct At<'a> {
    pub(super) bookable: &'a Bookable,
    pub(super) wish: &'a Wish,
    pub(super) form: &'a Carried,
    pub(super) step: &'static str,
}

/// The context of `booking/seek-limited.html`.
#[derive(Serialize)]
struct LimitedPage<'a> {
    why: Why,
    /// What she wants, where it is an appointment.
    meeting: Option<Meeting>,
    /// How long to wait.
    wait: Say,
    /// Whom to call, where it is known.
    centre: Option<CentreView>,
    /// Where the button leads that goes on.
    action: String,
    form: Option<&'a Carried>,
    shown: Option<&'a Shown>,
    wished: Option<&'a Wished>,
}

/// What there was too much of, in messages: what it is, what it means, and what the button does.
#[derive(Serialize)]
struct Why {
    heading: &'static str,
    text: &'static str,
    next: &'static str,
}

/// Holds or bookings of a network.
const TIMES: Why = Why {
    heading: "seek-limited-times-heading",
    text: "seek-limited-times-text",
    next: "seek-limited-times-next",
};
/// Wrong PINs of a network.
const TRIES: Why = Why {
    heading: "seek-limited-tries-heading",
    text: "seek-limited-tries-text",
    next: "seek-limited-tries-next",
};
/// Moves of an appointment.
const MOVES: Why = Why {
    heading: "seek-limited-moves-heading",
    text: "seek-limited-moves-text",
    next: "seek-limited-moves-next",
};

/// Entries in waiting lists of a network.
const ENTRIES: Why = Why {
    heading: "seek-limited-times-heading",
    text: "seek-limited-entries-text",
    next: "seek-limited-times-next",
};

/// Ways into open consultation hours.
const WALK_INS: Why = Why {
    heading: "seek-limited-times-heading",
    text: "seek-limited-walk-ins-text",
    next: "seek-limited-times-next",
};

/// The context of `booking/seek-proof.html`.
#[derive(Serialize)]
struct ProofPage<'a> {
    meeting: Meeting,
    action: String,
    form: &'a Carried,
    /// The work, as JSON for the script.
    challenge: String,
    ticket: &'a str,
    seconds: i64,
    /// Work was shown and did not count: it is not tried again by itself.
    tried: bool,
}

impl From<BookingError> for Stopped {
    fn from(error: BookingError) -> Self {
        Self::Booking(error)
    }
}

impl From<Refused> for Stopped {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Limited> for Stopped {
    fn from(limited: Limited) -> Self {
        Self::Refused(Refused::Limited(limited))
    }
}

impl Stopped {
    /// The page.
    pub(super) async fn show(
        self,
        app: &AppState,
        visit: &Visit,
        at: &At<'_>,
    ) -> Result<Response, PageError> {
        match self {
            Self::Booking(BookingError::Taken) => {
                taken::show(app, visit, at.bookable, at.wish, at.form).await
            }
            Self::Booking(error) => Err(failed(error)),
            Self::Refused(Refused::Asked(asked)) => at.ask(app, visit, &asked),
            Self::Refused(Refused::Limited(limited)) => {
                let context = LimitedPage {
                    why: TIMES,
                    meeting: Some(at.meeting(visit)),
                    wait: words(limited.wait),
                    centre: Some(CentreView::of(&at.bookable.centre, visit.lang)),
                    action: at.action(),
                    form: Some(at.form),
                    shown: None,
                    wished: None,
                };
                wait(app, visit, limited, &context)
            }
        }
    }
}

impl At<'_> {
    fn action(&self) -> String {
        format!("/termin/{}/{}", self.bookable.offer.id, self.step)
    }

    fn meeting(&self, visit: &Visit) -> Meeting {
        let span = Span::lasting(self.wish.start, self.bookable.setting.times.length.duration());
        Meeting::at(self.bookable, span, self.wish.mode, visit.lang)
    }

    fn ask(&self, app: &AppState, visit: &Visit, asked: &Asked) -> Result<Response, PageError> {
        let context = ProofPage {
            meeting: self.meeting(visit),
            action: self.action(),
            form: self.form,
            challenge: serde_json::to_string(&asked.challenge).map_err(PageError::internal)?,
            ticket: &asked.ticket,
            seconds: seconds(asked.wait),
            tried: asked.tried,
        };
        page(app, visit, StatusCode::OK, "booking/seek-proof.html", &context)
    }
}

/// Too many wrong tries from her network: says nothing about the code, and carries on what she showed.
pub(super) fn too_many_tries(
    app: &AppState,
    visit: &Visit,
    limited: Limited,
    shown: &Shown,
) -> Result<Response, PageError> {
    let context = LimitedPage {
        why: TRIES,
        meeting: None,
        wait: words(limited.wait),
        centre: None,
        action: String::from("/mein-termin"),
        form: None,
        shown: Some(shown),
        wished: None,
    };
    wait(app, visit, limited, &context)
}

/// Moved too often: the appointment stays as it is.
pub(super) fn moved_too_often(
    app: &AppState,
    visit: &Visit,
    limited: Limited,
    (meeting, centre): (Meeting, Option<CentreView>),
    shown: &Shown,
) -> Result<Response, PageError> {
    let context = LimitedPage {
        why: MOVES,
        meeting: Some(meeting),
        wait: words(limited.wait),
        centre,
        action: String::from("/mein-termin"),
        form: None,
        shown: Some(shown),
        wished: None,
    };
    wait(app, visit, limited, &context)
}

/// Too many entries in waiting lists from her network.
pub(super) fn waits_too_often(
    app: &AppState,
    visit: &Visit,
    limited: Limited,
    bookable: &Bookable,
    wished: &Wished,
) -> Result<Response, PageError> {
    let context = LimitedPage {
        why: ENTRIES,
        meeting: None,
        wait: words(limited.wait),
        centre: Some(CentreView::of(&bookable.centre, visit.lang)),
        action: format!("/termin/{}/warteliste", bookable.offer.id),
        form: None,
        shown: None,
        wished: Some(wished),
    };
    wait(app, visit, limited, &context)
}

/// Too many came to open consultation hours from her network.
pub(super) fn came_too_often(
    app: &AppState,
    visit: &Visit,
    limited: Limited,
    centre: &Centre,
) -> Result<Response, PageError> {
    let context = LimitedPage {
        why: WALK_INS,
        meeting: None,
        wait: words(limited.wait),
        centre: Some(CentreView::of(centre, visit.lang)),
        action: walk_in::path(&centre.id),
        form: None,
        shown: None,
        wished: None,
    };
    wait(app, visit, limited, &context)
}

fn wait(
    app: &AppState,
    visit: &Visit,
    limited: Limited,
    context: &LimitedPage<'_>,
) -> Result<Response, PageError> {
    let mut response = page(app, visit, StatusCode::TOO_MANY_REQUESTS, "booking/seek-limited.html", context)?;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds(limited.wait)));
    Ok(response)
}

/// The same for people: in minutes, beyond two hours in hours, rounded up.
fn words(wait: SignedDuration) -> Say {
    let minutes = ((seconds(wait) + 59) / 60).max(1);
    if minutes > 120 {
        return Say::new("seek-wait-hours").number("hours", (minutes + 59) / 60);
    }
    Say::new("seek-wait-minutes").number("minutes", minutes)
}
