//! Which centres of other lists the new and changed records of a plan may be.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashSet},
    panic::resume_unwind,
};

use contracts::directory::Centre;

use super::{Prepared, difference::layers_by_id};
use crate::{
    duplicates::{Advice, Duplicates, Evidence, KeptApart},
    layers::{Layers, Standing, compose},
    store::{Store, StoreError},
};

/// Pairs answered at most; nobody decides about more before an import.
pub const MOST_PAIRS: usize = 2_000;

/// Centres read at a time.
const BATCH: u32 = 500;

/// A record of a list that may be a centre which other lists have already.
#[derive(Debug, Clone)]
pub struct PossibleDuplicate {
    /// The record's id in the list.
    pub external_id: String,
    /// The centre the record would make, or be part of, after the import.
    pub own: Centre,
    /// The other centre, as it is.
    pub other: Centre,
    /// The lists whose records make the own centre.
    pub own_sources: BTreeSet<String>,
    /// The lists whose records make the other one.
    pub other_sources: BTreeSet<String>,
    /// How much speaks for it, 0 to 100.
    pub score: u8,
    /// What it looks like.
    pub advice: Advice,
    /// What speaks for and against it, the weightiest first.
    pub evidence: Vec<Evidence>,
}

/// Finds them, probably the same first; those somebody keeps apart are left out, and so are neighbours in one house that
/// do something else. At most [`MOST_PAIRS`].
///
/// # Errors
/// When the store does not answer.
pub async fn possible_duplicates(
    store: &dyn Store,
    prepared: &Prepared,
) -> Result<Vec<PossibleDuplicate>, StoreError> {
    let own = own_centres(store, prepared).await?;
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let mut all = Duplicates::default();
    let mut last: Option<String> = None;
    loop {
        let page = store.centres_after(last.as_deref(), BATCH).await?;
        let Some(end) = page.last() else { break };
        last = Some(end.id.clone());
        page.iter().filter(|centre| !own.contains_key(&centre.id)).for_each(|centre| all.add(centre));
    }
    own.values().for_each(|one| all.add(&one.centre));
    let apart: KeptApart =
        store.kept_apart().await?.into_iter().map(|pair| (pair.centre_a, pair.centre_b)).collect();
    let ids: HashSet<String> = own.keys().cloned().collect();
    // Comparing takes a second with many centres; others must not wait for it.
    let pairs = tokio::task::spawn_blocking(move || all.pairs_where(&apart, |id| ids.contains(id))).await;
    let pairs = pairs.unwrap_or_else(|panic| resume_unwind(panic.into_panic()));
    let pairs: Vec<_> = pairs
        .into_iter()
        .filter(|pair| pair.advice != Advice::KeepApart && pair.sources[0] != pair.sources[1])
        // Two of one list are a fault of that list.
        .filter(|pair| own.contains_key(&pair.one) != own.contains_key(&pair.other))
        .take(MOST_PAIRS)
        .collect();
    let others = pairs.iter().flat_map(|pair| [&pair.one, &pair.other]);
    let others = layers_by_id(store, others.filter(|id| !own.contains_key(*id)).cloned()).await?;
    let found = pairs.into_iter().filter_map(|pair| {
        let (mine, other) =
            if own.contains_key(&pair.one) { (pair.one, pair.other) } else { (pair.other, pair.one) };
        let (mine, other) = (own.get(&mine)?, others.get(&other)?);
        Some(PossibleDuplicate {
            external_id: mine.external_id.clone(),
            own: mine.centre.clone().into_owned(),
            other: compose(other).centre,
            own_sources: mine.sources.clone(),
            other_sources: sources(other),
            score: pair.score,
            advice: pair.advice,
            evidence: pair.evidence,
        })
    });
    Ok(found.collect())
}

/// A centre that the import makes or changes.
struct Own<'a> {
    external_id: String,
    centre: Cow<'a, Centre>,
    sources: BTreeSet<String>,
}

/// What the import makes of centres that seekers will see, by their ids.
async fn own_centres<'a>(
    store: &dyn Store,
    prepared: &'a Prepared,
) -> Result<BTreeMap<String, Own<'a>>, StoreError> {
    let plan = &prepared.plan;
    let records: Vec<&Centre> =
        plan.new.iter().chain(plan.changed.iter().map(|changed| &changed.centre)).collect();
    let mut own = BTreeMap::new();
    for batch in records.chunks(BATCH as usize) {
        let mut bodies: BTreeMap<&str, &'a Centre> =
            batch.iter().map(|centre| (centre.id.as_str(), *centre)).collect();
        let known = layers_by_id(store, batch.iter().map(|centre| centre.id.clone())).await?;
        for mut layers in known.into_values() {
            let sources = sources(&layers);
            let mut external_id = None;
            for record in std::iter::once(&mut layers.first).chain(&mut layers.others) {
                let Some(body) = bodies.remove(record.own_id.as_str()) else { continue };
                (record.body, record.present) = (body.clone(), true);
                external_id.get_or_insert_with(|| record.external_id.clone());
            }
            let composed = compose(&layers);
            if let (Standing::Listed, Some(external_id)) = (composed.standing, external_id) {
                let one = Own { external_id, centre: Cow::Owned(composed.centre), sources };
                own.insert(layers.centre_id, one);
            }
        }
        for (id, body) in bodies {
            let sources = BTreeSet::from([body.source.clone()]);
            let external_id = body.external_id.clone();
            own.insert(id.to_owned(), Own { external_id, centre: Cow::Borrowed(body), sources });
        }
    }
    Ok(own)
}

/// The lists whose records make a centre.
pub(super) fn sources(layers: &Layers) -> BTreeSet<String> {
    layers.records().map(|record| record.source.clone()).collect()
}
