//! Proof of work by the ALTCHA protocol, version 2: a puzzle that a browser solves in about a second and that a script has
//! to solve for each of its forms.
//!
//! A challenge is nobody else's: it names what it is for, the form and the offer, and all of it is signed under a key in
//! memory. So a solution for something else, a challenge put together from two, and one of before a restart are refused.

use std::collections::BTreeMap;

use altcha::{Challenge, CreateChallengeOptions, HmacAlgorithm, Payload, VerifySolutionOptions};
use data_encoding::{BASE64, HEXLOWER};
use jiff::{SignedDuration, Timestamp};
use kernel::{Secret, ServerKey};
use serde_json::Value;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::{Mark, limits::Effort};

/// How long a challenge can be solved.
pub(super) const VALID: SignedDuration = SignedDuration::from_mins(10);
const ALGORITHM: &str = "PBKDF2/SHA-256";
/// A solution with the longest id of an offer is shorter.
const LONGEST: usize = 4 * 1024;

/// What is proved: that this form may do this with this offer.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct About {
    pub(super) action: &'static str,
    pub(super) form: Mark,
    pub(super) offer: String,
}

/// Why a solution is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unproven {
    #[error("it cannot be read")]
    Unreadable,
    #[error("the challenge is not ours, or was changed")]
    Forged,
    #[error("it was for another action, form or offer")]
    Elsewhere,
    #[error("it came too late")]
    Expired,
    #[error("it does not solve the challenge")]
    Unsolved,
}

/// A right solution, to be accepted once.
pub(super) struct Proof {
    pub(super) id: [u8; 32],
    pub(super) until: Timestamp,
}

/// Makes challenges and checks solutions.
pub(super) struct Proofs {
    effort: Effort,
    challenge_key: Secret<String>,
    solution_key: Secret<String>,
}

impl Proofs {
    pub(super) fn new(key: &ServerKey, effort: Effort) -> Self {
        let text = |purpose: &str| Secret::new(HEXLOWER.encode(key.derive(purpose).expose()));
        Self { effort, challenge_key: text("challenge"), solution_key: text("solution") }
    }

    /// A fresh challenge; `None` only if the library refuses our own settings.
    pub(super) fn ask(&self, about: &About, now: Timestamp) -> Option<Challenge> {
        let options = CreateChallengeOptions {
            algorithm: ALGORITHM.to_owned(),
            counter: Some(rand::random_range(self.effort.tries.clone())),
            cost: self.effort.rounds,
            data: Some(about.data()),
            expires_at: Some((now + VALID).as_second()),
            hmac_signature_secret: Some(self.challenge_key.expose().clone()),
            hmac_key_signature_secret: Some(self.solution_key.expose().clone()),
            ..CreateChallengeOptions::default()
        };
        altcha::create_challenge(options).ok()
    }

    /// Checks what a form sent as its solution: Base64 of JSON with `challenge` and `solution`.
    pub(super) fn check(&self, text: &str, about: &About, now: Timestamp) -> Result<Proof, Unproven> {
        let bytes = Some(text.trim().as_bytes()).filter(|text| text.len() <= LONGEST);
        let json = bytes.and_then(|text| BASE64.decode(text).ok()).ok_or(Unproven::Unreadable)?;
        let Payload { mut challenge, solution } =
            serde_json::from_slice(&json).map_err(|_| Unproven::Unreadable)?;
        if !self.is_ours(&challenge) {
            return Err(Unproven::Forged);
        }
        if challenge.parameters.data != Some(about.data()) {
            return Err(Unproven::Elsewhere);
        }
        let until = challenge.parameters.expires_at.and_then(|until| Timestamp::from_second(until).ok());
        let until = until.filter(|until| *until > now).ok_or(Unproven::Expired)?;
        // the library would ask the machine's clock, which is not ours to set: the time is checked above
        challenge.parameters.expires_at = None;
        let unlimited = self.signed(&challenge).ok_or(Unproven::Forged)?;
        let checked = altcha::verify_solution(VerifySolutionOptions {
            hmac_key_signature_secret: Some(self.solution_key.expose().clone()),
            ..VerifySolutionOptions::new(&unlimited, &solution, self.challenge_key.expose().clone())
        });
        if !checked.is_ok_and(|checked| checked.verified) {
            return Err(Unproven::Unsolved);
        }
        let id = Sha256::digest(challenge.signature.unwrap_or_default().as_bytes()).into();
        Ok(Proof { id, until })
    }

    fn is_ours(&self, challenge: &Challenge) -> bool {
        let expected = self.signed(challenge).and_then(|signed| signed.signature);
        match (expected, &challenge.signature) {
            (Some(expected), Some(sent)) => expected.as_bytes().ct_eq(sent.as_bytes()).into(),
            _ => false,
        }
    }

    fn signed(&self, challenge: &Challenge) -> Option<Challenge> {
        let mut parameters = challenge.parameters.clone();
        let key = self.challenge_key.expose();
        altcha::sign_challenge(&HmacAlgorithm::Sha256, &mut parameters, None, key, None).ok()
    }
}

impl About {
    /// Taking a time.
    pub(super) fn hold(form: Mark, offer: &str) -> Self {
        Self { action: "hold", form, offer: offer.to_owned() }
    }

    fn data(&self) -> BTreeMap<String, Value> {
        [
            ("action", self.action.to_owned()),
            ("form", HEXLOWER.encode(&self.form)),
            ("offer", self.offer.clone()),
        ]
        .map(|(name, value)| (name.to_owned(), Value::String(value)))
        .into()
    }
}

