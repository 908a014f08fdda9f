//! Territorial reforms: lists of centres and tables of places come from different years, so a place carries the keys
//! from before a reform beside those from after it.

use std::{collections::BTreeSet, sync::LazyLock};

use contracts::directory::{DistrictKey, MunicipalityKey};

static TABLE: &str = include_str!("../../data/places/successors.tsv");

/// How a key goes on.
struct Successor {
    old: &'static str,
    new: &'static str,
    /// Whether the new one consists of nothing but old ones of this table, so that new implies old as well.
    whole: bool,
}

static SUCCESSORS: LazyLock<Vec<Successor>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|line| {
        let mut cells = line.split('\t');
        let (old, new, whole) = (cells.next()?, cells.next()?, cells.next()? == "whole");
        Some(Successor { old, new, whole })
    })
    .collect()
});

/// Adds the keys a municipality and its district had before or have since.
pub(super) fn add(municipalities: &mut BTreeSet<MunicipalityKey>, districts: &mut BTreeSet<DistrictKey>) {
    for row in SUCCESSORS.iter() {
        if let (Ok(old), Ok(new)) = (row.old.parse(), row.new.parse())
            && (municipalities.contains(&old) || municipalities.contains(&new))
        {
            municipalities.extend([old, new]);
            districts.extend([old.district(), new.district()]);
        }
    }
    let given = districts.clone();
    for row in SUCCESSORS.iter() {
        if let (Ok(old), Ok(new)) = (row.old.parse(), row.new.parse()) {
            if given.contains(&old) {
                districts.insert(new);
            } else if row.whole
                && given.contains(&new)
                && municipalities.iter().all(|key| key.district() == new)
            {
                districts.insert(old);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn districts_with(municipalities: &[&str], districts: &[&str]) -> Vec<String> {
        let mut municipalities = municipalities.iter().map(|key| key.parse().unwrap()).collect();
        let mut districts = districts.iter().map(|key| key.parse().unwrap()).collect();
        add(&mut municipalities, &mut districts);
        districts.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn old_and_new_keys_of_a_reform_stand_side_by_side() {
        assert_eq!(districts_with(&[], &["03152"]), ["03152", "03159"]);
        assert_eq!(districts_with(&[], &["03159"]), ["03152", "03156", "03159"]);
        assert_eq!(districts_with(&["16063105"], &["16063"]), ["16056", "16063"]);
        assert_eq!(districts_with(&["16056000"], &["16056"]), ["16056", "16063"]);
    }

    #[test]
    fn a_district_that_only_grew_does_not_imply_what_joined_it() {
        assert_eq!(districts_with(&["16063003"], &["16063"]), ["16063"]);
    }
}
