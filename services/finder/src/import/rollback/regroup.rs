//! Centres that a run made one or took apart, and whether that can be taken back.
//!
//! A merge is taken back when its records still sit where the run put them and nothing keeps the list's record in its
//! place. Otherwise it stays as it is, and the preview says so.

use std::collections::{BTreeMap, BTreeSet};

use super::{KeptReason, NotRolledBack, RollBack};
use crate::{
    import::difference::layers_by_id,
    layers::{Layers, SourceRecord},
    store::{Apart, KeptApart, Move, RecordChange, Regroup, Seat, Store, StoreError},
};

/// The merges of a run and their ways back.
#[derive(Debug, Default)]
pub(super) struct Regroupings {
    groups: Vec<Group>,
    apart: Vec<Apart>,
    /// Where records go, by their own ids, if all groups that can be taken back are.
    targets: BTreeMap<String, String>,
    /// What the run says of the records that were moved or took others in.
    named: BTreeMap<String, Option<Named>>,
}

#[derive(Debug)]
struct Group {
    back: Regroup,
    state: State,
    /// The centre that has to be saved again for the others to become part of it.
    awaits: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// The records sit where the run put them.
    There,
    /// They were forgotten; they go back to their seats when they are saved again.
    Arriving,
    /// Somebody has taken it back already.
    Done,
    /// Somebody has put them elsewhere.
    Elsewhere,
}

#[derive(Debug, Clone)]
struct Named {
    external_id: String,
    name: String,
}

impl Regroupings {
    /// Reads what a run did, and how things are now.
    pub(super) async fn read(store: &dyn Store, plan: &RollBack) -> Result<Self, StoreError> {
        let run = &plan.run;
        let mut moves: BTreeMap<(String, String), Vec<Move>> = BTreeMap::new();
        for step in store.import_moves(&run.id).await? {
            moves
                .entry((step.from.centre_id.clone(), step.to.centre_id.clone()))
                .or_default()
                .push(step.back());
        }
        let ids = moves.iter().flat_map(|((from, to), steps)| {
            steps.iter().map(|step| step.own_id.clone()).chain([from.clone(), to.clone()])
        });
        let ids: BTreeSet<String> = ids.collect();
        let now = layers_by_id(store, ids.iter().cloned()).await?;
        let sitting: BTreeMap<&str, &SourceRecord> =
            now.values().flat_map(Layers::records).map(|record| (record.own_id.as_str(), record)).collect();
        let kept_apart = store.kept_apart().await?;
        let mut found = Self { named: ids.into_iter().map(|id| (id, None)).collect(), ..Self::default() };
        for ((from, to), moves) in moves {
            // The absorbed centre's own record is always among those that move.
            let absorbs = moves.iter().any(|step| step.own_id == from);
            let (leads, other) = if absorbs { (to, from) } else { (from, to) };
            let apart = kept_apart
                .iter()
                .any(|pair| [(&leads, &other), (&other, &leads)].contains(&(&pair.centre_a, &pair.centre_b)));
            let state = state(&moves, &sitting);
            // Merging again needs a leader that leads itself, or comes back with this, and that nobody keeps apart.
            let leader = sitting.get(leads.as_str());
            let led = leader.is_some_and(|record| record.centre_id != leads);
            let against = !absorbs && (apart || led);
            let state = if against && state != State::Done { State::Elsewhere } else { state };
            let awaits = (!absorbs && leader.is_none()).then(|| leads.clone());
            if state == State::There {
                found
                    .targets
                    .extend(moves.iter().map(|step| (step.own_id.clone(), step.to.centre_id.clone())));
            }
            let name = |id: &str| sitting.get(id).map(|record| record.body.name.clone()).unwrap_or_default();
            let back =
                Regroup { centre_name: name(&leads), other_name: name(&other), centre_id: leads, moves };
            found.groups.push(Group { back, state, awaits });
        }
        for pair in store.import_aparts(&run.id).await? {
            let same =
                |kept: &&KeptApart| (&kept.centre_a, &kept.centre_b) == (&pair.centre_a, &pair.centre_b);
            let kept = kept_apart.iter().find(same);
            // Noted anew by somebody since, it is hers.
            let reversible =
                if pair.noted { kept.is_some_and(|kept| kept.at == run.applied_at) } else { kept.is_none() };
            if reversible {
                found.apart.push(Apart { noted: !pair.noted, ..pair });
            }
        }
        Ok(found)
    }

