//! What the store promises of waiting lists.

use booking::{
    appointment::SealedText,
    store::{Joined, NewEntry},
    waiting::{Entry, Stage},
};
use jiff::{SignedDuration, Timestamp};
use kernel::Lang;
use mailkit::{Intent, Queue};

use crate::{
    on_both_engines,
    people::{CENTRE, House, OFFER, at, form, hold, minutes, now, place, sealed},
};

const BEFORE: &str = "2026-12-06T08:00:00Z";

fn hours(count: i64) -> SignedDuration {
    SignedDuration::from_hours(count)
}

fn new(name: &str) -> NewEntry {
    let id = format!("entry-{name}");
    let mail = Intent::now(format!("{id}/0"), "waiting-confirm", &id, Lang::De, now());
    NewEntry {
        id,
        offer_id: OFFER.to_owned(),
        form_hash: form(name),
        link_hash: form(&format!("{name} link")),
        before: at(BEFORE),
        forget_at: now() + hours(24),
        lang: Lang::En,
        notify: sealed(1),
        mail,
    }
}

fn notice(name: &str, number: u8) -> Intent {
    let id = format!("entry-{name}");
    Intent::now(format!("{id}/{number}"), "waiting-earlier", &id, Lang::En, now())
}

async fn confirmed(house: &House, name: &str, earliest: Timestamp) -> String {
    assert_eq!(house.store.join_waiting(&new(name), 9).await, Ok(Joined::New));
    let id = format!("entry-{name}");
    assert_eq!(house.store.confirm_waiting(&id, earliest, at(BEFORE), &sealed(2)).await, Ok(true));
    id
}

async fn entry(house: &House, name: &str) -> Entry {
    house.store.waiting(&format!("entry-{name}")).await.unwrap().unwrap()
}

/// What the worker would send.
async fn queued(house: &House) -> Vec<String> {
    let queue = Queue::new(house.database.clone());
    let lease = format!("lease-{}", rand::random::<u64>());
    // given back at once
    let leased = queue.lease(99, now(), now(), &lease).await.unwrap();
    leased.into_iter().map(|leased| leased.intent.id).collect()
}

async fn a_form_becomes_one_entry_and_a_list_has_an_end(house: House) {
    assert_eq!(house.store.join_waiting(&new("a"), 2).await, Ok(Joined::New));
    assert_eq!(house.store.join_waiting(&new("a"), 2).await, Ok(Joined::Again));
    assert_eq!(house.store.join_waiting(&new("b"), 2).await, Ok(Joined::New));
    assert_eq!(house.store.join_waiting(&new("c"), 2).await, Ok(Joined::Full));
    assert_eq!(house.store.join_waiting(&new("b"), 2).await, Ok(Joined::Again), "also when it is full");
    let other = NewEntry { offer_id: "other".into(), ..new("c") };
    assert_eq!(house.store.join_waiting(&other, 2).await, Ok(Joined::New), "another offer has its own list");
    let found = house.store.waiting_by_link(form("a link")).await.unwrap();
    assert_eq!(found, house.store.waiting_by_form(form("a")).await.unwrap());
    let found = found.unwrap();
    assert_eq!((found.stage, found.earliest, found.before), (Stage::Asked, at(BEFORE), at(BEFORE)));
    assert_eq!((found.lang, found.notify), (Lang::En, Some(sealed(1))));
    assert_eq!(queued(&house).await, ["entry-a/0", "entry-b/0", "entry-c/0"]);
    assert_eq!(house.store.awaited_offers(now()).await, Ok(vec![]), "nobody confirmed");
    assert_eq!(house.store.waiting_for(OFFER, now()).await, Ok(vec![]));
}

/// Also when the directory does not list the offer any more.
async fn the_last_place_is_given_once(house: House) {
    let names: Vec<String> = (0..12).map(|number| number.to_string()).collect();
    let all = names.iter().map(|name| {
        let store = house.store.clone();
        let entry = new(name);
        tokio::spawn(async move { store.join_waiting(&entry, 3).await.unwrap() })
    });
    let mut joined = 0;
    for one in all.collect::<Vec<_>>() {
        joined += usize::from(one.await.unwrap() == Joined::New);
    }
    assert_eq!(joined, 3);
}

