//! Which file is which, and rows of further files put to the rows they belong to.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    Findings, ReadError,
    record::{Header, Record},
};
use crate::import::{
    problem::Problem,
    profile::{Join, Pick, Profile},
};

/// Joins the tables. Every row of a further file goes to its record, or is rejected.
pub(super) fn assemble(
    profile: &Profile,
    tables: Vec<Vec<Record>>,
    findings: &mut Findings,
) -> Result<Vec<Record>, ReadError> {
    let mut main: Vec<Record> = Vec::new();
    let mut joined: Vec<Vec<Record>> = vec![Vec::new(); profile.join.len()];
    let mut has_main = false;
    let mut has_join = vec![false; profile.join.len()];
    for records in tables {
        // A table without rows says nothing and hides nothing.
        let Some(header) = records.first().map(|record| Arc::clone(&record.header)) else { continue };
        match profile.join.iter().position(|join| is_join(profile, join, &header)) {
            Some(place) => {
                has_join[place] = true;
                joined[place].extend(records);
            }
            None => {
                has_main = true;
                check_columns(profile, &header)?;
                main.extend(records);
            }
        }
    }
    if !has_main && findings.rows > 0 && findings.rejected.is_empty() {
        return Err(ReadError::FileMissing { columns: main_columns(profile).join(", ") });
    }
    for (join, present) in profile.join.iter().zip(&has_join) {
        if !present && has_main {
            return Err(ReadError::FileMissing { columns: join.columns.join(", ") });
        }
    }
    for (join, records) in profile.join.iter().zip(joined) {
        attach(join, &mut main, records, findings);
    }
    Ok(main)
}

fn is_join(profile: &Profile, join: &Join, header: &Header) -> bool {
    join.columns.iter().all(|column| header.has(column))
        && !main_columns(profile).iter().all(|column| header.has(column))
}

/// Columns without which a file is not the main one.
fn main_columns(profile: &Profile) -> Vec<String> {
    let centre = &profile.centre;
    let picks = [&centre.external_id, &centre.name, &centre.postcode];
    picks.into_iter().flatten().flat_map(|pick: &Pick| &pick.columns).cloned().collect()
}

/// A column that the profile names and the file lacks is a mistake in one of them: better to stop than to lose it.
pub(super) fn check_columns(profile: &Profile, header: &Header) -> Result<(), ReadError> {
    if header.open {
        return Ok(());
    }
    let joins: BTreeSet<&str> = profile.join.iter().map(|join| join.name.as_str()).collect();
    let picks = profile.centre.picks().map(|(_, pick)| pick);
    let picks = picks.chain(profile.offer.iter().flat_map(|offer| offer.picks().map(|(_, pick)| pick)));
    let columns = picks.flat_map(|pick| &pick.columns);
    let conditions = profile.reject.iter().map(|reject| &reject.when.column);
    let conditions =
        conditions.chain(profile.offer.iter().flat_map(|offer| &offer.when).map(|when| &when.column));
    let joined_by = profile.join.iter().map(|join| &join.to);
    for column in columns.chain(conditions).chain(joined_by) {
        let of_join = column.split_once('.').is_some_and(|(join, _)| joins.contains(join));
        if !of_join && !header.has(column) {
            return Err(ReadError::ColumnMissing {
                file: header.file.clone(),
                column: column.clone(),
                known: header.names().join(", "),
            });
        }
    }
    Ok(())
}

fn attach(join: &Join, main: &mut [Record], records: Vec<Record>, findings: &mut Findings) {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, record) in main.iter().enumerate() {
        places.entry(record.get(&join.to).to_owned()).or_default().push(place);
    }
    let name: Arc<str> = join.name.as_str().into();
    for record in records {
        let key = record.get(&join.key);
        match places.get(key).filter(|_| !key.is_empty()) {
            Some(wanted) => {
                for &place in wanted {
                    main[place].joined.push((Arc::clone(&name), record.clone()));
                }
            }
            None => findings.reject(record.spot(&join.key, key), Problem::NothingToJoin),
        }
    }
}
