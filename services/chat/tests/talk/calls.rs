//! Calls over real sockets, with an engine and a relay that remember what they were asked.

use std::sync::{Arc, Mutex};

use chat::{Calling, Limits};
use contracts::{
    media::{
        CallFull, CallHear, CallSay, Direction, IceServer, Leg, Listener, MediaEngine, Member, WayFinder,
        Ways,
    },
    talk::RoomId,
};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::house::{Browser, House};

/// Answers each offer with what it got, for so many at a time, and takes so much of one.
struct Echo {
    most: usize,
    takes: usize,
    legs: Arc<Mutex<Vec<Member>>>,
}

struct EchoLeg {
    member: Member,
    left: Mutex<usize>,
    listener: Listener,
    legs: Arc<Mutex<Vec<Member>>>,
}

impl MediaEngine for Echo {
    fn join(&self, _: &RoomId, member: Member, listener: Listener) -> Result<Box<dyn Leg>, CallFull> {
        let mut legs = self.legs.lock().unwrap();
        if legs.len() >= self.most {
            return Err(CallFull);
        }
        legs.push(member);
        Ok(Box::new(EchoLeg { member, left: Mutex::new(self.takes), listener, legs: self.legs.clone() }))
    }
}

impl Leg for EchoLeg {
    fn say(&self, say: CallSay) -> bool {
        let mut left = self.left.lock().unwrap();
        if *left == 0 {
            return false;
        }
        *left -= 1;
        if let CallSay::Offer { sdp, .. } = say {
            (self.listener)(CallHear::Answer { sdp: format!("{sdp} answered for {}", self.member) });
        }
        true
    }
}

impl Drop for EchoLeg {
    fn drop(&mut self) {
        self.legs.lock().unwrap().retain(|member| *member != self.member);
    }
}

struct OneRelay;

impl WayFinder for OneRelay {
    fn ways(&self, room: &RoomId, member: Member, _: Timestamp) -> Ways {
        let server = IceServer {
            urls: vec!["turn:relay.example:3478".into()],
            username: Some(format!("{}-{member}", room.0)),
            credential: Some("secret".into()),
        };
        Ways { servers: vec![server], relay_only: true, holds: std::time::Duration::from_secs(600) }
    }
}

async fn house(most: usize, takes: usize) -> (House, Arc<Mutex<Vec<Member>>>) {
    let legs = Arc::new(Mutex::new(Vec::new()));
    let engine = Arc::new(Echo { most, takes, legs: legs.clone() });
    let calling = Calling { ways: Arc::new(OneRelay), engine: Some(engine) };
    (House::calling(Limits::default(), calling).await, legs)
}

fn offer(sdp: &str) -> Value {
    json!({"say": "call", "about": {"call": "offer", "sdp": sdp, "sends": [{"mid": "0", "source": "camera"}]}})
}

/// The next thing she hears of the call.
async fn about(browser: &mut Browser) -> Value {
    browser.until(|heard| heard["hear"] == "call").await["about"].take()
}

#[tokio::test]
async fn ways_are_for_her_alone_and_say_whether_there_is_an_engine() {
    let (house, _) = house(8, 8).await;
    let (mut host, mut seeker) = house.conversation("room").await;
    for browser in [&mut host, &mut seeker] {
        browser.say(json!({"say": "ways"})).await;
        let ways = browser.until(|heard| heard["hear"] == "ways").await;
        let expected = json!({"hear": "ways", "relay_only": true, "holds": 600, "engine": true, "servers": [{
            "urls": ["turn:relay.example:3478"], "username": format!("room-{}", browser.member()), "credential": "secret"
        }]});
        assert_eq!(ways, expected);
    }
    let alone = House::open().await;
    let (mut host, _seeker) = alone.conversation("room").await;
    host.say(json!({"say": "ways"})).await;
    let ways = host.until(|heard| heard["hear"] == "ways").await;
    assert_eq!(
        (&ways["servers"], &ways["engine"], &ways["relay_only"]),
        (&json!([]), &json!(false), &json!(true))
    );
    host.say(offer("v=0")).await;
    assert_eq!(about(&mut host).await, json!({"call": "full"}));
}

#[tokio::test]
async fn the_engine_answers_who_asked_and_forgets_who_left() {
    let (house, legs) = house(8, 8).await;
    let (mut host, mut seeker) = house.conversation("room").await;
    for browser in [&mut host, &mut seeker] {
        browser.say(offer("v=0 mine")).await;
        let answer = json!({"call": "answer", "sdp": format!("v=0 mine answered for {}", browser.member())});
        assert_eq!(about(browser).await, answer);
    }
    assert_eq!(legs.lock().unwrap().len(), 2);
    seeker.say(json!({"say": "leave"})).await;
    host.until(|heard| heard["hear"] == "gone").await;
    assert_eq!(u64::from(legs.lock().unwrap()[0]), host.member());
    assert_eq!(legs.lock().unwrap().len(), 1);
    host.say(json!({"say": "end"})).await;
    host.until(|heard| heard["hear"] == "over").await;
    assert_eq!(*legs.lock().unwrap(), Vec::<Member>::new());
}

#[tokio::test]
async fn a_full_engine_and_one_that_is_told_too_much_say_so() {
    let (house, legs) = house(1, 1).await;
    let (mut host, mut seeker) = house.conversation("room").await;
    host.say(offer("v=0")).await;
    assert_eq!(about(&mut host).await["call"], "answer");
    seeker.say(offer("v=0")).await;
    assert_eq!(about(&mut seeker).await, json!({"call": "full"}));
    host.say(offer("v=0 again")).await;
    let failed = serde_json::to_value(CallHear::Failed { direction: Direction::Up }).unwrap();
    assert_eq!(about(&mut host).await, failed);
    assert_eq!(
        *legs.lock().unwrap(),
        Vec::<Member>::new(),
        "and she is out of it, so that she can begin anew"
    );
}

#[tokio::test]
async fn what_makes_no_sense_to_an_engine_ends_the_socket() {
    let (house, _) = house(8, 8).await;
    for nonsense in [
        json!({"say": "call"}),
        json!({"say": "call", "about": {"call": "dance"}}),
        json!({"say": "call", "about": {"call": "offer", "sdp": "v=0"}}),
        json!({"say": "call", "about": {"call": "offer", "sdp": "v=0", "sends": [], "more": 1}}),
        json!({"say": "call", "about": {"call": "draw", "pictures": [{"from": 1, "source": "camera", "height": -1}]}}),
    ] {
        let mut host = house.come("room", "host", contracts::talk::TalkRole::Host).await;
        host.say(nonsense.clone()).await;
        assert_eq!(host.until(|heard| heard["hear"] == "over").await["why"], "protocol", "{nonsense}");
    }
}
