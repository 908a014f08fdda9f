//! For any interleaving of what people do and networks lose, the promises hold; and with one of them broken on purpose, this
//! test notices.

use proptest::{
    prelude::{Strategy, prop},
    prop_oneof,
    test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner},
};

use super::{
    super::mutant::Broken,
    world::{SEATS, World, Wrong},
};
use crate::protocol::{Kind, Say};

#[derive(Debug, Clone)]
enum Step {
    Connect(usize),
    Reload(usize),
    Cut(usize, bool),
    Knock(usize),
    Write(usize, usize),
    Whisper(usize, usize, Kind),
    Repeat(usize),
    Commit { who: usize, begins: bool, is_late: bool, admit: u8, remove: u8 },
    Carry(usize, usize),
    Read(usize, usize),
    See(usize),
    Wait(i64),
    Leave(usize),
    Remove(usize, usize),
    Tighten(bool),
    Everybody,
}

fn steps() -> impl Strategy<Value = (Vec<Step>, Option<usize>)> {
    let who = || 0..SEATS;
    let kind = prop_oneof![
        proptest::strategy::Just(Kind::Message),
        proptest::strategy::Just(Kind::Part),
        proptest::strategy::Just(Kind::Letter)
    ];
    let commit = (0..2_usize, prop::bool::weighted(0.25), prop::bool::weighted(0.2), 0..=255_u8, 0..=255_u8);
    let step = prop_oneof![
        3 => who().prop_map(Step::Connect),
        1 => who().prop_map(Step::Reload),
        3 => (who(), prop::bool::ANY).prop_map(|(who, is_noticed)| Step::Cut(who, is_noticed)),
        2 => who().prop_map(Step::Knock),
        12 => (who(), 1..60_usize).prop_map(|(who, size)| Step::Write(who, size)),
        3 => (who(), who(), kind).prop_map(|(who, to, kind)| Step::Whisper(who, to, kind)),
        2 => who().prop_map(Step::Repeat),
        4 => commit.prop_map(|(who, begins, is_late, admit, remove)| {
            // removing is rare, so that groups live for a while
            Step::Commit { who, begins, is_late, admit, remove: if remove > 40 { 0 } else { remove } }
        }),
        12 => (who(), 1..6_usize).prop_map(|(who, most)| Step::Carry(who, most)),
        10 => (who(), 1..8_usize).prop_map(|(who, most)| Step::Read(who, most)),
        6 => who().prop_map(Step::See),
        2 => (1..50_i64).prop_map(Step::Wait),
        1 => who().prop_map(Step::Leave),
        1 => (0..2_usize, who()).prop_map(|(who, whom)| Step::Remove(who, whom)),
        1 => prop::bool::weighted(0.3).prop_map(Step::Tighten),
        2 => proptest::strategy::Just(Step::Everybody),
    ];
    (prop::collection::vec(step, 20..160), prop::option::weighted(0.3, 2..SEATS))
}

fn go(world: &mut World, step: &Step) -> Result<(), Wrong> {
    match *step {
        Step::Connect(who) => world.connect(who, true)?,
        Step::Reload(who) => world.connect(who, false)?,
        Step::Cut(who, is_noticed) => world.cut(who, is_noticed)?,
        Step::Knock(who) => world.knock(who),
        Step::Write(who, size) => world.write(who, None, Kind::Message, size),
        Step::Whisper(who, to, kind) => {
            if let Some(to) = world.member(to) {
                world.write(who, Some(to), kind, 1);
            }
        }
        Step::Repeat(who) => world.repeat(who),
        Step::Commit { who, begins, is_late, admit, remove } => {
            world.commit(who, begins, is_late, admit, remove)
        }
        Step::Carry(who, most) => world.carry(who, most)?,
        Step::Read(who, most) => world.read(who, most)?,
        Step::See(who) => world.see(who),
        Step::Wait(seconds) => world.wait(seconds)?,
        Step::Leave(who) => world.say(who, Say::Leave {}),
        Step::Remove(who, whom) => {
            if let Some(member) = world.member(whom).filter(|_| who != whom) {
                world.say(who, Say::Remove { member, ban: false });
            }
        }
        Step::Tighten(is_tight) => world.room.tighten(is_tight),
        Step::Everybody => {
            for who in 0..SEATS {
                world.knock(who);
                world.carry(who, 2)?;
                world.read(who, 12)?;
                world.see(who);
            }
        }
    }
    Ok(())
}

