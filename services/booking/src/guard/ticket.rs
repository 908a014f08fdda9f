//! Waiting instead of working, for those without script: a ticket that says from when on it counts.

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use kernel::ServerKey;
use subtle::ConstantTimeEq;

use super::proof::{About, VALID};

/// A ticket as it stands in a form: when, a random number, and a signature over both and what it is for.
pub(super) struct Tickets(ServerKey);

/// What a ticket is worth now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Worth {
    /// It was waited for; to be accepted once, under this id.
    Waited { id: [u8; 32], until: Timestamp },
    /// So long to wait yet.
    Early(SignedDuration),
    /// Nothing: it is for something else, too old, or none of ours.
    Nothing,
}

impl Tickets {
    pub(super) fn new(key: &ServerKey) -> Self {
        Self(key.derive("ticket"))
    }

    pub(super) fn issue(&self, about: &About, from: Timestamp) -> String {
        let number = BASE64URL_NOPAD.encode(&rand::random::<[u8; 16]>());
        let begin = format!("{}.{number}", from.as_second());
        format!("{begin}.{}", BASE64URL_NOPAD.encode(&self.sign(&begin, about)))
    }

    pub(super) fn worth(&self, text: &str, about: &About, now: Timestamp) -> Worth {
        let Some((begin, signature)) = text.trim().rsplit_once('.') else { return Worth::Nothing };
        let id = self.sign(begin, about);
        let sent = BASE64URL_NOPAD.decode(signature.as_bytes()).unwrap_or_default();
        if !bool::from(sent.ct_eq(&id)) {
            return Worth::Nothing;
        }
        let from = begin.split('.').next().and_then(|from| Timestamp::from_second(from.parse().ok()?).ok());
        match from {
            Some(from) if from > now => Worth::Early(from.duration_since(now)),
            Some(from) if from + VALID > now => Worth::Waited { id, until: from + VALID },
            _ => Worth::Nothing,
        }
    }

    fn sign(&self, begin: &str, about: &About) -> [u8; 32] {
        let key = self.0.derive(about.action).derive(&about.offer);
        key.mac(&[about.form.as_slice(), begin.as_bytes()].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_counts_after_its_time_for_what_it_was_issued() {
        let tickets = Tickets::new(&ServerKey::new([7; 32]));
        let about = About::hold([1; 32], "offer");
        let now: Timestamp = "2026-11-22T08:00:00Z".parse().unwrap();
        let from = now + SignedDuration::from_secs(30);
        let text = tickets.issue(&about, from);
        assert_eq!(tickets.worth(&text, &about, now), Worth::Early(SignedDuration::from_secs(30)));
        assert!(
            matches!(tickets.worth(&text, &about, from), Worth::Waited { until, .. } if until == from + VALID)
        );
        assert_eq!(tickets.worth(&text, &about, from + VALID), Worth::Nothing, "too old");
        for other in [
            About { form: [2; 32], ..about.clone() },
            About { offer: String::from("other"), ..about.clone() },
            About { action: "join", ..about.clone() },
        ] {
            assert_eq!(tickets.worth(&text, &other, from), Worth::Nothing);
        }
        let earlier = text.replacen(&from.as_second().to_string(), &now.as_second().to_string(), 1);
        for forged in [earlier.as_str(), "", ".", "1.2.3", &text[..text.len() - 1]] {
            assert_eq!(tickets.worth(forged, &about, from), Worth::Nothing, "{forged}");
        }
        let restarted = Tickets::new(&ServerKey::new([8; 32]));
        assert_eq!(restarted.worth(&text, &about, from), Worth::Nothing);
    }
}
