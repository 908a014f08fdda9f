//! Imports, edits and roll-backs in any order: nothing is lost, and what is taken back is as it was.

use std::{collections::BTreeMap, sync::Arc};

use contracts::staff::Actor;
use kernel::{FixedClock, SeededIds};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{
    layers::{Field, Layers, Standing, compose},
    store::{self, CentreFilter, EditChange, FieldEdit, Saved, Stamp, Store, canonical_body},
};

const HEADER: &str = "id;name;plz;ort;tel;stich\n";

/// A row of a list: number, and which variant of name, phone and keywords it has.
type Row = (u8, u8, Option<u8>, u8);

#[derive(Debug, Clone)]
enum Step {
    /// A list is imported, missing centres withdrawn or not, edits in the way given up or not.
    Import(Vec<Row>, bool, bool),
    /// Somebody edits a field.
    Edit(u8, u8, u8),
    /// Somebody takes a centre off the list or puts it back.
    Withdraw(u8, bool),
    /// Two centres become one.
    Merge(u8, u8),
    /// A record stands alone again.
    Unmerge(u8),
    /// The last import is taken back.
    RollBack,
}

fn list() -> impl Strategy<Value = Vec<Row>> {
    let row = (0..6u8, 0..3u8, proptest::option::of(0..3u8), 0..3u8);
    proptest::collection::vec(row, 1..6).prop_map(|mut rows| {
        rows.sort_by_key(|row| row.0);
        rows.dedup_by_key(|row| row.0);
        rows
    })
}

fn step(with_merges: bool) -> impl Strategy<Value = Step> {
    let merges = u32::from(with_merges);
    prop_oneof![
        4 => (list(), any::<bool>(), any::<bool>()).prop_map(|(rows, gone, take)| Step::Import(rows, gone, take)),
        4 => (0..6u8, 0..4u8, 0..3u8).prop_map(|(centre, field, value)| Step::Edit(centre, field, value)),
        merges => (0..6u8, any::<bool>()).prop_map(|(centre, gone)| Step::Withdraw(centre, gone)),
        2 * merges => (0..6u8, 0..6u8).prop_map(|(one, other)| Step::Merge(one, other)),
        merges => (0..6u8).prop_map(Step::Unmerge),
        merges => Just(Step::RollBack),
    ]
}

/// What is decided about a record of the list and one of three centres made by hand.
type Pair = (u8, u8, Verdict);

fn pairs() -> impl Strategy<Value = Vec<Pair>> {
    let verdict =
        prop_oneof![Just(Verdict::CentreLeads), Just(Verdict::RecordLeads), Just(Verdict::KeepApart)];
    proptest::collection::vec((0..6u8, 0..3u8, verdict), 0..4)
}

