//! The form of an offer's setting: what is typed, what it means, and what is wrong with it.

use contracts::directory::Mode;
use serde::{Deserialize, Serialize};

use crate::{
    availability::{LONGEST_HORIZON, MOST_PLACES, Minutes, OfferProblem, OfferTimes},
    setting::{
        Agreement, Asked, Asks, LONGEST_GRACE, LONGEST_RELEASE, LONGEST_TEXT, NameAsked, OfferSetting,
        SettingProblem, Text,
    },
    store::Revised,
    web::desk::{
        around::House,
        say::{Say, Wrong},
    },
};

/// The form as it is typed.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::web::desk) struct Sent {
    pub(super) stand: i64,
    /// On the button that saves what was looked at.
    pub(super) speichern: String,
    /// The mark of what was looked at.
    pub(super) gesehen: String,
    pub(super) buchbar: String,
    zusage: String,
    pub(super) art: Vec<String>,
    laenge: String,
    puffer_vor: String,
    puffer_nach: String,
    schritt: String,
    vorlauf: String,
    horizont: String,
    plaetze: String,
    grenze_person: String,
    grenze_tag: String,
    pub(super) raum: Vec<String>,
    name: String,
    mail: String,
    telefon: String,
    anliegen: String,
    erinnerungen: String,
    frist: String,
    freigabe: String,
    warteliste: String,
    mitbringen: String,
    anfahrt: String,
    daten: String,
}

/// A field in which what is saved is not what was typed.
#[derive(Serialize)]
pub(super) struct Differs {
    label: &'static str,
    /// What is saved, where it reads like what is typed.
    saved: Option<String>,
}

impl Sent {
    /// A setting as it would have been typed.
    pub(super) fn of(setting: &Revised<OfferSetting>, bookable: bool) -> Self {
        let OfferSetting {
            times,
            agreement,
            asks,
            reminders,
            grace_hours,
            release_minutes,
            waiting_list,
            bring,
            arrival,
            data,
        } = &setting.value;
        let limit = |limit: Option<u16>| limit.map(|limit| limit.to_string()).unwrap_or_default();
        let flag = |on: bool| String::from(if on { "1" } else { "" });
        let hours: Vec<String> = reminders.iter().map(ToString::to_string).collect();
        Self {
            stand: setting.revision,
            speichern: String::new(),
            gesehen: String::new(),
            buchbar: flag(bookable),
            zusage: agreement_code(*agreement).to_owned(),
            art: times.modes.iter().map(|mode| mode.code().to_owned()).collect(),
            laenge: times.length.get().to_string(),
            puffer_vor: times.buffer_before.get().to_string(),
            puffer_nach: times.buffer_after.get().to_string(),
            schritt: times.step.get().to_string(),
            vorlauf: times.notice_minutes.div_ceil(60).to_string(),
            horizont: times.horizon_days.to_string(),
            plaetze: times.capacity.to_string(),
            grenze_person: limit(times.limit_per_counsellor),
            grenze_tag: limit(times.limit_per_day),
            raum: times.rooms.iter().cloned().collect(),
            name: name_code(asks.name).to_owned(),
            mail: asked_code(asks.mail).to_owned(),
            telefon: asked_code(asks.phone).to_owned(),
            anliegen: flag(asks.note),
            erinnerungen: hours.join(", "),
            frist: grace_hours.to_string(),
            freigabe: release_minutes.to_string(),
            warteliste: flag(*waiting_list),
            mitbringen: bring.clone(),
            anfahrt: arrival.clone(),
            daten: data.clone(),
        }
    }

    /// The same after it was looked at over this revision.
    pub(super) fn looked_at(self, mark: String, revision: i64) -> Self {
        Self { gesehen: mark, stand: revision, ..self }
    }

