//! The index keeps up with the directory, and never stands for half of it.

use storekit::Database;

use super::*;
use crate::{
    store::{self, ImportChange, ImportRun, SERVICE},
    web::samples,
};

#[tokio::test]
async fn a_directory_that_cannot_be_read_to_its_end_leaves_no_index_behind() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("finder.db").display());
    let store = store::open(&address).await.unwrap();
    let now = "2026-11-23T09:00:00Z".parse().unwrap();
    let actor = contracts::staff::Actor::console();
    let run = ImportRun::new("run".into(), "demo".into(), "test".into(), actor, now);
    let change = ImportChange::new(0, run, vec![samples::centre()]);
    let revision = store.apply_import(&change);
    let revision = revision.await.unwrap();
    let Database::Sqlite(file) = Database::open(&address, &SERVICE).await.unwrap() else {
        panic!("a file is SQLite")
    };
    let set = async |body: &str| {
        let mut transaction = file.begin().await.unwrap();
        let set = sqlx::query("UPDATE centre SET body = $1").bind(body.to_owned());
        set.execute(&mut *transaction).await.unwrap();
        transaction.commit().await.unwrap();
    };

    let live = Live::new(store, Lexicon::bundled(), folder.path().join("index"));
    set("{}").await;
    assert!(matches!(live.catch_up().await, Err(LiveError::Store(StoreError::Corrupt { .. }))));
    assert!(live.snapshot().is_none());
    assert!(live.home().open_current(Lexicon::bundled()).unwrap().is_none(), "half a directory");

    set(&store::canonical_body(&samples::centre()).unwrap()).await;
    live.catch_up().await.unwrap();
    let snapshot = live.snapshot().unwrap();
    assert_eq!((snapshot.index.revision(), snapshot.index.len_centres()), (revision, 1));
}