struct World {
    store: Arc<dyn Store>,
    _folder: tempfile::TempDir,
    ids: SeededIds,
    clock: FixedClock,
    second: std::cell::Cell<i64>,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite:{}", folder.path().join("finder.db").display());
        Self {
            store: store::open(&address).await.unwrap(),
            _folder: folder,
            ids: SeededIds::new(1),
            clock: FixedClock::at("2026-11-22T08:00:00Z".parse().unwrap()),
            second: std::cell::Cell::new(0),
        }
    }

    fn stamp(&self) -> Stamp {
        self.second.set(self.second.get() + 1);
        self.clock.set(jiff::Timestamp::from_second(1_795_000_000 + self.second.get()).unwrap());
        Stamp::new(Actor { person_id: "anna".into(), name: "Anna".into() }, &self.ids, &self.clock)
    }

    async fn prepare(&self, rows: &[Row], order: &ImportOrder<'_>) -> Prepared {
        let text: String = rows
            .iter()
            .map(|(number, name, phone, keyword)| {
                let phone = phone.map(|phone| format!("030 23125 00{phone}")).unwrap_or_default();
                format!("{number};Stelle {number} {name};79100;Freiburg;{phone};Wort{keyword}\n")
            })
            .collect();
        let (places, topics, limits) = (Gazetteer::bundled(), topics(), Limits::default());
        let around = Surroundings { places: &places, topics: &topics, child: None, limits: &limits };
        let files = vec![InputFile::from_bytes("a.csv", format!("{HEADER}{text}").into_bytes())];
        prepare_import(&*self.store, files, order, &around, &Silent, &self.ids, &self.clock).await.unwrap()
    }

    /// Imports a list; the edits in its way are given up if `take` says so.
    async fn import(&self, rows: &[Row], withdraw_missing: bool, take: bool) -> Summary {
        self.import_deciding(rows, withdraw_missing, take, &[]).await
    }

    /// The same with decisions about possible duplicates; what contradicts earlier ones is left out.
    async fn import_deciding(
        &self,
        rows: &[Row],
        withdraw_missing: bool,
        take: bool,
        pairs: &[Pair],
    ) -> Summary {
        let profile = small("phone = 'tel'", "keywords = 'stich'");
        self.stamp();
        let options = PlanOptions { withdraw_missing, allow_losses: true, ..PlanOptions::default() };
        let mut order = ImportOrder { options, ..ImportOrder::new(&profile, Actor::console()) };
        for (record, centre, verdict) in pairs {
            let gives_up = ["test", "manual"].map(String::from).into();
            let (external_id, centre_id) = (record.to_string(), format!("m{centre}"));
            order.pairs.push(PairDecision { external_id, centre_id, verdict: *verdict, gives_up });
            if contradiction(&order.pairs).is_some() {
                order.pairs.pop();
            }
        }
        let mut prepared = self.prepare(rows, &order).await;
        if take {
            order.take_list = prepared
                .plan
                .changed
                .iter()
                .flat_map(|changed| {
                    let id = changed.centre.external_id.clone();
                    changed.conflicts.iter().map(move |conflict| (id.clone(), conflict.field.clone()))
                })
                .collect();
            prepared = self.prepare(rows, &order).await;
        }
        apply_import(&*self.store, prepared, &order, &Silent, &self.ids, &self.clock).await.unwrap()
    }

    /// Three centres that no list of ours has.
    async fn make_by_hand(&self) {
        for number in 0..3 {
            let centre = json!({
                "id": format!("m{number}"), "source": "manual", "external_id": format!("m{number}"),
                "slug": format!("hand-{number}"), "name": format!("Von Hand {number}"),
                "address": { "postcode": "79100", "city": "Freiburg" }, "offers": [],
            });
            let centre = serde_json::from_value(centre).unwrap();
            self.store.create_centre(&centre, &self.stamp()).await.unwrap();
        }
    }

    async fn roll_back(&self, run: &str) -> RollBackSummary {
        self.stamp();
        let plan = plan_roll_back(&*self.store, run).await.unwrap();
        apply_roll_back(&*self.store, plan, Actor::console(), &Silent, &self.ids, &self.clock).await.unwrap()
    }

    /// The id of the centre a record belongs to.
    async fn centre_of(&self, number: u8) -> Option<String> {
        let records = self.store.records_of("test", &[number.to_string()]).await.unwrap();
        records.into_iter().next().map(|record| record.centre_id)
    }

    /// Writes a field, seeing what is there now; answers centre, field and value when somebody could.
    async fn edit(&self, number: u8, field: u8, value: u8) -> Option<(String, Field, Value)> {
        let id = self.centre_of(number).await?;
        let layers = self.store.layers(&id).await.unwrap()?;
        let now = compose(&layers).centre;
        let (field, value): (Field, Value) = match field {
            0 => (Field::Name, json!(format!("Von Hand {value}"))),
            1 => (Field::Phone, if value == 0 { Value::Null } else { json!(format!("0171 39200 0{value}")) }),
            2 => (Field::Carrier, json!(format!("Träger {value}"))),
            _ => (crate::layers::Part::Keywords.of(&now.offers.first()?.id), json!([format!("Hand{value}")])),
        };
        let edit = FieldEdit { field: field.clone(), base: field.get(&now), value: value.clone() };
        let is_new = !field.same(&edit.base, &edit.value);
        let change = EditChange { centre_id: id.clone(), edits: vec![edit] };
        let saved = self.store.save_edits(&change, &self.stamp()).await.unwrap();
        assert!(matches!(saved, Saved::Done { .. }));
        is_new.then_some((id, field, value))
    }

    async fn carry_out(&self, step: &Step) {
        match step {
            Step::Import(rows, gone, take) => drop(self.import(rows, *gone, *take).await),
            Step::Edit(number, field, value) => drop(self.edit(*number, *field, *value).await),
            Step::Withdraw(number, gone) => {
                let Some(id) = self.centre_of(*number).await else { return };
                let stamp = self.stamp();
                if *gone {
                    self.store.withdraw_centre(&id, &stamp).await.unwrap();
                } else {
                    self.store.restore_centre(&id, &stamp).await.unwrap();
                }
            }
            Step::Merge(one, other) => {
                let pair = (self.centre_of(*one).await, self.centre_of(*other).await);
                if let (Some(one), Some(other)) = pair
                    && one != other
                {
                    self.store.merge(&one, &other, &self.stamp()).await.unwrap();
                }
            }
            // A record that stands alone says so.
            Step::Unmerge(number) => {
                let _alone = self.store.unmerge("test", &number.to_string(), &self.stamp()).await;
            }
            Step::RollBack => {
                if let Some(run) = self.store.import_runs(1).await.unwrap().first() {
                    self.roll_back(&run.id).await;
                }
            }
        }
    }

    /// Everything that counts: the centres by the byte, the slugs, the edits, who sits where, who is kept apart.
    async fn state(&self) -> [Vec<String>; 5] {
        let centres = self.store.centres_after(None, 1_000).await.unwrap();
        let centres = centres.iter().map(|centre| canonical_body(centre).unwrap()).collect();
        let lines = self.store.centres_page(&CentreFilter { limit: 1_000, ..CentreFilter::default() }).await;
        let ids: Vec<String> = lines.unwrap().lines.into_iter().map(|line| line.id).collect();
        let layers = self.store.layers_of(&ids).await.unwrap();
        let edits = layers.iter().flat_map(|layers| &layers.edits).map(|edit| format!("{edit:?}")).collect();
        let seats = layers.iter().flat_map(Layers::records).map(|record| {
            format!("{} {} {} {}", record.own_id, record.centre_id, record.priority, record.present)
        });
        let apart = self.store.kept_apart().await.unwrap();
        let apart = apart.into_iter().map(|pair| format!("{} {}", pair.centre_a, pair.centre_b));
        let slugs = self.store.slugs().await.unwrap();
        [centres, slugs, edits, seats.collect(), apart.collect()]
    }

    /// What is stored as drawn is what the layers make.
    async fn assert_drawn(&self) {
        let lines = self.store.centres_page(&CentreFilter { limit: 1_000, ..CentreFilter::default() }).await;
        let lines = lines.unwrap().lines;
        let mut listed = 0;
        for line in &lines {
            let composed = compose(&self.store.layers(&line.id).await.unwrap().unwrap());
            assert_eq!((composed.standing, &composed.centre.name), (line.standing, &line.name));
            let stored = self.store.centre_by_id(&line.id).await.unwrap();
            assert_eq!(stored, (composed.standing == Standing::Listed).then_some(composed.centre));
            listed += u64::from(line.standing == Standing::Listed);
        }
        assert_eq!(self.store.count().await.unwrap(), listed);
    }
}

