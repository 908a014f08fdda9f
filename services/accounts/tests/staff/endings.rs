//! Whatever happens in whatever order: a session counts exactly as long as the rules say.

use accounts::{Authority, Browser, Owner, SignIn, Standing};
use contracts::staff::Grant;
use jiff::Timestamp;
use kernel::Secret;
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_oneof},
    test_runner::{Config, TestCaseError, TestRunner},
};
use storekit::testing::Scratch;

use crate::house::{FIREFOX, House, PASSWORD, hours, minutes, secret};

/// What can happen to the sessions of one person. Numbers choose a session.
#[derive(Debug, Clone)]
enum Happening {
    SignIn,
    Use(usize),
    Pass(i64),
    /// A click every 20 minutes, so often.
    Busy(usize, usize),
    Renew(usize),
    SignOut(usize),
    EndOthers(usize),
    EndOne(usize, usize),
    Password(usize),
    Disable,
    Enable,
    EndAll,
    RemoveFactors,
    Tidy,
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let one = || any::<usize>();
    let happening = prop_oneof![
        4 => Just(Happening::SignIn),
        6 => one().prop_map(Happening::Use),
        2 => (1i64..45).prop_map(Happening::Pass),
        // around the ends
        3 => (29i64..32).prop_map(Happening::Pass),
        1 => (60i64..700).prop_map(Happening::Pass),
        2 => (one(), 27usize..33).prop_map(|(which, times)| Happening::Busy(which, times)),
        2 => one().prop_map(Happening::Renew),
        1 => one().prop_map(Happening::SignOut),
        1 => one().prop_map(Happening::EndOthers),
        1 => (one(), one()).prop_map(|(by, which)| Happening::EndOne(by, which)),
        1 => one().prop_map(Happening::Password),
        1 => Just(Happening::Disable),
        2 => Just(Happening::Enable),
        1 => Just(Happening::EndAll),
        1 => Just(Happening::RemoveFactors),
        1 => Just(Happening::Tidy),
    ];
    vec(happening, 1..30)
}

/// A session as the rules see it.
struct Rule {
    cookie: Secret<String>,
    id: String,
    began: Timestamp,
    seen: Timestamp,
    ended: bool,
}

impl Rule {
    fn counts(&self, now: Timestamp) -> bool {
        !self.ended && self.began > now - hours(10) && self.seen > now - minutes(30)
    }
}

struct World {
    house: House,
    authority: Authority,
    person: String,
    disabled: bool,
    sessions: Vec<Rule>,
    old_cookies: Vec<Secret<String>>,
}

impl World {
    async fn new(scratch: Scratch) -> Self {
        let house = House::open(scratch).await;
        let authority = house.authority().await;
        let person = house.member(&authority, "bo@example.org", vec![Grant::Counsellor("c1".into())]).await;
        Self { house, authority, person, disabled: false, sessions: Vec::new(), old_cookies: Vec::new() }
    }

    fn pick(&self, number: usize) -> Option<usize> {
        (!self.sessions.is_empty()).then(|| number % self.sessions.len())
    }

    /// Uses a session and says whether it counted.
    async fn look(&mut self, which: usize) -> Option<Owner> {
        let now = self.house.now();
        let session = &mut self.sessions[which];
        let standing = self.house.standing(&session.cookie).await;
        if standing.is_some() {
            session.seen = now;
        }
        match standing {
            Some(Standing::Complete(identity)) => Some(Owner::from(&identity)),
            Some(Standing::Pending(_)) => panic!("no second factor was asked for"),
            None => None,
        }
    }

    fn end_all_but(&mut self, keep: Option<usize>) {
        for (number, session) in self.sessions.iter_mut().enumerate() {
            session.ended |= keep != Some(number);
        }
    }

