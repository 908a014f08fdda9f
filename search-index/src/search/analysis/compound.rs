//! Splitting German compounds with the project's own list of parts.

use std::collections::HashSet;

/// What may stand between two parts ("Schuld-en-beratung", "Beratung-s-stelle").
const LINKS: [&str; 8] = ["", "s", "n", "en", "es", "er", "e", "ens"];
/// Shorter pieces are no parts: they would be found everywhere.
const MIN_PART: usize = 3;

/// Splits compounds into listed parts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Splitter {
    parts: HashSet<String>,
    open_heads: Vec<String>,
    longest: usize,
}

/// A way to split the beginning of a word.
#[derive(Debug, Clone, Copy)]
struct Way {
    /// Parts, then letters in links.
    cost: (usize, usize),
    /// Where its last part begins.
    start: usize,
    /// Where that part ends.
    end: usize,
}

impl Splitter {
    /// A splitter over folded parts. An open head ("sucht") may follow any unlisted beginning ("Kaufsucht").
    pub(crate) fn new(parts: HashSet<String>, mut open_heads: Vec<String>) -> Self {
        open_heads.sort_by_key(|head| (std::cmp::Reverse(head.len()), head.clone()));
        let longest = parts.iter().map(String::len).max().unwrap_or(0);
        Self { parts, open_heads, longest }
    }

    /// Whether the word is a listed part, which makes it a whole of its own.
    pub(crate) fn is_part(&self, folded: &str) -> bool {
        self.parts.contains(folded)
    }

    /// The parts of a folded word in their order; empty when it is no compound of listed parts.
    ///
    /// The split with the fewest parts wins, then the one with the shortest links. Every part is listed, except that
    /// before an open head anything of three letters or more may stand, which is left out.
    pub(crate) fn split<'w>(&self, word: &'w str) -> Vec<&'w str> {
        if !word.is_ascii() || word.len() < 2 * MIN_PART || self.is_part(word) {
            return Vec::new();
        }
        let parts = self.fewest_parts(word);
        if parts.is_empty() { self.open_head(word) } else { parts }
    }

    fn fewest_parts<'w>(&self, word: &'w str) -> Vec<&'w str> {
        let length = word.len();
        // Per position the best way here.
        let mut best: Vec<Option<Way>> = vec![None; length + 1];
        best[0] = Some(Way { cost: (0, 0), start: 0, end: 0 });
        for start in 0..length {
            let Some(Way { cost, .. }) = best[start] else { continue };
            for end in start + MIN_PART..=length.min(start + self.longest) {
                if !self.parts.contains(&word[start..end]) {
                    continue;
                }
                for link in LINKS {
                    let next = end + link.len();
                    let reaches = if link.is_empty() {
                        true
                    } else {
                        next + MIN_PART <= length && word[end..].starts_with(link)
                    };
                    let cost = (cost.0 + 1, cost.1 + link.len());
                    if reaches && best[next].is_none_or(|known| cost < known.cost) {
                        best[next] = Some(Way { cost, start, end });
                    }
                }
            }
        }
        let mut parts = Vec::new();
        let mut at = length;
        while at > 0 {
            let Some(Way { start, end, .. }) = best[at] else { return Vec::new() };
            parts.push(&word[start..end]);
            at = start;
        }
        parts.reverse();
        parts
    }

    fn open_head<'w>(&self, word: &'w str) -> Vec<&'w str> {
        self.open_heads
            .iter()
            .find(|head| word.ends_with(head.as_str()) && word.len() >= head.len() + MIN_PART)
            .map(|head| vec![&word[word.len() - head.len()..]])
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn splitter() -> Splitter {
        let parts = [
            "schuldner",
            "schuld",
            "schulden",
            "beratung",
            "stelle",
            "sucht",
            "wohnung",
            "los",
            "hilfe",
            "eifersucht",
        ];
        Splitter::new(parts.map(str::to_owned).into(), vec!["sucht".to_owned()])
    }

    #[test]
    fn compounds_fall_into_the_fewest_listed_parts() {
        assert_eq!(splitter().split("schuldnerberatungsstelle"), ["schuldner", "beratung", "stelle"]);
        assert_eq!(splitter().split("wohnungslosenhilfe"), ["wohnung", "los", "hilfe"]);
        assert_eq!(splitter().split("schuldenberatung"), ["schulden", "beratung"]);
    }

    #[test]
    fn a_word_that_is_listed_or_unknown_is_not_split() {
        for whole in ["eifersucht", "beratung", "bratwurst", "los", ""] {
            assert!(splitter().split(whole).is_empty(), "{whole}");
        }
    }

    #[test]
    fn an_open_head_follows_anything() {
        assert_eq!(splitter().split("kaufsucht"), ["sucht"]);
    }
}
