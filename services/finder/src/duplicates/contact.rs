//! Phone numbers, mail and web addresses as they are compared.

/// A phone number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Phone {
    /// The national number without its leading zero.
    pub(super) digits: String,
    /// The number of the exchange when an extension is set off from it.
    pub(super) exchange: Option<String>,
}

/// Reads a number in any of the forms people write it; `None` when there are too few digits.
pub(super) fn phone(text: &str) -> Option<Phone> {
    let text = text.replace("(0)", "");
    // A second number, or words after the first.
    let mut end = text.len();
    let mut seen = 0;
    for (at, letter) in text.char_indices() {
        if (letter.is_alphabetic() || matches!(letter, ';' | ',')) && seen >= 5 {
            end = at;
            break;
        }
        seen += usize::from(letter.is_ascii_digit());
    }
    let text = &text[..end];
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).collect::<String>();
    let abroad = text.trim_start_matches(|letter: char| !letter.is_ascii_digit() && letter != '+');
    let national = |number: String| {
        let number = if abroad.starts_with("+49") || abroad.starts_with("0049") {
            number.trim_start_matches('0').strip_prefix("49").map(str::to_owned).unwrap_or(number)
        } else {
            number
        };
        number.trim_start_matches('0').to_owned()
    };
    let whole = national(digits(text));
    if whole.len() < 5 {
        return None;
    }
    let exchange = text.trim_end().rsplit_once(['-', '–']).and_then(|(before, extension)| {
        let before = national(digits(before));
        (before.len() >= 6 && (1..=4).contains(&digits(extension).len())).then_some(before)
    });
    Some(Phone { digits: whole, exchange })
}

impl Phone {
    /// Whether both belong to one exchange: equal before the extension, or one the other's beginning.
    pub(super) fn same_exchange(&self, other: &Self) -> bool {
        let begins = |long: &Self, short: &str| {
            short.len() >= 6 && long.digits.len() <= short.len() + 4 && long.digits.starts_with(short)
        };
        let of = |one: &Self, two: &Self| {
            begins(one, &two.digits) || two.exchange.as_ref().is_some_and(|exchange| begins(one, exchange))
        };
        of(self, other) || of(other, self)
    }

    /// Whether they differ in one digit or two swapped ones: a slip, or the next number of the same house.
    pub(super) fn nearly(&self, other: &Self) -> bool {
        self.digits.len().abs_diff(other.digits.len()) <= 1
            && self.digits[..2] == other.digits[..2]
            && strsim::osa_distance(&self.digits, &other.digits) <= 1
    }
}

/// A mail address in lower case.
pub(super) fn mail(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    text.contains('@').then_some(text)
}

/// A web address as (host, host with path), without scheme, "www." and the last slash.
pub(super) fn site(text: &str) -> Option<(String, String)> {
    let lower = text.trim().to_lowercase();
    let plain = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    let plain = plain.strip_prefix("www.").unwrap_or(plain).split('#').next()?.trim_end_matches('/');
    let host = plain.split(['/', '?']).next()?;
    host.contains('.').then(|| (host.to_owned(), plain.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_number_are_the_same() {
        for form in [
            "09991 70031",
            "(0 99 91) 7 00 - 31",
            "+49 (0)9991 70031",
            "0049 9991/70031",
            "Tel. 09991-70031 (AB)",
            "09991 70031 oder 70032",
        ] {
            assert_eq!(phone(form).unwrap().digits, "999170031", "{form}");
        }
        assert_eq!(phone("110"), None);
    }

    #[test]
    fn extensions_of_one_exchange_belong_together() {
        let same = |one: &str, other: &str| phone(one).unwrap().same_exchange(&phone(other).unwrap());
        assert!(same("09981 4455-0", "09981 4455-17"));
        assert!(same("09981 4455", "09981 445517"));
        assert!(!same("09981 4455-0", "09981 4466-0"));
        assert!(!same("09981 445501", "09981 445502"));
    }

    #[test]
    fn web_addresses_lose_what_says_nothing() {
        let whole = |text: &str| site(text).unwrap().1;
        assert_eq!(whole("https://www.Example.org/a/"), whole("example.org/a"));
        assert_eq!(site("https://example.org/a?b").unwrap().0, "example.org");
        assert_eq!(site("keine"), None);
    }
}
