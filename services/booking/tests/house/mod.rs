//! A centre with everything it needs to be booked, on a real store and a real folder of keys; shared by several tests.
#![allow(dead_code, reason = "every test uses a part of it")]

use std::{path::Path, sync::Arc, time::Duration};

use booking::{
    letter::BookingMails,
    sealing::KeyFolder,
    service::{Bookable, Booking, NewBooking, Parts, Reserved, Signature},
    store::{Resource, ResourceKind, Revised, Store},
};
use contracts::{
    audit::{AuditEntry, AuditObject},
    directory::{Centre, DirectoryEvent, Mode},
    staff::Actor,
};
use jiff::{SignedDuration, Timestamp};
use kernel::{Envelope, FixedClock, Ids, Lang, Personal, RandomIds, Secret, ServerKey};
use mailkit::{Mailer, MailerParts, MessageIds, Post, Queue, SmtpPost, SmtpSettings, testing::SmtpSink};
use serde_json::{Value, json};
use storekit::Database;

pub(crate) const CENTRE: &str = "centre";
/// Agreed at once; reminders a day and two hours before.
pub(crate) const TALK: &str = "offer-talk";
/// The centre has to agree.
pub(crate) const ASK: &str = "offer-ask";
/// Three at once, in a room.
pub(crate) const GROUP: &str = "offer-group";
pub(crate) const OF_CENTRE: &str = "termine@haus.example";
pub(crate) const SENDER: &str = "nachricht@example.net";

/// Booking at work.
pub(crate) struct House {
    pub(crate) booking: Booking,
    pub(crate) database: Database,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) key: ServerKey,
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A Sunday, before everything that is booked.
pub(crate) fn start() -> Timestamp {
    at("2026-11-22T08:00:00Z")
}

impl House {
    /// Opens the data in a folder; fails as the program would when somebody else has it.
    pub(crate) async fn try_open(
        data: &Path,
        address: &str,
        now: Timestamp,
    ) -> Result<Self, booking::sealing::FolderError> {
        let opened = booking::store::open(address).await.unwrap();
        let (keys, _) = KeyFolder::at(&data.join("keys").join("booking"))?;
        let clock = Arc::new(FixedClock::at(now));
        let key = ServerKey::new([7; 32]);
        let parts =
            Parts { store: opened.store, keys: Arc::new(keys), key: key.clone(), clock: clock.clone() };
        Ok(Self { booking: Booking::new(parts), database: opened.database, clock, key })
    }

    pub(crate) async fn open(data: &Path, address: &str, now: Timestamp) -> Self {
        Self::try_open(data, address, now).await.unwrap()
    }

    /// The same on a SQLite file in the folder.
    pub(crate) async fn in_folder(data: &Path, now: Timestamp) -> Self {
        Self::open(data, &sqlite_in(data), now).await
    }

    /// Moves in: two counsellors, a room, two offers.
    pub(crate) async fn furnish(&self, counsellors: usize) {
        let store = self.booking.store();
        self.list(centre(&json!({}))).await;
        for number in 0..counsellors {
            let id = format!("counsellor-{number}");
            add(store, &id, ResourceKind::Counsellor(id.clone()), &hours(&[TALK, ASK])).await;
        }
        add(store, "room-1", ResourceKind::Room, &json!({})).await;
        let setting = Revised { revision: 0, value: json!({ "mail": OF_CENTRE }).to_string() };
        store.save_centre_setting(CENTRE, &setting, &audit("setting")).await.unwrap();
        for (offer, agreement) in [(TALK, "instant"), (ASK, "centre")] {
            let setting = Revised { revision: 0, value: offer_setting(agreement).to_string() };
            store.save_offer_setting(CENTRE, offer, true, &setting, &audit(offer)).await.unwrap();
        }
    }

    /// Adds an offer for groups, and so many counsellors who lead them and talk to single people as well.
    pub(crate) async fn furnish_groups(&self, leaders: usize) {
        let store = self.booking.store();
        let mut offers = serde_json::to_value(&centre(&json!({})).offers).unwrap();
        offers.as_array_mut().unwrap().push(json!({ "id": GROUP, "name": "Gesprächskreis" }));
        self.list(centre(&json!({ "offers": offers }))).await;
        for number in 0..leaders {
            let id = format!("leader-{number}");
            add(store, &id, ResourceKind::Counsellor(id.clone()), &hours(&[GROUP, TALK])).await;
        }
        let mut setting = offer_setting("instant");
        setting["times"]["capacity"] = json!(3);
        setting["times"]["rooms"] = json!(["room-1"]);
        let setting = Revised { revision: 0, value: setting.to_string() };
        store.save_offer_setting(CENTRE, GROUP, true, &setting, &audit(GROUP)).await.unwrap();
    }

    /// The directory tells of the centre.
    pub(crate) async fn list(&self, centre: Centre) {
        let store = self.booking.store();
        let sequence = store.cursor().await.unwrap() + 1;
        let event = DirectoryEvent::CentreSaved { centre: Box::new(centre) };
        let id = format!("event-{sequence}");
        store.follow(&[Envelope { id, sequence, at: start(), event }]).await.unwrap();
    }

    pub(crate) async fn bookable(&self, offer: &str) -> Bookable {
        self.booking.bookable(offer).await.unwrap()
    }