fn run<F: Future<Output = ()>>(story: F) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(story);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn an_import_taken_back_leaves_everything_as_it_was(
        steps in proptest::collection::vec(step(true), 0..8),
        rows in list(),
        gone in any::<bool>(),
        take in any::<bool>(),
        pairs in pairs(),
    ) {
        run(async {
            let world = World::new().await;
            world.make_by_hand().await;
            for step in &steps {
                world.carry_out(step).await;
            }
            world.assert_drawn().await;
            let before = world.state().await;
            let summary = world.import_deciding(&rows, gone, take, &pairs).await;
            world.assert_drawn().await;
            let after = world.state().await;
            if let Some(run) = summary.run {
                let back = world.roll_back(&run).await;
                assert_eq!(back.kept, []);
                assert_eq!(world.state().await, before);
                // taking back is taken back like any other run
                let again = world.roll_back(&back.roll_back.unwrap()).await;
                assert_eq!(again.kept, []);
                assert_eq!(world.state().await, after);
            }
        });
    }

    #[test]
    fn an_import_carried_out_twice_is_carried_out_once(
        steps in proptest::collection::vec(step(true), 0..6),
        rows in list(),
        gone in any::<bool>(),
        take in any::<bool>(),
    ) {
        run(async {
            let world = World::new().await;
            for step in &steps {
                world.carry_out(step).await;
            }
            world.import(&rows, gone, take).await;
            let once = world.state().await;
            let again = world.import(&rows, gone, take).await;
            assert_eq!((again.new, again.changed, again.withdrawn, again.revision), (0, 0, 0, None));
            assert_eq!(world.state().await, once);
        });
    }

    #[test]
    fn edits_survive_every_sequence_of_imports(steps in proptest::collection::vec(step(false), 1..14)) {
        run(async {
            let world = World::new().await;
            let mut written: BTreeMap<(String, Field), Value> = BTreeMap::new();
            for step in &steps {
                match step {
                    Step::Edit(number, field, value) => {
                        if let Some((id, field, value)) = world.edit(*number, *field, *value).await {
                            written.insert((id, field), value);
                        }
                    }
                    // Nobody says that the list shall win.
                    Step::Import(rows, gone, _) => drop(world.import(rows, *gone, false).await),
                    _ => unreachable!("only edits and imports"),
                }
                for ((id, field), value) in &written {
                    let layers = world.store.layers(id).await.unwrap().unwrap();
                    assert_eq!(layers.edit(field).map(|edit| &edit.value), Some(value));
                    if let Some(centre) = world.store.centre_by_id(id).await.unwrap() {
                        assert_eq!(&field.get(&centre), value, "{field}");
                    }
                }
            }
        });
    }
}

