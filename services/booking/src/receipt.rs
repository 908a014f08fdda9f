//! What a seeker holds in her hand: a code she can say on the phone, a short PIN, and a link.
//!
//! All three follow from the form she sent and the installation's key, so a form that is sent twice gets the same receipt
//! and nothing of it has to be kept. The database knows the code and the PIN as HMAC, the link's secret as SHA-256.
//!
//! A code carries the last day its appointment can be on. So a code that is no longer known can be answered with "this
//! appointment is over" although nothing of it is left, and a mistyped one with "this is no code".

use data_encoding::BASE64URL_NOPAD;
use jiff::{ToSpan, civil::Date};
use kernel::{Secret, ServerKey};
use sha2::{Digest, Sha256};

/// What the database knows of a secret.
pub type Hash = [u8; 32];

/// Letters and digits that are not mistaken for each other when read or heard: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a code, five bits each: 12 of the day, 28 at random, 5 to find mistakes.
const LENGTH: usize = 9;
const GROUP: usize = 3;
const RANDOM_BITS: u32 = 28;
/// The field of 32 elements is that of x^5 + x^2 + 1.
const FIELD: u8 = 0b10_0101;
const DAYS: i64 = 1 << 12;
/// Codes count days from here and begin anew after eleven years, long after every appointment is forgotten.
const FIRST_DAY: Date = jiff::civil::date(2026, 1, 1);

/// The code on a receipt ("4TK-9MW-2XB").
#[derive(Debug, Clone)]
pub struct Code(Secret<String>);

/// Why a text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeProblem {
    /// It has too few or too many characters.
    #[error("a code has nine characters")]
    Length,
    /// It holds a character no code has.
    #[error("a code consists of digits and letters")]
    Character,
    /// A character is wrong or two are swapped.
    #[error("a character of the code is wrong")]
    Mistyped,
}

/// The PIN on a receipt: four digits.
#[derive(Debug, Clone)]
pub struct Pin(Secret<String>);

/// A receipt, computed and never stored.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// Its code.
    pub code: Code,
    /// Its PIN.
    pub pin: Pin,
    /// The secret of its link, which stands behind `#`.
    pub link: Secret<String>,
}

/// Makes receipts and the hashes they are found by.
#[derive(Debug, Clone)]
pub struct Receipts {
    make: ServerKey,
    code: ServerKey,
    pin: ServerKey,
}

impl Receipts {
    /// Receipts of this installation.
    pub fn new(key: &ServerKey) -> Self {
        Self {
            make: key.derive("booking/receipt"),
            code: key.derive("booking/code"),
            pin: key.derive("booking/pin"),
        }
    }

    /// The receipt of a form. `last_day` is the last day the appointment can be on; `attempt` gives another code where the
    /// first one belongs to somebody else already.
    pub fn of_form(&self, form: &Secret<String>, last_day: Date, attempt: u8) -> Receipt {
        let made =
            |purpose: &str| self.make.derive(purpose).mac(&[form.expose().as_bytes(), &[attempt]].concat());
        let [a, b, c, d, ..] = made("code");
        let random = u64::from(u32::from_be_bytes([a, b, c, d])) >> (32 - RANDOM_BITS);
        let [a, b, c, d, ..] = made("pin");
        let pin = u32::from_be_bytes([a, b, c, d]) % 10_000;
        Receipt {
            code: Code::new(last_day, random),
            pin: Pin(Secret::new(format!("{pin:04}"))),
            link: self.link(form),
        }
    }

    /// The secret of a form's link: the same for every attempt, because mails are written with it before the code is known.
    pub fn link(&self, form: &Secret<String>) -> Secret<String> {
        Secret::new(BASE64URL_NOPAD.encode(&self.make.derive("link").mac(form.expose().as_bytes())))
    }

    /// The secret of the link to an entry of a waiting list. It ends in the last day of the wait, so that a link to an entry of
    /// which nothing is left can be answered with "this is over".
    pub fn waiting_link(&self, form: &Secret<String>, last_day: Date) -> Secret<String> {
        let mac = BASE64URL_NOPAD.encode(&self.make.derive("waiting").mac(form.expose().as_bytes()));
        Secret::new(format!("{mac}.{last_day}"))
    }