    /// Books for somebody who wants mails in German.
    pub(crate) async fn book(&self, offer: &str, form: &str, at: &str, mail: Option<&str>) -> Reserved {
        let wish = NewBooking {
            form: Secret::new(form.to_owned()),
            mode: Mode::InPerson,
            start: at.parse().unwrap(),
            lang: Lang::De,
            contact: None,
            remind: mail.map(|mail| Personal::new(mail.to_owned())),
        };
        self.booking.book(&self.bookable(offer).await, wish).await.unwrap()
    }

    pub(crate) fn author(&self) -> BookingMails {
        BookingMails::new(self.booking.clone(), "https://hilfe.example").unwrap()
    }

    pub(crate) fn mailer(&self, post: Arc<dyn Post>) -> Mailer {
        Mailer::new(MailerParts {
            name: "booking",
            queue: Queue::new(self.database.clone()),
            author: Arc::new(self.author()),
            post,
            message_ids: MessageIds::local(&self.key),
            clock: self.clock.clone(),
            ids: Arc::new(RandomIds),
            seed: 1,
        })
    }

    /// A worker that hands its mails to this server.
    pub(crate) fn mailer_to(&self, sink: &SmtpSink) -> Mailer {
        let settings = SmtpSettings { url: sink.url(), from: SENDER.to_owned(), ..SmtpSettings::default() };
        self.mailer(Arc::new(SmtpPost::new(settings.check().unwrap(), self.clock.clone())))
    }

    pub(crate) fn pass(&self, time: SignedDuration) {
        let now = self.clock.as_ref();
        now.set(kernel::Clock::now(now) + time);
    }

    /// A round of forgetting after the process has run for so long.
    pub(crate) async fn forget(&self) -> booking::service::Forgotten {
        let running = Duration::try_from(self.booking.now().duration_since(start())).unwrap_or_default();
        self.booking.forget_due(running).await.unwrap()
    }
}

/// Sends everything that can be sent now.
pub(crate) async fn send_all(mailer: &Mailer) -> mailkit::Round {
    let mut all = mailkit::Round::default();
    loop {
        let round = mailer.round().await.unwrap();
        if round.tried() == 0 {
            return all;
        }
        all.sent += round.sent;
        all.not_wanted += round.not_wanted;
        all.postponed += round.postponed;
        all.given_up += round.given_up;
        all.unrecorded += round.unrecorded;
    }
}

pub(crate) fn sqlite_in(data: &Path) -> String {
    format!("sqlite:{}", data.join("booking.db").display())
}

/// A centre whose every name says what nobody else should hear.
pub(crate) fn centre(change: &Value) -> Centre {
    let mut centre = json!({
        "id": CENTRE, "source": "test", "external_id": "1", "slug": "suchtberatung-nordstadt",
        "name": "Suchtberatung Nordstadt", "carrier": "Suchthilfe e. V.",
        "address": {
            "street": "Hauptstraße 12", "extra": "Suchtberatung, 2. Stock",
            "postcode": "79098", "city": "Freiburg"
        },
        "offers": [
            { "id": TALK, "name": "Schuldnerberatung" },
            { "id": ASK, "name": "Beratung bei Glücksspielsucht" }
        ]
    });
    for (field, value) in change.as_object().unwrap() {
        centre[field] = value.clone();
    }
    serde_json::from_value(centre).unwrap()
}

fn hours(offers: &[&str]) -> Value {
    let rule = |day: &&str| {
        json!({
            "id": format!("rule-{day}"), "offers": offers, "modes": ["in_person", "phone", "video", "chat"],
            "pattern": { "weekly": { "every": 1, "weekday": day } },
            "from": "08:00", "to": "18:00", "valid_from": "2026-01-05"
        })
    };
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    json!({ "rules": days.iter().map(rule).collect::<Vec<_>>() })
}

fn offer_setting(agreement: &str) -> Value {
    json!({
        "times": {
            "length": 30, "buffer_before": 5, "buffer_after": 5, "step": 15, "horizon_days": 366,
            "modes": ["in_person", "phone", "video", "chat"]
        },
        "agreement": agreement,
        "asks": { "name": "full", "mail": "if_wanted", "phone": "if_wanted", "note": true },
        "reminders": [24, 2]
    })
}

async fn add(store: &dyn Store, id: &str, kind: ResourceKind, body: &Value) {
    let value = Resource {
        id: id.to_owned(),
        centre_id: CENTRE.to_owned(),
        kind,
        name: id.to_owned(),
        active: true,
        body: body.to_string(),
    };
    store.save_resource(&Revised { revision: 0, value }, &audit(id)).await.unwrap();
}

/// A counsellor who acts.
pub(crate) fn berta() -> Signature {
    let actor = Actor { person_id: String::from("berta"), name: String::from("Berta Beratung") };
    Signature { actor, line: RandomIds.next(&FixedClock::at(start())) }
}

pub(crate) fn audit(id: &str) -> AuditEntry {
    AuditEntry {
        id: format!("audit-{id}"),
        at: start(),
        actor: Actor::console(),
        action: String::from("setting.saved"),
        object: AuditObject { kind: String::from("setting"), id: id.to_owned(), name: id.to_owned() },
        detail: String::new(),
    }
}