#[tokio::test]
async fn a_list_that_changes_an_edited_field_is_told_and_loses_unless_somebody_says_so() {
    let world = World::new().await;
    world.import(&[(1, 0, Some(1), 0), (2, 0, None, 0)], false, false).await;
    world.edit(1, 1, 2).await.unwrap();
    let kept = world.import(&[(1, 0, Some(2), 1), (2, 0, None, 0)], false, false).await;
    assert_eq!((kept.changed, kept.kept_edits, kept.dropped_edits), (1, 1, 0));
    let phone =
        async || world.store.centre_by_external("test", "1").await.unwrap().unwrap().contacts.phone.unwrap();
    assert_eq!(phone().await, "0171 39200 02");
    let taken = world.import(&[(1, 0, Some(0), 1), (2, 0, None, 0)], false, true).await;
    assert_eq!((taken.kept_edits, taken.dropped_edits), (0, 1));
    assert_eq!(phone().await, "030 23125 000");
    let back = world.roll_back(&taken.run.unwrap()).await;
    assert_eq!((back.changed, back.restored_edits), (1, 1));
    assert_eq!(phone().await, "0171 39200 02");
}

#[tokio::test]
async fn what_others_built_on_a_run_stays_when_it_is_taken_back() {
    let world = World::new().await;
    let first =
        world.import(&(0..5).map(|number| (number, 0, None, 0)).collect::<Vec<_>>(), false, false).await;
    // one is edited, two are merged, one is changed by a later list, one is left alone
    world.edit(0, 0, 1).await.unwrap();
    world.carry_out(&Step::Merge(1, 2)).await;
    world
        .import(
            &(0..5).map(|number| (number, u8::from(number == 3), None, 0)).collect::<Vec<_>>(),
            false,
            false,
        )
        .await;
    let plan = plan_roll_back(&*world.store, first.run.as_deref().unwrap()).await.unwrap();
    let kept: Vec<(&str, &str)> =
        plan.kept.iter().map(|kept| (kept.external_id.as_str(), kept.reason.code())).collect();
    assert_eq!(
        kept,
        [("0", "edited-since"), ("1", "merged-since"), ("2", "merged-since"), ("3", "changed-later")]
    );
    let back = world.roll_back(&first.run.unwrap()).await;
    assert_eq!((back.removed, back.kept.len()), (1, 4));
    assert_eq!(world.store.count().await.unwrap(), 3);
    assert!(world.store.records_of("test", &["4".into()]).await.unwrap().is_empty());
    assert!(matches!(plan_roll_back(&*world.store, "nobody").await, Err(RollBackError::UnknownRun)));
    world.store.prune_import_changes("2100-01-01T00:00:00Z".parse().unwrap()).await.unwrap();
    let runs = world.store.import_runs(9).await.unwrap();
    let gone = plan_roll_back(&*world.store, &runs[0].id).await;
    assert!(matches!(gone, Err(RollBackError::DetailsGone)));
}

