//! `/termin/{offer}/warteliste`: a mail address and how long she wants to wait, then the mail that asks her.

use axum::{extract::State, http::StatusCode, response::Response};
use jiff::Timestamp;
use kernel::Personal;
use mailkit::MailAddress;
use serde::{Deserialize, Serialize};
use webkit::{error::PageError, pages::Visit};
use zeroize::Zeroize;

use super::super::{
    answer::{failed, first_step, page},
    elsewhere::{OfferPath, Offered, offered},
    form::{Sent, form_key, instant, new_key},
    moment, own,
    say::{FieldError, Say},
    stopped::waits_too_often,
    view::CentreView,
};
use crate::{
    BookingError,
    receipt::hash,
    service::{Bookable, Wait},
    store::Joined,
    waiting::{WEEKS, in_weeks, is_worth_waiting},
    web::{AppState, caller::Caller},
};

/// What the form sends.
#[derive(Default, Deserialize, Serialize, Zeroize)]
#[serde(default)]
pub(in crate::web::seek) struct Wished {
    /// The form's key.
    formular: String,
    mail: String,
    /// How long she wants to wait, in weeks.
    wochen: String,
    /// When the appointment begins that she has already, in seconds of UTC; then it says how long.
    vor: String,
}

/// The context of `booking/seek-wait.html`.
#[derive(Serialize)]
struct WaitPage<'a> {
    errors: &'a [FieldError],
    centre: CentreView,
    offer: &'a str,
    offer_id: &'a str,
    /// The appointment that she has already.
    before: Option<Say>,
    weeks: Vec<WeeksView>,
    form: &'a Wished,
    /// The form's key.
    key: String,
}

#[derive(Serialize)]
struct WeeksView {
    value: String,
    text: Say,
    checked: bool,
}

/// The context of `booking/seek-wait-sent.html`.
#[derive(Serialize)]
struct SentPage<'a> {
    offer_id: &'a str,
}

/// Asks for an address.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    offer: OfferPath,
) -> Result<Response, PageError> {
    match offered(&app, &visit, offer).await? {
        Offered::Here(bookable) if !bookable.setting.waiting_list => Ok(first_step(&visit)),
        Offered::Here(bookable) => show(&app, &visit, &bookable, &Wished::default(), &[], StatusCode::OK),
        Offered::Elsewhere(response) => Ok(response),
    }
}

/// Puts her on the list, once she confirms.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    caller: Caller,
    offer: OfferPath,
    Sent(form): Sent<Wished>,
) -> Result<Response, PageError> {
    let bookable = match offered(&app, &visit, offer).await? {
        Offered::Here(bookable) => bookable,
        Offered::Elsewhere(response) => return Ok(response),
    };
    let form = form.expose();
    let key = form_key(&form.formular).ok_or(PageError::BadRequest)?;
    let (mail, before) = match form.check(app.booking().now()) {
        Ok(checked) => checked,
        Err(errors) => {
            return show(&app, &visit, &bookable, form, &errors, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let is_sent = app.booking().store().waiting_by_form(hash(&key)).await.map_err(failed)?.is_some();
    if !is_sent && let Err(limited) = app.guard().join_waiting_list(caller.0) {
        return waits_too_often(&app, &visit, limited, &bookable, form);
    }
    let offer_id = &bookable.offer.id;
    let joined = app.booking().wait(&bookable, Wait { form: key, before, mail, lang: visit.lang }).await;
    // an address that is left alone counts like any other, or the limit would tell that it is
    if !is_sent && !matches!(joined, Ok(Joined::New | Joined::Again)) {
        app.guard().not_joined(caller.0);
    }
    match joined {
        Ok(Joined::New | Joined::Again) => {
            page(&app, &visit, StatusCode::OK, "booking/seek-wait-sent.html", &SentPage { offer_id })
        }
        Ok(Joined::Full) => own::ended(&app, &visit, StatusCode::CONFLICT, "wait-full", Some(offer_id)),
        Err(BookingError::NotFound) => {
            own::ended(&app, &visit, StatusCode::CONFLICT, "wait-none", Some(offer_id))
        }
        Err(error) => Err(failed(error)),
    }
}

/// The page with the form.
pub(in crate::web::seek) fn show(
    app: &AppState,
    visit: &Visit,
    bookable: &Bookable,
    form: &Wished,
    errors: &[FieldError],
    status: StatusCode,
) -> Result<Response, PageError> {
    let chosen = form.wochen.parse().unwrap_or(WEEKS[1]);
    let weeks = WEEKS.into_iter().map(|weeks| WeeksView {
        value: weeks.to_string(),
        text: Say::new("seek-wait-weeks").number("weeks", weeks),
        checked: weeks == chosen,
    });
    let context = WaitPage {
        errors,
        centre: CentreView::of(&bookable.centre, visit.lang),
        offer: &bookable.offer.name,
        offer_id: &bookable.offer.id,
        before: instant(&form.vor).map(moment::day_and_clock),
        weeks: weeks.collect(),
        form,
        key: form_key(&form.formular).map_or_else(new_key, |key| key.expose().clone()),
    };
    page(app, visit, status, "booking/seek-wait.html", &context)
}

impl Wished {
    /// Somebody who has an appointment already.
    pub(in crate::web::seek) fn before(start: Timestamp) -> Self {
        Self { vor: start.as_second().to_string(), ..Self::default() }
    }

    /// The address, and before when she wants a time.
    fn check(&self, now: Timestamp) -> Result<(Personal<String>, Timestamp), Vec<FieldError>> {
        let mut errors = Vec::new();
        let mail = self.mail.trim();
        match mail {
            "" => errors.push(FieldError::new("mail", "seek-error-mail-missing")),
            mail if MailAddress::parse(mail).is_err() => {
                errors.push(FieldError::new("mail", "seek-error-mail"));
            }
            _ => {}
        }
        let (field, before) = if self.vor.is_empty() {
            ("weeks", self.wochen.parse().ok().and_then(|weeks| in_weeks(weeks, now)))
        } else {
            let before = instant(&self.vor);
            // what is no time has no place on the page: it is asked anew how long
            (if before.is_some() { "before" } else { "weeks" }, before)
        };
        let before = before.filter(|before| is_worth_waiting(*before, now));
        match before {
            Some(before) if errors.is_empty() => return Ok((Personal::new(mail.to_owned()), before)),
            Some(_) => {}
            None if field == "weeks" => errors.push(FieldError::new(field, "seek-error-weeks")),
            None => errors.push(FieldError::new(field, "seek-error-before")),
        }
        Err(errors)
    }
}
