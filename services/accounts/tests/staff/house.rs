//! A house with people in it, to tell stories about.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use accounts::{
    Acceptance, Accounts, Authority, Browser, Credential, Invited, NewAdministrator, NewInvitation, Owner,
    Parts, PersonName, Settings, SignIn, Standing, Started,
    mail::StaffMails,
    store::{self, Store},
};
use contracts::staff::{Grant, StaffIdentity};
use jiff::{SignedDuration, Timestamp};
use kernel::{Clock, FixedClock, Lang, RandomIds, Secret, ServerKey};
use mailkit::{Author, Mail, MailAddress, Queue};
use storekit::{Database, testing::Scratch};

pub(crate) const BASE: &str = "https://stelle.example";
pub(crate) const PASSWORD: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$aGFzaGhhc2hoYXNo";
pub(crate) const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

pub(crate) struct House {
    pub(crate) accounts: Accounts,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) database: Database,
    clock: Arc<FixedClock>,
    queue: Queue,
    author: StaffMails,
    leases: AtomicU64,
    pub(crate) scratch: Scratch,
}

pub(crate) fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

pub(crate) fn hours(count: i64) -> SignedDuration {
    SignedDuration::from_hours(count)
}

pub(crate) fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

pub(crate) fn name(text: &str) -> PersonName {
    PersonName::parse(text).unwrap()
}

pub(crate) fn address(text: &str) -> MailAddress {
    MailAddress::parse(text).unwrap()
}

/// The token at the end of the one line of a mail that is a link with this path.
pub(crate) fn token(mail: &Mail, path: &str) -> Secret<String> {
    let start = format!("{BASE}{path}#");
    let line = mail.body().lines().find_map(|line| line.strip_prefix(&start));
    secret(line.unwrap_or_else(|| panic!("no link to {path} in {}", mail.body())))
}

pub(crate) fn password() -> Credential {
    Credential::Password(secret(PASSWORD))
}

impl House {
    pub(crate) async fn open(scratch: Scratch) -> Self {
        let opened = store::open(scratch.address()).await.unwrap();
        let clock = Arc::new(FixedClock::at("2026-11-22T08:00:00Z".parse().unwrap()));
        let key = ServerKey::new([7; 32]);
        let settings = Settings { base_url: BASE.to_owned(), audit_days: 365 };
        let parts = Parts { key: &key, clock: clock.clone(), ids: Arc::new(RandomIds), settings };
        Self {
            accounts: Accounts::new(opened.store.clone(), parts),
            author: StaffMails::new(opened.store.clone(), &key, clock.clone(), BASE).unwrap(),
            queue: Queue::new(opened.database.clone()),
            database: opened.database,
            store: opened.store,
            clock,
            leases: AtomicU64::new(0),
            scratch,
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn pass(&self, time: SignedDuration) {
        self.clock.set(self.clock.now() + time);
    }

    /// The mails that leave now.
    pub(crate) async fn mails(&self) -> Vec<Mail> {
        let mut mails = Vec::new();
        loop {
            let lease = format!("lease-{}", self.leases.fetch_add(1, Ordering::Relaxed));
            let leased = self.queue.lease(50, self.now(), self.now() + minutes(1), &lease).await.unwrap();
            if leased.is_empty() {
                return mails;
            }
            for row in leased {
                mails.extend(self.author.write(&row.intent).await.unwrap());
                assert!(self.queue.done(&row).await.unwrap());
            }
        }
    }

    /// The first administrator: she has a password and an app, and is signed in.
    pub(crate) async fn administrator(&self) -> StaffIdentity {
        let link = self.accounts.setup_link().await.unwrap().unwrap();
        let token = link.expose().strip_prefix("https://stelle.example/einrichten#").unwrap();
        let administrator = NewAdministrator {
            name: name("Ada Administrator"),
            mail: address("ada@example.org"),
            lang: Lang::De,
            password_hash: secret(PASSWORD),
        };
        let id = self.accounts.complete_setup(&secret(token), administrator).await.unwrap();
        self.with_app(&id).await
    }

    /// Signs in somebody without a second factor, who sets up an app.
    pub(crate) async fn with_app(&self, person_id: &str) -> StaffIdentity {
        let started = self.sign_in(person_id, false).await;
        let Standing::Pending(pending) = self.standing(&started.cookie).await.unwrap() else {
            panic!("no second factor is asked for");
        };
        self.accounts.set_totp(&pending.owner(), vec![1, 2, 3], 100).await.unwrap();
        let cookie = self.accounts.renew_session(&pending.session_id, true).await.unwrap();
        self.identity(&cookie).await
    }

    pub(crate) async fn authority(&self) -> Authority {
        Authority::of(&self.administrator().await).unwrap()
    }

    pub(crate) async fn invite(
        &self,
        authority: &Authority,
        mail: &str,
        grants: Vec<Grant>,
    ) -> Result<Invited, accounts::AccountsError> {
        let person = name(mail.split('@').next().unwrap());
        let invitation = NewInvitation { mail: address(mail), name: person, lang: Lang::De, grants };
        self.accounts.invite(authority, invitation).await
    }

    /// Invites somebody and answers her id and the token in the mail.
    pub(crate) async fn invited(
        &self,
        authority: &Authority,
        mail: &str,
        grants: Vec<Grant>,
    ) -> (String, Secret<String>) {
        self.mails().await;
        let Invited::Sent { person_id } = self.invite(authority, mail, grants).await.unwrap() else {
            panic!("{mail} was known already");
        };
        let mails = self.mails().await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].to().as_str(), mail.to_lowercase());
        (person_id, token(&mails[0], "/einladung"))
    }

