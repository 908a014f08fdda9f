//! The differences as they lie beside a draft's files: one line each, so that a page reads only what it shows.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::Path,
};

use contracts::{directory::Centre, staff::Actor};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    duplicates::{Advice, Evidence},
    import::{PossibleDuplicate, Prepared},
    layers::{Field, FieldChange},
    slug::slugify,
    store::{Store, StoreError},
    web::desk::turned::Turned,
};

/// Entries on a page.
pub(super) const PER_PAGE: usize = 50;
/// Pairs on a page: each is a table and a decision of its own.
const PAIRS_PER_PAGE: usize = 10;
/// Records asked for at a time.
const BATCH: usize = 500;

/// A kind of difference: one tab of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    /// Not in the directory yet.
    New,
    /// The list says something else than last time.
    Changed,
    /// Of these, where an edit by hand stands against it.
    Conflicts,
    /// Not in the list any more.
    Missing,
    /// New and changed ones that may be in the directory already, from other lists.
    Duplicates,
}

impl Tab {
    /// All, in the order of the page.
    pub(super) const ALL: [Self; 5] =
        [Self::New, Self::Changed, Self::Conflicts, Self::Missing, Self::Duplicates];

    /// The code in addresses.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::New => "neu",
            Self::Changed => "geaendert",
            Self::Conflicts => "konflikte",
            Self::Missing => "fehlend",
            Self::Duplicates => "dubletten",
        }
    }

    /// The tab of a code.
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.code() == code)
    }

    /// How many stand on one page.
    const fn per_page(self) -> usize {
        if matches!(self, Self::Duplicates) { PAIRS_PER_PAGE } else { PER_PAGE }
    }

    /// Whether a line with this mark stands on the tab.
    const fn shows(self, mark: u8) -> bool {
        match self {
            Self::New => mark == b'n',
            Self::Changed => matches!(mark, b'c' | b'k'),
            Self::Conflicts => mark == b'k',
            Self::Missing => mark == b'm',
            Self::Duplicates => mark == b'd',
        }
    }
}

/// One difference.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The record's id in the list.
    pub(super) external_id: String,
    /// The centre in the directory, if it is there.
    pub(super) centre_id: Option<String>,
    /// Its name.
    pub(super) name: String,
    /// Postcode and town.
    pub(super) place: String,
    /// What changes, or what a new record says.
    pub(super) fields: Vec<FieldLine>,
    /// Edits by hand in the way.
    pub(super) conflicts: Vec<ConflictLine>,
    /// Which other centre it may be.
    pub(super) pair: Option<Pair>,
}

/// A field from old to new.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct FieldLine {
    pub(super) field: Field,
    pub(super) old: Value,
    pub(super) new: Value,
}

/// A field that the list changed and somebody had edited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ConflictLine {
    pub(super) field: Field,
    pub(super) list_old: Value,
    pub(super) list_new: Value,
    pub(super) edited: Value,
    pub(super) actor: Actor,
    pub(super) at: Timestamp,
}

/// Another centre that may be the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Pair {
    /// The centre as the import makes it.
    pub(super) own: Centre,
    /// The other one as it is.
    pub(super) other: Centre,
    /// The lists that make the own one.
    pub(super) own_sources: BTreeSet<String>,
    /// The lists that make the other one.
    pub(super) other_sources: BTreeSet<String>,
    pub(super) score: u8,
    pub(super) advice: Advice,
    pub(super) evidence: Vec<Evidence>,
}

/// The lists that make either side of a pair, by the record's id in the list and the other centre's id.
pub(super) type Pairs = BTreeMap<(String, String), [BTreeSet<String>; 2]>;

impl From<FieldChange> for FieldLine {
    fn from(change: FieldChange) -> Self {
        Self { field: change.field, old: change.old, new: change.new }
    }
}