async fn an_entry_is_confirmed_once_and_under_a_new_key(house: House) {
    let earliest = now() + hours(50);
    let id = confirmed(&house, "a", earliest).await;
    assert_eq!(queued(&house).await, [""; 0], "nobody is asked any more");
    let waiting = entry(&house, "a").await;
    assert_eq!(waiting.stage, Stage::Waiting { notices: 0, told_at: None });
    assert_eq!((waiting.earliest, waiting.forget_at), (earliest, at(BEFORE)));
    assert_eq!(waiting.notify, Some(sealed(2)));
    let again = SealedText { slot: 9, ..sealed(3) };
    assert_eq!(house.store.confirm_waiting(&id, now(), at(BEFORE), &again).await, Ok(false));
    assert_eq!(house.store.confirm_waiting("nobody", now(), at(BEFORE), &again).await, Ok(false));
    assert_eq!(entry(&house, "a").await, waiting);
    assert_eq!(house.store.awaited_offers(now()).await, Ok(vec![OFFER.to_owned()]));
    assert_eq!(house.store.waiting_for(OFFER, now()).await, Ok(vec![waiting]));
    assert_eq!(house.store.awaited_offers(at(BEFORE)).await, Ok(vec![]), "she has waited to the end");
}

async fn a_notice_is_counted_once_a_day_and_three_times_in_all(house: House) {
    let id = confirmed(&house, "a", at(BEFORE)).await;
    let end = at(BEFORE);
    let tell = async |number, of: i64, now| {
        house.store.tell_waiting(&id, number, at(BEFORE) - hours(of), end, now).await.unwrap()
    };
    assert!(!tell(2, 10, now()).await, "one after the other");
    assert!(tell(1, 10, now()).await);
    assert!(!tell(1, 11, now()).await, "each once");
    assert!(!tell(2, 11, now() + hours(23)).await, "one a day");
    assert!(!tell(2, 10, now() + hours(24)).await, "not twice of the same time");
    assert!(tell(2, 11, now() + hours(24)).await);
    assert!(!tell(3, 12, at(BEFORE)).await, "not after the end");
    let last = now() + hours(48);
    assert!(house.store.tell_waiting(&id, 3, at(BEFORE) - hours(12), last + hours(24), last).await.unwrap());
    assert!(!tell(4, 13, last + hours(24)).await, "that was all");
    let told = entry(&house, "a").await;
    assert_eq!(told.stage, Stage::Waiting { notices: 3, told_at: Some(last) });
    assert_eq!((told.earliest, told.forget_at), (at(BEFORE) - hours(12), last + hours(24)));
    assert_eq!(house.store.waiting_for(OFFER, now()).await, Ok(vec![]));
    assert_eq!(house.store.awaited_offers(now()).await, Ok(vec![]));

    assert_eq!(
        house.store.told_waiting(9).await,
        Ok(vec![told.clone()]),
        "its address is not needed any more"
    );
    house.store.forget_waiting_address(&id).await.unwrap();
    assert_eq!(house.store.told_waiting(9).await, Ok(vec![]));
    assert_eq!(entry(&house, "a").await, Entry { notify: None, ..told });
}

async fn nobody_who_has_not_confirmed_is_counted(house: House) {
    house.store.join_waiting(&new("a"), 9).await.unwrap();
    let told = house.store.tell_waiting("entry-a", 1, now() + hours(5), at(BEFORE), now()).await;
    assert_eq!(told, Ok(false));
    house.store.look_at_waiting(OFFER, CENTRE, Some(now() + hours(9)), now()).await.unwrap();
    assert_eq!(entry(&house, "a").await.earliest, at(BEFORE));
}

async fn one_mail_is_under_way_at_a_time(house: House) {
    let id = confirmed(&house, "a", at(BEFORE)).await;
    assert_eq!(house.store.call_waiting(&notice("a", 1)).await, Ok(true));
    assert_eq!(house.store.call_waiting(&notice("a", 1)).await, Ok(false));
    assert_eq!(house.store.call_waiting(&notice("a", 2)).await, Ok(false));
    assert_eq!(queued(&house).await, ["entry-a/1"]);
    assert_eq!(house.store.waiting_for(OFFER, now()).await, Ok(vec![]));
    let queue = Queue::new(house.database.clone());
    let leased = queue.lease(9, now(), now() + minutes(5), "worker").await.unwrap().remove(0);
    assert!(queue.give_up(&leased, Some("refused")).await.unwrap());
    assert_eq!(house.store.waiting_for(OFFER, now()).await.unwrap().len(), 1);
    assert_eq!(
        house.store.call_waiting(&notice("a", 1)).await,
        Ok(true),
        "one that was given up is no obstacle"
    );
    assert_eq!(house.store.forget_waiting(std::slice::from_ref(&id)).await, Ok(1));
    assert_eq!(queued(&house).await, [""; 0], "her mails go with her");
    assert_eq!(house.store.forget_waiting(std::slice::from_ref(&id)).await, Ok(0));
}

