//! Misspelt names: the nearest spellings by edit distance, asked only when nothing else fits.

/// How much bigger one of several equally near places must be to be the clear candidate.
const CLEARLY_BIGGER: usize = 8;

/// One known spelling.
#[derive(Debug)]
struct Spelling {
    text: Box<str>,
    /// Letters present, as bits: two words n edits apart differ in at most 2n of them.
    letters: u64,
    length: usize,
    weight: usize,
}

/// All known spellings.
#[derive(Debug, Default)]
pub(super) struct Spellings(Vec<Spelling>);

impl Spellings {
    pub(super) fn new<'a>(known: impl Iterator<Item = (&'a str, usize)>) -> Self {
        let mut spellings: Vec<_> = known
            .map(|(text, weight)| Spelling {
                text: text.into(),
                letters: letters(text),
                length: text.chars().count(),
                weight,
            })
            .collect();
        spellings.sort_unstable_by(|a, b| a.text.cmp(&b.text));
        Self(spellings)
    }

    /// The spelling that was clearly meant, if there is exactly one.
    pub(super) fn clear(&self, key: &str) -> Option<&str> {
        let allowed = match key.chars().count() {
            0..=3 => return None,
            4..=7 => 1,
            _ => 2,
        };
        let mut near = self.within(key, allowed);
        let best = near.first()?.0;
        near.retain(|(distance, _)| *distance == best);
        // People hardly ever get the first letter wrong, and a town abroad is no misspelt village ("Zürich", "Aurich").
        near.retain(|(_, spelling)| spelling.text.chars().next() == key.chars().next());
        match near.as_slice() {
            [(_, only)] => Some(&only.text),
            [(_, first), (_, second), ..] => {
                (first.weight >= CLEARLY_BIGGER * second.weight).then_some(&*first.text)
            }
            [] => None,
        }
    }

    /// The biggest place among the spellings up to two slips away that begin alike, with its weight.
    pub(super) fn biggest_near(&self, key: &str) -> Option<(&str, usize)> {
        let allowed = if key.chars().count() < 6 { 1 } else { 2 };
        let near = self.within(key, allowed).into_iter().map(|(_, spelling)| spelling);
        near.filter(|spelling| spelling.text.chars().next() == key.chars().next())
            .max_by_key(|spelling| spelling.weight)
            .map(|spelling| (&*spelling.text, spelling.weight))
    }

    /// Spellings worth offering, best first.
    pub(super) fn near(&self, key: &str, limit: usize) -> Vec<&str> {
        let allowed = match key.chars().count() {
            0..=2 => return Vec::new(),
            3..=4 => 1,
            5..=8 => 2,
            _ => 3,
        };
        self.within(key, allowed).into_iter().take(limit).map(|(_, spelling)| &*spelling.text).collect()
    }

    /// Spellings at most this many edits away, nearest first, then the biggest.
    fn within(&self, key: &str, allowed: usize) -> Vec<(usize, &Spelling)> {
        let (bits, length) = (letters(key), key.chars().count());
        let mut found: Vec<_> = self
            .0
            .iter()
            .filter(|spelling| {
                spelling.length.abs_diff(length) <= allowed
                    && (spelling.letters ^ bits).count_ones() as usize <= 2 * allowed
            })
            .map(|spelling| (strsim::osa_distance(&spelling.text, key), spelling))
            .filter(|(distance, _)| *distance <= allowed)
            .collect();
        found.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.weight.cmp(&a.1.weight)));
        found
    }
}

fn letters(text: &str) -> u64 {
    text.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings() -> Spellings {
        Spellings::new(
            [("freiburg", 20), ("osnabruck", 9), ("mainz", 12), ("halle", 9), ("halte", 1), ("celle", 5)]
                .into_iter(),
        )
    }

    #[test]
    fn one_slip_of_the_finger_is_clear() {
        for (typed, meant) in [("freibrug", "freiburg"), ("osnabruk", "osnabruck"), ("maintz", "mainz")] {
            assert_eq!(spellings().clear(typed), Some(meant));
        }
    }

    #[test]
    fn two_equally_near_names_are_not_clear() {
        let spellings = Spellings::new([("bergen", 3), ("bergel", 2)].into_iter());
        assert_eq!(spellings.clear("berger"), None);
        assert_eq!(spellings.near("berger", 5), ["bergen", "bergel"]);
    }

    #[test]
    fn short_and_far_words_are_left_alone() {
        assert_eq!(spellings().clear("hal"), None);
        assert_eq!(spellings().clear("xylophon"), None);
    }
}
