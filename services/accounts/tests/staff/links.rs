//! Links by mail for people who have an account: new password, other address.

use accounts::{AccountsError, Credential, Owner};
use contracts::staff::Grant;
use kernel::Lang;
use storekit::testing::Scratch;

use crate::{
    house::{House, PASSWORD, address, hours, minutes, secret, token},
    on_both_engines,
};

on_both_engines! {
    asking_for_a_password_tells_nobody_who_is_known
    a_new_password_is_set_once_and_ends_all_sessions
    only_one_of_many_sets_a_password
    who_has_no_password_here_gets_no_link
    another_address_counts_when_it_is_confirmed
    an_address_that_somebody_has_is_not_bothered
    links_to_an_earlier_address_die
    who_lost_everything_is_rescued_from_the_command_line
}

const NEW: &str = "$argon2id$v=19$m=19456,t=2,p=1$b3RoZXJzYWx0$b3RoZXJoYXNo";

async fn counsellor(house: &House) -> String {
    let authority = house.authority().await;
    let id = house.member(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
    house.mails().await;
    id
}

async fn asking_for_a_password_tells_nobody_who_is_known(scratch: Scratch) {
    let house = House::open(scratch).await;
    let id = counsellor(&house).await;
    let authority = accounts::Authority::program();
    let gone = house.member(&authority, "gone@example.org", vec![Grant::Counsellor("c1".into())]).await;
    house.accounts.disable(&authority, &gone).await.unwrap();
    house.invited(&authority, "soon@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let rows = async || {
        (
            house.count("SELECT count(*) FROM password_reset").await,
            house.count("SELECT count(*) FROM mail").await,
            house.count("SELECT count(*) FROM audit").await,
        )
    };
    let mut before = rows().await;
    let mails =
        ["bo@example.org", "nobody@example.org", "gone@example.org", "soon@example.org", "no address", ""];
    for mail in mails {
        house.accounts.request_password_reset(mail, Lang::De).await.unwrap();
        let after = rows().await;
        assert_eq!((after.0 - before.0, after.1 - before.1, after.2 - before.2), (1, 1, 0), "{mail:?}");
        before = after;
    }
    let mails = house.mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to().as_str(), "bo@example.org");
    assert!(house.accounts.look_up_reset(&token(&mails[0], "/anmelden/neu")).await.unwrap());
    assert!(
        house.accounts.sign_in_record("bo@example.org").await.unwrap().is_some_and(|r| r.person_id == id)
    );
}

async fn a_new_password_is_set_once_and_ends_all_sessions(scratch: Scratch) {
    let house = House::open(scratch).await;
    let id = counsellor(&house).await;
    let cookie = house.sign_in(&id, false).await.cookie;
    house.mails().await;
    for _ in 0..2 {
        house.accounts.request_password_reset("BO@example.org", Lang::En).await.unwrap();
    }
    let mails = house.mails().await;
    let [first, second] = [0, 1].map(|number: usize| token(&mails[number], "/anmelden/neu"));
    assert_eq!(mails[0].subject(), "Neues Passwort", "in the language of the person, not of who asks");
    assert_eq!(house.accounts.complete_reset(&first, &secret(NEW)).await, Ok(id.clone()));
    assert!(!house.is_in(&cookie).await);
    for used in [&first, &second] {
        assert!(!house.accounts.look_up_reset(used).await.unwrap());
        let again = house.accounts.complete_reset(used, &secret(PASSWORD)).await;
        assert_eq!(again, Err(AccountsError::LinkInvalid));
    }
    let record = house.accounts.sign_in_record("bo@example.org").await.unwrap().unwrap();
    assert_eq!(record.password_hash.unwrap().expose(), NEW);
    assert_eq!(house.mails().await[0].subject(), "Ihr Passwort wurde geändert");

    house.accounts.request_password_reset("bo@example.org", Lang::De).await.unwrap();
    let late = token(&house.mails().await[0], "/anmelden/neu");
    house.pass(hours(1));
    assert_eq!(house.accounts.complete_reset(&late, &secret(NEW)).await, Err(AccountsError::LinkInvalid));
    house.pass(minutes(-1));
    assert!(house.accounts.look_up_reset(&late).await.unwrap());
    house.accounts.disable(&accounts::Authority::program(), &id).await.unwrap();
    assert_eq!(house.accounts.complete_reset(&late, &secret(NEW)).await, Err(AccountsError::LinkInvalid));
}

async fn only_one_of_many_sets_a_password(scratch: Scratch) {
    let house = House::open(scratch).await;
    counsellor(&house).await;
    house.accounts.request_password_reset("bo@example.org", Lang::De).await.unwrap();
    let token = token(&house.mails().await[0], "/anmelden/neu");
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let (accounts, token) = (house.accounts.clone(), token.clone());
        tries.spawn(async move { accounts.complete_reset(&token, &secret(NEW)).await });
    }
    let outcomes = tries.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
}

