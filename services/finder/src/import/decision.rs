//! What somebody decided about possible duplicates of an import, and what that means for the records.
//!
//! A decision names the record by its id in the list and the other centre by our id: both outlive the plan. What cannot be
//! carried out any more as it was decided is never carried out in another way.

use std::collections::{BTreeMap, BTreeSet};

use contracts::directory::Centre;
use serde::{Deserialize, Serialize};

use super::{difference::layers_by_id, plan::Plan, twins::sources};
use crate::{
    duplicates::KeptApart,
    layers::{Layers, Standing, compose},
    store::{Apart, Move, Regroup, Seat, Store, StoreError},
};

/// What is to become of a record and a centre that may be the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairDecision {
    /// The record's id in the list.
    pub external_id: String,
    /// The other centre.
    pub centre_id: String,
    /// What was decided.
    pub verdict: Verdict,
    /// The lists whose records become part of the other centre, as they were when it was decided. An entry that another
    /// list has joined since is not given up.
    #[serde(default)]
    pub gives_up: BTreeSet<String>,
}

/// A decision about a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They are one; the centre in the directory leads and keeps id and address.
    CentreLeads,
    /// They are one; the record of the list leads.
    RecordLeads,
    /// They are not the same.
    KeepApart,
}

/// The record of the first decision that contradicts an earlier one: a record becomes one with one centre at most, and a
/// centre that becomes part of a record takes nothing else in.
pub fn contradiction<'a>(decisions: impl IntoIterator<Item = &'a PairDecision>) -> Option<&'a str> {
    let (mut records, mut absorbed, mut leading) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for decision in decisions {
        let centre = decision.centre_id.as_str();
        let fits = match decision.verdict {
            Verdict::KeepApart => continue,
            Verdict::CentreLeads => {
                leading.insert(centre);
                !absorbed.contains(centre)
            }
            Verdict::RecordLeads => absorbed.insert(centre) && !leading.contains(centre),
        };
        if !(records.insert(decision.external_id.as_str()) && fits) {
            return Some(&decision.external_id);
        }
    }
    None
}

/// Says in the plan what becomes of the pairs that were decided.
pub(super) async fn settle(
    store: &dyn Store,
    plan: &mut Plan,
    decisions: &[PairDecision],
) -> Result<(), StoreError> {
    if decisions.is_empty() {
        return Ok(());
    }
    let wanted: BTreeSet<&str> = decisions.iter().map(|one| one.external_id.as_str()).collect();
    let records = plan.new.iter().chain(plan.changed.iter().map(|changed| &changed.centre));
    let records: BTreeMap<&str, &Centre> = records
        .filter(|centre| wanted.contains(centre.external_id.as_str()))
        .map(|centre| (centre.external_id.as_str(), centre))
        .collect();
    let ids = records.values().map(|centre| centre.id.clone());
    let layers = layers_by_id(store, ids.chain(decisions.iter().map(|one| one.centre_id.clone()))).await?;
    let members: BTreeMap<&str, &Layers> = layers
        .values()
        .flat_map(|layers| layers.records().map(move |record| (record.own_id.as_str(), layers)))
        .collect();
    let apart: KeptApart =
        store.kept_apart().await?.into_iter().map(|pair| (pair.centre_a, pair.centre_b)).collect();
    let mut seats = Seats::default();
    for decision in decisions {
        let own = records.get(decision.external_id.as_str()).map(|centre| {
            let known = members.get(centre.id.as_str());
            known.map_or_else(|| Side::alone(centre), |layers| Side::of(layers))
        });
        let other =
            layers.get(&decision.centre_id).filter(|layers| compose(layers).standing == Standing::Listed);
        let sides = own.zip(other.map(Side::of)).filter(|(own, other)| own.id != other.id);
        let Some((own, other)) = sides else {
            plan.stale.push(decision.clone());
            continue;
        };
        let kept_apart = apart.contains(&own.id, &other.id);
        let group = match decision.verdict {
            Verdict::KeepApart if kept_apart => continue,
            Verdict::KeepApart => {
                plan.apart.push(Apart::noted(own.id, other.id));
                continue;
            }
            _ if kept_apart => None,
            Verdict::CentreLeads => seats.join(&other, &own, &decision.gives_up),
            Verdict::RecordLeads => seats.join(&own, &other, &decision.gives_up),
        };
        match group {
            Some(group) => plan.regrouped.push(group),
            None => plan.stale.push(decision.clone()),
        }
    }
    Ok(())
}

/// One of the two, with the records that make it.
struct Side {
    id: String,
    name: String,
    sources: BTreeSet<String>,
    records: Vec<(String, i64)>,
}

impl Side {
    fn of(layers: &Layers) -> Self {
        Self {
            id: layers.centre_id.clone(),
            name: compose(layers).centre.name,
            sources: sources(layers),
            records: layers.records().map(|record| (record.own_id.clone(), record.priority)).collect(),
        }
    }

    /// A record that the directory does not know yet.
    fn alone(centre: &Centre) -> Self {
        Self {
            id: centre.id.clone(),
            name: centre.name.clone(),
            sources: BTreeSet::from([centre.source.clone()]),
            records: vec![(centre.id.clone(), 0)],
        }
    }
}

/// Who sits where after the decisions so far.
#[derive(Default)]
struct Seats {
    absorbed: BTreeSet<String>,
    /// The last place of those that lead.
    last: BTreeMap<String, i64>,
}

impl Seats {
    /// Makes `absorb` part of `keep`; `None` when it contradicts an earlier decision or gives up more than was decided.
    fn join(&mut self, keep: &Side, absorb: &Side, gives_up: &BTreeSet<String>) -> Option<Regroup> {
        let free = !self.absorbed.contains(&keep.id)
            && !self.last.contains_key(&absorb.id)
            && absorb.sources.is_subset(gives_up);
        if !free || !self.absorbed.insert(absorb.id.clone()) {
            return None;
        }
        let present = keep.records.iter().map(|(_, priority)| *priority).max().unwrap_or_default();
        let last = self.last.entry(keep.id.clone()).or_insert(present);
        let first = *last + 1;
        let moves = absorb.records.iter().map(|(own_id, priority)| Move {
            own_id: own_id.clone(),
            from: Seat { centre_id: absorb.id.clone(), priority: *priority },
            to: Seat { centre_id: keep.id.clone(), priority: first + priority },
        });
        let moves: Vec<Move> = moves.collect();
        *last = moves.iter().map(|step| step.to.priority).max().unwrap_or(first);
        Some(Regroup {
            centre_id: keep.id.clone(),
            centre_name: keep.name.clone(),
            other_name: absorb.name.clone(),
            moves,
        })
    }
}
