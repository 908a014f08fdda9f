//! One-time codes of an authenticator app (RFC 6238), each accepted once.

use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use kernel::Secret;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use subtle::ConstantTimeEq;
use totp_rs::{Builder, Totp};

/// How long a code is shown, in seconds. Apps know no other value reliably, nor another hash or length.
const STEP: u64 = 30;

/// The secret an authenticator app and this installation share.
#[derive(Debug, Clone)]
pub struct TotpSecret(Secret<Vec<u8>>);

impl TotpSecret {
    /// A fresh secret of 160 bits, the length RFC 4226 recommends.
    pub fn random() -> Self {
        Self(Secret::new(rand::random::<[u8; 20]>().to_vec()))
    }

    /// The secret with these bytes.
    pub const fn new(bytes: Secret<Vec<u8>>) -> Self {
        Self(bytes)
    }

    /// Its bytes, to be sealed.
    pub fn expose(&self) -> &[u8] {
        self.0.expose()
    }

    /// The secret as people type it into an app that cannot read the picture: groups of four.
    pub fn as_text(&self) -> String {
        let text = BASE32_NOPAD.encode(self.expose());
        let groups: Vec<_> =
            text.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
        groups.join(" ")
    }

    /// The address apps read from the picture.
    pub fn address(&self, installation: &str, account: &str) -> Secret<String> {
        let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let (installation, account) = (encode(installation), encode(account));
        let secret = BASE32_NOPAD.encode(self.expose());
        Secret::new(format!("otpauth://totp/{installation}:{account}?secret={secret}&issuer={installation}"))
    }

    /// The time step the code belongs to, or `None` when it is wrong, too old, too new or was used before.
    ///
    /// `last` is the step of the code accepted last; the caller stores the new one before anything is granted. One
    /// step to either side is allowed for clocks that are a little off.
    pub fn check(&self, code: &str, now: Timestamp, last: Option<u64>) -> Option<u64> {
        let code: String = code.chars().filter(|sign| !sign.is_whitespace()).collect();
        let totp = self.totp()?;
        let present = u64::try_from(now.as_second()).ok()? / STEP;
        let fits = |step: &u64| {
            let right = totp.generate(step * STEP).to_string();
            bool::from(right.as_bytes().ct_eq(code.as_bytes())) && last.is_none_or(|last| *step > last)
        };
        // All three are tried whatever the first says.
        let fitting: Vec<u64> = (present.saturating_sub(1)..=present + 1).filter(fits).collect();
        fitting.first().copied()
    }

    /// The code shown at `now`.
    #[cfg(test)]
    pub(crate) fn code(&self, now: Timestamp) -> String {
        self.totp().unwrap().generate(u64::try_from(now.as_second()).unwrap()).to_string()
    }

    fn totp(&self) -> Option<Totp> {
        Builder::new().with_secret(self.expose().to_vec()).with_step_duration(STEP).build().ok()
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    fn now() -> Timestamp {
        "2026-11-23T09:00:00Z".parse().unwrap()
    }

    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        let secret = TotpSecret::new(Secret::new(b"12345678901234567890".to_vec()));
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(secret.code(Timestamp::from_second(second).unwrap()), code);
        }
        assert_eq!(secret.as_text(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let address = secret.address("Hilfe & Rat", "ada@example.org");
        assert_eq!(
            address.expose(),
            "otpauth://totp/Hilfe%20%26%20Rat:ada%40example%2Eorg?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Hilfe%20%26%20Rat"
        );
    }

    #[test]
    fn a_code_counts_once_and_only_near_its_time() {
        let secret = TotpSecret::random();
        let code = secret.code(now());
        let step = secret.check(&code, now(), None).unwrap();
        assert_eq!(secret.check(&format!("{} {}", &code[..3], &code[3..]), now(), None), Some(step));
        assert_eq!(secret.check(&code, now() + 30.seconds(), None), Some(step));
        assert_eq!(secret.check(&code, now() + 61.seconds(), None), None);
        assert_eq!(secret.check(&code, now() - 31.seconds(), None), None);
        assert_eq!(secret.check(&code, now(), Some(step)), None, "used before");
        let next = secret.code(now() + 30.seconds());
        assert_eq!(secret.check(&next, now(), Some(step)), Some(step + 1));
    }

    #[test]
    fn nothing_else_is_a_code() {
        let secret = TotpSecret::random();
        for wrong in ["", "12345", "1234567", "abcdef", "１２３４５６"] {
            assert_eq!(secret.check(wrong, now(), None), None, "{wrong:?}");
        }
    }
}