/// Postcode and town.
pub(super) fn place_of(centre: &Centre) -> String {
    format!("{} {}", centre.address.postcode, centre.address.city)
}

/// What a record says that was not there before. Ids of offers are left out: they are not settled yet.
pub(super) fn facts(centre: &Centre) -> Vec<FieldLine> {
    let said = |field: Field| {
        let new = field.get(centre);
        (!new.is_null()).then_some(FieldLine { field, old: Value::Null, new })
    };
    let fixed = [Field::Address, Field::Phone, Field::Email, Field::Website, Field::Carrier, Field::Weekly];
    let offers = centre.offers.iter().map(|offer| FieldLine {
        field: Field::Offer(String::from("neu")),
        old: Value::Null,
        new: json!({ "name": offer.name }),
    });
    fixed.into_iter().filter_map(said).chain(offers).collect()
}

/// All differences of a comparison, written out.
#[derive(Debug, Default)]
pub(super) struct Differences {
    lines: Vec<String>,
    digest: Sha256,
}

impl Differences {
    /// The differences of a plan.
    pub(super) async fn of(store: &dyn Store, prepared: &Prepared) -> Result<Self, StoreError> {
        let mut all = Self::default();
        let plan = &prepared.plan;
        for centre in &plan.new {
            all.add(b'n', &Entry { fields: facts(centre), ..Entry::about(centre, None) })?;
        }
        for changed in &plan.changed {
            let conflicts: Vec<ConflictLine> = changed
                .conflicts
                .iter()
                .map(|conflict| ConflictLine {
                    field: conflict.field.clone(),
                    list_old: conflict.list_old.clone(),
                    list_new: conflict.list_new.clone(),
                    edited: conflict.edited.clone(),
                    actor: conflict.actor.clone(),
                    at: conflict.at,
                })
                .collect();
            let mark = if conflicts.is_empty() { b'c' } else { b'k' };
            let fields = changed.changes.iter().cloned().map(FieldLine::from).collect();
            let about = Entry::about(&changed.centre, Some(changed.centre_id.clone()));
            all.add(mark, &Entry { fields, conflicts, ..about })?;
        }
        for batch in plan.missing.chunks(BATCH) {
            let ids: Vec<String> = batch.iter().map(|key| key.external_id.clone()).collect();
            let mut records = store.records_of(&prepared.source, &ids).await?;
            records.sort_by(|one, other| one.external_id.cmp(&other.external_id));
            for record in records {
                all.add(b'm', &Entry::about(&record.body, Some(record.centre_id)))?;
            }
        }
        Ok(all)
    }

    /// Adds records that may be in the directory already. They depend on other lists, so the digest passes them by.
    pub(super) fn add_pairs(&mut self, found: Vec<PossibleDuplicate>) -> Result<Pairs, StoreError> {
        let mut pairs = Pairs::new();
        for one in found {
            let sources = [one.own_sources.clone(), one.other_sources.clone()];
            pairs.insert((one.external_id.clone(), one.other.id.clone()), sources);
            let about = Entry::about(&one.own, None);
            let pair = Pair {
                own: one.own,
                other: one.other,
                own_sources: one.own_sources,
                other_sources: one.other_sources,
                score: one.score,
                advice: one.advice,
                evidence: one.evidence,
            };
            let entry = Entry { external_id: one.external_id, pair: Some(pair), ..about };
            self.lines.push(line(b'd', &entry)?);
        }
        Ok(pairs)
    }

    fn add(&mut self, mark: u8, entry: &Entry) -> Result<(), StoreError> {
        let line = line(mark, entry)?;
        self.digest.update(&line);
        self.lines.push(line);
        Ok(())
    }