/// A conversation that has begun: both hosts and two others are inside, the rest waits.
fn begun(broken: Option<Broken>) -> Result<World, Wrong> {
    let mut world = World::new(broken);
    for who in 0..SEATS {
        world.connect(who, true)?;
        world.read(who, usize::MAX)?;
        world.knock(who);
        world.carry(who, usize::MAX)?;
    }
    world.commit(0, true, false, 0b0000_0111, 0);
    world.carry(0, usize::MAX)?;
    for who in 0..SEATS {
        world.read(who, usize::MAX)?;
        world.see(who);
        world.carry(who, usize::MAX)?;
    }
    Ok(world)
}

fn run(steps: &[Step], stubborn: Option<usize>, broken: Option<Broken>) -> Result<usize, Wrong> {
    let mut world = begun(broken)?;
    if let Some(who) = stubborn {
        world.clients[who].stubborn = true;
    }
    for step in steps {
        go(&mut world, step)?;
    }
    world.come_to_rest()?;
    Ok(world.heard)
}

#[test]
fn whoever_stays_hears_each_thing_once_in_order_and_nothing_else() {
    let mut runner = TestRunner::new(Config {
        // more of them by PROPTEST_CASES
        cases: Config::default().cases.max(600),
        failure_persistence: None,
        ..Config::default()
    });
    let heard = std::cell::Cell::new(0);
    let outcome = runner.run(&steps(), |(steps, stubborn)| {
        heard.set(heard.get() + run(&steps, stubborn, None).map_err(TestCaseError::fail)?);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert!(heard.get() > 600 * 10, "only {} things were heard", heard.get());
}

#[track_caller]
fn is_noticed(broken: Broken, said: &str) {
    let config = Config { cases: 3_000, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    // always the same cases: some mutants break several promises, and which one is seen first is chance otherwise
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&steps(), |(steps, stubborn)| {
        run(&steps, stubborn, Some(broken)).map(drop).map_err(TestCaseError::fail)
    });
    let Err(TestError::Fail(why, _)) = outcome else { panic!("nobody notices {broken:?}") };
    assert!(why.message().contains(said), "{broken:?} is noticed by something else: {why}");
}

#[test]
fn a_repeat_that_is_delivered_is_noticed() {
    is_noticed(Broken::Repeats, "instead of");
}

#[test]
fn a_resume_that_loses_something_is_noticed() {
    is_noticed(Broken::Forgets, "heard");
}

#[test]
fn a_gap_after_full_is_noticed() {
    is_noticed(Broken::Early, "something is lost");
}

#[test]
fn a_ring_without_bounds_is_noticed() {
    is_noticed(Broken::Boundless, "are kept");
}

#[test]
fn what_is_for_one_and_goes_to_all_is_noticed() {
    is_noticed(Broken::Aloud, "instead of");
}

#[test]
fn who_waits_and_hears_the_group_is_noticed() {
    is_noticed(Broken::Eavesdropped, "instead of");
}

#[test]
fn a_group_that_forks_is_noticed() {
    is_noticed(Broken::Forks, "but the group is at");
}

#[test]
fn things_of_somebody_who_has_gone_are_noticed() {
    is_noticed(Broken::Inherits, "instead of");
}

#[test]
fn a_reader_who_stops_everybody_is_noticed() {
    is_noticed(Broken::Patient, "still has to say");
}

#[test]
fn being_flooded_is_noticed() {
    is_noticed(Broken::Floods, "are ahead");
}
