//! Second factors: used once, never the last one lost.

use accounts::{AccountsError, Authority, NewPasskey, Owner, PendingNeed, Standing};
use contracts::staff::Grant;
use storekit::testing::Scratch;

use crate::{
    house::{House, secret},
    on_both_engines,
};

on_both_engines! {
    a_step_counts_once
    a_recovery_code_counts_once
    passkeys_belong_to_one_person
    the_last_factor_stays_where_one_is_required
    lost_factors_are_taken_away_and_set_up_anew
    the_provider_is_linked_once
    changes_of_factors_are_told_by_mail
}

async fn counsellor(house: &House) -> (Authority, String) {
    let authority = house.authority().await;
    let id = house.member(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
    (authority, id)
}

fn passkey(id: u8) -> NewPasskey {
    NewPasskey { name: format!("Schlüssel {id}"), credential_id: vec![id; 16], body: vec![id, 1] }
}

async fn a_step_counts_once(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (_, id) = counsellor(&house).await;
    assert!(!house.accounts.take_totp_step(&id, 1).await.unwrap(), "no app, no code");
    house.accounts.set_totp(&house.owner(&id).await, vec![1], 100).await.unwrap();
    assert!(!house.accounts.take_totp_step(&id, 100).await.unwrap(), "used to set it up");
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let (accounts, id) = (house.accounts.clone(), id.clone());
        tries.spawn(async move { accounts.take_totp_step(&id, 101).await.unwrap() });
    }
    assert_eq!(tries.join_all().await.into_iter().filter(|taken| *taken).count(), 1);
    assert!(!house.accounts.take_totp_step(&id, 99).await.unwrap(), "earlier codes are used up too");
    assert_eq!(house.accounts.totp(&id).await.unwrap().unwrap().last_step, 101);
}

async fn a_recovery_code_counts_once(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (authority, id) = counsellor(&house).await;
    let owner = house.owner(&id).await;
    let codes = ["aaaa-bbbb", "cccc-dddd"].map(secret);
    house.accounts.replace_recovery_codes(&owner, &codes).await.unwrap();
    let cy = house.member(&authority, "cy@example.org", vec![Grant::Counsellor("c1".into())]).await;
    assert!(!house.accounts.use_recovery_code(&cy, &codes[0]).await.unwrap(), "codes are not shared");
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let (accounts, id, code) = (house.accounts.clone(), id.clone(), codes[0].clone());
        tries.spawn(async move { accounts.use_recovery_code(&id, &code).await.unwrap() });
    }
    assert_eq!(tries.join_all().await.into_iter().filter(|used| *used).count(), 1);
    assert_eq!(house.accounts.account(&owner).await.unwrap().factors.recovery_left, 1);
    house.accounts.replace_recovery_codes(&owner, &[secret("eeee-ffff")]).await.unwrap();
    assert!(!house.accounts.use_recovery_code(&id, &codes[1]).await.unwrap(), "new codes replace the old");
    house.accounts.disable(&authority, &id).await.unwrap();
    assert!(!house.accounts.use_recovery_code(&id, &secret("eeee-ffff")).await.unwrap());
}