    /// Equal exactly when the differences are.
    pub(super) fn digest(&self) -> String {
        self.digest.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Writes them down.
    pub(super) fn write(&self, file: &Path) -> io::Result<()> {
        let beside = file.with_extension("new");
        let mut lines = BufWriter::new(File::create(&beside)?);
        for line in &self.lines {
            lines.write_all(line.as_bytes())?;
        }
        lines.flush()?;
        std::fs::rename(beside, file)
    }
}

impl Entry {
    fn about(centre: &Centre, centre_id: Option<String>) -> Self {
        Self {
            external_id: centre.external_id.clone(),
            centre_id,
            name: centre.name.clone(),
            place: place_of(centre),
            ..Self::default()
        }
    }
}

fn line(mark: u8, entry: &Entry) -> Result<String, StoreError> {
    let body = serde_json::to_string(entry)
        .map_err(|problem| StoreError::Refused { constraint: format!("difference: {problem}") })?;
    let other = entry.pair.as_ref().map(|pair| pair.other.name.as_str()).unwrap_or_default();
    let words = [&entry.name, &entry.place, &entry.external_id, other].map(slugify).join(" ");
    Ok(format!("{}{words}\t{body}\n", char::from(mark)))
}

/// A page of differences.
pub(super) struct Page {
    pub(super) entries: Vec<Entry>,
    pub(super) turned: Turned,
    /// How many stand on the tab.
    pub(super) total: usize,
    /// How many stand on each tab, whatever is searched for.
    pub(super) counts: [usize; 5],
}

/// Reads a page of a tab; `words` must all stand in name, place or id.
pub(super) fn read(file: &Path, tab: Tab, words: &str, wanted: Option<usize>) -> io::Result<Page> {
    let words: Vec<String> = words.split_whitespace().map(slugify).collect();
    let mut counts = [0; 5];
    let mut total = 0;
    each(file, |mark, folded, _| {
        for (count, tab) in counts.iter_mut().zip(Tab::ALL) {
            *count += usize::from(tab.shows(mark));
        }
        total += usize::from(tab.shows(mark) && words.iter().all(|word| folded.contains(word)));
        Ok(())
    })?;
    let turned = Turned::new(tab.per_page(), wanted, total);
    let (mut at, mut entries) = (0, Vec::new());
    each(file, |mark, folded, body| {
        if tab.shows(mark) && words.iter().all(|word| folded.contains(word)) {
            if (turned.skip()..turned.skip() + tab.per_page()).contains(&at) {
                entries.push(serde_json::from_str(body)?);
            }
            at += 1;
        }
        Ok(())
    })?;
    Ok(Page { entries, turned, total, counts })
}

/// The pairs somebody can decide on.
pub(super) fn pairs(file: &Path) -> io::Result<Pairs> {
    let mut pairs = Pairs::new();
    each(file, |mark, _, body| {
        if Tab::Duplicates.shows(mark) {
            let entry: Entry = serde_json::from_str(body)?;
            if let Some(pair) = entry.pair {
                pairs.insert((entry.external_id, pair.other.id), [pair.own_sources, pair.other_sources]);
            }
        }
        Ok(())
    })?;
    Ok(pairs)
}

/// The ids of the records the list does not have any more.
pub(super) fn missing(file: &Path) -> io::Result<BTreeSet<String>> {
    let mut ids = BTreeSet::new();
    each(file, |mark, _, body| {
        if Tab::Missing.shows(mark) {
            let entry: Entry = serde_json::from_str(body)?;
            ids.insert(entry.external_id);
        }
        Ok(())
    })?;
    Ok(ids)
}

fn each(file: &Path, mut take: impl FnMut(u8, &str, &str) -> io::Result<()>) -> io::Result<()> {
    for line in BufReader::new(File::open(file)?).lines() {
        let line = line?;
        let damaged = || io::Error::from(io::ErrorKind::InvalidData);
        let (head, body) = line.split_once('\t').ok_or_else(damaged)?;
        let mark = *head.as_bytes().first().ok_or_else(damaged)?;
        take(mark, head.get(1..).ok_or_else(damaged)?, body)?;
    }
    Ok(())
}
