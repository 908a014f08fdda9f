//! People who can be found again: everything they say holds letters nobody else would write.

use booking::{availability::local_date, contact::Typed, receipt::Receipts};
use data_encoding::BASE32_NOPAD;
use jiff::{SignedDuration, Timestamp, civil::Weekday};
use kernel::{Secret, ServerKey};
use sha2::{Digest, Sha256};

use crate::{
    encodings::{self, Needle},
    house::{ASK, TALK, at},
};

/// Appointments of one day.
const A_DAY: usize = 8;

/// The end of everybody's wait for an earlier time.
pub(crate) fn waits_until() -> Timestamp {
    at("2026-12-20T08:00:00Z")
}

/// One of them.
pub(crate) struct Person {
    pub(crate) number: usize,
    pub(crate) form: String,
    pub(crate) first: String,
    pub(crate) last: String,
    pub(crate) mail: String,
    pub(crate) phone: String,
    pub(crate) note: String,
    /// Where her mails go.
    pub(crate) remind: String,
    /// Where she wants to hear of an earlier time.
    pub(crate) wait: String,
    /// What the centre tells her.
    pub(crate) told: String,
}

impl Person {
    pub(crate) fn new(number: usize) -> Self {
        let mark = |field: &str| mark(field, number);
        Self {
            number,
            form: format!("{}{}", mark("form"), mark("more")),
            first: format!("Zoë{}", mark("first")),
            last: format!("Öğüt-ß{} 🦊", mark("last")),
            mail: format!("{}@möhre-{}.example", mark("mail"), mark("domain")),
            phone: format!("+49 761 {}", digits(number)),
            note: format!("Grüße & <b>\"Söhne\"</b> {}\nzweite Zeile 😀 {}", mark("note"), mark("line")),
            remind: format!("{}@post.example", mark("remind")),
            wait: format!("{}@warten.example", mark("wait")),
            told: format!("Liebe Zoë, {}\nbis bald", mark("told")),
        }
    }

    pub(crate) fn typed(&self) -> Typed {
        Typed {
            name: self.first.clone(),
            last_name: self.last.clone(),
            mail: self.mail.clone(),
            phone: self.phone.clone(),
            note: self.note.clone(),
        }
    }

    pub(crate) fn offer(&self) -> &'static str {
        if matches!(self.number % A_DAY, 4 | 5) { ASK } else { TALK }
    }

    /// The key of her form for the waiting list.
    pub(crate) fn waiting_form(&self) -> Secret<String> {
        Secret::new(format!("wait-{}", self.form))
    }

    /// The secret of her link to the waiting list.
    pub(crate) fn waiting_link(&self, key: &ServerKey) -> Secret<String> {
        Receipts::new(key).waiting_link(&self.waiting_form(), local_date(waits_until()))
    }

    /// When she comes: a weekday from the first of December on.
    pub(crate) fn start(&self) -> Timestamp {
        let mut day = at("2026-12-01T07:00:00Z");
        let mut left = self.number / A_DAY;
        let weekend = |day: Timestamp| {
            let weekday = day.to_zoned(jiff::tz::TimeZone::UTC).weekday();
            matches!(weekday, Weekday::Saturday | Weekday::Sunday)
        };
        while left > 0 || weekend(day) {
            left -= usize::from(!weekend(day));
            day += SignedDuration::from_hours(24);
        }
        // nine in the morning stays nine in the morning closely enough, summer or winter
        day + SignedDuration::from_mins(60 + 45 * i64::try_from(self.number % A_DAY).unwrap())
    }

    /// Everything that must be found nowhere.
    pub(crate) fn needles(&self, key: &ServerKey) -> Vec<(String, Needle)> {
        let receipts = Receipts::new(key);
        let form = Secret::new(self.form.clone());
        let day = self.start().to_zoned(jiff::tz::TimeZone::UTC).date();
        let receipt = receipts.of_form(&form, day, 0);
        let code = receipt.code.shown().expose().clone();
        let fields = [
            ("first", self.first.clone()),
            ("last", self.last.clone()),
            ("mail", self.mail.clone()),
            ("phone", self.phone.clone()),
            ("note", self.note.clone()),
            ("remind", self.remind.clone()),
            ("told", self.told.clone()),
            ("form", self.form.clone()),
            ("link", receipt.link.expose().clone()),
            ("wait", self.wait.clone()),
            ("wait link", self.waiting_link(key).expose().clone()),
            ("code", code.clone()),
            ("code", code.replace('-', "")),
            ("phone", digits(self.number)),
        ];
        let marks =
            ["first", "last", "mail", "domain", "note", "line", "remind", "told", "wait", "form", "more"];
        let marks = marks.map(|field| (field, mark(field, self.number)));
        let mut needles = Vec::new();
        for (field, text) in fields.into_iter().chain(marks) {
            let found = encodings::of_text(&text).into_iter();
            needles.extend(found.map(|needle| (format!("{field} of {}", self.number), needle)));
        }
        for (field, text) in
            [("mail", &self.mail), ("remind", &self.remind), ("wait", &self.wait), ("phone", &self.phone)]
        {
            let found = encodings::of_hashes(text).into_iter();
            needles.extend(found.map(|needle| (format!("{field} of {}", self.number), needle)));
        }
        needles
    }
}

fn hash(field: &str, number: usize) -> Vec<u8> {
    Sha256::digest(format!("{field} {number}").as_bytes()).to_vec()
}

/// Sixteen letters and digits that stand nowhere else.
fn mark(field: &str, number: usize) -> String {
    BASE32_NOPAD.encode(&hash(field, number)[..10]).to_ascii_lowercase()
}

/// Twelve digits.
fn digits(number: usize) -> String {
    hash("phone", number)[..12].iter().map(|byte| char::from(b'0' + byte % 10)).collect()
}