async fn passkeys_belong_to_one_person(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (authority, id) = counsellor(&house).await;
    let owner = house.owner(&id).await;
    let key = house.accounts.add_passkey(&owner, passkey(1)).await.unwrap();
    let cy = house.member(&authority, "cy@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let other = house.owner(&cy).await;
    let taken = house.accounts.add_passkey(&other, passkey(1)).await;
    assert_eq!(taken, Err(AccountsError::CredentialTaken));
    let not_found = Err(AccountsError::NotFound);
    assert_eq!(house.accounts.rename_passkey(&other, &key, "meins").await, not_found);
    assert_eq!(house.accounts.remove_passkey(&other, &key).await, not_found);

    house.accounts.rename_passkey(&owner, &key, " Büro ").await.unwrap();
    house.accounts.passkey_used(&key, &[7, 7]).await.unwrap();
    let stored = house.accounts.passkeys(&id).await.unwrap();
    assert_eq!(
        (stored.len(), stored[0].name.as_str(), stored[0].body.as_slice()),
        (1, "Büro", [7, 7].as_slice())
    );
    assert_eq!(stored[0].last_used_at, Some(house.now()));
    house.accounts.disable(&authority, &id).await.unwrap();
    assert_eq!(house.accounts.passkey_by_credential(&[1; 16]).await.unwrap(), None);
}

async fn the_last_factor_stays_where_one_is_required(scratch: Scratch) {
    let house = House::open(scratch).await;
    let ada = Owner::from(&house.administrator().await);
    let last = Err(AccountsError::LastSecondFactor);
    assert_eq!(house.accounts.remove_totp(&ada).await, last);
    let key = house.accounts.add_passkey(&ada, passkey(1)).await.unwrap();
    house.accounts.remove_totp(&ada).await.unwrap();
    assert_eq!(house.accounts.remove_totp(&ada).await, Err(AccountsError::NotFound));
    assert_eq!(house.accounts.remove_passkey(&ada, &key).await, last);
    assert_eq!(house.accounts.passkeys(ada.person_id()).await.unwrap().len(), 1, "nothing was removed");

    let authority = Authority::program();
    let id = house.member(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let owner = house.owner(&id).await;
    house.accounts.set_totp(&owner, vec![1], 1).await.unwrap();
    house.accounts.replace_recovery_codes(&owner, &[secret("aaaa")]).await.unwrap();
    house.accounts.remove_totp(&owner).await.unwrap();
    let factors = house.accounts.account(&owner).await.unwrap().factors;
    assert_eq!((factors.totp, factors.recovery_left, factors.required), (false, 0, false));
}

async fn lost_factors_are_taken_away_and_set_up_anew(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (authority, id) = counsellor(&house).await;
    let owner = house.owner(&id).await;
    house.accounts.set_second_factor_required(&authority, &id, true).await.unwrap();
    house.accounts.set_totp(&owner, vec![1], 1).await.unwrap();
    house.accounts.add_passkey(&owner, passkey(1)).await.unwrap();
    house.accounts.replace_recovery_codes(&owner, &[secret("aaaa")]).await.unwrap();
    house.accounts.remove_factors(&authority, &id).await.unwrap();
    assert_eq!(house.accounts.sessions(&owner).await.unwrap(), []);
    assert!(!house.accounts.use_recovery_code(&id, &secret("aaaa")).await.unwrap());
    let cookie = house.sign_in(&id, false).await.cookie;
    match house.standing(&cookie).await {
        Some(Standing::Pending(pending)) => assert_eq!(pending.need, PendingNeed::SetUp),
        other => panic!("{other:?}"),
    }
}

async fn the_provider_is_linked_once(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (authority, id) = counsellor(&house).await;
    let owner = house.owner(&id).await;
    house.accounts.link_oidc(&owner, "https://id.example", "1").await.unwrap();
    let again = house.accounts.link_oidc(&owner, "https://id.example", "2").await;
    assert_eq!(again, Err(AccountsError::FactorExists));
    let cy = house.member(&authority, "cy@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let taken = house.accounts.link_oidc(&house.owner(&cy).await, "https://id.example", "1").await;
    assert_eq!(taken, Err(AccountsError::CredentialTaken));
    let by_mail = |mail: &'static str, subject: &'static str| {
        house.accounts.link_oidc_by_verified_mail(mail, "https://id.example", subject)
    };
    assert_eq!(by_mail("CY@example.org", "3").await.unwrap().as_deref(), Some(cy.as_str()));
    assert_eq!(by_mail("cy@example.org", "4").await.unwrap(), None, "another account of hers is linked");
    assert_eq!(by_mail("nobody@example.org", "5").await.unwrap(), None);
    house.accounts.unlink_oidc(&owner).await.unwrap();
    assert_eq!(house.accounts.person_by_oidc("https://id.example", "1").await.unwrap(), None);
    house.accounts.disable(&authority, &cy).await.unwrap();
    assert_eq!(house.accounts.person_by_oidc("https://id.example", "3").await.unwrap(), None);
}

async fn changes_of_factors_are_told_by_mail(scratch: Scratch) {
    let house = House::open(scratch).await;
    let (authority, id) = counsellor(&house).await;
    let owner = house.owner(&id).await;
    house.mails().await;
    house.accounts.set_totp(&owner, vec![1], 1).await.unwrap();
    let key = house.accounts.add_passkey(&owner, passkey(1)).await.unwrap();
    house.accounts.replace_recovery_codes(&owner, &[secret("aaaa")]).await.unwrap();
    house.accounts.use_recovery_code(&id, &secret("aaaa")).await.unwrap();
    house.accounts.remove_passkey(&owner, &key).await.unwrap();
    house.accounts.remove_totp(&owner).await.unwrap();
    house.accounts.link_oidc(&owner, "https://id.example", "1").await.unwrap();
    house.accounts.unlink_oidc(&owner).await.unwrap();
    house.accounts.remove_factors(&authority, &id).await.unwrap();
    let mails = house.mails().await;
    assert_eq!(mails.len(), 9);
    assert!(mails.iter().all(|mail| mail.to().as_str() == "bo@example.org"));
    let mut said: Vec<&str> = mails.iter().map(mailkit::Mail::body).collect();
    said.sort_unstable();
    said.dedup();
    assert_eq!(said.len(), 9, "each says what happened");
}
