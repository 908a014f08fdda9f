//! Writing a mail at the moment it leaves.

use async_trait::async_trait;
use contracts::directory::{Address, Centre, Mode};
use kernel::Lang;
use mailkit::{Attachment, Author, AuthorError, CalendarFile, CalendarMethod, Intent, Mail, MailAddress};
use webkit::catalogue::CatalogueError;

use super::{
    Kind,
    intents::version,
    waiting::WaitKind,
    words::{Facts, Letter, Letters, Links},
};
use crate::{
    BookingError,
    appointment::{Appointment, State},
    calendar::{CalendarText, Entry, Method, Parties, Status, centre_file, seeker_file, street},
    service::Booking,
    setting::CentreSetting,
};

/// The page of an appointment, for who has its link; the secret stands behind it as fragment.
pub const APPOINTMENT_PAGE: &str = "/mein-termin";
/// The workplace of staff.
const DESK: &str = "/arbeitsplatz";
/// Name of the file that is attached.
const FILE: &str = "termin.ics";

/// Writes the mails of appointments and of waiting lists.
pub struct BookingMails {
    pub(super) booking: Booking,
    pub(super) base_url: String,
    pub(super) letters: Letters,
}

/// An appointment and what is known about where it takes place.
struct Scene {
    appointment: Appointment,
    centre: Option<Centre>,
}

impl BookingMails {
    /// The author of an installation at this address (without a slash at its end).
    ///
    /// # Errors
    /// [`CatalogueError`] when the messages in the program cannot be read.
    pub fn new(booking: Booking, base_url: &str) -> Result<Self, CatalogueError> {
        let base_url = base_url.trim_end_matches('/').to_owned();
        Ok(Self { booking, base_url, letters: Letters::new()? })
    }

    /// The appointment, if the mail still tells the truth: this version of it, in the state the mail speaks of, and
    /// ahead.
    async fn still_true(&self, kind: Kind, intent: &Intent) -> Result<Option<Scene>, BookingError> {
        let store = self.booking.store();
        let Some(appointment) = store.appointment(&intent.object_id).await? else { return Ok(None) };
        let fits = match (kind, appointment.state) {
            (Kind::Requested | Kind::Unanswered, State::Requested)
            | (Kind::Confirmed | Kind::Reminder, State::Confirmed)
            | (Kind::Moved, State::Requested | State::Confirmed)
            | (Kind::Cancelled | Kind::CancelledByCentre, State::Cancelled { .. }) => true,
            (_, State::Held { .. } | State::Requested | State::Confirmed | State::Cancelled { .. }) => false,
        };
        let now = self.booking.now();
        let ahead = appointment.span.from > now && appointment.forget_at > now;
        if !fits || !ahead || version(intent) != Some(appointment.version) {
            return Ok(None);
        }
        let centre = store.kept_centre(&appointment.centre_id).await?;
        Ok(Some(Scene { appointment, centre }))
    }

    async fn to_seeker(&self, kind: Kind, intent: &Intent) -> Result<Option<Mail>, Failure> {
        let Some(scene) = self.still_true(kind, intent).await? else { return Ok(None) };
        let appointment = &scene.appointment;
        let Some(notify) = self.booking.notify_of(appointment).await? else { return Ok(None) };
        let lang = intent.lang;
        let page = |path: &str| format!("{}{}{path}", self.base_url, lang.path_prefix());
        let link = format!("{}#{}", page(APPOINTMENT_PAGE), notify.expose().link);
        let place = scene.place();
        let note = self.booking.note_of(appointment).await?;
        let facts = Facts {
            span: appointment.span,
            mode: appointment.mode,
            place: place.as_deref(),
            offer: None,
            counsellor: None,
            room: None,
            note: note.as_ref().map(|note| note.expose().text()),
        };
        let message = match (kind, appointment.state) {
            (Kind::Moved, State::Requested) => "moved-request",
            (Kind::CancelledByCentre, _) if note.is_some() => "cancelled-by-centre-with-note",
            _ => kind.code(),
        };
        let links = Links { link: Some(&link), home: &page("/"), desk: &page(DESK) };
        let mail = self.letter(message, lang, &facts, &links, &notify.expose().mail)?;
        // a request is nothing to put into a calendar yet, and a reminder tells what stands there already
        if kind == Kind::Reminder || appointment.state == State::Requested {
            return Ok(Some(mail));
        }
        let entry = self.entry(&scene, intent, lang, None)?;
        Ok(Some(with_file(mail, seeker_file(&entry))?))
    }

