//! Whatever is said by whomever, nothing panics and nothing grows.

use contracts::talk::Seat;
use jiff::{SignedDuration, Timestamp};
use proptest::{collection::vec, option, prelude::*};

use super::{
    super::{Arrival, Room, SocketId},
    world::{SEATS, SMALL, role},
};
use crate::protocol::{Admission, Body, Epoch, Kind, Member, Resume, Say, Token};

fn body() -> impl Strategy<Value = Body> {
    prop_oneof![
        4 => "[A-Za-z0-9+/]{4,400}".prop_map(|mut text| { text.truncate(text.len() / 4 * 4); Body(text.into()) }),
        1 => ".{0,20}".prop_map(|text| Body(text.into())),
        1 => (0..100_000_usize).prop_map(|size| Body("A".repeat(size).into())),
    ]
}

fn number() -> impl Strategy<Value = u32> {
    prop_oneof![8 => 0..12_u32, 1 => any::<u32>()]
}

fn member() -> impl Strategy<Value = Member> {
    number().prop_map(Member)
}

fn epoch() -> impl Strategy<Value = Epoch> {
    (number(), number()).prop_map(|(generation, epoch)| Epoch { generation: generation % 5, epoch })
}

fn resume() -> impl Strategy<Value = Resume> {
    let secret = prop_oneof![
        (1..40_u8).prop_map(|first| [vec![first], vec![0; 31]].concat()),
        vec(any::<u8>(), 0..40)
    ];
    (member(), secret, 0..30_u64).prop_map(|(member, secret, seen)| Resume {
        member,
        secret: Token(data_encoding::BASE64URL_NOPAD.encode(&secret)),
        seen,
    })
}

fn say() -> impl Strategy<Value = Say> {
    let kind = prop_oneof![Just(Kind::Message), Just(Kind::Part), Just(Kind::Letter)];
    let admit = vec((member(), body()).prop_map(|(member, welcome)| Admission { member, welcome }), 0..4);
    prop_oneof![
        3 => body().prop_map(|letter| Say::Knock { letter }),
        8 => (number(), option::of(member()), kind, body())
            .prop_map(|(n, to, kind, body)| Say::Send { n, to, kind, body }),
        8 => (number(), epoch(), body(), admit, vec(member(), 0..70))
            .prop_map(|(n, after, body, admit, remove)| Say::Commit { n, after, body, admit, remove }),
        4 => any::<u64>().prop_map(|upto| Say::Seen { upto: upto % 64 }),
        1 => (member(), body()).prop_map(|(member, letter)| Say::Decline { member, letter }),
        1 => (member(), any::<bool>()).prop_map(|(member, ban)| Say::Remove { member, ban }),
        1 => any::<bool>().prop_map(|locked| Say::Lock { locked }),
        1 => Just(Say::Leave {}),
        1 => Just(Say::End {}),
        1 => Just(Say::Beat {}),
        1 => Just(Say::Hello { version: 1, ticket: Token(String::new()), resume: None }),
    ]
}

#[derive(Debug, Clone)]
enum Step {
    Come(usize, Option<Resume>),
    Say(u64, Say),
    Lost(u64),
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..SEATS, option::of(resume())).prop_map(|(seat, resume)| Step::Come(seat, resume)),
        12 => (0..30_u64, say()).prop_map(|(socket, say)| Step::Say(socket, say)),
        1 => (0..30_u64).prop_map(Step::Lost),
        1 => (-100..4_000_i64).prop_map(Step::Wait),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_said_breaks_a_room(steps in vec(step(), 1..120)) {
        let mut now = Timestamp::from_second(1_800_000_000).unwrap();
        let closes = now + SignedDuration::from_hours(8);
        let mut room = Room::new(SMALL, now);
        let mut sockets = 0;
        for step in steps {
            match step {
                Step::Come(seat, resume) => {
                    sockets += 1;
                    let mut secret = [0; 32];
                    secret[0] = u8::try_from(sockets).unwrap();
                    let arrival = Arrival { seat: Seat(seat.to_string()), role: role(seat), closes, once: None };
                    room.come(SocketId(sockets), arrival, resume.as_ref(), secret, now);
                }
                Step::Say(socket, say) => room.say(SocketId(socket % (sockets + 1)), say, now),
                Step::Lost(socket) => room.lost(SocketId(socket), now),
                Step::Wait(seconds) => {
                    now += SignedDuration::from_secs(seconds);
                    room.tick(now);
                }
            }
            room.drain();
            let (things, bytes) = room.ring.load();
            prop_assert!(things <= SMALL.things && bytes <= SMALL.bytes);
            let inside = room.people.iter().filter(|who| who.is_inside()).count();
            prop_assert!(inside <= SMALL.inside && room.people.len() <= SEATS);
            room.deadline();
            room.news();
        }
    }

    #[test]
    fn what_is_said_is_read_as_it_was_meant(say in say()) {
        let text = serde_json::to_string(&say).unwrap();
        prop_assert_eq!(serde_json::from_str::<Say>(&text).unwrap(), say);
    }

    #[test]
    fn no_text_breaks_the_reader(text in ".{0,200}", key in "[a-z_]{1,8}") {
        let _nonsense = serde_json::from_str::<Say>(&text);
        let _nonsense = serde_json::from_str::<Say>(&format!(r#"{{"say":"send","{key}":{text:?}}}"#));
    }
}
