//! The first start, and invitations.

use accounts::{
    AccountsError, Authority, Credential, Invited, NewAdministrator, NewPasskey, PeopleQuery, PersonState,
};
use contracts::staff::Grant;
use kernel::{Lang, Secret};
use storekit::testing::Scratch;

use crate::{
    house::{House, PASSWORD, address, hours, minutes, name, password, secret, token},
    on_both_engines,
};

on_both_engines! {
    the_first_start_has_one_link_that_works_once
    only_one_of_many_completes_the_first_start
    an_invitation_lets_one_person_in_once
    only_one_of_many_accepts
    a_later_link_replaces_the_earlier_one_and_time_ends_both
    a_withdrawn_invitation_is_never_sent
    who_is_known_gets_the_grants_added
    nobody_invites_beyond_her_reach
    a_passkey_and_a_provider_can_be_the_first_factor
    a_verified_address_lets_an_invited_person_in
}

fn administrator() -> NewAdministrator {
    NewAdministrator {
        name: name("Ada"),
        mail: address("Ada@Example.org"),
        lang: Lang::En,
        password_hash: secret(PASSWORD),
    }
}

async fn setup_token(house: &House) -> Option<Secret<String>> {
    let link = house.accounts.setup_link().await.unwrap()?;
    Some(secret(link.expose().rsplit_once('#').unwrap().1))
}

async fn the_first_start_has_one_link_that_works_once(scratch: Scratch) {
    let house = House::open(scratch).await;
    let earlier = setup_token(&house).await.unwrap();
    let token = setup_token(&house).await.unwrap();
    assert!(!house.accounts.setup_is_open(&earlier).await.unwrap(), "a new start replaces the link");
    assert!(house.accounts.setup_is_open(&token).await.unwrap());
    let refused = house.accounts.complete_setup(&earlier, administrator()).await;
    assert_eq!(refused, Err(AccountsError::LinkInvalid));

    let id = house.accounts.complete_setup(&token, administrator()).await.unwrap();
    let again = house.accounts.complete_setup(&token, administrator()).await;
    assert_eq!(again, Err(AccountsError::LinkInvalid));
    assert!(!house.accounts.setup_is_open(&token).await.unwrap());
    assert!(setup_token(&house).await.is_none(), "somebody administrates");

    let record = house.accounts.sign_in_record(" ada@example.ORG").await.unwrap().unwrap();
    assert_eq!((record.person_id, record.password_hash.unwrap().expose().as_str()), (id, PASSWORD));
}

async fn only_one_of_many_completes_the_first_start(scratch: Scratch) {
    let house = House::open(scratch).await;
    let token = setup_token(&house).await.unwrap();
    let mut tries = tokio::task::JoinSet::new();
    for number in 0..12 {
        let (accounts, token) = (house.accounts.clone(), token.clone());
        let mut administrator = administrator();
        administrator.mail = address(&format!("ada{number}@example.org"));
        tries.spawn(async move { accounts.complete_setup(&token, administrator).await });
    }
    let outcomes = tries.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert!(
        outcomes.iter().flat_map(|outcome| outcome.as_ref().err()).all(|e| *e == AccountsError::LinkInvalid)
    );
    assert_eq!(house.count("SELECT count(*) FROM person").await, 1);
}

async fn an_invitation_lets_one_person_in_once(scratch: Scratch) {
    let house = House::open(scratch).await;
    let authority = house.authority().await;
    let grants = vec![Grant::Counsellor("c1".into())];
    let (id, token) = house.invited(&authority, "Bo@example.org", grants.clone()).await;
    assert_eq!(house.accounts.sign_in_record("bo@example.org").await.unwrap().map(|r| r.person_id), None);

    let view = house.accounts.look_up_invitation(&token).await.unwrap();
    assert_eq!((view.person_id, view.mail.as_str(), view.grants), (id.clone(), "bo@example.org", grants));
    assert_eq!((view.invited_by.as_str(), view.expires_at), ("Ada Administrator", house.now() + hours(168)));

    assert_eq!(house.accept(&token, password()).await, Ok(id.clone()));
    assert_eq!(house.accept(&token, password()).await, Err(AccountsError::LinkInvalid));
    let looked = house.accounts.look_up_invitation(&token).await;
    assert_eq!(looked.err(), Some(AccountsError::LinkInvalid));
    let record = house.accounts.sign_in_record("bo@example.org").await.unwrap().unwrap();
    assert_eq!((record.person_id, record.name.as_str()), (id, "Bo Lund"));
}

async fn only_one_of_many_accepts(scratch: Scratch) {
    let house = House::open(scratch).await;
    let authority = house.authority().await;
    let (_, token) = house.invited(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let house = std::sync::Arc::new(house);
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let (house, token) = (house.clone(), token.clone());
        tries.spawn(async move { house.accept(&token, password()).await });
    }
    let outcomes = tries.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
}

