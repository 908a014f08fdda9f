//! The labelled pairs of `fixtures/duplicates`, read and measured.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    path::Path,
};

use contracts::directory::{Address, Centre, Contacts, Coordinates, LocationBasis, Offer, OpeningHours};
use finder::duplicates::{Advice, Candidate, Duplicates, KeptApart};

/// One half of the pairs.
pub(crate) struct Labelled {
    /// The records, two to a pair.
    pub(crate) centres: Vec<Centre>,
    /// By pair: whether it is the same centre, and what makes it hard.
    pub(crate) pairs: BTreeMap<String, (bool, String)>,
}

/// Reads `tuning` or `held-out`.
pub(crate) fn read(half: &str) -> Labelled {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/duplicates");
    let text = std::fs::read_to_string(folder.join(half).with_extension("tsv")).expect("the labelled pairs");
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().expect("a row of columns").split('\t').collect();
    let mut labelled = Labelled { centres: Vec::new(), pairs: BTreeMap::new() };
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), columns.len(), "{line}");
        let row: HashMap<&str, &str> = columns.iter().copied().zip(cells).collect();
        let same = row["label"] == "same";
        labelled.pairs.insert(row["pair"].to_owned(), (same, row["kind"].to_owned()));
        labelled.centres.push(centre(&row));
    }
    labelled
}

fn centre(row: &HashMap<&str, &str>) -> Centre {
    let cell = |column: &str| Some(row[column].to_owned()).filter(|text| !text.is_empty());
    let id = row["external_id"].to_owned();
    let degrees = |column: &str| row[column].parse::<f64>().ok();
    let point = degrees("lat").zip(degrees("lon"));
    Centre {
        source: row["source"].to_owned(),
        external_id: id.clone(),
        slug: id.clone(),
        name: row["name"].to_owned(),
        carrier: cell("carrier"),
        association: None,
        description: None,
        address: Address {
            street: cell("street"),
            extra: None,
            postcode: row["postcode"].parse().expect("a postcode"),
            city: row["city"].to_owned(),
        },
        coordinates: point.map(|(lat, lon)| Coordinates { lat, lon, basis: LocationBasis::Given }),
        contacts: Contacts {
            phone: cell("phone"),
            fax: None,
            email: cell("email"),
            website: cell("website"),
        },
        opening: OpeningHours::default(),
        access: Default::default(),
        languages: Vec::new(),
        confirmed_on: None,
        offers: vec![Offer {
            id: format!("{id}-offer"),
            name: row["name"].to_owned(),
            description: None,
            topics: row["topics"].split(',').filter(|topic| !topic.is_empty()).map(str::to_owned).collect(),
            leika: None,
            target_groups: Vec::new(),
            keywords: Vec::new(),
            languages: Vec::new(),
            modes: Vec::new(),
            areas: Vec::new(),
            link: None,
        }],
        id,
    }
}

/// What was found of a half, all its records in one directory.
pub(crate) struct Measured {
    /// Pairs that are the same and were proposed as such.
    pub(crate) found: usize,
    /// Pairs that are the same.
    pub(crate) same: usize,
    /// Pairs that are not the same and were proposed.
    pub(crate) wrong: usize,
    /// Pairs across the labelled ones that were proposed; nobody labelled them.
    pub(crate) unlabelled: Vec<Candidate>,
    /// Labelled pairs judged wrongly, with what was seen of them.
    pub(crate) failures: Vec<(String, Option<Candidate>)>,
}

impl Measured {
    /// Of the proposed labelled pairs, how many are the same.
    pub(crate) fn precision(&self) -> f64 {
        self.found as f64 / (self.found + self.wrong).max(1) as f64
    }

    /// Of the pairs that are the same, how many were proposed.
    pub(crate) fn recall(&self) -> f64 {
        self.found as f64 / self.same.max(1) as f64
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (precision, recall) = (self.precision(), self.recall());
        write!(
            out,
            "precision {precision:.3} recall {recall:.3} (found {} of {}, {} wrong, {} unlabelled)",
            self.found,
            self.same,
            self.wrong,
            self.unlabelled.len()
        )
    }
}

/// Finds the pairs of a half and compares with the labels.
pub(crate) fn measure(labelled: &Labelled) -> Measured {
    let mut duplicates = Duplicates::default();
    labelled.centres.iter().for_each(|centre| duplicates.add(centre));
    let candidates = duplicates.pairs(&KeptApart::default());
    let mut measured = Measured { found: 0, same: 0, wrong: 0, unlabelled: Vec::new(), failures: Vec::new() };
    let mut of_pair: HashMap<&str, &Candidate> = HashMap::new();
    for candidate in &candidates {
        if candidate.one[..3] == candidate.other[..3] {
            of_pair.insert(&candidate.one[..3], candidate);
        } else if candidate.advice == Advice::Merge {
            measured.unlabelled.push(candidate.clone());
        }
    }
    for (pair, (same, _)) in &labelled.pairs {
        let candidate = of_pair.get(pair.as_str()).copied();
        let proposed = candidate.is_some_and(|candidate| candidate.advice == Advice::Merge);
        measured.same += usize::from(*same);
        measured.found += usize::from(*same && proposed);
        measured.wrong += usize::from(!*same && proposed);
        if *same != proposed {
            measured.failures.push((pair.clone(), candidate.cloned()));
        }
    }
    measured
}
