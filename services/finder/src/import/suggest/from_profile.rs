//! Whether a profile can read files, and the mapping behind a profile that this page could have made.

use std::collections::BTreeSet;

use super::{ColumnChoice, Mapping, Target};
use crate::import::{
    Sniffed,
    profile::{CentreFields, Format, OfferFields, Pick, Profile},
};

/// Whether the profile names only columns that the files have, its joined files among them.
pub fn fits(profile: &Profile, files: &[Sniffed]) -> bool {
    let same = |sniffed: &Sniffed| {
        profile.format == sniffed.format
            || matches!((profile.format, sniffed.format), (Format::Table, Format::Xlsx))
    };
    if files.is_empty() || !files.iter().all(same) {
        return false;
    }
    if !matches!(profile.format, Format::Table | Format::Xlsx) {
        return true;
    }
    let headers: Vec<BTreeSet<String>> =
        files.iter().map(|sniffed| sniffed.names().map(str::to_lowercase).collect()).collect();
    let has = |header: &BTreeSet<String>, column: &str| header.contains(&column.to_lowercase());
    let joined = |header: &BTreeSet<String>| {
        profile.join.iter().any(|join| join.columns.iter().all(|column| has(header, column)))
    };
    let wanted = columns_of(profile);
    let main = |header: &&BTreeSet<String>| wanted.iter().all(|column| has(header, column));
    let has_main = headers.iter().any(|header| main(&header));
    let all_joined = profile
        .join
        .iter()
        .all(|join| headers.iter().any(|header| join.columns.iter().all(|column| has(header, column))));
    has_main && all_joined && headers.iter().all(|header| main(&header) || joined(header))
}

/// How many columns of the main file a profile uses: the more, the better it fits.
pub(crate) fn columns_of(profile: &Profile) -> BTreeSet<String> {
    let joins: BTreeSet<&str> = profile.join.iter().map(|join| join.name.as_str()).collect();
    let picks = profile.centre.picks().map(|(_, pick)| pick);
    let picks = picks.chain(profile.offer.iter().flat_map(|offer| offer.picks().map(|(_, pick)| pick)));
    let columns = picks.flat_map(|pick| pick.columns.iter().cloned());
    let conditions = profile.offer.iter().flat_map(|offer| &offer.when).map(|when| when.column.clone());
    let rejects = profile.reject.iter().map(|reject| reject.when.column.clone());
    columns
        .chain(conditions)
        .chain(rejects)
        .filter(|column| !column.split_once('.').is_some_and(|(join, _)| joins.contains(join)))
        .collect()
}

/// The mapping behind a profile, if it says nothing that the mapping page cannot show.
pub fn mapping_of(profile: &Profile, sniffed: &Sniffed) -> Option<Mapping> {
    let [offer] = profile.offer.as_slice() else { return None };
    let plain = profile.join.is_empty()
        && profile.reject.is_empty()
        && offer.when.is_empty()
        && offer.id.is_none()
        && offer.areas.joined_ranges.is_none()
        && profile.centre.own_source.is_none()
        && profile.centre.location_basis.is_none();
    if !plain {
        return None;
    }
    let mut mapping = Mapping::empty(sniffed);
    mapping.encoding.clone_from(&profile.table.encoding);
    mapping.delimiter.clone_from(&profile.table.delimiter);
    mapping.sheet.clone_from(&profile.table.sheet);
    mapping.skip_lines = profile.table.skip_lines;
    mapping.group = profile.rows.group;
    mapping.columns = sniffed
        .names()
        .map(|name| ColumnChoice { name: name.to_owned(), ..ColumnChoice::default() })
        .collect();
    for (target, pick) in picks(&profile.centre, offer) {
        place(&mut mapping, profile, target, pick)?;
    }
    // Whatever this page cannot say would be lost: only what comes back the same is shown.
    let again = Profile::parse(&profile.name, &mapping.to_toml(&profile.title, &profile.source)).ok()?;
    let same = |a: &Profile, b: &Profile| {
        let key = |profile: &Profile| {
            format!("{:?}", (&profile.centre, &profile.offer, &profile.maps, &profile.rows))
        };
        key(a) == key(b)
    };
    same(&again, profile).then_some(mapping)
}

fn picks<'a>(centre: &'a CentreFields, offer: &'a OfferFields) -> Vec<(Target, &'a Pick)> {
    let centre = centre.picks();
    let offer = offer.picks();
    let of = |part_is_centre: bool, key: &str| {
        Target::ALL.iter().copied().find(|target| {
            let (part, name) = target.place();
            name == key && (part == super::Part::Centre) == part_is_centre
        })
    };
    let centre: Vec<_> = centre.filter_map(|(key, pick)| Some((of(true, key)?, pick))).collect();
    let offer = offer.filter_map(|(key, pick)| Some((of(false, key.trim_start_matches("areas."))?, pick)));
    centre.into_iter().chain(offer).collect()
}

fn place(mapping: &mut Mapping, profile: &Profile, target: Target, pick: &Pick) -> Option<()> {
    if pick.columns.is_empty() {
        match target {
            Target::OfferName => mapping.offer_name = pick.value.clone()?,
            Target::Association => mapping.association = pick.value.clone()?,
            Target::Topics => mapping.topics.clone_from(&pick.values),
            Target::Modes => mapping.modes.clone_from(&pick.values),
            _ => return None,
        }
        return Some(());
    }
    if target == Target::ExternalId && pick.columns.len() > 1 {
        // Made of name, postcode and street: these columns have fields of their own.
        return Some(());
    }
    if target == Target::OfferName {
        mapping.offer_name = pick.default.clone().unwrap_or_default();
    }
    for name in &pick.columns {
        let column =
            mapping.columns.iter_mut().find(|column| column.name.to_lowercase() == name.to_lowercase())?;
        if column.target.is_some() {
            return None;
        }
        column.target = Some(target);
        column.split = pick.split.clone().unwrap_or_default();
        if let Some(map) = &pick.map {
            column.map = profile.maps.get(map)?.clone();
        }
    }
    Some(())
}