    /// The last day of the wait that the secret of a link names.
    pub fn waits_until(&self, link: &Secret<String>) -> Option<Date> {
        link.expose().split_once('.')?.1.parse().ok()
    }

    /// What is stored of a code.
    pub fn code_mac(&self, code: &Code) -> Hash {
        self.code.mac(code.0.expose().as_bytes())
    }

    /// What is stored of a PIN. It depends on the code, so that equal PINs are stored differently.
    pub fn pin_mac(&self, code: &Code, pin: &Pin) -> Hash {
        self.pin.derive(code.0.expose()).mac(pin.0.expose().as_bytes())
    }
}

/// What is stored of a secret with 128 random bits or more: of links, and of the keys that forms carry.
pub fn hash(secret: &Secret<String>) -> Hash {
    Sha256::digest(secret.expose().as_bytes()).into()
}

impl Code {
    fn new(last_day: Date, random: u64) -> Self {
        let day = days_since_first(last_day).rem_euclid(DAYS).unsigned_abs();
        let payload = day << RANDOM_BITS | random;
        let mut fives = [0u8; LENGTH];
        for (at, five) in fives.iter_mut().take(LENGTH - 1).enumerate() {
            *five = (payload >> (5 * (LENGTH - 2 - at)) & 31) as u8;
        }
        fives[LENGTH - 1] = check(&fives);
        Self(Secret::new(fives.iter().map(|&five| char::from(ALPHABET[usize::from(five)])).collect()))
    }

    /// The code as somebody typed it: with or without hyphens and blanks, in small letters, with O for 0 and I or L for 1.
    ///
    /// # Errors
    /// [`CodeProblem`] when no receipt can have it.
    pub fn typed(text: &str) -> Result<Self, CodeProblem> {
        let mut fives = [0u8; LENGTH];
        let mut plain = String::with_capacity(LENGTH);
        for character in text.chars().filter(|character| !character.is_whitespace() && !is_dash(*character)) {
            let upper = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let five = ALPHABET.iter().position(|&letter| char::from(letter) == upper);
            let five = five.ok_or(CodeProblem::Character)?;
            if plain.len() == LENGTH {
                return Err(CodeProblem::Length);
            }
            fives[plain.len()] = five as u8;
            plain.push(upper);
        }
        if plain.len() != LENGTH {
            return Err(CodeProblem::Length);
        }
        if check(&fives) == fives[LENGTH - 1] {
            Ok(Self(Secret::new(plain)))
        } else {
            Err(CodeProblem::Mistyped)
        }
    }

    /// The code as it is shown and said: in groups of three.
    pub fn shown(&self) -> Secret<String> {
        let code = self.0.expose();
        let groups: Vec<&str> = (0..LENGTH).step_by(GROUP).map(|at| &code[at..at + GROUP]).collect();
        Secret::new(groups.join("-"))
    }

    /// Whether the last day of its appointment lies before `today`.
    pub fn is_over(&self, today: Date) -> bool {
        let payload = self.0.expose().bytes().take(LENGTH - 1).fold(0i64, |bits, byte| {
            let five = ALPHABET.iter().position(|&letter| letter == byte).unwrap_or(0);
            bits << 5 | i64::try_from(five).unwrap_or(0)
        });
        let day = payload >> RANDOM_BITS;
        // Half of the circle of days lies behind today, half before.
        let ahead = (day - days_since_first(today)).rem_euclid(DAYS);
        ahead >= DAYS / 2
    }
}

impl Pin {
    /// The PIN as somebody typed it: four digits, blanks left out.
    pub fn typed(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|character| !character.is_whitespace()).collect();
        (digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| Self(Secret::new(digits)))
    }

    /// The PIN as it is shown.
    pub const fn shown(&self) -> &Secret<String> {
        &self.0
    }
}

/// The check character after Reed and Solomon: each place has a weight of its own, so one wrong character and two swapped
/// ones are always found.
fn check(fives: &[u8; LENGTH]) -> u8 {
    let mut weight = 1;
    fives.iter().take(LENGTH - 1).fold(0, |sum, &five| {
        weight = times(weight, 2);
        sum ^ times(five, weight)
    })
}

