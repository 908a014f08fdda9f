//! An edit and its way back leave the entry as it was.

use axum::http::StatusCode;
use proptest::{prelude::*, test_runner::TestRunner};

use super::desk::{Form, desk};

/// Forms, an input of each, and the field it belongs to.
const INPUTS: [(&str, &str, &str); 11] = [
    ("stammdaten", "name", "name"),
    ("stammdaten", "carrier", "carrier"),
    ("stammdaten", "description", "description"),
    ("stammdaten", "language", "languages"),
    ("adresse", "street", "address"),
    ("kontakt", "phone", "contacts.phone"),
    ("zeiten", "note", "opening.note"),
    ("zeiten", "wozu", "opening.weekly"),
    ("zugang", "facts", "access.facts"),
    ("angebote/a-0", "keywords", "offer:a-0.keywords"),
    ("angebote/a-0/gebiet", "plz", "offer:a-0.areas"),
];

fn fitting(input: &str, text: &str) -> String {
    let number = text.len() % 10;
    match input {
        "phone" => format!("0761 555 {number}{number}"),
        "plz" => format!("7910{number}"),
        "language" => String::from(if number.is_multiple_of(2) { "ar" } else { "uk" }),
        _ => format!("x{text}"),
    }
}

#[test]
fn an_edit_taken_back_leaves_the_centre_as_it_was() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let desk = runtime.block_on(desk());
    let before = runtime.block_on(desk.centre("a"));
    let edits = proptest::collection::vec((0..INPUTS.len(), "[a-zäöüß ]{0,20}"), 1..4);
    let mut runner = TestRunner::new(ProptestConfig { cases: 24, ..ProptestConfig::default() });
    let outcome = runner.run(&edits, |edits| {
        runtime.block_on(async {
            for (at, text) in &edits {
                let (tail, input, _) = INPUTS[*at];
                let address = format!("/arbeitsplatz/stellen/a/{tail}");
                let form = desk.form("eva", &address).await.with(input, &fitting(input, text));
                let (status, html) = desk.post_form("eva", &address, &form).await;
                prop_assert_eq!(status, StatusCode::SEE_OTHER, "{} {}", input, html);
            }
            prop_assert_ne!(&desk.centre("a").await, &before);
            for (at, _) in &edits {
                let back = Form::default().and("feld", INPUTS[*at].2);
                let (status, to) =
                    desk.post_form("eva", "/arbeitsplatz/stellen/a/zuruecknehmen", &back).await;
                prop_assert_eq!(status, StatusCode::SEE_OTHER);
                prop_assert!(to.ends_with("?getan=zurueck"), "{}", to);
            }
            prop_assert_eq!(&desk.centre("a").await, &before);
            Ok(())
        })
    });
    outcome.unwrap();
}