async fn who_has_no_password_here_gets_no_link(scratch: Scratch) {
    let house = House::open(scratch).await;
    let authority = house.authority().await;
    let (_, link) = house.invited(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
    let oidc = Credential::Oidc { issuer: "https://id.example".into(), subject: "1".into() };
    house.accept(&link, oidc).await.unwrap();
    house.mails().await;
    house.accounts.request_password_reset("bo@example.org", Lang::De).await.unwrap();
    assert!(house.mails().await.is_empty(), "she signs in at her provider");
}

async fn another_address_counts_when_it_is_confirmed(scratch: Scratch) {
    let house = House::open(scratch).await;
    let id = counsellor(&house).await;
    let owner = house.owner(&id).await;
    house.mails().await;
    house.accounts.request_mail_change(&owner, &address("first@example.org")).await.unwrap();
    house.accounts.request_mail_change(&owner, &address("New.Bo@example.org")).await.unwrap();
    let mails = house.mails().await;
    let to = |address: &str| mails.iter().filter(|mail| mail.to().as_str() == address).collect::<Vec<_>>();
    assert_eq!((to("bo@example.org").len(), to("first@example.org").len()), (2, 0), "the last wish counts");
    let link = token(to("new.bo@example.org")[0], "/mein-konto/mail");
    let account = house.accounts.account(&owner).await.unwrap();
    assert_eq!(account.mail, "bo@example.org");
    assert_eq!(account.pending_mail.as_deref(), Some("new.bo@example.org"));
    let looked = house.accounts.look_up_mail_change(&link).await.unwrap();
    assert_eq!(looked.as_deref(), Some("new.bo@example.org"));

    house.accounts.confirm_mail_change(&link).await.unwrap();
    assert_eq!(house.accounts.confirm_mail_change(&link).await, Err(AccountsError::LinkInvalid));
    assert!(house.accounts.sign_in_record("bo@example.org").await.unwrap().is_none());
    assert!(house.accounts.sign_in_record("new.bo@example.org").await.unwrap().is_some());
    let mails = house.mails().await;
    assert_eq!((mails.len(), mails[0].to().as_str()), (1, "bo@example.org"));
    let found = accounts::PeopleQuery { text: "new.bo".into(), limit: 5, ..Default::default() };
    let page = house.accounts.people(&accounts::Authority::program(), &found).await.unwrap();
    assert_eq!(page.total, 1, "the search knows the new address");

    house.accounts.request_mail_change(&owner, &address("late@example.org")).await.unwrap();
    let mails = house.mails().await;
    let late = mails.iter().find(|mail| mail.to().as_str() == "late@example.org").unwrap();
    house.pass(hours(24));
    let expired = house.accounts.confirm_mail_change(&token(late, "/mein-konto/mail")).await;
    assert_eq!(expired, Err(AccountsError::LinkInvalid));
}

async fn an_address_that_somebody_has_is_not_bothered(scratch: Scratch) {
    let house = House::open(scratch).await;
    let id = counsellor(&house).await;
    let owner = house.owner(&id).await;
    house.mails().await;
    house.accounts.request_mail_change(&owner, &address("ada@example.org")).await.unwrap();
    let mails = house.mails().await;
    assert_eq!((mails.len(), mails[0].to().as_str()), (1, "bo@example.org"));

    // the address is taken between the mail and its confirmation
    house.accounts.request_mail_change(&owner, &address("free@example.org")).await.unwrap();
    let mails = house.mails().await;
    let confirm = mails.iter().find(|mail| mail.to().as_str() == "free@example.org").unwrap();
    let link = token(confirm, "/mein-konto/mail");
    let authority = accounts::Authority::program();
    house.member(&authority, "free@example.org", vec![Grant::Counsellor("c1".into())]).await;
    assert_eq!(house.accounts.confirm_mail_change(&link).await, Err(AccountsError::MailTaken));
}

async fn links_to_an_earlier_address_die(scratch: Scratch) {
    let house = House::open(scratch).await;
    let id = counsellor(&house).await;
    let owner: Owner = house.owner(&id).await;
    house.mails().await;
    house.accounts.request_password_reset("bo@example.org", Lang::De).await.unwrap();
    let reset = token(&house.mails().await[0], "/anmelden/neu");
    house.accounts.request_mail_change(&owner, &address("new@example.org")).await.unwrap();
    let mails = house.mails().await;
    let confirm = mails.iter().find(|mail| mail.to().as_str() == "new@example.org").unwrap();
    house.accounts.confirm_mail_change(&token(confirm, "/mein-konto/mail")).await.unwrap();
    assert_eq!(house.accounts.complete_reset(&reset, &secret(NEW)).await, Err(AccountsError::LinkInvalid));
}

async fn who_lost_everything_is_rescued_from_the_command_line(scratch: Scratch) {
    let house = House::open(scratch).await;
    let ada = house.administrator().await;
    assert!(house.accounts.rescue("nobody@example.org").await.unwrap().is_none());
    let link = house.accounts.rescue("Ada@example.org").await.unwrap().unwrap();
    let link = link.expose().strip_prefix("https://stelle.example/anmelden/neu#").unwrap().to_owned();
    assert_eq!(house.accounts.sessions(&Owner::from(&ada)).await.unwrap(), []);
    assert_eq!(house.accounts.complete_reset(&secret(&link), &secret(NEW)).await, Ok(ada.person_id.clone()));
    let again = house.with_app(&ada.person_id).await;
    assert_eq!(again.grants, [Grant::Administrator], "a new app, the same rights");
}
