//! Areas of responsibility in words, short enough to read.

use std::collections::BTreeSet;

use contracts::directory::{Area, DistrictKey, LandKey, MunicipalityKey, Postcode, PostcodeRange};
use search_index::place::Gazetteer;
use serde::Serialize;

/// How many names a page shows before the rest is folded away.
const SHOWN: usize = 12;

/// Names of official keys; a page shows the key itself where the table of places has no name for it.
pub(crate) trait AreaNames {
    /// The municipality's name ("Freiburg im Breisgau").
    fn municipality(&self, key: MunicipalityKey) -> Option<String>;
    /// The district's name ("Landkreis Emmendingen").
    fn district(&self, key: DistrictKey) -> Option<String>;
    /// The Land's name ("Sachsen").
    fn land(&self, key: LandKey) -> Option<String>;
}

impl AreaNames for Gazetteer {
    fn municipality(&self, key: MunicipalityKey) -> Option<String> {
        self.municipality_name(key).map(Into::into)
    }

    fn district(&self, key: DistrictKey) -> Option<String> {
        self.district_name(key).map(Into::into)
    }

    fn land(&self, key: LandKey) -> Option<String> {
        self.land_name(key).map(Into::into)
    }
}

/// Areas of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct AreaGroup {
    /// `postcodes`, `municipalities`, `districts` or `lands`; pages word it by this.
    pub kind: &'static str,
    /// The first names.
    pub shown: Vec<String>,
    /// The others, folded away.
    pub more: Vec<String>,
}

/// Whose residents an offer is responsible for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct AreaView {
    /// Whether it is responsible for all of Germany; then there are no groups.
    pub nationwide: bool,
    /// The areas by kind, the largest kind first; empty when the entry does not say.
    pub groups: Vec<AreaGroup>,
}

/// The areas of an offer, names in order, adjacent ranges of postcodes joined.
pub(crate) fn areas_in_words(areas: &[Area], names: &impl AreaNames) -> AreaView {
    if areas.contains(&Area::Nationwide) {
        return AreaView { nationwide: true, groups: Vec::new() };
    }
    let named =
        |name: &dyn Fn(&Area) -> Option<String>| areas.iter().filter_map(name).collect::<BTreeSet<_>>();
    let lands = named(&|area| match area {
        Area::Land(key) => Some(names.land(*key).unwrap_or_else(|| key.to_string())),
        _ => None,
    });
    let districts = named(&|area| match area {
        Area::District(key) => Some(names.district(*key).unwrap_or_else(|| key.to_string())),
        _ => None,
    });
    let municipalities = named(&|area| match area {
        Area::Municipality(key) => Some(names.municipality(*key).unwrap_or_else(|| key.to_string())),
        _ => None,
    });
    let ranges = joined(areas).iter().map(ToString::to_string).collect();
    let groups = [
        group("lands", lands.into_iter().collect()),
        group("districts", districts.into_iter().collect()),
        group("municipalities", municipalities.into_iter().collect()),
        group("postcodes", ranges),
    ];
    AreaView { nationwide: false, groups: groups.into_iter().flatten().collect() }
}

fn group(kind: &'static str, mut names: Vec<String>) -> Option<AreaGroup> {
    // One more than shown is not worth a fold.
    let more = if names.len() > SHOWN + 1 { names.split_off(SHOWN) } else { Vec::new() };
    (!names.is_empty()).then_some(AreaGroup { kind, shown: names, more })
}

/// The ranges of postcodes, sorted, overlapping and adjacent ones made one.
fn joined(areas: &[Area]) -> Vec<PostcodeRange> {
    let mut ranges: Vec<_> = areas
        .iter()
        .filter_map(|area| match area {
            Area::Postcodes(range) => Some(*range),
            _ => None,
        })
        .collect();
    ranges.sort_unstable();
    let mut joined: Vec<PostcodeRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if number(range.first) <= number(last.last) + 1 => {
                last.last = last.last.max(range.last)
            }
            _ => joined.push(range),
        }
    }
    joined
}

fn number(postcode: Postcode) -> u32 {
    postcode.as_str().parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Names;

    impl AreaNames for Names {
        fn municipality(&self, _: MunicipalityKey) -> Option<String> {
            None
        }

        fn district(&self, key: DistrictKey) -> Option<String> {
            (key.as_str() == "08316").then(|| "Landkreis Emmendingen".into())
        }

        fn land(&self, _: LandKey) -> Option<String> {
            Some("Sachsen".into())
        }
    }

    fn range(first: &str, last: &str) -> Area {
        Area::Postcodes(PostcodeRange::between(first.parse().unwrap(), last.parse().unwrap()))
    }

    #[test]
    fn adjacent_and_overlapping_ranges_become_one() {
        let view = areas_in_words(
            &[range("79110", "79117"), range("79100", "79109"), range("80437", "80437")],
            &Names,
        );
        assert_eq!(view.groups.len(), 1);
        assert_eq!(view.groups[0].shown, ["79100–79117", "80437"]);
    }

    #[test]
    fn a_key_without_a_name_is_shown_as_it_is() {
        let view = areas_in_words(
            &[
                Area::District("08316".parse().unwrap()),
                Area::District("99999".parse().unwrap()),
                Area::Land("14".parse().unwrap()),
            ],
            &Names,
        );
        let kinds: Vec<_> = view.groups.iter().map(|group| group.kind).collect();
        assert_eq!(kinds, ["lands", "districts"]);
        assert_eq!(view.groups[1].shown, ["99999", "Landkreis Emmendingen"]);
    }

    #[test]
    fn long_lists_are_folded_and_nationwide_needs_no_list() {
        let many: Vec<_> = (0..40)
            .map(|n| range(&format!("{:05}", 1000 + n * 10), &format!("{:05}", 1000 + n * 10)))
            .collect();
        let view = areas_in_words(&many, &Names);
        assert_eq!((view.groups[0].shown.len(), view.groups[0].more.len()), (12, 28));
        let everywhere = areas_in_words(&[range("79100", "79117"), Area::Nationwide], &Names);
        assert!(everywhere.nationwide && everywhere.groups.is_empty());
    }
}
