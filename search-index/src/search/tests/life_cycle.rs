//! An index on disk: built, made current, opened again, refused when it does not fit.

use std::{fs, sync::Arc};

use crate::search::{
    IndexError, IndexHome, Lexicon, SearchIndex,
    testing::{centre, ids, offer, search},
};

fn build(home: &IndexHome, revision: i64) -> SearchIndex {
    let mut builder = home.begin(Lexicon::bundled()).unwrap();
    builder
        .add(&centre("a", "Haus A", "79100", None, vec![offer("a", "Schuldnerberatung", &["debt"])]))
        .unwrap();
    builder.add(&centre("empty", "Haus B", "79100", None, Vec::new())).unwrap();
    builder.finish(revision).unwrap()
}

#[test]
fn a_new_generation_takes_over_and_the_old_one_can_be_read_to_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let home = IndexHome::new(dir.path().join("index"));
    assert!(home.open_current(Lexicon::bundled()).unwrap().is_none());
    let first = build(&home, 1);
    assert!(home.open_current(Lexicon::bundled()).unwrap().is_none(), "not current before it is made so");
    home.make_current(&first).unwrap();
    let second = build(&home, 2);
    assert_eq!(home.open_current(Lexicon::bundled()).unwrap().unwrap().revision(), 1);
    home.make_current(&second).unwrap();
    assert_eq!(home.open_current(Lexicon::bundled()).unwrap().unwrap().revision(), 2);
    assert_eq!(ids(&search(&first, "schulden", &[])), ["a"]);
    assert_eq!((second.len_centres(), second.len_offers()), (1, 1));
    let left = fs::read_dir(dir.path().join("index")).unwrap().count();
    assert_eq!(left, 2, "the current generation and the file that names it");
}

#[test]
fn what_does_not_fit_is_built_anew() {
    let dir = tempfile::tempdir().unwrap();
    let home = IndexHome::new(dir.path());
    home.make_current(&build(&home, 1)).unwrap();
    let own = tempfile::tempdir().unwrap();
    fs::write(own.path().join("stopwords.txt"), "[stop]\nfoo\n").unwrap();
    let other: Arc<Lexicon> = Lexicon::from_dir(own.path()).unwrap();
    assert!(home.open_current(other).unwrap().is_none(), "another lexicon");
    let damaged = fs::read_dir(dir.path().join("generation-1")).unwrap().flatten();
    let store = damaged
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|e| e == "store"))
        .unwrap();
    let mut bytes = fs::read(&store).unwrap();
    bytes[3] ^= 0xff;
    fs::write(&store, bytes).unwrap();
    assert!(home.open_current(Lexicon::bundled()).unwrap().is_none(), "a damaged file");
    fs::write(dir.path().join("current"), "../elsewhere").unwrap();
    assert!(home.open_current(Lexicon::bundled()).unwrap().is_none(), "a name that is none");
}

#[test]
fn an_index_from_elsewhere_cannot_become_current() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let stranger = build(&IndexHome::new(one.path()), 1);
    let refused = IndexHome::new(other.path()).make_current(&stranger);
    assert!(matches!(refused, Err(IndexError::NotFromHere { .. })));
}
