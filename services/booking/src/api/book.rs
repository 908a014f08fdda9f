//! `POST /api/v1/bookings`: books a time.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use kernel::{Lang, Personal, Secret};
use mailkit::MailAddress;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use webkit::problem::Problem;
use zeroize::Zeroize;

use super::{
    answer::{Body, Refusal, limited, refused, wrong},
    proof::ProofWanted,
    view::{BookedAppointment, BookingMode},
};
use crate::{
    BookingError,
    appointment::State as Stage,
    contact::{Contact, Field, FieldProblem, Typed},
    guard::{Limited, Refused, Shown},
    receipt::hash,
    service::{Bookable, NewBooking, Reserved},
    web::{AppState, caller::Caller, seek::form::form_key},
};

/// A booking.
#[derive(Deserialize, ToSchema, Zeroize)]
#[serde(deny_unknown_fields)]
pub(super) struct BookingRequest {
    /// Our id of the offer.
    offer: String,
    /// `start` of a slot.
    #[schema(value_type = String, format = DateTime)]
    start: String,
    /// How.
    #[zeroize(skip)]
    mode: BookingMode,
    /// What the centre asks; its setting decides what is needed, and what it does not ask for is passed over.
    #[serde(default)]
    contact: BookingContact,
    /// A mail address for confirmation, changes and reminders; no mails without it.
    #[serde(default)]
    remind: Option<String>,
    /// The language of mails and of the link: `de` or `en`.
    #[serde(default)]
    #[schema(example = "de")]
    lang: Option<String>,
    /// The solution of a challenge, after an answer 428 has asked for it.
    #[serde(default)]
    altcha: Option<String>,
}

/// What a person says of herself. It is sealed before it is stored, and the key dies with the appointment.
#[derive(Default, Deserialize, ToSchema, Zeroize)]
#[serde(default, deny_unknown_fields)]
struct BookingContact {
    /// A name she likes, or her first name.
    name: String,
    /// Her last name.
    last_name: String,
    /// A mail address for the counsellor.
    mail: String,
    /// A phone number.
    phone: String,
    /// What it is about.
    note: String,
}

/// What she needs to see, move and cancel her appointment. It is shown to whoever has the key, and stored nowhere.
#[derive(Serialize, ToSchema)]
pub(super) struct BookingReceipt {
    /// To be said and written down.
    #[schema(example = "4TK-9MW-2XB")]
    code: String,
    /// Four digits.
    pin: String,
    /// Opens the appointment without code and PIN. Its secret stands behind `#`.
    link: String,
    #[serde(flatten)]
    appointment: BookedAppointment,
}

/// Books a time, or asks for it where the centre has to agree. Sending the same key again books nothing more and answers
/// the same receipt.
#[utoipa::path(
    post, path = "/api/v1/bookings", tag = "booking",
    params(("Idempotency-Key" = String, Header, description =
        "22 to 64 letters, digits, `-` and `_` with at least 128 random bits, such as a UUID of version 4. \
         Whoever sends it again gets the receipt: keep it secret and never use it twice.")),
    request_body = BookingRequest,
    responses(
        (status = 201, description = "Booked or asked for.", body = BookingReceipt),
        (status = 400, description = "The body or the key is wrong.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such offer can be booked.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The time is taken, or the key belongs to another booking.", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "Much is going on: solve the challenge and send the booking again with the solution in `altcha`. \
            Looking at slots never needs one.", body = ProofWanted, content_type = "application/problem+json"),
        (status = 429, description = "Too many bookings from your network; `Retry-After` says how long to wait.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "What the centre asks is missing or wrong; `parameter` names the field.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn post(
    State(app): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Body(wanted): Body<BookingRequest>,
) -> Result<Response, Refusal> {
    let key = form_of(&headers)?;
    let wanted = wanted.expose();
    let start: Timestamp = wanted.start.parse().map_err(|_| wrong("start", "Expected `start` of a slot."))?;
    let lang = language(wanted.lang.as_deref())?;
    let bookable = match wanted.offer.contains('\0') {
        true => return Err(refused(BookingError::NotFound).into()),
        false => app.booking().bookable(&wanted.offer).await.map_err(refused)?,
    };
    let is_sent = was_sent(&app, &key, &bookable).await?;
    let (contact, remind) = if is_sent {
        (None, None)
    } else {
        let asks = bookable.setting.asks;
        let contact =
            Contact::check(wanted.contact.typed().expose(), asks).map_err(|problems| unsuited(&problems))?;
        (Some(contact), address(wanted.remind.as_deref())?)
    };
    let mode = wanted.mode.into();
    if !bookable.setting.times.modes.contains(mode) {
        return Err(refused(BookingError::Taken).into());
    }
    if !is_sent {
        let shown = Shown { solution: wanted.altcha.as_deref().unwrap_or_default(), ticket: "" };
        match app.guard().hold(caller.0, &key, &bookable.offer.id, shown) {
            Ok(()) => {}
            Err(Refused::Asked(asked)) => return Ok(ProofWanted::new(&asked).into_response()),
            Err(Refused::Limited(limit)) => return Err(too_many(limit)),
        }
        if let Err(limit) = app.guard().book(caller.0) {
            app.guard().not_held(&key, &bookable.offer.id);
            return Err(too_many(limit));
        }
    }
    let booking = NewBooking { form: key.clone(), mode, start, lang, contact, remind };
    let Reserved { appointment, receipt } = match app.booking().book(&bookable, booking).await {
        Ok(reserved) => reserved,
        Err(error) => {
            if !is_sent {
                app.guard().not_held(&key, &bookable.offer.id);
                app.guard().not_booked(caller.0);
            }
            return Err(refused(error).into());
        }
    };
    app.guard().booked(&key, &bookable.offer.id);
    let code = receipt.code.shown();
    let body = BookingReceipt {
        code: code.expose().clone(),
        pin: receipt.pin.shown().expose().clone(),
        link: crate::web::seek::link(&app, lang, &receipt.link),
        appointment: BookedAppointment::from(&appointment),
    };
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response())
}

/// The key of a booking: sending it again is the same booking.
pub(super) fn form_of(headers: &HeaderMap) -> Result<Secret<String>, Problem> {
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).and_then(form_key);
    key.ok_or_else(|| {
        wrong("Idempotency-Key", "Send 22 to 64 letters, digits, - and _ with at least 128 random bits.")
    })
}

