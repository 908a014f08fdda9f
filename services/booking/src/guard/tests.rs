//! Who gets a time while somebody tries to take all of them.

use altcha::{Payload, SolveChallengeOptions};
use data_encoding::BASE64;
use kernel::FixedClock;
use proptest::prelude::{ProptestConfig, prop_assert, proptest};
use webkit::networks::Per;

use super::*;

const OFFER: &str = "offer";

/// One of the things that are counted by the hour.
type Take = fn(&Guard, Option<Network>) -> Result<(), Limited>;

/// A guard and the clock it looks at.
struct Watch {
    clock: Arc<FixedClock>,
    guard: Guard,
}

fn start() -> Timestamp {
    "2026-11-22T08:00:00Z".parse().unwrap()
}

/// The real limits with work that takes no time.
fn limits() -> Limits {
    let wait = SignedDuration::from_secs(30);
    Limits { effort: Effort { rounds: 1, tries: 1..3, wait }, ..Limits::default() }
}

/// The same, with work demanded of everybody.
fn demanding() -> Limits {
    let busy = Busy { holds_a_minute: 0, ..limits().busy };
    Limits { busy, ..limits() }
}

fn form(name: &(impl ToString + ?Sized)) -> Secret<String> {
    Secret::new(name.to_string())
}

fn solution(asked: &Asked) -> String {
    let challenge = asked.challenge.clone();
    let solution = altcha::solve_challenge(SolveChallengeOptions::new(&challenge)).unwrap().unwrap();
    BASE64.encode(&serde_json::to_vec(&Payload { challenge, solution }).unwrap())
}

impl Watch {
    fn with(limits: Limits) -> Self {
        let clock = Arc::new(FixedClock::at(start()));
        Self { guard: Guard::new(limits, clock.clone()), clock }
    }

    fn pass(&self, time: SignedDuration) {
        self.clock.set(self.clock.now() + time);
    }

    fn network(&self, address: &str) -> Option<Network> {
        Some(self.guard.network(Client(address.parse().unwrap())))
    }

    fn show(
        &self,
        address: &str,
        name: &(impl ToString + ?Sized),
        solution: &str,
        ticket: &str,
    ) -> Result<(), Refused> {
        self.guard.hold(self.network(address), &form(name), OFFER, Shown { solution, ticket })
    }

    fn asked(&self, address: &str, name: &(impl ToString + ?Sized), solution: &str, ticket: &str) -> Asked {
        match self.show(address, name, solution, ticket) {
            Err(Refused::Asked(asked)) => *asked,
            Err(Refused::Limited(limited)) => panic!("{limited:?}"),
            Ok(()) => panic!("nothing was asked"),
        }
    }

    /// Takes a time and works for it where that is asked: whether it got one.
    fn work(&self, address: &str, name: &(impl ToString + ?Sized)) -> bool {
        match self.show(address, name, "", "") {
            Ok(()) => true,
            Err(Refused::Asked(asked)) => self.show(address, name, &solution(&asked), "").is_ok(),
            Err(Refused::Limited(_)) => false,
        }
    }

