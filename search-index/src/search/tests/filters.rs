//! Conditions a hit must meet.

use contracts::directory::{Mode, Wheelchair};

use crate::search::{
    Answer, Filters, Request, SearchIndex,
    testing::{centre, ids, index, offer, postcode_place},
};

fn filtered(index: &SearchIndex, words: &str, filters: &Filters) -> Answer {
    let places = [postcode_place("79100", Some((48.0, 7.85)))];
    index.search(&Request { words, places: &places, filters, offset: 0, limit: 10 }).unwrap()
}

#[test]
fn each_condition_leaves_out_who_does_not_meet_it() {
    let mut chat = offer("a", "Suchtberatung", &["gambling"]);
    chat.modes = vec![Mode::Chat];
    chat.languages = vec!["pt-BR".to_owned()];
    let mut reachable =
        centre("b", "Haus B", "79100", Some((48.0, 7.85)), vec![offer("b", "Sucht", &["addiction"])]);
    reachable.access.wheelchair = Some(Wheelchair::Partial);
    let far = centre("a", "Haus A", "79312", Some((48.2, 7.85)), vec![chat]);
    let (_dir, index) = index(&[far, reachable]);
    let none = Filters::default();
    assert_eq!(filtered(&index, "sucht", &none).total, 2);
    for (filters, left) in [
        (Filters { topic: Some("gambling".to_owned()), ..none.clone() }, vec!["a"]),
        (Filters { topic: Some("debt".to_owned()), ..none.clone() }, vec![]),
        (Filters { topic: Some("unheard".to_owned()), ..none.clone() }, vec![]),
        (Filters { modes: vec![Mode::Chat, Mode::Video], ..none.clone() }, vec!["a"]),
        (Filters { language: Some("PT".to_owned()), ..none.clone() }, vec!["a"]),
        (Filters { language: Some("de".to_owned()), ..none.clone() }, vec!["b"]),
        (Filters { wheelchair: true, ..none.clone() }, vec!["b"]),
        (Filters { radius_km: Some(5.0), ..none.clone() }, vec!["b"]),
    ] {
        for words in ["sucht", ""] {
            assert_eq!(ids(&filtered(&index, words, &filters)), left, "{words:?} {filters:?}");
        }
    }
    let wide = Filters { topic: Some("addiction".to_owned()), ..none };
    assert_eq!(filtered(&index, "sucht", &wide).total, 2);
}
