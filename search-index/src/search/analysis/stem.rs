//! German stems. Never applied to places or proper names: "Schuld" is a village.

use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};

/// Shorter words are what they are; their stems would only collide.
const MIN_CHARS: usize = 4;

static GERMAN: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::new(Algorithm::German));

/// The German stem of a folded word; words of other scripts, short words and words with digits stay as they are.
pub(crate) fn stem(folded: &str) -> String {
    if folded.len() < MIN_CHARS || !folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return folded.to_owned();
    }
    GERMAN.stem(folded).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_share_a_stem() {
        assert_eq!(stem("beratung"), stem("beratungen"));
        assert_eq!(stem("schulden"), stem("schuld"));
        assert_eq!(stem("долги"), "долги");
        assert_eq!(stem("mpu"), "mpu");
    }
}
