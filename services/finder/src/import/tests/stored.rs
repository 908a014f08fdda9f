//! Imports into a real store.

use contracts::staff::Actor;
use kernel::{FixedClock, SeededIds};

use super::*;
use crate::{
    import::profile::bundled,
    store::{self, Store},
};

const HEADER: &str = "id;name;plz;ort\n";

struct Desk {
    store: std::sync::Arc<dyn Store>,
    _folder: tempfile::TempDir,
    ids: SeededIds,
    clock: FixedClock,
}

impl Desk {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite:{}", folder.path().join("finder.db").display());
        Self {
            store: store::open(&address).await.unwrap(),
            _folder: folder,
            ids: SeededIds::new(1),
            clock: FixedClock::at("2026-11-22T08:00:00Z".parse().unwrap()),
        }
    }

    async fn import(&self, rows: &str, options: PlanOptions, dry_run: bool) -> Summary {
        self.import_with(&small("", ""), &[("a.csv", &format!("{HEADER}{rows}"))], options, dry_run).await
    }

    async fn import_with(
        &self,
        profile: &Profile,
        files: &[(&str, &str)],
        options: PlanOptions,
        dry_run: bool,
    ) -> Summary {
        let (places, topics, limits) = (Gazetteer::bundled(), topics(), Limits::default());
        let around = Surroundings { places: &places, topics: &topics, child: None, limits: &limits };
        let files =
            files.iter().map(|(name, text)| InputFile::from_bytes(*name, text.as_bytes().to_vec())).collect();
        let order = ImportOrder { options, dry_run, ..ImportOrder::new(profile, Actor::console()) };
        import_centres(&*self.store, files, &order, &around, &Silent, &self.ids, &self.clock).await.unwrap()
    }

    async fn names(&self) -> Vec<String> {
        self.store.centres_after(None, 100).await.unwrap().into_iter().map(|centre| centre.name).collect()
    }
}

fn rows(numbers: std::ops::Range<u32>) -> String {
    numbers.map(|number| format!("{number};Stelle {number};79100;Freiburg\n")).collect()
}

fn figures(summary: &Summary) -> (u64, u64, u64, u64, u64) {
    (summary.new, summary.changed, summary.unchanged, summary.missing, summary.withdrawn)
}

#[tokio::test]
async fn a_second_import_of_the_same_file_changes_nothing() {
    let desk = Desk::new().await;
    let first = desk.import(&rows(0..10), PlanOptions::default(), false).await;
    assert_eq!((figures(&first), first.applied), ((10, 0, 0, 0, 0), true));
    let second = desk.import(&rows(0..10), PlanOptions::default(), false).await;
    assert_eq!((figures(&second), second.revision), ((0, 0, 10, 0, 0), None));
    assert_eq!(desk.store.revision().await.unwrap(), first.revision.unwrap());
}

#[tokio::test]
async fn ids_and_slugs_stay_when_the_name_changes() {
    let desk = Desk::new().await;
    desk.import(&rows(0..3), PlanOptions::default(), false).await;
    let before = desk.store.centre_by_external("test", "1").await.unwrap().unwrap();
    let changed = rows(0..3).replace("Stelle 1", "Neuer Name");
    let summary = desk.import(&changed, PlanOptions::default(), false).await;
    assert_eq!(figures(&summary), (0, 1, 2, 0, 0));
    let after = desk.store.centre_by_external("test", "1").await.unwrap().unwrap();
    assert_eq!((after.name.as_str(), &after.id, &after.slug), ("Neuer Name", &before.id, &before.slug));
    assert_eq!(after.offers[0].id, before.offers[0].id);
    assert_eq!(before.slug, "stelle-1-freiburg");
}

#[tokio::test]
async fn a_dry_run_says_what_would_be_and_does_nothing() {
    let desk = Desk::new().await;
    let summary = desk.import(&rows(0..5), PlanOptions::default(), true).await;
    assert_eq!((figures(&summary), summary.applied, desk.names().await.len()), ((5, 0, 0, 0, 0), false, 0));
}

#[tokio::test]
async fn missing_centres_stay_unless_they_are_to_be_withdrawn() {
    let desk = Desk::new().await;
    desk.import(&rows(0..10), PlanOptions::default(), false).await;
    let kept = desk.import(&rows(0..9), PlanOptions::default(), false).await;
    assert_eq!((figures(&kept), desk.names().await.len()), ((0, 0, 9, 1, 0), 10));
    let withdraw = PlanOptions { withdraw_missing: true, ..PlanOptions::default() };
    let gone = desk.import(&rows(0..9), withdraw, false).await;
    assert_eq!((figures(&gone), desk.names().await.len()), ((0, 0, 9, 1, 1), 9));
}

#[tokio::test]
async fn great_losses_stop_the_import_unless_they_are_allowed() {
    let desk = Desk::new().await;
    desk.import(&rows(0..10), PlanOptions::default(), false).await;
    let withdraw = PlanOptions { withdraw_missing: true, ..PlanOptions::default() };
    let refused = desk.import(&rows(0..5), withdraw.clone(), false).await;
    assert_eq!(refused.refusals, [Refusal::CentresWithdrawn { lost: 5, of: 10 }]);
    assert!(!refused.applied && desk.names().await.len() == 10);

    let broken = rows(0..10).replace("Freiburg\n", "Freiburg;zu viel\n").replacen(
        "Freiburg;zu viel\n",
        "Freiburg\n",
        7,
    );
    let refused = desk.import(&broken, PlanOptions::default(), false).await;
    assert_eq!(refused.refusals, [Refusal::RowsLost { lost: 3, of: 10 }]);
    assert!(!refused.applied);

    let allowed =
        desk.import(&rows(0..5), PlanOptions { allow_losses: true, ..withdraw.clone() }, false).await;
    assert!(allowed.applied && desk.names().await.len() == 5);
    let empty = desk.import("", PlanOptions::default(), false).await;
    assert_eq!(empty.refusals, [Refusal::NothingRead]);
}