    /// Where what is saved is not what was typed.
    pub(super) fn differs_from(&self, typed: &Self) -> Vec<Differs> {
        let sorted = |list: &[String]| {
            let mut list = list.to_vec();
            list.sort();
            list.join(" ")
        };
        // what a field holds, and whether it reads like that
        let read = |sent: &Self| {
            let plain = |label, text: &str| (label, text.trim().replace("\r\n", "\n"), true);
            let coded = |label, code: String| (label, code, false);
            [
                coded("desk-booking-offer-bookable", sent.buchbar.clone()),
                coded("desk-booking-offer-agreement", sent.zusage.clone()),
                coded("desk-booking-offer-modes", sorted(&sent.art)),
                plain("desk-booking-offer-length", &sent.laenge),
                plain("desk-booking-offer-step", &sent.schritt),
                plain("desk-booking-offer-before", &sent.puffer_vor),
                plain("desk-booking-offer-after", &sent.puffer_nach),
                plain("desk-booking-offer-notice", &sent.vorlauf),
                plain("desk-booking-offer-horizon", &sent.horizont),
                plain("desk-booking-offer-capacity", &sent.plaetze),
                plain("desk-booking-offer-limit-person", &sent.grenze_person),
                plain("desk-booking-offer-limit-day", &sent.grenze_tag),
                coded("desk-booking-offer-rooms", sorted(&sent.raum)),
                coded("desk-booking-ask-name", sent.name.clone()),
                coded("desk-booking-ask-mail", sent.mail.clone()),
                coded("desk-booking-ask-phone", sent.telefon.clone()),
                coded("desk-booking-ask-note", sent.anliegen.clone()),
                coded("desk-booking-offer-waiting", sent.warteliste.clone()),
                plain("desk-booking-offer-reminders", &sent.erinnerungen),
                plain("desk-booking-offer-grace", &sent.frist),
                plain("desk-booking-offer-release", &sent.freigabe),
                plain("desk-booking-bring", &sent.mitbringen),
                plain("desk-booking-arrival", &sent.anfahrt),
                plain("desk-booking-data", &sent.daten),
            ]
        };
        let both = read(self).into_iter().zip(read(typed));
        both.filter(|((_, saved, _), (_, typed, _))| saved != typed)
            .map(|((label, saved, plain), _)| Differs { label, saved: plain.then_some(saved) })
            .collect()
    }

    /// The setting, or everything that is wrong with it.
    pub(super) fn read(&self, house: &House) -> Result<OfferSetting, Wrong> {
        let mut wrong = Wrong::default();
        let length = wrong.take("laenge", minutes(&self.laenge)).unwrap_or_default();
        let buffer_before = wrong.take("puffer_vor", minutes(&self.puffer_vor)).unwrap_or_default();
        let buffer_after = wrong.take("puffer_nach", minutes(&self.puffer_nach)).unwrap_or_default();
        let step = wrong.take("schritt", minutes(&self.schritt)).unwrap_or_default();
        let mut get = |at, text: &str, most| wrong.take(at, number(text, most)).unwrap_or_default();
        let notice = get("vorlauf", &self.vorlauf, LONGEST_HORIZON * 24);
        let horizon_days = get("horizont", &self.horizont, LONGEST_HORIZON);
        let capacity = get("plaetze", &self.plaetze, MOST_PLACES);
        let grace = get("frist", &self.frist, u16::from(LONGEST_GRACE));
        let release_minutes = get("freigabe", &self.freigabe, LONGEST_RELEASE);
        let mut limit =
            |at, text: &str| if text.trim().is_empty() { None } else { Some(get(at, text, MOST_PLACES)) };
        let limit_per_counsellor = limit("grenze_person", &self.grenze_person);
        let limit_per_day = limit("grenze_tag", &self.grenze_tag);
        let reminders = wrong.take("erinnerungen", hours(&self.erinnerungen)).unwrap_or_default();
        let rooms = house.rooms().into_iter().map(|room| room.value.id.clone());
        let setting = OfferSetting {
            times: OfferTimes {
                length,
                buffer_before,
                buffer_after,
                step,
                notice_minutes: u32::from(notice) * 60,
                horizon_days,
                modes: self.art.iter().filter_map(|code| Mode::from_code(code)).collect(),
                capacity,
                limit_per_counsellor,
                limit_per_day,
                rooms: rooms.filter(|room| self.raum.contains(room)).collect(),
            },
            agreement: if self.zusage == "centre" { Agreement::Centre } else { Agreement::Instant },
            asks: Asks {
                name: match self.name.as_str() {
                    "nothing" => NameAsked::Nothing,
                    "full" => NameAsked::Full,
                    _ => NameAsked::Pseudonym,
                },
                mail: asked_of(&self.mail),
                phone: asked_of(&self.telefon),
                note: !self.anliegen.is_empty(),
            },
            reminders,
            grace_hours: u8::try_from(grace).unwrap_or(0),
            release_minutes,
            waiting_list: !self.warteliste.is_empty(),
            bring: text(&self.mitbringen),
            arrival: text(&self.anfahrt),
            data: text(&self.daten),
        };
        // a field that could not be read is not judged a second time
        if let Err(problem) = setting.check()
            && (wrong.is_empty() || !matches!(problem, SettingProblem::Times(_)))
        {
            let (at, say) = said(problem);
            wrong.at(at, say);
        }
        if wrong.is_empty() { Ok(setting) } else { Err(wrong) }
    }
}

