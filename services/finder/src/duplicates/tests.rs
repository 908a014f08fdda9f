use contracts::directory::{Address, Centre, Contacts, Coordinates, LocationBasis, Offer, OpeningHours};
use proptest::prelude::*;

use super::*;

fn centre(id: &str, source: &str, name: &str, street: &str, topic: &str) -> Centre {
    Centre {
        id: id.into(),
        source: source.into(),
        external_id: id.into(),
        slug: id.into(),
        name: name.into(),
        carrier: None,
        association: None,
        description: None,
        address: Address {
            street: Some(street.to_owned()).filter(|street| !street.is_empty()),
            extra: None,
            postcode: "48901".parse().unwrap(),
            city: "Kieselstadt".into(),
        },
        coordinates: None,
        contacts: Contacts::default(),
        opening: OpeningHours::default(),
        access: Default::default(),
        languages: vec![],
        confirmed_on: None,
        offers: vec![Offer {
            id: format!("{id}-offer"),
            name: name.into(),
            description: None,
            topics: vec![topic.into()],
            leika: None,
            target_groups: vec![],
            keywords: vec![],
            languages: vec![],
            modes: vec![],
            areas: vec![],
            link: None,
        }],
    }
}

fn pairs(centres: &[Centre]) -> Vec<Candidate> {
    let mut duplicates = Duplicates::default();
    centres.iter().for_each(|centre| duplicates.add(centre));
    duplicates.pairs(&KeptApart::default())
}

fn reasons(candidate: &Candidate) -> Vec<Reason> {
    candidate.evidence.iter().map(|evidence| evidence.reason).collect()
}

/// Two lists, one centre.
fn twins() -> [Centre; 2] {
    let phone = |text: &str| Contacts { phone: Some(text.into()), ..Contacts::default() };
    [
        Centre {
            contacts: phone("09981 4455-0"),
            ..centre("a", "one", "Suchtberatung der Diakonie Kieselstadt", "Bahnhofstr. 12", "addiction")
        },
        Centre {
            contacts: phone("+49 9981 44550"),
            ..centre("b", "two", "Diakonie Suchtberatung", "Bahnhofstraße 12", "addiction")
        },
    ]
}

#[test]
fn one_centre_in_two_lists_is_found_with_its_reasons() {
    let found = pairs(&twins());
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].one.as_str(), found[0].other.as_str(), found[0].advice), ("a", "b", Advice::Merge));
    for reason in [Reason::SameAddress, Reason::SamePhone, Reason::SameTopics] {
        assert!(reasons(&found[0]).contains(&reason), "{reason:?}");
    }
    let sum: i16 = found[0].evidence.iter().map(|evidence| evidence.points).sum();
    assert_eq!(i16::from(found[0].score), sum.min(100), "the score is the sum of its reasons");
}

#[test]
fn what_was_kept_apart_does_not_come_back() {
    let mut duplicates = Duplicates::default();
    twins().iter().for_each(|centre| duplicates.add(centre));
    for pair in [("a", "b"), ("b", "a")] {
        assert_eq!(duplicates.pairs(&KeptApart::from_iter([pair])), []);
    }
    assert_eq!(duplicates.pairs(&KeptApart::from_iter([("a", "c")])).len(), 1);
}

#[test]
fn only_pairs_with_a_wanted_centre_are_given() {
    let [one, other] = twins();
    let third = Centre { id: "c".into(), source: "three".into(), ..one.clone() };
    let mut duplicates = Duplicates::default();
    [&one, &other, &third].into_iter().for_each(|centre| duplicates.add(centre));
    let ids = |candidates: Vec<Candidate>| {
        candidates.into_iter().map(|pair| pair.one + &pair.other).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(ids(duplicates.pairs(&KeptApart::default())).len(), 3);
    let wanted = ids(duplicates.pairs_where(&KeptApart::default(), |id| id == "c"));
    assert_eq!(wanted.into_iter().collect::<Vec<_>>(), ["ac", "bc"]);
}

#[test]
fn another_service_of_the_same_house_is_never_proposed_as_the_same() {
    let [one, mut other] = twins();
    other.name = "Schuldnerberatung der Diakonie Kieselstadt".into();
    other.offers[0].topics = vec!["debt".into()];
    other.contacts.email = Some("info@example.org".into());
    let one = Centre { contacts: other.contacts.clone(), ..one };
    let found = pairs(&[one, other]);
    assert_eq!(found[0].advice, Advice::KeepApart);
    assert!(reasons(&found[0]).contains(&Reason::OtherTopics));
    assert!(found[0].score < 55);
}

#[test]
fn one_house_under_one_name_is_the_same_whatever_each_list_lists_it_for() {
    let one = centre("a", "one", "Haus der Beratung Lindenhof", "Am Markt 1", "addiction");
    let other = centre("b", "two", "Haus der Beratung „Lindenhof“", "Am Markt 1", "debt");
    assert_eq!(pairs(&[one, other])[0].advice, Advice::Merge);
}

#[test]
fn within_one_list_more_is_needed() {
    let [one, other] = twins();
    let other = Centre { contacts: Contacts::default(), ..other };
    let street = Some(String::from("Bahnhofstr. 12 a"));
    let other = Centre { address: Address { street, ..other.address.clone() }, ..other };
    assert_eq!(pairs(&[one.clone(), other.clone()])[0].advice, Advice::Merge);
    let same_list = Centre { source: one.source.clone(), ..other };
    assert_eq!(pairs(&[one, same_list])[0].advice, Advice::Look);
}

#[test]
fn a_number_that_a_list_gives_to_several_centres_says_little() {
    let [one, other] = twins();
    let third = Centre {
        id: "c".into(),
        source: "one".into(),
        contacts: one.contacts.clone(),
        ..centre("c", "one", "Kurberatung", "Anderswo 3", "health_cure")
    };
    let found = pairs(&[one, other, third]);
    let twins = found.iter().find(|pair| pair.other == "b").unwrap();
    assert!(reasons(twins).contains(&Reason::SharedPhone));
}

#[test]
fn a_point_stands_in_for_a_missing_street() {
    let at = |lat: f64| Some(Coordinates { lat, lon: 9.0, basis: LocationBasis::Given });
    let one = Centre { coordinates: at(51.0), ..centre("a", "one", "Lotse", "", "addiction") };
    let near = Centre { coordinates: at(51.001), ..centre("b", "two", "Der Lotse", "", "addiction") };
    let found = pairs(&[one.clone(), near.clone()]);
    assert!(reasons(&found[0]).contains(&Reason::Near(111)));
    let middle = Coordinates { lat: 51.0, lon: 9.0, basis: LocationBasis::Postcode };
    let guessed = Centre { coordinates: Some(middle), ..near };
    let found = pairs(&[one, guessed]);
    assert!(found.iter().all(|pair| !reasons(pair).iter().any(|reason| matches!(reason, Reason::Near(_)))));
}

proptest! {
    #[test]
    fn any_texts_can_be_compared_and_order_does_not_matter(
        texts in prop::collection::vec((any::<String>(), any::<String>(), any::<String>(), any::<String>()), 2..5)
    ) {
        let mut centres = Vec::new();
        for (number, (name, street, phone, mail)) in texts.into_iter().enumerate() {
            let mut centre = centre(&number.to_string(), &format!("list {}", number % 2), &name, &street, "debt");
            centre.contacts.phone = Some(phone);
            centre.contacts.website = Some(mail.clone());
            centre.contacts.email = Some(mail);
            centres.push(centre);
        }
        let found = pairs(&centres);
        centres.reverse();
        prop_assert_eq!(found, pairs(&centres));
    }
}