#[cfg(test)]
mod tests {
    use altcha::SolveChallengeOptions;

    use super::*;

    fn proofs() -> Proofs {
        let effort = Effort { rounds: 10, tries: 3..20, wait: SignedDuration::from_secs(30) };
        Proofs::new(&ServerKey::new([7; 32]), effort)
    }

    fn about(form: u8) -> About {
        About::hold([form; 32], "offer")
    }

    fn now() -> Timestamp {
        "2026-11-22T08:00:00Z".parse().unwrap()
    }

    fn solved(challenge: &Challenge) -> Payload {
        let solution = altcha::solve_challenge(SolveChallengeOptions::new(challenge)).unwrap().unwrap();
        Payload { challenge: challenge.clone(), solution }
    }

    fn sent(payload: &Payload) -> String {
        BASE64.encode(&serde_json::to_vec(payload).unwrap())
    }

    #[test]
    fn a_solution_counts_for_its_action_form_and_offer_only() {
        let proofs = proofs();
        let payload = solved(&proofs.ask(&about(1), now()).unwrap());
        let text = sent(&payload);
        let proof = proofs.check(&text, &about(1), now()).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(proof.until, now() + VALID);
        let refused = |about: &About| proofs.check(&text, about, now()).err();
        assert_eq!(refused(&about(2)), Some(Unproven::Elsewhere), "another form");
        assert_eq!(refused(&About { offer: "other".into(), ..about(1) }), Some(Unproven::Elsewhere));
        assert_eq!(refused(&About { action: "join", ..about(1) }), Some(Unproven::Elsewhere));
        assert_eq!(proofs.check(&text, &about(1), now() + VALID).err(), Some(Unproven::Expired));
        let restarted = Proofs::new(&ServerKey::new([8; 32]), proofs.effort.clone());
        assert_eq!(restarted.check(&text, &about(1), now()).err(), Some(Unproven::Forged));
    }

    #[test]
    fn a_browser_solves_the_same_puzzle() {
        let parameters = altcha::ChallengeParameters {
            algorithm: ALGORITHM.to_owned(),
            cost: 50,
            data: None,
            expires_at: None,
            key_length: 32,
            key_prefix: String::from("984b05b180c21da5c430e0873d648984"),
            key_signature: None,
            memory_cost: None,
            nonce: String::from("000102030405060708090a0b0c0d0e0f"),
            parallelism: None,
            salt: String::from("6465666768696a6b6c6d6e6f70717273"),
        };
        let solution = solved(&Challenge { parameters, signature: None }).solution;
        // the same as in frontend/islands/proof.test.ts
        let key = "984b05b180c21da5c430e0873d6489840650ff1d27382fd0e947aa2135873e67";
        assert_eq!((solution.counter, solution.derived_key.as_str()), (6, key));
    }

    #[test]
    fn a_challenge_put_together_or_changed_is_not_ours() {
        let proofs = proofs();
        let (one, two) = (proofs.ask(&about(1), now()).unwrap(), proofs.ask(&about(1), now()).unwrap());
        let changes: [fn(&mut Payload, &Challenge); 9] = [
            |payload, _| payload.challenge.parameters.cost = 1,
            |payload, _| payload.challenge.parameters.key_prefix = String::new(),
            |payload, _| payload.challenge.parameters.key_signature = None,
            |payload, _| payload.challenge.parameters.expires_at = None,
            |payload, _| payload.challenge.parameters.data = None,
            |payload, _| payload.challenge.signature = None,
            |payload, other| payload.challenge.signature.clone_from(&other.signature),
            |payload, other| payload.challenge.parameters.nonce.clone_from(&other.parameters.nonce),
            |payload, other| {
                let name = String::from("form");
                let data = payload.challenge.parameters.data.as_mut().unwrap();
                data.insert(name, other.parameters.data.as_ref().unwrap()["offer"].clone());
            },
        ];
        for change in changes {
            let mut payload = solved(&one);
            change(&mut payload, &two);
            assert_eq!(proofs.check(&sent(&payload), &about(1), now()).err(), Some(Unproven::Forged));
        }
        // splicing what belongs to the salt of one challenge with the rest of another, as the first version allowed
        let mut spliced = solved(&one);
        let salt = &mut spliced.challenge.parameters.salt;
        salt.push_str(&spliced.challenge.parameters.nonce);
        assert_eq!(proofs.check(&sent(&spliced), &about(1), now()).err(), Some(Unproven::Forged));
    }

    #[test]
    fn without_work_there_is_no_solution() {
        let proofs = proofs();
        let (one, two) = (proofs.ask(&about(1), now()).unwrap(), proofs.ask(&about(1), now()).unwrap());
        let mut payload = solved(&one);
        payload.solution = solved(&two).solution;
        assert_eq!(proofs.check(&sent(&payload), &about(1), now()).err(), Some(Unproven::Unsolved));
        payload.solution.derived_key = String::from("no hex");
        assert_eq!(proofs.check(&sent(&payload), &about(1), now()).err(), Some(Unproven::Unsolved));
        for text in ["", "%", "e30=", "bnVsbA==", &"A".repeat(LONGEST + 4)] {
            assert_eq!(proofs.check(text, &about(1), now()).err(), Some(Unproven::Unreadable), "{text}");
        }
    }
}