#[tokio::test]
async fn nobody_agrees_with_herself() {
    let world = World::new().await;
    world.import(&(0..6).map(|number| (number, 0, None, 0)).collect::<Vec<_>>(), false, false).await;
    let profile = small("phone = 'tel'", "keywords = 'stich'");
    let person = |id: &str| Actor { person_id: id.into(), name: id.into() };
    for (second, refused) in [(None, true), (Some("anna"), true), (Some("berta"), false)] {
        let options = PlanOptions { withdraw_missing: true, ..PlanOptions::default() };
        let order = ImportOrder {
            options,
            agreed_by: second.map(person),
            ..ImportOrder::new(&profile, person("anna"))
        };
        world.stamp();
        let prepared = world.prepare(&[(0, 0, None, 0)], &order).await;
        assert_eq!(!prepared.plan.refusals.is_empty(), refused, "{second:?}");
        let summary = apply_import(&*world.store, prepared, &order, &Silent, &world.ids, &world.clock).await;
        assert_eq!(summary.unwrap().applied, !refused);
    }
    let run = &world.store.import_runs(1).await.unwrap()[0];
    assert_eq!(run.agreed_by.as_ref().map(|actor| actor.name.as_str()), Some("berta"));
    let trail = world.store.audit_entries(None, 1).await.unwrap();
    assert!(trail[0].detail.contains("agreed: berta"), "{trail:?}");
}

#[tokio::test]
async fn a_merge_led_by_the_list_comes_back_when_its_roll_back_is_taken_back() {
    let world = World::new().await;
    world.make_by_hand().await;
    let before = world.state().await;
    let led = [(3, 0, Verdict::RecordLeads)];
    let run = world.import_deciding(&[(3, 0, None, 0)], false, false, &led).await;
    assert_eq!((run.new, run.merged), (1, 1));
    let after = world.state().await;
    let back = world.roll_back(&run.run.unwrap()).await;
    assert_eq!((back.removed, back.regrouped, &world.state().await), (1, 1, &before));
    let again = world.roll_back(&back.roll_back.unwrap()).await;
    assert_eq!((again.returned, again.regrouped, &again.kept[..]), (1, 1, &[][..]));
    assert_eq!(world.state().await, after);
}

#[tokio::test]
async fn a_merge_that_somebody_changed_since_is_left_as_she_left_it() {
    let world = World::new().await;
    world.make_by_hand().await;
    world.import(&[(1, 0, None, 0), (2, 0, None, 0)], false, false).await;
    let pairs = [(1, 0, Verdict::RecordLeads), (2, 1, Verdict::CentreLeads)];
    let run = world.import_deciding(&[(1, 1, None, 0), (2, 1, None, 0)], false, false, &pairs).await;
    assert_eq!((run.changed, run.merged), (2, 2));
    // One is taken apart already; the other one's centre becomes part of a third.
    world.store.unmerge("manual", "m0", &world.stamp()).await.unwrap();
    world.store.merge("m2", "m1", &world.stamp()).await.unwrap();
    let back = world.roll_back(&run.run.unwrap()).await;
    let kept: Vec<(&str, &str)> =
        back.kept.iter().map(|kept| (kept.external_id.as_str(), kept.reason.code())).collect();
    assert_eq!((back.changed, back.regrouped, kept), (2, 0, vec![("2", "regrouped-since")]));
    assert!(world.store.layers("m0").await.unwrap().unwrap().others.is_empty(), "it stands alone");
    assert_eq!(world.centre_of(2).await.as_deref(), Some("m2"), "it stays where somebody put it");
}