    async fn to_centre(&self, kind: Kind, intent: &Intent) -> Result<Option<Mail>, Failure> {
        let Some(scene) = self.still_true(kind, intent).await? else { return Ok(None) };
        let appointment = &scene.appointment;
        let store = self.booking.store();
        let Some(setting) = store.centre_setting(&appointment.centre_id).await? else { return Ok(None) };
        let setting: CentreSetting = serde_json::from_str(&setting.value)
            .map_err(|_| broken("the centre's setting cannot be read"))?;
        let Some(address) = setting.mail else { return Ok(None) };
        let address = MailAddress::parse(&address).map_err(|_| broken("the stored address is none"))?;
        let counsellor = store.resource(&appointment.resource_id).await?.map(|found| found.value.name);
        let room = match &appointment.room_id {
            Some(room) => store.resource(room).await?.map(|found| found.value.name),
            None => None,
        };
        let lang = Lang::default();
        let facts = Facts {
            span: appointment.span,
            mode: appointment.mode,
            place: None,
            offer: scene.offer(),
            counsellor: counsellor.as_deref(),
            room: room.as_deref(),
            note: None,
        };
        let page = |path: &str| format!("{}{}{path}", self.base_url, lang.path_prefix());
        let links = Links { link: None, home: &page("/"), desk: &page(DESK) };
        let mail = self.letter(&format!("centre-{}", kind.code()), lang, &facts, &links, address.as_str())?;
        if kind == Kind::Unanswered {
            return Ok(Some(mail));
        }
        let description = self.letters.facts(lang, &facts).ok_or_else(|| broken(INCOMPLETE))?;
        let entry = self.entry(&scene, intent, lang, Some(description))?;
        let parties = Parties { organizer: address.as_str(), attendee: address.as_str() };
        Ok(Some(with_file(mail, centre_file(&entry, parties))?))
    }

    fn letter(
        &self,
        message: &str,
        lang: Lang,
        facts: &Facts<'_>,
        links: &Links<'_>,
        to: &str,
    ) -> Result<Mail, AuthorError> {
        let letter = self.letters.write(message, lang, facts, links).ok_or_else(|| broken(INCOMPLETE))?;
        self.addressed(&letter, to)
    }

    /// The letter as a mail to an address.
    pub(super) fn addressed(&self, letter: &Letter, to: &str) -> Result<Mail, AuthorError> {
        let to = MailAddress::parse(to).map_err(|_| broken("the stored address is none"))?;
        Mail::new(to, &letter.subject, &letter.body).map_err(|_| broken("a message cannot stand in a mail"))
    }

    fn entry(
        &self,
        scene: &Scene,
        intent: &Intent,
        lang: Lang,
        description: Option<String>,
    ) -> Result<Entry, AuthorError> {
        let appointment = &scene.appointment;
        Ok(Entry {
            uid: self.booking.calendar_uid(&appointment.id),
            sequence: appointment.version,
            span: appointment.span,
            // a mail that is sent a second time is the same one
            stamp: intent.created_at,
            summary: self.letters.calendar_title(lang).ok_or_else(|| broken(INCOMPLETE))?,
            description,
            location: scene.address().and_then(street),
            status: match appointment.state {
                State::Held { .. } | State::Requested => Status::Tentative,
                State::Confirmed => Status::Confirmed,
                State::Cancelled { .. } => Status::Cancelled,
            },
        })
    }
}

impl Scene {
    /// Where to go, if one has to go somewhere; the town where the street is kept secret. The second line of an address
    /// often names the house.
    fn place(&self) -> Option<String> {
        let address = self.address()?;
        Some(street(address).unwrap_or_else(|| format!("{} {}", address.postcode, address.city)))
    }

    fn address(&self) -> Option<&Address> {
        let centre = self.centre.as_ref().filter(|_| self.appointment.mode == Mode::InPerson)?;
        Some(&centre.address)
    }

    fn offer(&self) -> Option<&str> {
        let offers = &self.centre.as_ref()?.offers;
        Some(&offers.iter().find(|offer| offer.id == self.appointment.offer_id)?.name)
    }
}

pub(super) const INCOMPLETE: &str = "a message or an argument of it is missing";

pub(super) fn broken(reason: &str) -> AuthorError {
    AuthorError::Broken { reason: reason.to_owned() }
}

fn with_file(mail: Mail, calendar: CalendarText) -> Result<Mail, AuthorError> {
    let method = match calendar.method {
        Method::Publish => CalendarMethod::Publish,
        Method::Request => CalendarMethod::Request,
        Method::Cancel => CalendarMethod::Cancel,
    };
    let file = CalendarFile::new(FILE, method, calendar.text);
    let file = file.map_err(|_| broken("the calendar file cannot be attached"))?;
    Ok(mail.with(Attachment::Calendar(file)))
}

/// Reading failed, or writing.
pub(super) enum Failure {
    Read(BookingError),
    Write(AuthorError),
}

impl From<BookingError> for Failure {
    fn from(error: BookingError) -> Self {
        Self::Read(error)
    }
}

impl From<AuthorError> for Failure {
    fn from(error: AuthorError) -> Self {
        Self::Write(error)
    }
}

#[async_trait]
impl Author for BookingMails {
    async fn write(&self, intent: &Intent) -> Result<Option<Mail>, AuthorError> {
        let written = match (Kind::from_code(&intent.kind), WaitKind::from_code(&intent.kind)) {
            (Some((kind, true)), _) => self.to_centre(kind, intent).await,
            (Some((kind, false)), _) => self.to_seeker(kind, intent).await,
            (None, Some(kind)) => self.to_waiting(kind, intent).await,
            (None, None) => return Err(broken("a kind of mail that is not known")),
        };
        written.map_err(|failure| match failure {
            Failure::Write(error) => error,
            // its text names tables and codes, never a value
            Failure::Read(error) => AuthorError::Unavailable { reason: error.to_string() },
        })
    }
}