    /// Somebody who accepted an invitation, with a password; no second factor is required of her.
    pub(crate) async fn member(&self, authority: &Authority, mail: &str, grants: Vec<Grant>) -> String {
        let (_, token) = self.invited(authority, mail, grants).await;
        let id = self.accept(&token, password()).await.unwrap();
        let program = Authority::program();
        self.accounts.set_second_factor_required(&program, &id, false).await.unwrap();
        id
    }

    pub(crate) async fn accept(
        &self,
        token: &Secret<String>,
        credential: Credential,
    ) -> Result<String, accounts::AccountsError> {
        let acceptance = Acceptance { name: name("Bo Lund"), lang: Lang::De, credential };
        self.accounts.accept_invitation(token, acceptance).await
    }

    pub(crate) async fn sign_in(&self, person_id: &str, second_factor: bool) -> Started {
        let sign_in = SignIn { second_factor, browser: Browser::of(FIREFOX), device: None };
        self.accounts.start_session(person_id, sign_in).await.unwrap()
    }

    pub(crate) async fn standing(&self, cookie: &Secret<String>) -> Option<Standing> {
        self.accounts.standing(cookie).await.unwrap()
    }

    pub(crate) async fn identity(&self, cookie: &Secret<String>) -> StaffIdentity {
        match self.standing(cookie).await {
            Some(Standing::Complete(identity)) => identity,
            other => panic!("not signed in: {other:?}"),
        }
    }

    pub(crate) async fn owner(&self, person_id: &str) -> Owner {
        let started = self.sign_in(person_id, true).await;
        Owner::from(&self.identity(&started.cookie).await)
    }

    pub(crate) async fn is_in(&self, cookie: &Secret<String>) -> bool {
        self.standing(cookie).await.is_some()
    }

    /// A number out of the database.
    pub(crate) async fn count(&self, statement: &'static str) -> i64 {
        match &self.database {
            Database::Sqlite(file) => sqlx::query_scalar(statement).fetch_one(file.readers()).await.unwrap(),
            Database::Postgres(pool) => sqlx::query_scalar(statement).fetch_one(pool).await.unwrap(),
        }
    }
}
