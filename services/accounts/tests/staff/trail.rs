//! What is remembered, what is forgotten, and what is never written.

use accounts::{AccountsError, Authority, Owner, Profile, audit::ACTIONS};
use contracts::{audit::AuditTrail, staff::Grant};
use kernel::Lang;
use storekit::testing::Scratch;

use crate::{
    house::{House, PASSWORD, address, hours, minutes, name, password, secret},
    on_both_engines,
};

on_both_engines! {
    every_change_leaves_a_line
    the_trail_is_read_page_by_page
    a_refused_change_leaves_nothing
    what_is_outdated_goes_and_the_rest_stays
    a_profile_is_kept_as_told
}

async fn every_change_leaves_a_line(scratch: Scratch) {
    let house = House::open(scratch).await;
    let ada = house.administrator().await;
    let authority = Authority::of(&ada).unwrap();
    let id = house.member(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
    house.accounts.set_grants(&authority, &id, &[Grant::CentreManager("c2".into())]).await.unwrap();
    house.accounts.disable(&authority, &id).await.unwrap();
    house.accounts.disable(&authority, &id).await.unwrap();

    let entries = house.accounts.entries(None, 100).await.unwrap();
    let actions: Vec<&str> = entries.iter().rev().map(|entry| entry.action.as_str()).collect();
    let expected = [
        "setup.completed",
        "session.started",
        "totp.set",
        "session.renewed",
        "person.invited",
        "invitation.accepted",
        "person.second-factor-rule",
        "person.grants-changed",
        "person.disabled",
    ];
    let in_order = |mut actions: Vec<&'static str>| {
        actions.sort_unstable();
        actions
    };
    let known = |action: &&str| ACTIONS.iter().copied().find(|known| known == action);
    let found: Vec<&'static str> = actions.iter().filter_map(known).collect();
    assert_eq!(found.len(), actions.len(), "every action has a code that pages know");
    assert_eq!(in_order(found), in_order(expected.to_vec()));
    let granted = entries.iter().find(|entry| entry.action == "person.grants-changed").unwrap();
    assert_eq!((&granted.actor, &granted.object.id), (&ada.actor(), &id));
    assert_eq!((granted.object.name.as_str(), granted.detail.as_str()), ("Bo Lund", "centre_manager:c2"));
    assert!(entries.iter().all(|entry| !entry.detail.contains('@')), "no address stands in the trail");
}

async fn the_trail_is_read_page_by_page(scratch: Scratch) {
    let house = House::open(scratch).await;
    let owner = Owner::from(&house.administrator().await);
    for _ in 0..7 {
        house.accounts.end_other_sessions(&owner).await.unwrap();
        house.pass(minutes(1));
    }
    let all = house.accounts.entries(None, 100).await.unwrap();
    let mut paged = Vec::new();
    loop {
        let before = paged.last().map(|last: &contracts::audit::AuditEntry| (last.at, last.id.clone()));
        let page = house.accounts.entries(before, 3).await.unwrap();
        if page.is_empty() {
            break;
        }
        paged.extend(page);
    }
    assert_eq!((paged.len(), paged == all), (11, true));
    assert!(all.is_sorted_by(|one, other| (one.at, &one.id) > (other.at, &other.id)));
}

async fn a_refused_change_leaves_nothing(scratch: Scratch) {
    let house = House::open(scratch).await;
    let ada = house.administrator().await;
    let authority = Authority::of(&ada).unwrap();
    house.mails().await;
    let lines = house.count("SELECT count(*) FROM audit").await;
    let refused = house.accounts.disable(&authority, &ada.person_id).await;
    assert_eq!(refused, Err(AccountsError::LastAdministrator));
    let owner = Owner::from(&ada);
    assert_eq!(house.accounts.remove_totp(&owner).await, Err(AccountsError::LastSecondFactor));
    assert!(!house.accounts.use_recovery_code(&ada.person_id, &secret("wrong")).await.unwrap());
    assert_eq!(house.count("SELECT count(*) FROM audit").await, lines);
    assert!(house.mails().await.is_empty());
    assert_eq!(house.accounts.sessions(&owner).await.unwrap().len(), 1, "still signed in");
}