/// Where a problem is shown and how it is said.
fn said(problem: SettingProblem) -> (&'static str, Say) {
    let (at, id) = match problem {
        SettingProblem::Times(problem) => match problem {
            OfferProblem::NoLength => ("laenge", "desk-booking-wrong-length"),
            OfferProblem::NoStep => ("schritt", "desk-booking-wrong-step"),
            OfferProblem::NoMode => ("art", "desk-booking-wrong-mode"),
            OfferProblem::NoPlace => ("plaetze", "desk-booking-wrong-place"),
            OfferProblem::TooManyPlaces => return ("plaetze", no_number(MOST_PLACES)),
            OfferProblem::HorizonTooLong => ("horizont", "desk-booking-wrong-horizon"),
            OfferProblem::NoticeBeyondHorizon => ("vorlauf", "desk-booking-wrong-notice"),
            OfferProblem::LimitPerCounsellor => ("grenze_person", "desk-booking-wrong-limit"),
            OfferProblem::LimitPerDay => ("grenze_tag", "desk-booking-wrong-limit"),
        },
        SettingProblem::Reminders => ("erinnerungen", "desk-booking-wrong-reminders"),
        SettingProblem::Release => return ("freigabe", no_number(LONGEST_RELEASE)),
        SettingProblem::Grace => ("frist", "desk-booking-wrong-grace"),
        SettingProblem::Text(which) => {
            let at = match which {
                Text::Bring => "mitbringen",
                Text::Arrival => "anfahrt",
                Text::Data => "daten",
            };
            let most = i64::try_from(LONGEST_TEXT).unwrap_or(i64::MAX);
            return (at, Say::new("desk-booking-wrong-text").number("most", most));
        }
    };
    (at, Say::new(id))
}

/// A text as browsers send it.
fn text(typed: &str) -> String {
    typed.trim().replace("\r\n", "\n")
}

fn number(text: &str, most: u16) -> Result<u16, Say> {
    text.trim().parse().ok().filter(|number| *number <= most).ok_or_else(|| no_number(most))
}

fn no_number(most: u16) -> Say {
    Say::new("desk-booking-wrong-number").text("most", most.to_string())
}

fn minutes(text: &str) -> Result<Minutes, Say> {
    let minutes = text.trim().parse().ok().and_then(|minutes| Minutes::new(minutes).ok());
    minutes.ok_or_else(|| Say::new("desk-booking-wrong-minutes"))
}

fn hours(text: &str) -> Result<Vec<u16>, Say> {
    let parts = text.split([',', ';', ' ']).filter(|part| !part.is_empty());
    let hours: Result<Vec<u16>, _> = parts.map(str::parse).collect();
    let mut hours = hours.map_err(|_| Say::new("desk-booking-wrong-reminders"))?;
    hours.sort_unstable_by(|one, other| other.cmp(one));
    hours.dedup();
    Ok(hours)
}

const fn agreement_code(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Instant => "instant",
        Agreement::Centre => "centre",
    }
}

const fn name_code(name: NameAsked) -> &'static str {
    match name {
        NameAsked::Nothing => "nothing",
        NameAsked::Pseudonym => "pseudonym",
        NameAsked::Full => "full",
    }
}

const fn asked_code(asked: Asked) -> &'static str {
    match asked {
        Asked::No => "no",
        Asked::IfWanted => "if_wanted",
        Asked::Needed => "needed",
    }
}

fn asked_of(code: &str) -> Asked {
    [Asked::IfWanted, Asked::Needed].into_iter().find(|asked| asked_code(*asked) == code).unwrap_or_default()
}
