//! Somebody books through the API.

use std::{path::Path, time::Duration};

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::harness::{Installation, Reply, Server};

/// A Monday, six o'clock in Germany: the first times of the invented centres can be booked.
pub(crate) const MONDAY: &str = "2026-11-23T05:00:00Z";

/// What she holds in her hand.
pub(crate) struct Receipt {
    pub(crate) offer: String,
    pub(crate) code: String,
    pin: String,
    pub(crate) link: String,
    pub(crate) end: Timestamp,
    /// How it takes place.
    pub(crate) mode: String,
    /// Another time that is free.
    pub(crate) later: String,
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// An installation on that Monday with invented centres.
pub(crate) fn furnished() -> Installation {
    let installation = Installation::at(at(MONDAY));
    installation.succeed(&["demo", "--centres", "60"]);
    installation
}

/// Books the first time of that day; mails go to an address.
pub(crate) fn book(server: &Server, key: &str, contact: &Value, remind: &str) -> Receipt {
    let (offer, slots) = bookable(server);
    let time = |slot: &Value| slot["start"].as_str().unwrap().to_owned();
    let mode = &slots[0]["modes"][0];
    let wanted = json!({ "offer": offer, "start": time(&slots[0]), "mode": mode, "contact": contact, "remind": remind });
    let booked = send(server, "/api/v1/bookings", key, &wanted);
    assert_eq!(booked.status, 201, "{}", booked.body);
    let booked = booked.json();
    let text = |field: &str| booked[field].as_str().unwrap().to_owned();
    assert_eq!(booked["end"], booked["forgotten"], "no grace");
    Receipt {
        offer,
        code: text("code"),
        pin: text("pin"),
        link: text("link").split_once('#').unwrap().1.to_owned(),
        end: at(&text("end")),
        mode: text("mode"),
        later: time(&slots[1]),
    }
}

/// Sends JSON with a key of the form.
pub(crate) fn send(server: &Server, path: &str, key: &str, body: &Value) -> Reply {
    let request = server.agent().post(server.url(path)).header("content-type", "application/json");
    Reply::of(request.header("idempotency-key", key).send(body.to_string()).unwrap())
}

/// An offer with at least two free times that day, as soon as booking has heard of it.
fn bookable(server: &Server) -> (String, Vec<Value>) {
    let mut found = None;
    server.wait_until("an offer that can be booked", Duration::from_secs(30), || {
        let hits = server.search("Schulden", "", "");
        let offers =
            hits["hits"].as_array().unwrap().iter().map(|hit| hit["offer_id"].as_str().unwrap().to_owned());
        found = offers.into_iter().find_map(|offer| {
            let slots = server.get(&format!("/api/v1/offers/{offer}/slots?from=2026-11-23&to=2026-11-23"));
            let slots = (slots.status == 200).then(|| slots.json()["slots"].as_array().unwrap().clone())?;
            (slots.len() > 1).then_some((offer, slots))
        });
        found.is_some()
    });
    found.unwrap()
}

impl Receipt {
    /// Looks at the appointment.
    pub(crate) fn look(&self, server: &Server) -> Reply {
        self.look_with(server, &self.pin)
    }

    pub(crate) fn look_with(&self, server: &Server, pin: &str) -> Reply {
        let request = server.agent().get(server.url(&format!("/api/v1/bookings/{}", self.code)));
        Reply::of(request.header("authorization", format!("PIN {pin}")).call().unwrap())
    }

    /// Cancels it.
    pub(crate) fn cancel(&self, server: &Server) -> Reply {
        let request = server.agent().delete(server.url(&format!("/api/v1/bookings/{}", self.code)));
        Reply::of(request.header("authorization", format!("PIN {}", self.pin)).call().unwrap())
    }

    /// Moves it to the other time.
    pub(crate) fn move_on(&self, server: &Server) -> Reply {
        let request = server.agent().patch(server.url(&format!("/api/v1/bookings/{}", self.code)));
        let request = request.header("authorization", format!("PIN {}", self.pin));
        let body = json!({ "start": self.later }).to_string();
        Reply::of(request.header("content-type", "application/json").send(body).unwrap())
    }
}

/// The slots of all key files that are not zero.
pub(crate) fn keys(data: &Path) -> Vec<Vec<u8>> {
    let files = std::fs::read_dir(data.join("keys/booking")).unwrap().flatten().map(|entry| entry.path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|it| it == "keys")).collect();
    files.sort();
    // one that was there a moment ago may be gone
    let bytes = files.iter().flat_map(|path| std::fs::read(path).unwrap_or_default());
    let bytes: Vec<u8> = bytes.collect();
    bytes.chunks(64).filter(|slot| slot.iter().any(|byte| *byte != 0)).map(<[u8]>::to_vec).collect()
}
