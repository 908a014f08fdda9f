//! `POST …/appointments`: an appointment for somebody who calls or stands at the desk.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use kernel::Personal;
use mailkit::MailAddress;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use webkit::{
    problem::Problem,
    staff::{StaffJson, TeamSession},
};
use zeroize::Zeroize;

use super::{
    answer::{RefusedBody, bookable_counsellor, house, unusable},
    view::StaffAppointment,
};
use crate::{
    BookingError,
    api::{
        answer::{refused, wrong},
        book::{form_of, language, said, was_sent},
        view::BookingMode,
    },
    contact::{Contact, Field, FieldProblem, Typed},
    service::{NewBooking, Reserved},
    setting::Asks,
    web::{AppState, desk::around::signature},
};

/// An appointment for somebody who calls or stands at the desk.
#[derive(Deserialize, ToSchema, Zeroize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeskBooking {
    /// Our id of the offer, one of the centre's.
    offer: String,
    /// `start` of a slot.
    #[schema(value_type = String, format = DateTime)]
    start: String,
    #[zeroize(skip)]
    mode: BookingMode,
    /// How she wants to be called, if she says so.
    #[serde(default)]
    name: String,
    /// A phone number, if she says one.
    #[serde(default)]
    phone: String,
    /// A mail address for confirmation, changes and reminders, if she wants any; no mails without it.
    #[serde(default)]
    mail: String,
    /// The counsellor's id, as in the list of resources; whoever is free without it.
    #[serde(default)]
    counsellor: Option<String>,
    /// Her language: `de` or `en`.
    #[serde(default)]
    #[schema(example = "de")]
    lang: Option<String>,
}

/// What is to be read out: the centre does not see it again.
#[derive(Serialize, ToSchema)]
pub(super) struct DeskReceipt {
    #[schema(example = "4TK-9MW-2XB")]
    code: String,
    /// Four digits.
    pin: String,
    appointment: StaffAppointment,
}

/// Books a time for somebody. Sending the same key again books nothing more and answers the same receipt.
#[utoipa::path(
    post, path = "/api/v1/staff/centres/{centre}/appointments", tag = "staff", operation_id = "staff_book",
    security(("session" = [])),
    params(
        ("centre" = String, Path),
        ("Idempotency-Key" = String, Header, description =
            "22 to 64 letters, digits, `-` and `_` with at least 128 random bits, such as a UUID of version 4.")
    ),
    request_body = DeskBooking,
    responses(
        (status = 201, description = "Booked to each booking.", body = DeskReceipt),
        (status = 409, description = "The time is taken, or the key belongs to another booking.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The name, the number, the address or the counsellor cannot be used; `pointer` says which.", body = Problem, content_type = "application/problem+json"),
        RefusedBody
    )
)]
pub(super) async fn post(
    State(app): State<AppState>,
    team: TeamSession,
    headers: HeaderMap,
    StaffJson(wanted): StaffJson<DeskBooking>,
) -> Result<Response, Problem> {
    let wanted = Personal::new(wanted);
    let wanted = wanted.expose();
    let house = house(&app, &team).await?;
    let form = form_of(&headers)?;
    let start: Timestamp =
        wanted.start.parse().map_err(|_| wrong("start", "Expected `start` of a slot.").at("/start"))?;
    let lang = language(wanted.lang.as_deref()).map_err(|problem| problem.at("/lang"))?;
    if house.offer(&wanted.offer).is_none() {
        return Err(refused(BookingError::NotFound));
    }
    let mut bookable = app.booking().kept_open(&wanted.offer).await.map_err(refused)?.at_the_desk().agreed();
    let (contact, remind) = if was_sent(&app, &form, &bookable).await? {
        (None, None)
    } else {
        if let Some(counsellor) = &wanted.counsellor {
            bookable_counsellor(&house, counsellor)?;
            bookable = bookable.only_with(counsellor);
        }
        let mail = wanted.mail.trim();
        if !mail.is_empty() && MailAddress::parse(mail).is_err() {
            return Err(unusable("/mail", said(FieldProblem::NoMail)));
        }
        let typed = Personal::new(Typed {
            name: wanted.name.clone(),
            phone: wanted.phone.clone(),
            ..Typed::default()
        });
        let checked = Contact::check(typed.expose(), Asks::AT_THE_DESK);
        let contact = checked.map_err(|problems| {
            let wrong = problems.first().map_or(("/name", ""), |(field, problem)| {
                (if *field == Field::Phone { "/phone" } else { "/name" }, said(*problem))
            });
            unusable(wrong.0, wrong.1)
        })?;
        (Some(contact), (!mail.is_empty()).then(|| Personal::new(mail.to_owned())))
    };
    let mode = wanted.mode.into();
    if !bookable.setting.times.modes.contains(mode) {
        return Err(refused(BookingError::Taken));
    }
    let booking = NewBooking { form, mode, start, lang, contact, remind };
    let booked = app.booking().book_for(&bookable, booking, &signature(&app, &team)).await;
    let Reserved { appointment, receipt } = booked.map_err(refused)?;
    let body = DeskReceipt {
        code: receipt.code.shown().expose().clone(),
        pin: receipt.pin.shown().expose().clone(),
        appointment: StaffAppointment::from(&appointment),
    };
    Ok((StatusCode::CREATED, Json(body)).into_response())
}