/// The product in the field.
fn times(mut one: u8, mut other: u8) -> u8 {
    let mut product = 0;
    while other > 0 {
        if other & 1 == 1 {
            product ^= one;
        }
        one <<= 1;
        if one > 31 {
            one ^= FIELD;
        }
        other >>= 1;
    }
    product
}

fn days_since_first(day: Date) -> i64 {
    let since = FIRST_DAY.until((jiff::Unit::Day, day)).unwrap_or_else(|_| 0.days());
    i64::from(since.get_days())
}

/// Hyphens as phones and word processors write them.
fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '.' | '/')
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    use super::*;

    fn receipts() -> Receipts {
        Receipts::new(&ServerKey::new([7; 32]))
    }

    fn receipt(form: &str, last_day: Date) -> Receipt {
        receipts().of_form(&Secret::new(form.to_owned()), last_day, 0)
    }

    #[test]
    fn a_form_sent_twice_gets_the_same_receipt_and_another_form_another() {
        let day = date(2026, 12, 1);
        let shown = |receipt: &Receipt| {
            (
                receipt.code.shown().expose().clone(),
                receipt.pin.shown().expose().clone(),
                receipt.link.expose().clone(),
            )
        };
        assert_eq!(shown(&receipt("a", day)), shown(&receipt("a", day)));
        assert_ne!(shown(&receipt("a", day)).0, shown(&receipt("b", day)).0);
        let other = receipts().of_form(&Secret::new(String::from("a")), day, 1);
        assert_ne!(shown(&receipt("a", day)).0, shown(&other).0);
        assert_eq!(shown(&receipt("a", day)).2, shown(&other).2);
        assert_ne!(shown(&receipt("a", day)).2, shown(&receipt("b", day)).2);
    }

    #[test]
    fn equal_pins_are_stored_differently() {
        let pin = Pin::typed("1234").unwrap();
        let (one, two) = (receipt("a", date(2026, 12, 1)).code, receipt("b", date(2026, 12, 1)).code);
        assert_ne!(receipts().pin_mac(&one, &pin), receipts().pin_mac(&two, &pin));
        assert!(Pin::typed("123").is_none() && Pin::typed("12345").is_none() && Pin::typed("12a4").is_none());
    }

    proptest! {
        #[test]
        fn a_code_is_understood_however_it_is_typed(form in ".*", ahead in 0i32..3000) {
            let day = date(2026, 11, 22) + ahead.days();
            let code = receipt(&form, day).code;
            let shown = code.shown().expose().clone();
            for typed in [
                shown.clone(),
                shown.to_lowercase(),
                shown.replace('-', " "),
                shown.replace('-', ""),
                shown.replace('0', "o").replace('1', "l").replace('-', "\u{2013}"),
            ] {
                let understood = Code::typed(&typed).unwrap();
                let again = understood.shown().expose().clone();
                prop_assert_eq!(&again, &shown);
            }
        }

        #[test]
        fn one_wrong_character_is_no_code(form in ".*", at in 0usize..9, other in 0usize..32) {
            let plain = receipt(&form, date(2026, 12, 1)).code.0.expose().clone();
            let mut bytes = plain.clone().into_bytes();
            bytes[at] = ALPHABET[other];
            let changed = String::from_utf8(bytes).unwrap();
            if changed != plain {
                prop_assert!(Code::typed(&changed).is_err(), "{plain} {changed}");
            }
        }

        #[test]
        fn two_swapped_characters_are_no_code(form in ".*", at in 0usize..8) {
            let plain = receipt(&form, date(2026, 12, 1)).code.0.expose().clone();
            let mut bytes = plain.clone().into_bytes();
            bytes.swap(at, at + 1);
            let changed = String::from_utf8(bytes).unwrap();
            if changed != plain {
                prop_assert!(Code::typed(&changed).is_err(), "{plain} {changed}");
            }
        }

        #[test]
        fn a_code_knows_when_it_is_over(day in 0i32..2000, today in 0i32..2000) {
            let (day, today) = (date(2026, 1, 1) + day.days(), date(2026, 1, 1) + today.days());
            let code = receipt("a", day).code;
            prop_assert_eq!(code.is_over(today), day < today);
        }
    }
}