async fn a_later_link_replaces_the_earlier_one_and_time_ends_both(scratch: Scratch) {
    let house = House::open(scratch).await;
    let authority = house.authority().await;
    let (id, earlier) =
        house.invited(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
    house.accounts.resend_invitation(&authority, &id).await.unwrap();
    let mails = house.mails().await;
    let later = token(&mails[0], "/einladung");
    assert_ne!(earlier.expose(), later.expose());
    assert_eq!(house.accept(&earlier, password()).await, Err(AccountsError::LinkInvalid));
    house.pass(hours(7 * 24));
    assert_eq!(house.accept(&later, password()).await, Err(AccountsError::LinkInvalid));
    house.pass(minutes(-1));
    assert_eq!(house.accept(&later, password()).await, Ok(id.clone()));
    let resent = house.accounts.resend_invitation(&authority, &id).await;
    assert_eq!(resent, Err(AccountsError::NotFound), "she is in");
}

async fn a_withdrawn_invitation_is_never_sent(scratch: Scratch) {
    let house = House::open(scratch).await;
    let authority = house.authority().await;
    house.mails().await;
    let invited = house.invite(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let Ok(Invited::Sent { person_id }) = invited else { panic!("{invited:?}") };
    house.accounts.withdraw_invitation(&authority, &person_id).await.unwrap();
    assert!(house.mails().await.is_empty());
    let found = house.accounts.person(&authority, &person_id).await;
    assert_eq!(found.err(), Some(AccountsError::NotFound));
    let (_, token) = house.invited(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let id = house.accept(&token, password()).await.unwrap();
    let withdrawn = house.accounts.withdraw_invitation(&authority, &id).await;
    assert_eq!(withdrawn, Err(AccountsError::NotFound), "who is in is not thrown out by it");
}

async fn who_is_known_gets_the_grants_added(scratch: Scratch) {
    let house = House::open(scratch).await;
    let authority = house.authority().await;
    let id = house.member(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
    house.mails().await;
    let second = vec![Grant::CentreManager("c2".into())];
    let added = house.invite(&authority, "BO@example.org", second.clone()).await;
    assert_eq!(added, Ok(Invited::Added { person_id: id.clone() }));
    let mails = house.mails().await;
    assert_eq!((mails.len(), mails[0].subject()), (1, "Neue Aufgaben in Ihrem Konto"));
    let view = house.accounts.person(&authority, &id).await.unwrap();
    assert_eq!(view.grants, [Grant::CentreManager("c2".into()), Grant::Counsellor("c1".into())]);

    house.accounts.disable(&authority, &id).await.unwrap();
    let refused = house.invite(&authority, "bo@example.org", second).await;
    assert_eq!(refused, Err(AccountsError::MailTaken));
}

async fn nobody_invites_beyond_her_reach(scratch: Scratch) {
    let house = House::open(scratch).await;
    let all = house.authority().await;
    let id = house.member(&all, "mia@example.org", vec![Grant::CentreManager("c1".into())]).await;
    let cookie = house.sign_in(&id, false).await.cookie;
    let authority = Authority::of(&house.identity(&cookie).await).unwrap();
    let beyond = [
        vec![Grant::Administrator],
        vec![Grant::Counsellor("c1".into()), Grant::Counsellor("c2".into())],
        vec![Grant::AssociationAdministrator("dhs".into())],
        vec![],
    ];
    for grants in beyond {
        let refused = house.invite(&authority, "bo@example.org", grants).await;
        assert_eq!(refused, Err(AccountsError::NotAllowed));
    }
    let within = vec![Grant::Counsellor("c1".into())];
    assert!(house.invite(&authority, "bo@example.org", within).await.is_ok());
    let counsellor = house.member(&all, "cem@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let cookie = house.sign_in(&counsellor, false).await.cookie;
    assert!(Authority::of(&house.identity(&cookie).await).is_none(), "counsellors administrate nobody");
}

async fn a_passkey_and_a_provider_can_be_the_first_factor(scratch: Scratch) {
    let house = House::open(scratch).await;
    let authority = house.authority().await;
    let passkey = |id: u8| {
        let (credential_id, body) = (vec![id; 32], vec![9; 40]);
        Credential::Passkey(NewPasskey { name: "Handy".into(), credential_id, body })
    };
    let (id, first) = house.invited(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
    house.accept(&first, passkey(1)).await.unwrap();
    let found = house.accounts.passkey_by_credential(&[1; 32]).await.unwrap().unwrap();
    assert_eq!((found.person_id.as_str(), found.body.as_slice()), (id.as_str(), [9; 40].as_slice()));

    let (_, second) = house.invited(&authority, "cy@example.org", vec![Grant::Counsellor("c1".into())]).await;
    assert_eq!(house.accept(&second, passkey(1)).await, Err(AccountsError::CredentialTaken));
    let oidc = || Credential::Oidc { issuer: "https://id.example".into(), subject: "42".into() };
    let cy = house.accept(&second, oidc()).await.unwrap();
    let by_oidc = house.accounts.person_by_oidc("https://id.example", "42").await.unwrap();
    assert_eq!(by_oidc.as_deref(), Some(cy.as_str()));
    let (_, third) = house.invited(&authority, "di@example.org", vec![Grant::Counsellor("c1".into())]).await;
    assert_eq!(house.accept(&third, oidc()).await, Err(AccountsError::CredentialTaken));
}

async fn a_verified_address_lets_an_invited_person_in(scratch: Scratch) {
    let house = House::open(scratch).await;
    let authority = house.authority().await;
    let acceptance = || accounts::Acceptance {
        name: name("Bo"),
        lang: Lang::De,
        credential: Credential::Oidc { issuer: "https://id.example".into(), subject: "7".into() },
    };
    let unknown = house.accounts.accept_invitation_by_mail("bo@example.org", acceptance()).await;
    assert_eq!(unknown, Err(AccountsError::LinkInvalid));
    let (id, token) = house.invited(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let query = PeopleQuery { state: Some(PersonState::Invited), limit: 10, ..PeopleQuery::default() };
    let page = house.accounts.people(&authority, &query).await.unwrap();
    assert_eq!((page.total, page.people[0].invitation_expires_at), (1, Some(house.now() + hours(168))));
    let let_in = house.accounts.accept_invitation_by_mail("Bo@Example.org", acceptance()).await;
    assert_eq!(let_in.as_deref(), Ok(id.as_str()));
    assert_eq!(house.accept(&token, password()).await, Err(AccountsError::LinkInvalid));
}
