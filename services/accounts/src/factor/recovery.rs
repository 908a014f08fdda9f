//! Recovery codes: ten, each good for one sign-in without the second factor.

use kernel::Secret;

/// How many codes somebody gets.
pub const COUNT: usize = 10;

/// No i, l, o, u: they are misread, or make words. 32 signs, 5 bits each.
const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 16;

/// A fresh set of codes, 80 bits each. Only keyed hashes of them are stored.
pub fn fresh() -> Vec<Secret<String>> {
    (0..COUNT).map(|_| one()).collect()
}

fn one() -> Secret<String> {
    let signs = rand::random::<[u8; LENGTH]>().map(|byte| char::from(SIGNS[usize::from(byte % 32)]));
    Secret::new(signs.iter().collect())
}

/// The code as it was made, from what somebody typed: spaces, hyphens and capitals make no difference, and signs that are
/// easily confused count as the one we print. `None` for what cannot be a code.
pub fn read(typed: &str) -> Option<Secret<String>> {
    let signs = typed.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '–' | '‐'));
    let code: String = signs
        .map(|sign| match sign.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect();
    let is_code = code.len() == LENGTH && code.bytes().all(|sign| SIGNS.contains(&sign));
    is_code.then(|| Secret::new(code))
}

/// The code as it is shown and printed: groups of four.
pub fn in_groups(code: &Secret<String>) -> String {
    let groups: Vec<&str> =
        [0..4, 4..8, 8..12, 12..16].into_iter().filter_map(|at| code.expose().get(at)).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn codes_are_many_and_all_different() {
        let codes: HashSet<String> = (0..200).flat_map(|_| fresh()).map(|code| in_groups(&code)).collect();
        assert_eq!(codes.len(), 200 * COUNT);
        assert!(codes.iter().all(|code| code.len() == 19 && code.split('-').all(|group| group.len() == 4)));
    }

    #[test]
    fn a_code_is_recognised_however_it_is_typed() {
        for typed in
            ["01ab-cdef-ghjk-mnpq", "01AB CDEF GHJK MNPQ", " olabcdefghjkmnpq ", "oiab–cdef-ghjk mnpq"]
        {
            assert_eq!(read(typed).unwrap().expose(), "01abcdefghjkmnpq", "{typed}");
        }
        for wrong in ["", "123456", "01ab-cdef-ghjk-mnp", "01ab-cdef-ghjk-mnpq-r", "01ab-cdef-ghjk-mnpü"] {
            assert!(read(wrong).is_none(), "{wrong}");
        }
        let one = &fresh()[0];
        assert_eq!(read(&in_groups(one)).unwrap().expose(), one.expose());
    }
}
