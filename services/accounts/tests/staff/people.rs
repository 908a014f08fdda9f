//! Administrating people.

use accounts::{AccountsError, Authority, Invited, PeopleQuery, PersonState};
use contracts::staff::Grant;
use storekit::testing::Scratch;

use crate::{house::House, on_both_engines};

on_both_engines! {
    the_list_is_searched_paged_and_sorted
    a_manager_sees_her_people_and_only_what_they_do_for_her
    a_manager_governs_only_who_is_hers_alone
    grants_beyond_reach_stay
    the_last_administrator_stays
    two_administrators_cannot_disable_each_other
    what_concerns_factors_is_for_administrators
}

async fn manager(house: &House, authority: &Authority, centre: &str) -> Authority {
    let mail = format!("manager-{centre}@example.org");
    let id = house.member(authority, &mail, vec![Grant::CentreManager(centre.into())]).await;
    let cookie = house.sign_in(&id, false).await.cookie;
    Authority::of(&house.identity(&cookie).await).unwrap()
}

fn query(text: &str) -> PeopleQuery {
    PeopleQuery { text: text.into(), limit: 50, ..PeopleQuery::default() }
}

async fn the_list_is_searched_paged_and_sorted(scratch: Scratch) {
    let house = House::open(scratch).await;
    let authority = house.authority().await;
    for mail in ["zoe@example.org", "mueller_a@example.org", "bo@other.net"] {
        house.invite(&authority, mail, vec![Grant::Counsellor("c1".into())]).await.unwrap();
    }
    let names = async |query: PeopleQuery| {
        let page = house.accounts.people(&authority, &query).await.unwrap();
        let mails: Vec<String> = page.people.into_iter().map(|person| person.mail).collect();
        (mails, page.total)
    };
    let all = ["ada@example.org", "bo@other.net", "mueller_a@example.org", "zoe@example.org"];
    assert_eq!(names(query("")).await, (all.map(String::from).to_vec(), 4));
    assert_eq!(names(query("OTHER.net")).await.0, ["bo@other.net"]);
    assert_eq!(names(query("r_a")).await.0, ["mueller_a@example.org"], "_ is no wildcard");
    assert_eq!(names(query("%")).await, (vec![], 0), "% is no wildcard");
    let page = PeopleQuery { offset: 1, limit: 2, ..PeopleQuery::default() };
    assert_eq!(names(page).await, (all[1..3].iter().map(|mail| (*mail).to_owned()).collect(), 4));
    let active = PeopleQuery { state: Some(PersonState::Active), ..query("") };
    assert_eq!(names(active).await.0, ["ada@example.org"]);
    let elsewhere = PeopleQuery { centre: Some("c2".into()), ..query("") };
    assert_eq!(names(elsewhere).await, (vec![], 0));
}

async fn a_manager_sees_her_people_and_only_what_they_do_for_her(scratch: Scratch) {
    let house = House::open(scratch).await;
    let all = house.authority().await;
    let own = manager(&house, &all, "c1").await;
    let both = vec![Grant::Counsellor("c1".into()), Grant::Counsellor("c2".into())];
    let shared = house.member(&all, "shared@example.org", both).await;
    let foreign = house.member(&all, "foreign@example.org", vec![Grant::Counsellor("c2".into())]).await;

    let page = house.accounts.people(&own, &query("")).await.unwrap();
    let seen: Vec<&str> = page.people.iter().map(|person| person.mail.as_str()).collect();
    assert_eq!((seen, page.total), (vec!["manager-c1@example.org", "shared@example.org"], 2));
    let elsewhere = PeopleQuery { centre: Some("c2".into()), ..query("") };
    assert_eq!(house.accounts.people(&own, &elsewhere).await.unwrap().total, 0);

    let view = house.accounts.person(&own, &shared).await.unwrap();
    assert_eq!((view.grants, view.governed), (vec![Grant::Counsellor("c1".into())], false));
    let absent = house.accounts.person(&own, "nobody").await.err();
    assert_eq!(house.accounts.person(&own, &foreign).await.err(), absent);
    assert_eq!(absent, Some(AccountsError::NotFound));
}