#[tokio::test]
async fn a_centre_whose_row_is_broken_today_is_not_missing() {
    let desk = Desk::new().await;
    desk.import(&rows(0..10), PlanOptions::default(), false).await;
    let broken = rows(0..10).replace("3;Stelle 3;79100", "3;Stelle 3;7910x");
    let withdraw = PlanOptions { withdraw_missing: true, ..PlanOptions::default() };
    let summary = desk.import(&broken, withdraw, false).await;
    assert_eq!((figures(&summary), summary.rejected.len()), ((0, 0, 9, 0, 0), 1));
    assert_eq!(desk.names().await.len(), 10);
}

#[tokio::test]
async fn sources_do_not_touch_each_other() {
    let desk = Desk::new().await;
    desk.import(&rows(0..3), PlanOptions::default(), false).await;
    let withdraw = PlanOptions { withdraw_missing: true, ..PlanOptions::default() };
    let other = Profile::parse("other", "title='o'\nsource='other'\nformat='table'\n[centre]\nexternal_id='id'\nname='name'\npostcode='plz'\ncity='ort'\n[[offer]]\nname={value='B'}").unwrap();
    let summary =
        desk.import_with(&other, &[("b.csv", &format!("{HEADER}{}", rows(0..2)))], withdraw, false).await;
    assert_eq!(figures(&summary), (2, 0, 0, 0, 0));
    assert_eq!(desk.names().await.len(), 5);
    let slugs = desk.store.slugs().await.unwrap();
    assert!(slugs.contains(&"stelle-1-freiburg-2".to_owned()), "{slugs:?}");
}

#[tokio::test]
async fn ten_thousand_centres_are_imported_quickly_and_the_second_time_nothing_changes() {
    use crate::export::{Exporter as _, FlatCsv};
    let desk = Desk::new().await;
    let mut bytes = Vec::new();
    let mut export = FlatCsv::new(&mut bytes).unwrap();
    crate::demo::centres(9, 10_000).for_each(|centre| export.centre(&centre).unwrap());
    export.finish().unwrap();
    drop(export);
    let text = String::from_utf8(bytes).unwrap();
    let began = std::time::Instant::now();
    let first = desk
        .import_with(&bundled("centres").unwrap(), &[("a.csv", &text)], PlanOptions::default(), false)
        .await;
    println!("10,000 centres in {:?} (unoptimised build), {} kB", began.elapsed(), text.len() / 1_024);
    assert_eq!(figures(&first), (10_000, 0, 0, 0, 0));
    let began = std::time::Instant::now();
    let second = desk
        .import_with(&bundled("centres").unwrap(), &[("a.csv", &text)], PlanOptions::default(), false)
        .await;
    println!("again, all unchanged, in {:?}", began.elapsed());
    assert_eq!(figures(&second), (0, 0, 10_000, 0, 0));
}

#[tokio::test]
async fn an_export_read_back_into_its_source_changes_nothing() {
    use crate::{
        demo,
        export::{ExportOptions, FlatCsv, HsdsJson, export_centres},
        store::{ImportChange, ImportRun},
    };
    let desk = Desk::new().await;
    let at = "2026-11-22T08:00:00Z".parse().unwrap();
    let run = ImportRun::new("run".into(), demo::SOURCE.into(), "demo".into(), Actor::console(), at);
    // Where a list gives no point the import would add one.
    let saved: Vec<Centre> = demo::centres(2, 300).filter(|centre| centre.coordinates.is_some()).collect();
    let count = saved.len() as u64;
    desk.store.apply_import(&ImportChange::new(0, run, saved)).await.unwrap();
    let (mut csv, mut json) = (Vec::new(), Vec::new());
    let options = ExportOptions { source: Some(demo::SOURCE.into()) };
    export_centres(&*desk.store, &options, &mut FlatCsv::new(&mut csv).unwrap(), &Silent).await.unwrap();
    export_centres(&*desk.store, &options, &mut HsdsJson::new(&mut json), &Silent).await.unwrap();
    for (name, bytes) in [("centres", csv), ("hsds", json)] {
        let text = String::from_utf8(bytes).unwrap();
        let own = Profile { source: demo::SOURCE.into(), ..bundled(name).unwrap() };
        let summary = desk.import_with(&own, &[("export", &text)], PlanOptions::default(), false).await;
        assert_eq!(figures(&summary), (0, 0, count, 0, 0), "{name}");
        // Under another source the same offers get ids of their own.
        let copy = Profile { source: format!("copy-{name}"), ..own };
        let summary = desk.import_with(&copy, &[("export", &text)], PlanOptions::default(), false).await;
        assert_eq!(figures(&summary), (count, 0, 0, 0, 0), "{name}");
        let again = desk.import_with(&copy, &[("export", &text)], PlanOptions::default(), false).await;
        assert_eq!(figures(&again), (0, 0, count, 0, 0), "{name}");
    }
    let all = desk.store.centres_after(None, 2_000).await.unwrap();
    let ids: Vec<&str> =
        all.iter().flat_map(|centre| &centre.offers).map(|offer| offer.id.as_str()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "no offer id twice");
}