/// Whether a key made a booking of this offer already.
pub(super) async fn was_sent(
    app: &AppState,
    key: &Secret<String>,
    bookable: &Bookable,
) -> Result<bool, Problem> {
    let earlier = app.booking().store().by_form(hash(key)).await.map_err(refused)?;
    if earlier.as_ref().is_some_and(|earlier| earlier.offer_id != bookable.offer.id) {
        let detail = "This Idempotency-Key was used for another offer. Make a new one.";
        return Err(Problem::new(StatusCode::CONFLICT, "key-used", "Key used", detail));
    }
    Ok(earlier.is_some_and(|earlier| !matches!(earlier.state, Stage::Held { .. })))
}

impl BookingContact {
    fn typed(&self) -> Personal<Typed> {
        Personal::new(Typed {
            name: self.name.clone(),
            last_name: self.last_name.clone(),
            mail: self.mail.clone(),
            phone: self.phone.clone(),
            note: self.note.clone(),
        })
    }
}

fn too_many(limit: Limited) -> Refusal {
    let detail = "There were too many bookings from your network. Wait for the seconds Retry-After names, or call the centre.";
    limited(limit, "too-many-bookings", detail)
}

/// A language by its tag; German without one.
pub(super) fn language(tag: Option<&str>) -> Result<Lang, Problem> {
    let lang = tag.map(str::parse).transpose();
    let lang = lang.map_err(|_| wrong("lang", "Expected de or en."))?;
    Ok(lang.unwrap_or_default())
}

fn address(text: Option<&str>) -> Result<Option<Personal<String>>, Problem> {
    match text.map(str::trim) {
        None | Some("") => Ok(None),
        Some(address) if MailAddress::parse(address).is_ok() => Ok(Some(Personal::new(address.to_owned()))),
        Some(_) => Err(unsuited(&[(Field::Remind, FieldProblem::NoMail)])),
    }
}

/// The first thing that is wrong, by the name of its field.
fn unsuited(problems: &[(Field, FieldProblem)]) -> Problem {
    let (field, problem) = problems.first().copied().unwrap_or((Field::Name, FieldProblem::Missing));
    let parameter = match field {
        Field::Name => "contact.name",
        Field::LastName => "contact.last_name",
        Field::Mail => "contact.mail",
        Field::Phone => "contact.phone",
        Field::Note => "contact.note",
        Field::Remind => "remind",
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Problem::new(status, "contact-needed", "Not what the centre asks", said(problem)).about(parameter)
}

/// What is wrong with a field, in a sentence.
pub(super) const fn said(problem: FieldProblem) -> &'static str {
    match problem {
        FieldProblem::Missing => "The centre needs this field.",
        FieldProblem::TooLong => "This field is too long.",
        FieldProblem::NoMail => "This is no mail address.",
        FieldProblem::NoPhone => "This is no phone number.",
    }
}
