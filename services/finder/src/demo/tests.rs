use std::collections::HashSet;

use contracts::directory::{Area, Mode};

use super::*;

#[test]
fn the_same_seed_gives_the_same_centres_and_more_only_adds() {
    let few: Vec<_> = centres(SEED, 50).collect();
    let more: Vec<_> = centres(SEED, 80).collect();
    assert_eq!(few[..], more[..50]);
    assert_ne!(few[40..], centres(2, 50).collect::<Vec<_>>()[40..]);
}

#[test]
fn the_demo_directory_is_large_varied_and_without_repeated_ids() {
    let all: Vec<_> = centres(SEED, COUNT).collect();
    assert!(all.len() >= 1_200);
    let mut seen = HashSet::new();
    for centre in &all {
        assert!(seen.insert(&centre.id) && seen.insert(&centre.slug) && seen.insert(&centre.external_id));
        assert!(!centre.offers.is_empty());
        assert!(centre.offers.iter().all(|offer| seen.insert(&offer.id)));
    }
    assert!(all.windows(2).all(|pair| pair[0].id < pair[1].id), "ids sort by number");
    let lands: HashSet<_> = all
        .iter()
        .flat_map(|centre| &centre.offers)
        .flat_map(|offer| &offer.areas)
        .filter_map(|area| if let Area::District(key) = area { Some(key.land()) } else { None })
        .collect();
    assert_eq!(lands.len(), 16);
    for kind in ["postcodes", "municipality", "district", "land", "nationwide"] {
        let wanted = format!("\"kind\":\"{kind}\"");
        assert!(all.iter().any(|centre| serde_json::to_string(centre).unwrap().contains(&wanted)), "{kind}");
    }
    for mode in Mode::ALL {
        assert!(
            all.iter().flat_map(|centre| &centre.offers).any(|offer| offer.modes.contains(&mode)),
            "{mode:?}"
        );
    }
    assert!(all.iter().any(|centre| !centre.opening.exceptions.is_empty()));
    assert!(all.iter().any(|centre| centre.confirmed_on.is_none()));
    assert!(all.iter().any(|centre| centre.languages.len() > 3));
}

#[test]
fn nobody_can_take_a_demo_centre_for_a_real_one() {
    for centre in centres(SEED, COUNT) {
        assert!(words::MARKS.iter().any(|mark| centre.name.contains(mark)), "{}", centre.name);
        assert!(centre.contacts.email.iter().all(|mail| mail.ends_with("@example.org")));
        assert!(centre.contacts.website.iter().all(|link| link.starts_with("https://example.org/")));
        let fictional = ["030 23125 ", "040 66969 ", "0221 4710 ", "069 90009 ", "089 99998 ", "0171 39200 "];
        for number in centre.contacts.phone.iter().chain(&centre.contacts.fax) {
            assert!(fictional.iter().any(|range| number.starts_with(range)), "{number}");
        }
    }
}

#[test]
fn days_lie_around_the_given_day() {
    let today = date(2027, 5, 3);
    for centre in centres_on(SEED, 300, today) {
        assert!(centre.confirmed_on.is_none_or(|day| day <= today));
        assert!(centre.opening.exceptions.iter().all(|exception| exception.from >= today));
    }
}

#[test]
fn opening_spans_are_sorted_and_close_after_they_open() {
    for centre in centres(SEED, 300) {
        assert!(centre.opening.weekly.is_sorted());
        assert!(centre.opening.weekly.iter().all(|span| span.opens < span.closes));
    }
}
