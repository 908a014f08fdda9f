//! A recorded history: what several people asked for at once and were told, and what others saw meanwhile. Some order of
//! all of it must explain every answer; so no time was ever taken twice, no acknowledgement was lost and nobody was refused
//! for nothing.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use booking::{
    BookingError, Span,
    appointment::{Appointment, State},
    store::{Booked, Move, Place, Store},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};

use crate::{
    on_both_engines,
    order::{Kept, Operation, What, explain},
    people::{CENTRE, GROUP, House, at, cancelled, form, hold, minutes, now, place, sent},
};

const PEOPLE: u64 = 5;
const STEPS: usize = 15;
const HISTORIES: u64 = 3;

/// What was asked and answered so far.
#[derive(Clone)]
struct Record {
    store: Arc<dyn Store>,
    clock: Arc<AtomicU64>,
    history: Arc<Mutex<Vec<Operation>>>,
}

impl Record {
    fn on(store: &Arc<dyn Store>) -> Self {
        Self { store: store.clone(), clock: Arc::default(), history: Arc::default() }
    }

    fn tick(&self) -> u64 {
        self.clock.fetch_add(1, Ordering::SeqCst)
    }

    /// Notes what was answered. Two that waited for each other on PostgreSQL were told so, and nothing has happened.
    fn note<T>(&self, asked: u64, what: What, answer: Result<T, BookingError>) -> Option<T> {
        let answered = self.tick();
        let refused =
            matches!(answer, Err(BookingError::Taken | BookingError::Changed | BookingError::Closed));
        match &answer {
            Err(error) if !refused => {
                assert!(error.to_string().ends_with("40P01"), "{error}");
                return None;
            }
            _ => {}
        }
        self.history.lock().unwrap().push(Operation { asked, answered, what, done: answer.is_ok() });
        answer.ok()
    }

    async fn hold(&self, name: &str, place: &Place) {
        let hold = hold(name, place.clone());
        let asked = self.tick();
        let answer = self.store.hold(&hold, now()).await;
        self.note(asked, What::Hold(hold.id, Kept::of(place)), answer);
    }

    async fn release(&self, name: &str) {
        let asked = self.tick();
        let answer = self.store.release(form(name)).await;
        self.note(asked, What::Release(format!("appointment-{name}")), answer);
    }

    async fn book(&self, name: &str, place: &Place) -> Option<Appointment> {
        let booking = sent(name, place.clone());
        let asked = self.tick();
        let answer = self.store.book(&booking, now()).await;
        match self.note(asked, What::Book(booking.hold.id, Kept::of(place)), answer) {
            None => None,
            Some(Booked::New(appointment) | Booked::Again(appointment)) => Some(appointment),
            Some(other) => panic!("{other:?}"),
        }
    }

    async fn move_to(&self, mine: &Appointment, place: &Place) -> Option<Appointment> {
        let change = Move {
            id: mine.id.clone(),
            version: mine.version,
            mode: mine.mode,
            forget_at: place.span.to,
            place: place.clone(),
            contact: None,
            notify: None,
            mails: Vec::new(),
            audit: None,
        };
        let asked = self.tick();
        let answer = self.store.move_to(&change, now()).await;
        self.note(asked, What::Move(change.id, change.version, Kept::of(place)), answer)
    }

    async fn cancel(&self, mine: &Appointment) -> Option<Appointment> {
        let asked = self.tick();
        let answer = self.store.cancel(&cancelled(mine), now()).await;
        self.note(asked, What::Cancel(mine.id.clone(), mine.version), answer)
    }

    async fn read(&self) {
        let day = Span { from: at("2026-11-23T00:00:00Z"), to: at("2026-11-24T00:00:00Z") };
        let asked = self.tick();
        let found = self.store.of_centre(CENTRE, day).await.unwrap();
        let open = found.into_iter().filter(|one| matches!(one.state, State::Confirmed));
        let found: BTreeMap<_, _> = open.map(|one| (one.id.clone(), kept(&one))).collect();
        self.note(asked, What::Read(found), Ok(()));
    }
}

fn kept(one: &Appointment) -> Kept {
    Kept::of(&Place {
        resource_id: one.resource_id.clone(),
        room_id: one.room_id.clone(),
        span: one.span,
        claimed: Span { from: one.span.from - minutes(5), to: one.span.to + minutes(5) },
        capacity: if one.offer_id == GROUP { 3 } else { 1 },
        limits: None,
    })
}

