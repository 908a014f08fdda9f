//! Sessions: how they begin, what they need, how they end.

use accounts::{AccountsError, Authority, Browser, Owner, PendingNeed, SignIn, Standing};
use contracts::staff::{Grant, StaffGrants, StaffSessions};
use kernel::Secret;
use storekit::testing::Scratch;

use crate::{
    house::{FIREFOX, House, PASSWORD, hours, minutes, secret},
    on_both_engines,
};

on_both_engines! {
    a_session_ends_without_activity_and_in_any_case
    activity_is_noted_at_most_once_a_minute
    a_renewed_session_has_another_cookie_and_no_longer_life
    a_disabled_account_loses_its_sessions_for_good
    who_is_not_signed_in_has_her_grants_unless_she_is_disabled
    who_owes_a_second_factor_is_nobody_to_others
    a_half_signed_in_person_can_only_set_up_her_first_factor
    a_new_grant_can_make_a_session_owe_a_second_factor
    a_new_password_ends_the_other_sessions
    people_end_their_own_sessions_and_nobody_elses
    a_new_browser_is_told_about_and_a_known_one_is_not
}

async fn counsellor(house: &House) -> (Authority, String) {
    let authority = house.authority().await;
    let id = house.member(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
    house.mails().await;
    (authority, id)
}

async fn a_session_ends_without_activity_and_in_any_case(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (_, id) = counsellor(&house).await;
    let idle = house.sign_in(&id, false).await.cookie;
    house.pass(minutes(29));
    assert!(house.is_in(&idle).await);
    house.pass(minutes(30));
    assert!(!house.is_in(&idle).await, "30 minutes without a click");

    let busy = house.sign_in(&id, false).await.cookie;
    for _ in 0..29 {
        house.pass(minutes(20));
        assert!(house.is_in(&busy).await);
    }
    house.pass(minutes(20));
    assert!(!house.is_in(&busy).await, "10 hours");
    assert!(!house.is_in(&secret("x")).await && !house.is_in(&secret(&"x".repeat(43))).await);
}

async fn activity_is_noted_at_most_once_a_minute(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (_, id) = counsellor(&house).await;
    let cookie = house.sign_in(&id, false).await.cookie;
    let owner = Owner::from(&house.identity(&cookie).await);
    let begun = house.now();
    house.pass(jiff::SignedDuration::from_secs(59));
    house.identity(&cookie).await;
    assert_eq!(house.accounts.sessions(&owner).await.unwrap()[0].last_seen_at, begun);
    house.pass(jiff::SignedDuration::from_secs(1));
    house.identity(&cookie).await;
    assert_eq!(house.accounts.sessions(&owner).await.unwrap()[0].last_seen_at, house.now());
}

async fn a_renewed_session_has_another_cookie_and_no_longer_life(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (_, id) = counsellor(&house).await;
    let earlier = house.sign_in(&id, false).await.cookie;
    let before = house.identity(&earlier).await;
    for _ in 0..20 {
        house.pass(minutes(29));
        assert!(house.is_in(&earlier).await);
    }
    let cookie = house.accounts.renew_session(&before.session_id, false).await.unwrap();
    assert!(!house.is_in(&earlier).await);
    let after = house.identity(&cookie).await;
    assert_eq!((&after.session_id, after.authenticated_at), (&before.session_id, house.now()));
    assert_ne!(after.form_token.expose(), before.form_token.expose());
    house.pass(minutes(20));
    assert!(!house.is_in(&cookie).await, "the ten hours count from signing in");
    let ended = house.accounts.renew_session(&before.session_id, true).await;
    assert_eq!(ended.err(), Some(AccountsError::SessionEnded));
}

async fn a_disabled_account_loses_its_sessions_for_good(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (authority, id) = counsellor(&house).await;
    let cookies = [house.sign_in(&id, false).await.cookie, house.sign_in(&id, true).await.cookie];
    house.accounts.disable(&authority, &id).await.unwrap();
    let session = SignIn { second_factor: true, browser: Browser::of(FIREFOX), device: None };
    let refused = house.accounts.start_session(&id, session).await;
    assert_eq!(refused.err(), Some(AccountsError::NotFound));
    for cookie in &cookies {
        assert!(!house.is_in(cookie).await);
    }
    house.accounts.enable(&authority, &id).await.unwrap();
    for cookie in &cookies {
        assert!(!house.is_in(cookie).await, "enabling brings no session back");
    }
}

async fn who_is_not_signed_in_has_her_grants_unless_she_is_disabled(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (authority, id) = counsellor(&house).await;
    let grants = async || house.accounts.grants(&id).await.unwrap();
    assert_eq!(grants().await, [Grant::Counsellor("c1".into())]);
    house.accounts.disable(&authority, &id).await.unwrap();
    assert_eq!(grants().await, []);
    assert_eq!(house.accounts.grants("nobody").await.unwrap(), []);
}

async fn who_owes_a_second_factor_is_nobody_to_others(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (_, id) = counsellor(&house).await;
    let owner = house.owner(&id).await;
    house.accounts.set_totp(&owner, vec![1], 5).await.unwrap();
    let cookie = house.sign_in(&id, false).await.cookie;
    assert!(house.accounts.identify(&cookie).await.unwrap().is_none());
    let Some(Standing::Pending(pending)) = house.standing(&cookie).await else { panic!("not pending") };
    assert_eq!(pending.need, PendingNeed::Prove { totp: true, passkey: false, recovery: false });

    let cookie = house.accounts.renew_session(&pending.session_id, true).await.unwrap();
    let identity = house.accounts.identify(&cookie).await.unwrap().unwrap();
    assert_eq!((identity.person_id, identity.session_id), (id.clone(), pending.session_id));

    let late = house.sign_in(&id, false).await.cookie;
    house.pass(minutes(29));
    assert!(house.is_in(&late).await);
    house.pass(minutes(1));
    assert!(!house.is_in(&late).await, "half a session lasts half an hour, clicks or not");
}

async fn a_half_signed_in_person_can_only_set_up_her_first_factor(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (authority, id) = counsellor(&house).await;
    house.accounts.set_second_factor_required(&authority, &id, true).await.unwrap();
    let cookie = house.sign_in(&id, false).await.cookie;
    let Some(Standing::Pending(pending)) = house.standing(&cookie).await else { panic!("not pending") };
    assert_eq!(pending.need, PendingNeed::SetUp);
    let owner = pending.owner();
    let ended = Some(AccountsError::SessionEnded);
    assert_eq!(house.accounts.set_password(&owner, &secret(PASSWORD)).await.err(), ended);
    assert_eq!(house.accounts.sessions(&owner).await.err(), ended);
    assert_eq!(house.accounts.account(&owner).await.err(), ended);
    assert_eq!(house.accounts.replace_recovery_codes(&owner, &[secret("a")]).await.err(), ended);
    assert_eq!(house.accounts.remove_totp(&owner).await.err(), ended);

    house.accounts.set_totp(&owner, vec![1], 5).await.unwrap();
    let taken_over = house.accounts.set_totp(&owner, vec![2], 5).await;
    assert_eq!(taken_over, Err(AccountsError::FactorExists), "a password alone replaces no factor");
    let passkey = accounts::NewPasskey { name: "x".into(), credential_id: vec![1], body: vec![1] };
    assert_eq!(house.accounts.add_passkey(&owner, passkey).await, Err(AccountsError::FactorExists));
    assert_eq!(house.accounts.totp(&id).await.unwrap().unwrap().sealed, [1]);
}

async fn a_new_grant_can_make_a_session_owe_a_second_factor(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (authority, id) = counsellor(&house).await;
    let cookie = house.sign_in(&id, false).await.cookie;
    house
        .accounts
        .set_grants(&authority, &id, &[Grant::AssociationAdministrator("dhs".into())])
        .await
        .unwrap();
    assert!(house.accounts.identify(&cookie).await.unwrap().is_none());
    house.accounts.set_grants(&authority, &id, &[]).await.unwrap();
    let identity = house.accounts.identify(&cookie).await.unwrap().unwrap();
    assert_eq!(identity.grants, [], "grants count from the next click on");
}

async fn a_new_password_ends_the_other_sessions(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (_, id) = counsellor(&house).await;
    let other = house.sign_in(&id, false).await.cookie;
    let own = house.sign_in(&id, false).await.cookie;
    let owner = Owner::from(&house.identity(&own).await);
    house.mails().await;
    let new = "$argon2id$v=19$m=19456,t=2,p=1$b3RoZXJzYWx0$b3RoZXJoYXNo";
    house.accounts.set_password(&owner, &secret(new)).await.unwrap();
    assert!(house.is_in(&own).await && !house.is_in(&other).await);
    let hash = house.accounts.password_hash(&owner).await.unwrap().unwrap();
    assert_eq!(hash.expose(), new);
    let mails = house.mails().await;
    assert_eq!((mails.len(), mails[0].subject()), (1, "Ihr Passwort wurde geändert"));
}

async fn people_end_their_own_sessions_and_nobody_elses(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (authority, id) = counsellor(&house).await;
    let other = house.member(&authority, "cy@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let foreign = house.sign_in(&other, false).await.cookie;
    let foreign_id = house.identity(&foreign).await.session_id;
    let cookies: Vec<Secret<String>> = {
        let mut cookies = Vec::new();
        for _ in 0..4 {
            cookies.push(house.sign_in(&id, false).await.cookie);
        }
        cookies
    };
    let owner = Owner::from(&house.identity(&cookies[0]).await);
    let absent = house.accounts.end_session(&owner, "nothing").await;
    assert_eq!(house.accounts.end_session(&owner, &foreign_id).await, absent);
    assert_eq!(absent, Err(AccountsError::NotFound));
    assert!(house.is_in(&foreign).await);

    let listed = house.accounts.sessions(&owner).await.unwrap();
    assert_eq!((listed.len(), listed.iter().filter(|session| session.current).count()), (4, 1));
    assert_eq!((listed[0].browser.browser, listed[0].browser.system), ("firefox", "linux"));
    let second = house.identity(&cookies[1]).await.session_id;
    house.accounts.end_session(&owner, &second).await.unwrap();
    assert!(!house.is_in(&cookies[1]).await);
    assert_eq!(house.accounts.end_other_sessions(&owner).await, Ok(2));
    assert_eq!(house.accounts.sessions(&owner).await.unwrap().len(), 1);
    house.accounts.sign_out(&cookies[0]).await.unwrap();
    house.accounts.sign_out(&cookies[0]).await.unwrap();
    assert!(!house.is_in(&cookies[0]).await && house.is_in(&foreign).await);
    house.pass(hours(1));
    house.accounts.sign_out(&secret("never")).await.unwrap();
}

async fn a_new_browser_is_told_about_and_a_known_one_is_not(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (authority, id) = counsellor(&house).await;
    let browser = Browser::of(FIREFOX);
    let sign_in = async |person: &str, device: Option<&Secret<String>>| {
        let sign_in = SignIn { second_factor: false, browser, device: device.cloned() };
        house.accounts.start_session(person, sign_in).await.unwrap().device
    };
    let first = sign_in(&id, None).await.unwrap();
    assert!(house.mails().await.is_empty(), "the very first browser is no news");
    assert!(house.accounts.knows_device(&id, &first).await.unwrap());
    assert!(sign_in(&id, Some(&first)).await.is_none());
    assert!(house.mails().await.is_empty());

    let second = sign_in(&id, None).await.unwrap();
    let mails = house.mails().await;
    assert_eq!((mails.len(), mails[0].to().as_str()), (1, "bo@example.org"));
    assert!(mails[0].body().contains("Firefox, Linux"), "{}", mails[0].body());

    let made_up = secret(&"A".repeat(43));
    let third = sign_in(&id, Some(&made_up)).await.unwrap();
    assert_ne!(third.expose(), made_up.expose(), "a value that was never given out is not taken");
    assert!(!house.accounts.knows_device(&id, &made_up).await.unwrap());

    let cy = house.member(&authority, "cy@example.org", vec![Grant::Counsellor("c1".into())]).await;
    assert!(!house.accounts.knows_device(&cy, &second).await.unwrap());
    assert!(sign_in(&cy, Some(&second)).await.is_none(), "a shared browser keeps its cookie");
    assert!(house.accounts.knows_device(&cy, &second).await.unwrap());
}
