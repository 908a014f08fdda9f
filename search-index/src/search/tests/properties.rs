//! The promises of the ranking, on generated directories. Each is run twice: on the engine, where it must hold, and on
//! an engine that breaks just this promise, where it must fail.

use contracts::directory::{Centre, Mode};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseResult, TestRunner},
};

use super::generated::{directory, places, words};
use crate::search::{
    Answer, Filters, Request, SearchIndex,
    rank::{Mutant, with_mutant},
    testing::{ids, index, search},
};

/// Proves that the promise holds and that the test notices when it does not.
fn promise<S: Strategy>(mutant: Mutant, cases: &S, holds: impl Fn(S::Value) -> TestCaseResult) {
    let runner = |cases, shrink| {
        let config =
            Config { cases, max_shrink_iters: shrink, failure_persistence: None, ..Config::default() };
        TestRunner::new_with_rng(
            config,
            proptest::test_runner::TestRng::deterministic_rng(Default::default()),
        )
    };
    runner(40, 200).run(cases, &holds).unwrap();
    let broken = with_mutant(mutant, || runner(400, 0).run(cases, &holds));
    assert!(broken.is_err(), "the test does not notice {mutant:?}");
}

fn order(centres: &[Centre], words: &str, places: &[crate::place::Place]) -> Vec<String> {
    let (_dir, index) = index(centres);
    ids(&search(&index, words, places)).into_iter().map(str::to_owned).collect()
}

#[test]
fn modes_change_no_ranking() {
    let cases = (directory(), words(), places(), prop::collection::vec(any::<bool>(), 14));
    promise(Mutant::FavoursChat, &cases, |(centres, words, places, with_chat)| {
        let mut other = centres.clone();
        for (centre, &chat) in other.iter_mut().zip(&with_chat) {
            for offer in &mut centre.offers {
                offer.modes = if chat { Mode::ALL.to_vec() } else { vec![Mode::InPerson] };
                offer.link = chat.then(|| "https://booking.invalid/".to_owned());
            }
        }
        prop_assert_eq!(order(&centres, &words.join(" "), &places), order(&other, &words.join(" "), &places));
        Ok(())
    });
}

#[test]
fn renaming_changes_no_order_among_equals() {
    let cases = (directory(), words(), places());
    promise(Mutant::OrdersByName, &cases, |(mut centres, words, places)| {
        for centre in &mut centres {
            centre.name = "Haus Mitte".to_owned();
        }
        let before = order(&centres, &words.join(" "), &places);
        for (centre, name) in
            centres.iter_mut().zip(["Zebra", "Apfel", "Moor", "Birke", "Quitte"].iter().cycle())
        {
            centre.name = format!("Haus {name}");
        }
        prop_assert_eq!(before, order(&centres, &words.join(" "), &places));
        Ok(())
    });
}

#[test]
fn the_order_of_adding_changes_nothing() {
    let cases = (directory(), words(), places());
    promise(Mutant::OrdersByInsertion, &cases, |(mut centres, words, places)| {
        let before = order(&centres, &words.join(" "), &places);
        centres.reverse();
        prop_assert_eq!(before, order(&centres, &words.join(" "), &places));
        Ok(())
    });
}

#[test]
fn covering_more_never_ranks_lower_and_every_covered_unit_has_a_reason() {
    let cases = (directory(), words(), places());
    promise(Mutant::ForgetsCoverage, &cases, |(centres, words, places)| {
        let (_dir, index) = index(&centres);
        let answer = search(&index, &words.join(" "), &places);
        for pair in answer.hits.windows(2) {
            prop_assert!(pair[0].covered_units >= pair[1].covered_units);
        }
        for hit in &answer.hits {
            prop_assert_eq!(hit.reasons.len(), hit.covered_units as usize, "{:?}", hit);
        }
        Ok(())
    });
}

#[test]
fn umlauts_may_be_typed_in_any_way() {
    let cases = (directory(), words(), places());
    promise(Mutant::TakesUmlautsLiterally, &cases, |(centres, words, places)| {
        let (_dir, index) = index(&centres);
        let typed = words.join(" ");
        let digraphs = typed.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
        let plain = typed.replace('ä', "a").replace('ö', "o").replace('ü', "u");
        let asked = |words: &str| {
            let answer = search(&index, words, &places);
            (answer.total, ids(&answer).into_iter().map(str::to_owned).collect::<Vec<_>>())
        };
        for other in [digraphs, plain, typed.to_uppercase()] {
            prop_assert_eq!(asked(&typed), asked(&other), "{}", other);
        }
        Ok(())
    });
}

#[test]
fn word_order_changes_nothing() {
    let cases = (directory(), words(), places(), 0..4usize);
    promise(Mutant::ReadsFirstWordOnly, &cases, |(centres, words, places, turn)| {
        let (_dir, index) = index(&centres);
        let mut turned = words.clone();
        turned.rotate_left(turn % words.len());
        let reversed: Vec<&str> = words.iter().rev().copied().collect();
        let expected = search(&index, &words.join(" "), &places);
        for other in [turned, reversed] {
            let answer = search(&index, &other.join(" "), &places);
            prop_assert_eq!(ids(&expected), ids(&answer));
            prop_assert_eq!(expected.total, answer.total);
        }
        Ok(())
    });
}

fn page(
    index: &SearchIndex,
    words: &str,
    places: &[crate::place::Place],
    offset: usize,
    limit: usize,
) -> Answer {
    let filters = Filters::default();
    index.search(&Request { words, places, filters: &filters, offset, limit }).unwrap()
}

#[test]
fn pages_neither_overlap_nor_drop() {
    let cases = (directory(), words(), places(), 1..5usize);
    promise(Mutant::OverlapsPages, &cases, |(centres, words, places, size)| {
        let (_dir, index) = index(&centres);
        let words = words.join(" ");
        let whole = page(&index, &words, &places, 0, usize::MAX);
        prop_assert_eq!(whole.hits.len(), whole.total);
        let mut paged = Vec::new();
        for offset in (0..whole.total).step_by(size) {
            let answer = page(&index, &words, &places, offset, size);
            prop_assert_eq!(answer.total, whole.total);
            paged.extend(answer.hits);
        }
        prop_assert_eq!(paged, whole.hits);
        prop_assert!(page(&index, &words, &places, usize::MAX, usize::MAX).hits.is_empty());
        Ok(())
    });
}

#[test]
fn hostile_input_never_panics() {
    let nasty = prop_oneof![
        any::<String>(),
        "[\\x00-\\x1f\u{202e}\u{200b}😀äß\"*:()\\[\\]~^+-]{0,40}",
        "(schulden|süchtig|ä|\u{301}|ﷺ|İ){1,60}",
        Just("ä".repeat(1_500)),
        Just("x".repeat(1_999) + "ä"),
        Just("a ".repeat(200_000)),
    ];
    let (_dir, index) = index(&[]);
    let (_full_dir, full) = super::small();
    promise(Mutant::CutsLetters, &nasty, |typed| {
        for index in [&index, &full] {
            let run = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                search(index, &typed, &[]);
                index.suggest_words(&typed, &typed, 5).unwrap();
            }));
            prop_assert!(run.is_ok());
        }
        Ok(())
    });
}

#[test]
fn ten_megabytes_cost_nothing() {
    let (_dir, index) = super::small();
    for text in ["x".repeat(10_000_000), "schulden ".repeat(1_200_000), " ".repeat(10_000_000)] {
        let answer = search(&index, &text, &[]);
        assert!(answer.units.len() <= 8);
    }
}
