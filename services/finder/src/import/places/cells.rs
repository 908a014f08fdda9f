//! Keys in cells: spreadsheets lose leading zeros, this brings them back.

use std::str::FromStr;

/// Reads digits as a key of a fixed length; up to `lost` leading zeros may be missing.
pub(super) fn key<K: FromStr>(cell: &str, length: usize, lost: usize) -> Option<K> {
    let digits = cell.trim();
    let is_plausible = digits.len() <= length
        && digits.len() + lost >= length
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_plausible { format!("{digits:0>length$}").parse().ok() } else { None }
}

/// A cell's text; `None` if there is none.
pub(super) fn text(cell: &str) -> Option<String> {
    let text: String = cell.trim().chars().filter(|c| !c.is_control()).collect();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use contracts::directory::{MunicipalityKey, Postcode};

    use super::*;

    #[test]
    fn a_lost_zero_comes_back() {
        assert_eq!(key::<Postcode>(" 1067 ", 5, 1).unwrap().as_str(), "01067");
        assert_eq!(key::<MunicipalityKey>("8311000", 8, 1).unwrap().as_str(), "08311000");
        for wrong in ["", "67", "010670", "1O67", "-1067", "1067.0"] {
            assert_eq!(key::<Postcode>(wrong, 5, 1), None, "{wrong}");
        }
    }
}