async fn what_is_gone_is_noted_but_not_what_is_only_held(house: House) {
    confirmed(&house, "a", now() + hours(50)).await;
    confirmed(&house, "b", now() + hours(70)).await;
    confirmed(&house, "c", now() + hours(50)).await;
    house.store.call_waiting(&notice("c", 1)).await.unwrap();
    let noted = async |first| {
        house.store.look_at_waiting(OFFER, CENTRE, first, now()).await.unwrap();
        let mut noted = Vec::new();
        for name in ["a", "b", "c"] {
            noted.push(entry(&house, name).await.earliest);
        }
        noted
    };
    let (early, mid, late) = (now() + hours(50), now() + hours(60), now() + hours(70));
    assert_eq!(noted(Some(now() + hours(40))).await, [early, late, early], "earlier is news, not known");
    house.store.hold(&hold("h", place("anna", "2026-11-24T10:00:00Z")), now()).await.unwrap();
    assert_eq!(noted(Some(mid)).await, [early, late, early], "what is held may come back");
    house.store.release(form("h")).await.unwrap();
    assert_eq!(noted(Some(mid)).await, [mid, late, early], "nor while she is being told");
    assert_eq!(noted(None).await, [at(BEFORE), at(BEFORE), early], "nothing is free");
    house.store.look_at_waiting("other", CENTRE, Some(now()), now()).await.unwrap();
}

async fn a_hold_that_ran_out_or_hides_nothing_earlier_keeps_nothing_from_being_noted(house: House) {
    confirmed(&house, "a", now() + hours(30)).await;
    let noted = async |first, now| {
        house.store.look_at_waiting(OFFER, CENTRE, Some(first), now).await.unwrap();
        entry(&house, "a").await.earliest
    };
    let first = |count| now() + hours(count);
    // fifty hours ahead
    house.store.hold(&hold("h", place("anna", "2026-11-24T10:00:00Z")), now()).await.unwrap();
    assert_eq!(noted(first(24), now()).await, first(30), "earlier is news, not known");
    confirmed(&house, "b", first(20)).await;
    house.store.look_at_waiting(OFFER, CENTRE, Some(first(24)), now()).await.unwrap();
    assert_eq!(entry(&house, "b").await.earliest, first(24), "what is held is on another day, and later");
    assert_eq!(
        noted(first(40), now()).await,
        first(30),
        "it may hide something before it, by a limit of the day"
    );
    assert_eq!(noted(first(60), now()).await, first(30));
    assert_eq!(noted(first(60), now() + minutes(5)).await, first(60), "not swept, but it has run out");
}

async fn a_notice_that_is_sent_again_tells_of_what_is_first_by_then(house: House) {
    let id = confirmed(&house, "a", at(BEFORE)).await;
    let of = |count| at(BEFORE) - hours(count);
    house.store.tell_waiting_earlier(&id, 1, of(12)).await.unwrap();
    assert_eq!(entry(&house, "a").await.earliest, at(BEFORE), "it was never sent");
    assert_eq!(house.store.tell_waiting(&id, 1, of(10), at(BEFORE), now()).await, Ok(true));
    for (told, noted) in [(9, 10), (12, 12), (11, 12)] {
        house.store.tell_waiting_earlier(&id, 1, of(told)).await.unwrap();
        assert_eq!(entry(&house, "a").await.earliest, of(noted));
    }
    let next = house.store.tell_waiting(&id, 2, of(12), at(BEFORE), now() + hours(24)).await;
    assert_eq!(next, Ok(false), "not twice of the same time");
}

async fn what_has_ended_is_found_and_forgotten(house: House) {
    house.store.join_waiting(&new("a"), 9).await.unwrap();
    confirmed(&house, "b", at(BEFORE)).await;
    let ended = async |now| {
        let ended = house.store.ended_waiting(now, 9).await.unwrap();
        ended.into_iter().map(|entry| entry.id).collect::<Vec<_>>()
    };
    assert_eq!(ended(now() + hours(23)).await, [""; 0]);
    assert_eq!(ended(now() + hours(24)).await, ["entry-a"]);
    assert_eq!(ended(at(BEFORE)).await, ["entry-a", "entry-b"]);
    let ids = ended(at(BEFORE)).await;
    assert_eq!(house.store.forget_waiting(&ids).await, Ok(2));
    assert_eq!(house.store.waiting_by_link(form("a link")).await, Ok(None));
    assert_eq!(queued(&house).await, [""; 0]);
}

on_both_engines! {
    a_form_becomes_one_entry_and_a_list_has_an_end
    the_last_place_is_given_once
    an_entry_is_confirmed_once_and_under_a_new_key
    a_notice_is_counted_once_a_day_and_three_times_in_all
    nobody_who_has_not_confirmed_is_counted
    one_mail_is_under_way_at_a_time
    what_is_gone_is_noted_but_not_what_is_only_held
    a_hold_that_ran_out_or_hides_nothing_earlier_keeps_nothing_from_being_noted
    a_notice_that_is_sent_again_tells_of_what_is_first_by_then
    what_has_ended_is_found_and_forgotten
}
