//! A centre with two counsellors and a room, and forms that people send.

use std::sync::Arc;

use booking::{
    Span,
    appointment::{Appointment, SealedText},
    receipt::{Hash, hash},
    store::{Cancellation, Claims, Hold, NewBooking, Opened, Place, Resource, ResourceKind, Revised, Store},
};
use contracts::{
    audit::{AuditEntry, AuditObject},
    directory::Mode,
    staff::Actor,
};
use jiff::{SignedDuration, Timestamp};
use kernel::{Lang, Secret};
use mailkit::Intent;
use storekit::{Database, testing::Scratch};

pub(crate) const CENTRE: &str = "centre";
pub(crate) const OFFER: &str = "offer";
pub(crate) const GROUP: &str = "group";

/// The store of a centre, and where it lies.
pub(crate) struct House {
    pub(crate) store: Arc<dyn Store>,
    /// For its queue of mails.
    pub(crate) database: Database,
    _scratch: Scratch,
}

impl House {
    pub(crate) async fn sqlite() -> Self {
        Self::furnished(Scratch::sqlite()).await
    }

    pub(crate) async fn postgres() -> Self {
        Self::furnished(Scratch::postgres().await).await
    }

    async fn furnished(scratch: Scratch) -> Self {
        let Opened { store, database } = booking::store::open(scratch.address()).await.unwrap();
        for name in ["anna", "bert"] {
            add_counsellor(store.as_ref(), name).await;
        }
        add(store.as_ref(), "room", ResourceKind::Room).await;
        Self { store, database, _scratch: scratch }
    }

    pub(crate) async fn claims(&self) -> Claims {
        let span = Span { from: at("2026-11-01T00:00:00Z"), to: at("2026-12-31T00:00:00Z") };
        self.store.claims(CENTRE, span).await.unwrap()
    }

    pub(crate) async fn claimed(&self) -> usize {
        self.claims().await.ticks.len()
    }
}

/// A counsellor whose person has the same name.
pub(crate) async fn add_counsellor(store: &dyn Store, name: &str) {
    add(store, name, ResourceKind::Counsellor(name.to_owned())).await;
}

/// A person of this name at another centre.
pub(crate) async fn add_elsewhere(store: &dyn Store, id: &str, name: &str) {
    add_at(store, "other-centre", id, ResourceKind::Counsellor(name.to_owned())).await;
}

async fn add(store: &dyn Store, id: &str, kind: ResourceKind) {
    add_at(store, CENTRE, id, kind).await;
}

async fn add_at(store: &dyn Store, centre: &str, id: &str, kind: ResourceKind) {
    let value = Resource {
        id: id.to_owned(),
        centre_id: centre.to_owned(),
        kind,
        name: id.to_owned(),
        active: true,
        body: String::from("{}"),
    };
    store.save_resource(&Revised { revision: 0, value }, &audit(id)).await.unwrap();
}

pub(crate) fn audit(id: &str) -> AuditEntry {
    AuditEntry {
        id: format!("audit-{id}"),
        at: now(),
        actor: Actor::console(),
        action: String::from("resource.saved"),
        object: AuditObject { kind: String::from("resource"), id: id.to_owned(), name: id.to_owned() },
        detail: String::new(),
    }
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// When all of this happens.
pub(crate) fn now() -> Timestamp {
    at("2026-11-22T08:00:00Z")
}

pub(crate) fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

/// Half an hour with somebody, and five minutes before and after.
pub(crate) fn place(resource: &str, start: &str) -> Place {
    let span = Span::lasting(at(start), minutes(30));
    Place {
        resource_id: resource.to_owned(),
        room_id: None,
        span,
        claimed: Span { from: span.from - minutes(5), to: span.to + minutes(5) },
        capacity: 1,
        limits: None,
    }
}

pub(crate) fn form(name: &str) -> Hash {
    hash(&Secret::new(name.to_owned()))
}

pub(crate) fn hold(name: &str, place: Place) -> Hold {
    let offer = if place.capacity > 1 { GROUP } else { OFFER };
    Hold {
        id: format!("appointment-{name}"),
        form_hash: form(name),
        centre_id: CENTRE.to_owned(),
        offer_id: offer.to_owned(),
        forget_at: place.span.to,
        place,
        mode: Mode::InPerson,
        lang: Lang::De,
        until: now() + minutes(5),
    }
}

pub(crate) fn sealed(slot: u32) -> SealedText {
    SealedText { day: String::from("2026-11-23"), slot, bytes: vec![7; 256] }
}

/// An appointment taken back by the person.
pub(crate) fn cancelled(one: &Appointment) -> Cancellation {
    Cancellation {
        id: one.id.clone(),
        version: one.version,
        release_at: None,
        note: None,
        mails: Vec::new(),
        audit: None,
    }
}

/// The form as it is sent off, with a mail to follow.
pub(crate) fn sent(name: &str, place: Place) -> NewBooking {
    let hold = hold(name, place);
    let mail = Intent::now(format!("{}/confirmation", hold.id), "confirmation", &hold.id, Lang::De, now());
    NewBooking {
        to_be_confirmed: false,
        code_mac: form(&format!("{name} code")),
        pin_mac: form(&format!("{name} pin")),
        link_hash: form(&format!("{name} link")),
        contact: Some(sealed(1)),
        notify: Some(sealed(2)),
        mails: vec![mail],
        audit: None,
        hold,
    }
}