/// What people want: a time with one of two counsellors, in the room or not, alone or in a group.
#[derive(Clone, Copy)]
struct Wishes {
    /// How often they want the group.
    groups: f64,
    /// Whether both lead groups.
    two_leaders: bool,
}

impl Wishes {
    fn place(self, dice: &mut StdRng, group: bool) -> Place {
        let counsellor = if dice.random_bool(0.5) { "anna" } else { "bert" };
        let quarters = if group { 4 * dice.random_range(0..2) } else { dice.random_range(0..8) };
        let start = (at("2026-11-23T08:00:00Z") + minutes(15 * quarters)).to_string();
        if group {
            let leader = if self.two_leaders { counsellor } else { "anna" };
            return Place { capacity: 3, room_id: Some(String::from("room")), ..place(leader, &start) };
        }
        let room_id = dice.random_bool(0.3).then(|| String::from("room"));
        Place { room_id, ..place(counsellor, &start) }
    }
}

async fn person(record: Record, who: u64, seed: u64, wishes: Wishes) {
    let mut dice = StdRng::seed_from_u64(seed * 100 + who);
    let mut mine: Option<Appointment> = None;
    for step in 0..STEPS {
        let Some(appointment) = mine.take() else {
            let name = format!("{who}-{step}");
            let group = dice.random_bool(wishes.groups);
            let place = wishes.place(&mut dice, group);
            if dice.random_bool(0.5) {
                record.hold(&name, &place).await;
            }
            // now and then another time than the one that is held
            let other = wishes.place(&mut dice, group);
            let place = if dice.random_bool(0.2) { other } else { place };
            mine = if dice.random_bool(0.2) {
                // pressed twice
                let (first, second) = tokio::join!(record.book(&name, &place), record.book(&name, &place));
                first.or(second)
            } else {
                record.book(&name, &place).await
            };
            if mine.is_none() {
                record.release(&name).await;
            }
            continue;
        };
        let place = wishes.place(&mut dice, appointment.offer_id == GROUP);
        match dice.random_range(0..4) {
            0 => mine = record.cancel(&appointment).await.is_none().then_some(appointment),
            // she and the centre at once
            1 => {
                let both = tokio::join!(record.move_to(&appointment, &place), record.cancel(&appointment));
                mine = match both {
                    (moved, None) => moved.or(Some(appointment)),
                    (_, Some(_)) => None,
                };
            }
            _ => mine = record.move_to(&appointment, &place).await.or(Some(appointment)),
        }
    }
}

async fn a_history_is_explained(house: &House, seed: u64, wishes: Wishes) {
    let record = Record::on(&house.store);
    let people = (0..PEOPLE).map(|who| tokio::spawn(person(record.clone(), who, seed, wishes)));
    let mut people: Vec<_> = people.collect();
    let reader = record.clone();
    people.push(tokio::spawn(async move {
        for _ in 0..STEPS {
            reader.read().await;
        }
    }));
    for person in people {
        person.await.unwrap();
    }
    record.read().await;
    let history = std::mem::take(&mut *record.history.lock().unwrap());
    assert!(history.iter().filter(|operation| operation.done).count() > STEPS);
    if let Err(stuck) = explain(&history) {
        panic!("no order explains the answers: {stuck:#?}");
    }
}

async fn some_order_explains_every_answer(house: House) {
    for seed in 0..HISTORIES {
        a_history_is_explained(&house, seed, Wishes { groups: 0.4, two_leaders: false }).await;
        empty(&house).await;
    }
}

async fn groups_of_two_counsellors_share_a_room_one_after_the_other(house: House) {
    for seed in 0..HISTORIES {
        a_history_is_explained(&house, seed, Wishes { groups: 0.8, two_leaders: true }).await;
        empty(&house).await;
    }
}

/// Everybody leaves; nothing must stay claimed.
async fn empty(house: &House) {
    let ids = house.store.due(at("2026-11-24T00:00:00Z"), 1_000).await.unwrap();
    house.store.forget(&ids).await.unwrap();
    assert_eq!(house.claimed().await, 0);
}

on_both_engines! {
    some_order_explains_every_answer
    groups_of_two_counsellors_share_a_room_one_after_the_other
}
