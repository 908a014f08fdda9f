//! How alike two names are.

use super::{features::Features, name::Name};

/// What a word of each kind weighs.
const MARK: f64 = 3.0;
const SERVICE: f64 = 1.5;
const CARRIER: f64 = 1.2;
const FACET: f64 = 0.8;

/// From here on two words are the same, mistyped.
const SLIP: f64 = 0.9;

/// How alike two names are, and by what.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Likeness {
    /// 0 nothing, 1 all.
    pub(super) share: f64,
    /// The same words in whichever order.
    pub(super) equal: bool,
    /// How much it says that they are alike: a word of their own says all, "Beratungsstelle" hardly anything.
    pub(super) telling: f64,
    /// Both have words of their own, and none in common.
    pub(super) other_marks: bool,
}

/// Compares the names, with the carriers wherever they were named.
pub(super) fn likeness(one: &Features, other: &Features) -> Likeness {
    let marks = matches(&one.name.marks, &other.name.marks);
    let carriers = f64::from((one.carriers & other.carriers).count_ones().min(1));
    let services = f64::from((one.name.services & other.name.services).count_ones());
    let facets = one.name.facets.iter().zip(&other.name.facets);
    let facets = f64::from(facets.map(|(own, its)| (own & its).count_ones()).sum::<u32>());
    let shared = MARK * marks + CARRIER * carriers + SERVICE * services + FACET * facets;
    let (own, its) = (weight(one), weight(other));
    let equal = one.name.plain == other.name.plain;
    let (least, most) = (own.min(its), own + its);
    // Half for how much of both is shared, half for how much of the shorter: lists shorten names.
    let share = if equal {
        1.0
    } else if least > 0.0 {
        (shared / most + 0.5 * shared / least).min(1.0)
    } else {
        0.0
    };
    let telling = match (marks > 0.0, carriers > 0.0, services > 0.0) {
        (true, ..) => 1.0,
        (false, true, true) => 0.92,
        // Nothing but words everybody uses: told by the words themselves.
        (false, false, false) if equal => 0.5,
        (false, false, false) => 0.3,
        _ => 0.55,
    };
    let both = !one.name.marks.is_empty() && !other.name.marks.is_empty();
    Likeness { share, equal, telling, other_marks: both && marks == 0.0 }
}

fn weight(one: &Features) -> f64 {
    let Name { marks, services, facets, .. } = &one.name;
    MARK * marks.len() as f64
        + CARRIER * f64::from(one.carriers.count_ones().min(1))
        + SERVICE * f64::from(services.count_ones())
        + FACET * f64::from(facets.iter().map(|answers| answers.count_ones()).sum::<u32>())
}

/// How many words the lists share, mistyped ones included.
pub(super) fn matches(one: &[String], other: &[String]) -> f64 {
    let near = |word: &&String| other.iter().any(|known| same_word(word, known));
    one.iter().filter(near).count().min(other.len()) as f64
}

/// Whether two words are the same but for a slip. Short words have to be equal.
pub(super) fn same_word(one: &str, other: &str) -> bool {
    one == other
        || (one.len().min(other.len()) >= 5
            && one.len().abs_diff(other.len()) <= 4
            && one.as_bytes()[0] == other.as_bytes()[0]
            && strsim::jaro_winkler(one, other) >= SLIP
            && strsim::osa_distance(one, other) <= 1 + one.len().min(other.len()) / 8)
}