    /// Remembers how the list calls a record that was moved or took others in.
    pub(super) fn hear_of(&mut self, change: &RecordChange) {
        if let Some(named) = self.named.get_mut(&change.own_id) {
            let state = [&change.before, &change.after].into_iter().flatten().next();
            let name = state.map(|state| state.body.name.clone()).unwrap_or_default();
            *named = Some(Named { external_id: change.external_id.clone(), name });
        }
    }

    /// Whether a record would stand alone, were all merges of the run taken back.
    pub(super) fn leaves_alone(&self, own_id: &str, layers: &Layers) -> bool {
        let seat = |id: &str| self.targets.get(id).map_or(layers.centre_id.as_str(), String::as_str);
        seat(own_id) == own_id
            && layers.records().all(|record| record.own_id == own_id || seat(&record.own_id) != own_id)
    }

    /// Puts into the plan what is taken back; `kept` are the own ids of records that stay as they are.
    pub(super) fn settle(self, plan: &mut RollBack, kept: &BTreeSet<String>) {
        let saved: BTreeSet<&str> =
            plan.saved.iter().chain(&plan.shelved).map(|centre| centre.id.as_str()).collect();
        let mut regrouped = Vec::new();
        for Group { mut back, state, awaits } in self.groups {
            let ids = || {
                back.moves.iter().flat_map(|step| [&step.own_id, &step.from.centre_id, &step.to.centre_id])
            };
            if state == State::Done || ids().any(|id| kept.contains(id)) {
                continue;
            }
            let arrives = back.moves.iter().all(|step| saved.contains(step.own_id.as_str()));
            let named = ids().find_map(|id| self.named.get(id)?.clone());
            let homeless = awaits.is_some_and(|centre| !saved.contains(centre.as_str()));
            if state == State::Elsewhere || state == State::Arriving && !arrives || homeless {
                let Named { external_id, name } = named
                    .unwrap_or_else(|| Named { external_id: String::new(), name: back.centre_name.clone() });
                let (centre_id, reason) = (back.centre_id, KeptReason::RegroupedSince);
                plan.kept.push(NotRolledBack { external_id, centre_id, name, reason });
                continue;
            }
            for name in [&mut back.centre_name, &mut back.other_name] {
                if let (true, Some(named)) = (name.is_empty(), &named) {
                    name.clone_from(&named.name);
                }
            }
            regrouped.push(back);
        }
        let stays = |pair: &Apart| kept.contains(&pair.centre_a) || kept.contains(&pair.centre_b);
        plan.apart = self.apart.into_iter().filter(|pair| !stays(pair)).collect();
        plan.regrouped = regrouped;
    }
}

fn state(back: &[Move], sitting: &BTreeMap<&str, &SourceRecord>) -> State {
    let all = |is: fn(&Move, Option<&SourceRecord>) -> bool| {
        back.iter().all(|step| is(step, sitting.get(step.own_id.as_str()).copied()))
    };
    if all(|step, record| record.is_some_and(|record| seat(record) == step.from)) {
        State::There
    } else if all(|step, record| record.is_some_and(|record| record.centre_id == step.to.centre_id)) {
        State::Done
    } else if all(|_, record| record.is_none()) {
        State::Arriving
    } else {
        State::Elsewhere
    }
}

fn seat(record: &SourceRecord) -> Seat {
    Seat { centre_id: record.centre_id.clone(), priority: record.priority }
}
