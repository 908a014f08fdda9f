//! The way in: code and PIN, or the link; and a plain answer where there is nothing to see.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde::Serialize;
use webkit::{error::PageError, pages::Visit};

use super::{
    super::{
        answer::{failed, page},
        form::{Sent, Shown},
        say::FieldError,
        stopped::too_many_tries,
        view::Meeting,
    },
    Own, Told,
};
use crate::{
    appointment::Appointment,
    contact::Note,
    guard::seconds,
    receipt::CodeProblem,
    service::{Knock, KnockError, SLOWED},
    web::{
        AppState,
        caller::Caller,
        own::{EntryError, enter},
    },
};

/// The context of `booking/seek-enter.html`.
#[derive(Serialize)]
struct EnterPage<'a> {
    errors: &'a [FieldError],
    /// What was typed; never the PIN or a secret.
    code: &'a str,
    /// The link was tried; its form is shown open and is not sent by itself again.
    by_link: bool,
}

/// The context of `booking/seek-ended.html`.
#[derive(Serialize)]
struct EndedPage<'a> {
    /// `cancelled`, `over`, `slow` or `given-up`; of a waiting list `wait-full`, `wait-left`, `wait-none` or `wait-over`.
    kind: &'a str,
    /// Where to book anew.
    offer_id: Option<&'a str>,
    /// Which one it was.
    meeting: Option<Meeting>,
    /// What the centre told with the cancellation, line by line.
    note: Vec<&'a str>,
}

/// Asks for code and PIN.
pub(super) async fn get(State(app): State<AppState>, visit: Visit) -> Result<Response, PageError> {
    let context = EnterPage { errors: &[], code: "", by_link: false };
    page(&app, &visit, StatusCode::OK, "booking/seek-enter.html", &context)
}

/// Shows the appointment. Changes nothing.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    caller: Caller,
    Sent(shown): Sent<Shown>,
) -> Result<Response, PageError> {
    show(&app, &visit, caller, shown.expose(), StatusCode::OK, None).await
}

/// The appointment as it stands now, with what has just happened.
pub(super) async fn show(
    app: &AppState,
    visit: &Visit,
    caller: Caller,
    shown: &Shown,
    status: StatusCode,
    told: Option<Told>,
) -> Result<Response, PageError> {
    match opened(app, visit, caller, shown).await? {
        Ok(appointment) => Own::of(app, visit, appointment).await?.show(app, visit, shown, status, told),
        Err(response) => Ok(response),
    }
}

/// The appointment that what was shown opens, or the page that says why it does not.
pub(super) async fn opened(
    app: &AppState,
    visit: &Visit,
    caller: Caller,
    shown: &Shown,
) -> Result<Result<Appointment, Response>, PageError> {
    let knock = shown.knock();
    let error = match enter(app, caller, &knock).await {
        Ok(appointment) => return Ok(Ok(appointment)),
        Err(EntryError::Limited(limited)) => return too_many_tries(app, visit, limited, shown).map(Err),
        Err(EntryError::Knock(error)) => error,
    };
    let by_link = matches!(knock, Knock::Link(_));
    let refused = match error {
        KnockError::Over => return ended(app, visit, StatusCode::GONE, "over", None).map(Err),
        KnockError::Slow => {
            let mut response = ended(app, visit, StatusCode::TOO_MANY_REQUESTS, "slow", None)?;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds(SLOWED)));
            return Ok(Err(response));
        }
        KnockError::Booking(error) => return Err(failed(error)),
        KnockError::NoCode(problem) => FieldError::new("code", code_message(problem)),
        KnockError::NoPin => FieldError::new("pin", "seek-error-pin"),
        KnockError::Wrong if by_link => FieldError::new("link", "seek-error-link"),
        KnockError::Wrong => FieldError::new("code", "seek-error-wrong"),
    };
    let context = EnterPage { errors: &[refused], code: &shown.code, by_link };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    page(app, visit, status, "booking/seek-enter.html", &context).map(Err)
}

const fn code_message(problem: CodeProblem) -> &'static str {
    match problem {
        CodeProblem::Length => "seek-error-code-length",
        CodeProblem::Character => "seek-error-code-character",
        CodeProblem::Mistyped => "seek-error-code-mistyped",
    }
}

/// A page that says that something is at its end.
pub(in crate::web::seek) fn ended(
    app: &AppState,
    visit: &Visit,
    status: StatusCode,
    kind: &str,
    offer_id: Option<&str>,
) -> Result<Response, PageError> {
    page(
        app,
        visit,
        status,
        "booking/seek-ended.html",
        &EndedPage { kind, offer_id, meeting: None, note: Vec::new() },
    )
}

/// The page of an appointment that was taken back, with what the centre told about it.
pub(super) fn cancelled(
    app: &AppState,
    visit: &Visit,
    (offer_id, meeting): (&str, Meeting),
    note: Option<&Note>,
) -> Result<Response, PageError> {
    let note = note.map_or_else(Vec::new, |note| note.text().lines().collect());
    let context = EndedPage { kind: "cancelled", offer_id: Some(offer_id), meeting: Some(meeting), note };
    page(app, visit, StatusCode::OK, "booking/seek-ended.html", &context)
}