    /// Takes a time without doing anything for it.
    fn grab(&self, address: &str, name: &(impl ToString + ?Sized)) -> bool {
        self.show(address, name, "", "").is_ok()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_script_with_a_thousand_forms_leaves_times_for_others(
        networks in 1u8..12,
        neighbours in proptest::bool::ANY,
        works in proptest::bool::ANY,
        pause in 0i64..200,
    ) {
        let watch = Watch::with(limits());
        let (mut open, per) = (0u32, Limits::default().open_holds);
        let begun = watch.clock.now();
        for number in 0..1_000u32 {
            let network = number % u32::from(networks);
            let address = if neighbours { format!("192.0.2.{network}") } else { format!("192.0.{network}.7") };
            let got = if works { watch.work(&address, &number) } else { watch.grab(&address, &number) };
            // what was taken within the first hold is all still held
            if watch.clock.now().duration_since(begun) < crate::service::HOLD {
                open += u32::from(got);
            }
            watch.pass(SignedDuration::from_millis(pause));
        }
        let most = if neighbours { per.wide } else { per.near * u32::from(networks) };
        prop_assert!(open <= most.min(per.near * u32::from(networks)), "{open} times are held");
        prop_assert!(works || open <= limits().busy.holds_a_minute * 5, "{open} times without work");
        prop_assert!(watch.work("198.51.100.1", "honest"), "somebody else gets a time");
        let asked = watch.guard.book(watch.network("198.51.100.1"));
        prop_assert!(asked.is_ok(), "and books it");
    }
}

#[test]
fn a_form_holds_one_time_and_may_change_it() {
    let one = Limits { open_holds: Per { near: 1, wide: 1 }, ..limits() };
    let watch = Watch::with(one);
    assert!(watch.grab("192.0.2.1", "a") && watch.grab("192.0.2.1", "a"), "its own hold is not in its way");
    let Err(Refused::Limited(limited)) = watch.show("192.0.2.2", "b", "", "") else {
        panic!("one is enough")
    };
    assert_eq!(limited.wait, crate::service::HOLD);
    assert!(watch.grab("192.0.3.1", "b"), "elsewhere");
    watch.guard.released(&form("a"));
    assert!(watch.grab("192.0.2.1", "c"), "given back");
    watch.guard.not_held(&form("c"), OFFER);
    assert!(watch.grab("192.0.2.1", "d"), "somebody was faster");
    watch.guard.booked(&form("d"), OFFER);
    assert!(watch.grab("192.0.2.1", "e"), "an appointment is no hold");
    watch.pass(crate::service::HOLD);
    assert!(watch.grab("192.0.2.1", "f"), "run out");
}

#[test]
fn work_is_asked_for_only_while_much_is_going_on() {
    let busy =
        Busy { holds_a_minute: 3, holds_of_a_network: Per { near: 2, wide: 100 }, ..Limits::default().busy };
    let watch = Watch::with(Limits { busy, ..limits() });
    assert!(watch.grab("192.0.2.1", &1) && watch.grab("192.0.2.1", &2));
    assert!(!watch.grab("192.0.2.1", &3), "this network holds a lot");
    assert!(watch.grab("198.51.100.1", &4), "the others are not asked");
    assert!(!watch.grab("203.0.113.1", &5), "three in a minute: everybody is asked");
    watch.pass(SignedDuration::from_mins(1));
    assert!(watch.grab("203.0.113.1", &5));
    assert!(!watch.grab("192.0.2.1", &3));
    watch.pass(SignedDuration::from_mins(9));
    assert!(watch.grab("192.0.2.1", &3), "ten minutes later");
}

#[test]
fn an_offer_whose_holds_are_hardly_ever_booked_asks_for_work() {
    for (booked, free) in [(0, false), (3, false), (4, true), (20, true)] {
        let watch = Watch::with(limits());
        for number in 0..20 {
            assert!(watch.grab(&format!("192.0.{number}.1"), &number), "{number}");
            if number < booked {
                watch.guard.booked(&form(&number), OFFER);
            }
            watch.pass(SignedDuration::from_mins(2));
        }
        assert_eq!(watch.grab("198.51.100.1", "next"), free, "{booked} of twenty were booked");
        let elsewhere = Shown::default();
        let other = watch.guard.hold(watch.network("198.51.100.1"), &form("other"), "other", elsewhere);
        assert!(other.is_ok(), "other offers are not concerned");
        watch.pass(HOUR);
        assert!(watch.grab("198.51.100.1", "later"));
    }
}

#[test]
fn losing_a_race_says_nothing_against_an_offer_and_is_not_paid_twice() {
    let watch = Watch::with(limits());
    for number in 0..30 {
        assert!(watch.grab(&format!("192.0.{number}.1"), &number));
        watch.guard.not_held(&form(&number), OFFER);
        watch.pass(SignedDuration::from_mins(1));
    }
    let watch = Watch::with(demanding());
    assert!(watch.work("192.0.2.1", "a"));
    watch.guard.not_held(&form("a"), OFFER);
    assert!(watch.grab("192.0.2.1", "a"), "she worked already");
    watch.guard.released(&form("a"));
    watch.pass(SignedDuration::from_mins(10));
    assert!(!watch.grab("192.0.2.1", "a"), "that was long ago");
}

#[test]
fn a_solution_counts_once_and_for_its_form_and_offer_only() {
    let watch = Watch::with(demanding());
    let asked = watch.asked("192.0.2.1", "a", "", "");
    assert!(!asked.tried);
    let solved = solution(&asked);
    assert!(watch.asked("192.0.2.1", "b", &solved, "").tried, "another form");
    let shown = Shown { solution: &solved, ticket: "" };
    let other = watch.guard.hold(watch.network("192.0.2.1"), &form("a"), "other", shown);
    assert!(matches!(other, Err(Refused::Asked(asked)) if asked.tried), "another offer");
    assert!(watch.show("192.0.2.1", "a", &solved, "").is_ok());
    watch.guard.booked(&form("a"), OFFER);
    assert!(watch.asked("192.0.2.1", "a", &solved, "").tried, "again");

    let late = watch.asked("192.0.2.1", "c", "", "");
    watch.pass(VALID);
    assert!(watch.asked("192.0.2.1", "c", &solution(&late), "").tried, "too late");
    let early = watch.asked("192.0.2.1", "c", "", "");
    let restarted = Watch::with(demanding());
    assert!(restarted.asked("192.0.2.1", "c", &solution(&early), "").tried, "before a restart");
}

#[test]
fn who_waits_need_not_work_and_does_not_begin_again_when_she_is_early() {
    let watch = Watch::with(demanding());
    let asked = watch.asked("192.0.2.1", "a", "", "");
    assert_eq!(asked.wait, SignedDuration::from_secs(30));
    watch.pass(SignedDuration::from_secs(20));
    let early = watch.asked("192.0.2.1", "a", "", &asked.ticket);
    assert_eq!((early.wait, &early.ticket), (SignedDuration::from_secs(10), &asked.ticket));
    watch.pass(SignedDuration::from_secs(10));
    let foreign = watch.asked("192.0.2.1", "b", "", &asked.ticket);
    assert_ne!(foreign.ticket, asked.ticket, "a ticket is nobody else's");
    assert!(watch.show("192.0.2.1", "a", "", &early.ticket).is_ok());
    watch.guard.booked(&form("a"), OFFER);
    assert_ne!(watch.asked("192.0.2.1", "a", "", &early.ticket).ticket, early.ticket, "once");
}

#[test]
fn waiting_is_limited_more_than_working() {
    let watch = Watch::with(demanding());
    let tickets: Vec<_> = (0..12).map(|number| watch.asked("192.0.2.1", &number, "", "").ticket).collect();
    watch.pass(SignedDuration::from_secs(30));
    let got = |(number, ticket): (usize, &String)| watch.show("192.0.2.1", &number, "", ticket).is_ok();
    assert_eq!(tickets.iter().enumerate().map(got).filter(|got| *got).count(), 10);
    assert!(watch.work("192.0.2.1", "script"), "working is still possible");
    let elsewhere = watch.asked("198.51.100.1", "a", "", "");
    watch.pass(SignedDuration::from_secs(30));
    assert!(watch.show("198.51.100.1", "a", "", &elsewhere.ticket).is_ok());
}

#[test]
fn a_network_has_so_many_bookings_tries_and_entries_an_hour_and_what_came_to_nothing_does_not_count() {
    let few = Per { near: 2, wide: 3 };
    let limits = Limits { bookings_an_hour: few, wrong_pins_an_hour: few, joins_an_hour: few, ..limits() };
    let watch = Watch::with(limits);
    let [one, two, three] = ["192.0.2.1", "192.0.2.2", "192.0.3.1"].map(|address| watch.network(address));
    let kinds: [Take; 3] = [Guard::book, Guard::try_pin, Guard::join_waiting_list];
    for take in kinds {
        assert_eq!((take(&watch.guard, one), take(&watch.guard, one)), (Ok(()), Ok(())));
        assert_eq!(take(&watch.guard, one), Err(Limited { wait: HOUR }));
        assert_eq!((take(&watch.guard, two), take(&watch.guard, three)), (Ok(()), Ok(())));
        assert!(take(&watch.guard, two).is_err(), "neighbours share a wider limit");
        assert_eq!(take(&watch.guard, None), Ok(()), "the operator's own machine");
    }
    watch.guard.not_booked(one);
    watch.guard.right_pin(one);
    assert_eq!((watch.guard.book(one), watch.guard.try_pin(one)), (Ok(()), Ok(())));
    watch.pass(HOUR);
    assert!(kinds.iter().all(|take| take(&watch.guard, one).is_ok()));
}

#[test]
fn an_appointment_is_moved_five_times_a_day() {
    let watch = Watch::with(limits());
    for _ in 0..5 {
        assert_eq!(watch.guard.move_appointment("id"), Ok(()));
        watch.pass(HOUR);
    }
    let wait = SignedDuration::from_hours(19);
    assert_eq!(watch.guard.move_appointment("id"), Err(Limited { wait }));
    assert_eq!(watch.guard.move_appointment("other"), Ok(()));
    watch.guard.not_moved("id");
    assert_eq!(watch.guard.move_appointment("id"), Ok(()), "a move that came to nothing");
    watch.pass(wait);
    assert_eq!(watch.guard.move_appointment("id"), Ok(()));
}

#[test]
fn a_restart_forgets() {
    let strict = || Limits { open_holds: Per { near: 1, wide: 1 }, moves_a_day: 1, ..limits() };
    let watch = Watch::with(strict());
    assert!(watch.grab("192.0.2.1", "a") && !watch.grab("192.0.2.1", "b"));
    assert!(watch.guard.move_appointment("id").is_ok() && watch.guard.move_appointment("id").is_err());
    let watch = Watch::with(strict());
    assert!(watch.grab("192.0.2.1", "b") && watch.guard.move_appointment("id").is_ok());
}