async fn a_manager_governs_only_who_is_hers_alone(scratch: Scratch) {
    let house = House::open(scratch).await;
    let all = house.authority().await;
    let own = manager(&house, &all, "c1").await;
    let both = vec![Grant::Counsellor("c1".into()), Grant::Counsellor("c2".into())];
    let shared = house.member(&all, "shared@example.org", both).await;
    let hers = house.member(&all, "hers@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let administrator = house.store.person_by_mail("ada@example.org").await.unwrap().unwrap().id;
    for id in [&shared, &administrator] {
        assert_eq!(house.accounts.disable(&own, id).await, Err(AccountsError::NotFound));
        assert_eq!(house.accounts.end_sessions_of(&own, id).await, Err(AccountsError::NotFound));
    }
    let cookie = house.sign_in(&hers, false).await.cookie;
    assert_eq!(house.accounts.end_sessions_of(&own, &hers).await, Ok(1));
    assert!(!house.is_in(&cookie).await);
    house.accounts.disable(&own, &hers).await.unwrap();
    let record = house.accounts.sign_in_record("hers@example.org").await.unwrap();
    assert!(record.is_none(), "a disabled account looks like none");
    house.accounts.enable(&own, &hers).await.unwrap();
    assert!(house.accounts.sign_in_record("hers@example.org").await.unwrap().is_some());
}

async fn grants_beyond_reach_stay(scratch: Scratch) {
    let house = House::open(scratch).await;
    let all = house.authority().await;
    let own = manager(&house, &all, "c1").await;
    let both = vec![Grant::Counsellor("c1".into()), Grant::Counsellor("c2".into())];
    let shared = house.member(&all, "shared@example.org", both).await;
    let promoted = [Grant::CentreManager("c1".into())];
    house.accounts.set_grants(&own, &shared, &promoted).await.unwrap();
    let view = house.accounts.person(&all, &shared).await.unwrap();
    assert_eq!(view.grants, [Grant::CentreManager("c1".into()), Grant::Counsellor("c2".into())]);
    for beyond in [Grant::Administrator, Grant::Counsellor("c2".into())] {
        let refused = house.accounts.set_grants(&own, &shared, &[beyond]).await;
        assert_eq!(refused, Err(AccountsError::NotAllowed));
    }
    house.accounts.set_grants(&own, &shared, &[]).await.unwrap();
    assert_eq!(house.accounts.person(&own, &shared).await.err(), Some(AccountsError::NotFound));
    assert_eq!(house.accounts.person(&all, &shared).await.unwrap().grants, [Grant::Counsellor("c2".into())]);
}

async fn the_last_administrator_stays(scratch: Scratch) {
    let house = House::open(scratch).await;
    let ada = house.administrator().await;
    let authority = Authority::of(&ada).unwrap();
    let id = &ada.person_id;
    let disabled = house.accounts.disable(&authority, id).await;
    assert_eq!(disabled, Err(AccountsError::LastAdministrator));
    let demoted = house.accounts.set_grants(&authority, id, &[Grant::Counsellor("c1".into())]).await;
    assert_eq!(demoted, Err(AccountsError::LastAdministrator));
    assert_eq!(house.accounts.person(&authority, id).await.unwrap().grants, [Grant::Administrator]);

    // who is only invited, or disabled, does not count
    let (second, token) = house.invited(&authority, "bo@example.org", vec![Grant::Administrator]).await;
    assert_eq!(house.accounts.disable(&authority, id).await, Err(AccountsError::LastAdministrator));
    house.accept(&token, crate::house::password()).await.unwrap();
    house.accounts.disable(&authority, &second).await.unwrap();
    assert_eq!(house.accounts.disable(&authority, id).await, Err(AccountsError::LastAdministrator));
    house.accounts.enable(&authority, &second).await.unwrap();
    house.accounts.disable(&authority, id).await.unwrap();
    assert!(house.store.has_administrator().await.unwrap());
}

async fn two_administrators_cannot_disable_each_other(scratch: Scratch) {
    let house = House::open(scratch).await;
    let authority = house.authority().await;
    let mut ids = vec![house.store.person_by_mail("ada@example.org").await.unwrap().unwrap().id];
    for number in 0..3 {
        let mail = format!("admin{number}@example.org");
        ids.push(house.member(&authority, &mail, vec![Grant::Administrator]).await);
    }
    let mut tries = tokio::task::JoinSet::new();
    for (number, id) in ids.into_iter().enumerate() {
        let (accounts, authority) = (house.accounts.clone(), authority.clone());
        tries.spawn(async move {
            match number % 2 {
                0 => accounts.disable(&authority, &id).await,
                _ => accounts.set_grants(&authority, &id, &[]).await,
            }
        });
    }
    let outcomes = tries.join_all().await;
    let refused = outcomes.iter().filter(|outcome| **outcome == Err(AccountsError::LastAdministrator));
    assert_eq!(refused.count(), 1, "{outcomes:?}");
    assert!(house.store.has_administrator().await.unwrap());
}

async fn what_concerns_factors_is_for_administrators(scratch: Scratch) {
    let house = House::open(scratch).await;
    let all = house.authority().await;
    let own = manager(&house, &all, "c1").await;
    let hers = house.member(&all, "hers@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let refused = house.accounts.set_second_factor_required(&own, &hers, true).await;
    assert_eq!(refused, Err(AccountsError::NotFound));
    assert_eq!(house.accounts.remove_factors(&own, &hers).await, Err(AccountsError::NotFound));

    let invited = house.invite(&own, "new@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let Ok(Invited::Sent { person_id }) = invited else { panic!("{invited:?}") };
    let view = house.accounts.person(&all, &person_id).await.unwrap();
    assert!(view.second_factor_required, "a second factor is the rule");
}