async fn what_is_outdated_goes_and_the_rest_stays(scratch: Scratch) {
    let house = House::open(scratch).await;
    let authority = house.authority().await;
    let id = house.member(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let (never, _) =
        house.invited(&authority, "never@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let cookie = house.sign_in(&id, false).await.cookie;
    house.accounts.request_password_reset("bo@example.org", Lang::De).await.unwrap();
    let owner = Owner::from(&house.identity(&cookie).await);
    house.accounts.request_mail_change(&owner, &address("new@example.org")).await.unwrap();
    house.accounts.remove_outdated().await.unwrap();
    assert!(house.is_in(&cookie).await, "nothing was due");
    assert_eq!(house.count("SELECT count(*) FROM password_reset").await, 1);
    assert_eq!(house.count("SELECT count(*) FROM invitation").await, 1, "the accepted one is done with");

    house.pass(hours(11));
    let removed = house.accounts.remove_outdated().await.unwrap();
    assert_eq!((removed.sessions, removed.links, removed.people), (2, 1, 0));
    house.pass(hours(9 * 24));
    let removed = house.accounts.remove_outdated().await.unwrap();
    assert_eq!((removed.links, removed.invitations, removed.people), (1, 0, 0));
    house.accounts.resend_invitation(&authority, &never).await.unwrap();
    house.pass(hours(38 * 24));
    let removed = house.accounts.remove_outdated().await.unwrap();
    assert_eq!((removed.people, removed.audit), (1, 0), "she never came");
    assert_eq!(house.accounts.person(&authority, &never).await.err(), Some(AccountsError::NotFound));

    house.pass(hours(320 * 24));
    let lines = house.count("SELECT count(*) FROM audit").await;
    let removed = house.accounts.remove_outdated().await.unwrap();
    assert_eq!(
        removed.audit.cast_signed(),
        lines - 1,
        "only the invitation sent again is younger than a year"
    );
    assert_eq!(house.accounts.person(&authority, &id).await.unwrap().name, "Bo Lund");
}

async fn a_profile_is_kept_as_told(scratch: Scratch) {
    let house = House::open(scratch).await;
    let authority = house.authority().await;
    let id = house.member(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let owner = house.owner(&id).await;
    let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    let profile = Profile {
        name: name("Bö Lund"),
        lang: Lang::En,
        languages: words(&["de", "tr"]),
        topics: words(&["debt"]),
    };
    house.accounts.change_profile(&owner, profile).await.unwrap();
    let account = house.accounts.account(&owner).await.unwrap();
    assert_eq!((account.name.as_str(), account.lang), ("Bö Lund", Lang::En));
    assert_eq!((account.languages, account.topics), (words(&["de", "tr"]), words(&["debt"])));
    house.mails().await;
    house.accounts.set_password(&owner, &secret(PASSWORD)).await.unwrap();
    assert_eq!(house.mails().await[0].subject(), "Your password was changed");
}

/// What stands in cookies and links is nowhere in the file, not even where rows were deleted.
#[tokio::test(flavor = "multi_thread")]
async fn no_token_is_in_the_database() {
    let house = House::open(Scratch::sqlite()).await;
    let authority = house.authority().await;
    let (id, invitation) =
        house.invited(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
    house.accept(&invitation, password()).await.unwrap();
    let started = house.sign_in(&id, false).await;
    house.accounts.request_password_reset("bo@example.org", Lang::De).await.unwrap();
    let reset = crate::house::token(&house.mails().await.pop().unwrap(), "/anmelden/neu");
    let owner = house.owner(&id).await;
    let code = secret("recovery-code-in-plain");
    house.accounts.replace_recovery_codes(&owner, std::slice::from_ref(&code)).await.unwrap();
    house.store.close().await;

    let path = house.scratch.address().strip_prefix("sqlite:").unwrap();
    let file = std::fs::read(path).unwrap();
    let holds = |text: &str| file.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("bo@example.org"), "the file was read");
    for token in [&invitation, &started.cookie, &started.device.unwrap(), &reset, &code] {
        assert!(!holds(token.expose()));
        if let Ok(bytes) = data_encoding::BASE64URL_NOPAD.decode(token.expose().as_bytes()) {
            assert!(!file.windows(bytes.len()).any(|window| window == bytes));
        }
    }
}