    async fn happen(&mut self, happening: &Happening) {
        let now = self.house.now();
        let accounts = self.house.accounts.clone();
        match *happening {
            Happening::SignIn => {
                let sign_in = SignIn { second_factor: false, browser: Browser::of(FIREFOX), device: None };
                let started = accounts.start_session(&self.person, sign_in).await;
                assert_eq!(started.is_ok(), !self.disabled);
                if let Ok(started) = started {
                    let id = self.house.identity(&started.cookie).await.session_id;
                    let cookie = started.cookie;
                    self.sessions.push(Rule { cookie, id, began: now, seen: now, ended: false });
                }
            }
            Happening::Pass(time) => self.house.pass(minutes(time)),
            Happening::Busy(number, times) => {
                for _ in 0..times {
                    self.house.pass(minutes(20));
                    Box::pin(self.happen(&Happening::Use(number))).await;
                }
            }
            Happening::Disable => {
                accounts.disable(&self.authority, &self.person).await.unwrap();
                self.disabled = true;
                self.end_all_but(None);
            }
            Happening::Enable => {
                accounts.enable(&self.authority, &self.person).await.unwrap();
                self.disabled = false;
            }
            Happening::EndAll => {
                accounts.end_sessions_of(&self.authority, &self.person).await.unwrap();
                self.end_all_but(None);
            }
            Happening::RemoveFactors => {
                let removed = accounts.remove_factors(&self.authority, &self.person).await;
                assert_eq!(removed.is_ok(), !self.disabled);
                self.end_all_but(None);
            }
            Happening::Tidy => {
                accounts.remove_outdated().await.unwrap();
            }
            Happening::Use(number)
            | Happening::Renew(number)
            | Happening::SignOut(number)
            | Happening::EndOthers(number)
            | Happening::EndOne(number, _)
            | Happening::Password(number) => {
                let Some(which) = self.pick(number) else { return };
                let counts = self.sessions[which].counts(now);
                let Some(owner) = self.look(which).await else {
                    assert!(!counts, "a session ended early");
                    let renewed = accounts.renew_session(&self.sessions[which].id, true).await;
                    assert!(renewed.is_err(), "an ended session was renewed");
                    return;
                };
                assert!(counts, "a session outlived its end");
                self.act(happening, which, &owner).await;
            }
        }
    }

    /// What somebody does through a session that counts.
    async fn act(&mut self, happening: &Happening, which: usize, owner: &Owner) {
        let accounts = self.house.accounts.clone();
        match *happening {
            Happening::Renew(_) => {
                let cookie = accounts.renew_session(&self.sessions[which].id, false).await.unwrap();
                let old = std::mem::replace(&mut self.sessions[which].cookie, cookie);
                self.old_cookies.push(old);
            }
            Happening::SignOut(_) => {
                accounts.sign_out(&self.sessions[which].cookie).await.unwrap();
                self.sessions[which].ended = true;
            }
            Happening::EndOthers(_) => {
                accounts.end_other_sessions(owner).await.unwrap();
                self.end_all_but(Some(which));
            }
            Happening::EndOne(_, other) => {
                let other = other % self.sessions.len();
                // one that ran out may have been removed meanwhile: then there is nothing to end
                let _ = accounts.end_session(owner, &self.sessions[other].id).await;
                self.sessions[other].ended = true;
            }
            Happening::Password(_) => {
                accounts.set_password(owner, &secret(PASSWORD)).await.unwrap();
                self.end_all_but(Some(which));
            }
            _ => {}
        }
    }

    async fn check(&self) {
        let now = self.house.now();
        for session in &self.sessions {
            // asking would count as activity, so only those that must not count are asked
            if !session.counts(now) {
                assert!(!self.house.is_in(&session.cookie).await, "a session outlived its end");
            }
        }
        for cookie in &self.old_cookies {
            assert!(!self.house.is_in(cookie).await, "a replaced cookie works");
        }
    }
}

fn sessions_count_as_long_as_the_rules_say(cases: u32, scratch: impl AsyncFn() -> Scratch) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let ran = TestRunner::new(config).run(&happenings(), |happenings| {
        let told = std::panic::AssertUnwindSafe(|| {
            runtime.block_on(async {
                let mut world = World::new(scratch().await).await;
                for happening in &happenings {
                    world.happen(happening).await;
                    world.check().await;
                }
            });
        });
        std::panic::catch_unwind(told).map_err(|_| TestCaseError::fail("the rules were broken"))
    });
    ran.unwrap();
}

#[test]
fn sessions_count_as_long_as_the_rules_say_on_sqlite() {
    sessions_count_as_long_as_the_rules_say(64, async || Scratch::sqlite());
}

#[test]
fn sessions_count_as_long_as_the_rules_say_on_postgres() {
    sessions_count_as_long_as_the_rules_say(24, async || Scratch::postgres().await);
}
