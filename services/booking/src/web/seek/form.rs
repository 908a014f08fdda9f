//! What the forms send, and what they carry from one step to the next in the bodies of pages.

use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
};
use contracts::directory::Mode;
use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use kernel::{Personal, Secret};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use webkit::error::PageError;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{contact::Typed, guard, service::Knock};

/// Longest form, in bytes: the longest note, with every character percent-encoded, fits.
const LONGEST: usize = 64 * 1024;
/// A key has at least the 128 bits that the pages give it, and programs may send their own.
const SHORTEST_KEY: usize = 22;
const LONGEST_KEY: usize = 64;

/// A form as it was sent. It is wiped from memory after the answer, and nothing prints it.
pub(super) struct Sent<T: Zeroize>(pub(super) Personal<T>);

/// The way to an appointment: what was chosen and typed so far.
#[derive(Clone, Default, Deserialize, Serialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct Carried {
    /// The form's key.
    #[serde(default)]
    pub(super) formular: String,
    /// How, as a code.
    #[serde(default)]
    pub(super) art: String,
    /// When, in seconds of UTC.
    #[serde(default)]
    pub(super) beginn: String,
    /// The first day to show.
    #[serde(default)]
    pub(super) ab: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) nachname: String,
    #[serde(default)]
    pub(super) mail: String,
    #[serde(default)]
    pub(super) telefon: String,
    #[serde(default)]
    pub(super) anliegen: String,
    /// Where mails go.
    #[serde(default)]
    pub(super) erinnerung: String,
    /// `ja`: mails go to the address she gave the counsellor.
    #[serde(default)]
    pub(super) auch: String,
    /// The work that was asked for.
    #[serde(default, skip_serializing)]
    nachweis: String,
    /// The ticket of who waits instead.
    #[serde(default, skip_serializing)]
    wartemarke: String,
}

/// What somebody shows at `/mein-termin`, and what she wants there.
#[derive(Default, Deserialize, Serialize, Zeroize)]
#[serde(default)]
pub(super) struct Shown {
    pub(super) code: String,
    pub(super) pin: String,
    /// The secret of the link, or the whole link.
    pub(super) geheimnis: String,
    /// The time to move to, in seconds of UTC.
    pub(super) beginn: String,
    /// The first day to show.
    pub(super) ab: String,
    /// `ja`: she was asked and means it.
    pub(super) sicher: String,
}

impl<S: Send + Sync, T: DeserializeOwned + Zeroize> FromRequest<S> for Sent<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, _state: &S) -> Result<Self, PageError> {
        let body = to_bytes(request.into_body(), LONGEST).await.map_err(|_| PageError::TooLarge)?;
        let form = serde_html_form::from_bytes(&body).map_err(|_| PageError::BadRequest)?;
        Ok(Self(Personal::new(form)))
    }
}

impl Carried {
    /// The key of the form; without one it is no form of ours.
    pub(super) fn key(&self) -> Result<Secret<String>, PageError> {
        form_key(&self.formular).ok_or(PageError::BadRequest)
    }

    pub(super) fn mode(&self) -> Option<Mode> {
        Mode::from_code(&self.art)
    }

    pub(super) fn start(&self) -> Option<Timestamp> {
        instant(&self.beginn)
    }

    /// What it shows for its time.
    pub(super) fn paid_with(&self) -> guard::Shown<'_> {
        guard::Shown { solution: &self.nachweis, ticket: &self.wartemarke }
    }

    /// What she said of herself.
    pub(super) fn typed(&self) -> Personal<Typed> {
        Personal::new(Typed {
            name: self.name.clone(),
            last_name: self.nachname.clone(),
            mail: self.mail.clone(),
            phone: self.telefon.clone(),
            note: self.anliegen.clone(),
        })
    }

    /// The same for the next form: with a key, and without what the page's own buttons say.
    pub(super) fn with_key(&self, mode: Mode) -> Self {
        let mut next = self.clone();
        if self.key().is_err() {
            next.formular = new_key();
        }
        mode.code().clone_into(&mut next.art);
        next.beginn.clear();
        next.ab.clear();
        next
    }

    /// Whether there is anything that must not get lost when another time is looked for.
    pub(super) fn is_filled(&self) -> bool {
        [&self.name, &self.nachname, &self.mail, &self.telefon, &self.anliegen, &self.erinnerung]
            .iter()
            .any(|value| !value.trim().is_empty())
    }
}

impl Shown {
    /// What she shows: the link if there is one, else code and PIN.
    pub(super) fn knock(&self) -> Knock {
        if self.geheimnis.trim().is_empty() {
            return Knock::Typed(Secret::new(self.code.clone()), Secret::new(self.pin.clone()));
        }
        Knock::Link(secret_in(&self.geheimnis))
    }

    pub(super) fn start(&self) -> Option<Timestamp> {
        instant(&self.beginn)
    }

    pub(super) fn is_sure(&self) -> bool {
        self.sicher == "ja"
    }
}

/// A fresh key for a form: 128 bits that nobody guesses.
pub(super) fn new_key() -> String {
    BASE64URL_NOPAD.encode(&rand::random::<[u8; 16]>())
}

/// A key that is long enough that no two people happen to send the same one: whoever sends a key gets its receipt.
pub(crate) fn form_key(text: &str) -> Option<Secret<String>> {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    (plain && (SHORTEST_KEY..=LONGEST_KEY).contains(&text.len())).then(|| Secret::new(text.to_owned()))
}

/// The secret of a link that was pasted whole, or the secret alone.
pub(super) fn secret_in(text: &str) -> Secret<String> {
    let whole = text.trim();
    let secret = whole.rsplit_once('#').map_or(whole, |(_, secret)| secret);
    Secret::new(secret.to_owned())
}

/// A time as forms carry it: seconds of UTC.
pub(super) fn instant(seconds: &str) -> Option<Timestamp> {
    Timestamp::from_second(seconds.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_fresh_each_time_and_long_enough_to_be_nobody_elses() {
        assert_ne!(new_key(), new_key());
        assert!(form_key(&new_key()).is_some());
        for weak in
            ["", "1", "0123456789abcdef", "0123456789abcdef 0123456789", "0123456789abcdefghij\u{e4}\u{e4}"]
        {
            assert!(form_key(weak).is_none(), "{weak:?}");
        }
        assert!(form_key(&"a".repeat(65)).is_none());
        assert!(form_key("6f1c0f5e-2a43-4f0e-9a53-0d2e1f3b4c5d").is_some(), "a UUID");
    }

    #[test]
    fn a_link_may_be_pasted_whole() {
        let shown = |text: &str| Shown { geheimnis: text.into(), ..Shown::default() };
        for text in ["https://hilfe.example/en/mein-termin#geheim", " geheim ", "#geheim"] {
            let Knock::Link(secret) = shown(text).knock() else { panic!("{text} is a link") };
            assert_eq!(secret.expose(), "geheim");
        }
        assert!(matches!(Shown::default().knock(), Knock::Typed(..)));
    }
}
