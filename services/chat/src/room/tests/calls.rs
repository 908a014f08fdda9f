//! Who reaches the engine of calls, and that nobody stays in a call who is not in the conversation.

use contracts::media::{CallHear, CallSay, LONGEST_SDP};
use serde_json::json;

use super::{
    super::Out,
    play::{Play, Who, epoch},
};
use crate::protocol::{Role, Say};

fn offer() -> CallSay {
    CallSay::Offer { sdp: "v=0".into(), sends: Vec::new() }
}

fn call(about: CallSay) -> Say {
    Say::Call { about }
}

/// A host and a seeker who talk, both in the call.
fn calling() -> (Play, Who, Who) {
    let mut play = Play::new();
    let host = play.come("a", Role::Host);
    let seeker = play.knocking("b", Role::Seeker);
    play.commit(&host, 1, epoch(1, 0), &[&seeker], &[]);
    for who in [&host, &seeker] {
        assert_eq!(play.say(who, call(offer())), Vec::<serde_json::Value>::new());
        let said = Out::Call { member: who.member, about: Box::new(offer()) };
        assert_eq!(play.asked(), [said]);
    }
    (play, host, seeker)
}

#[test]
fn who_waits_reaches_neither_relay_nor_engine() {
    let mut play = Play::new();
    let host = play.come("a", Role::Host);
    let seeker = play.knocking("b", Role::Seeker);
    for say in [Say::Ways {}, call(offer())] {
        play.say(&seeker, say.clone());
        play.say(&host, say);
    }
    assert_eq!(play.asked(), []);
    play.commit(&host, 1, epoch(1, 0), &[&seeker], &[]);
    play.say(&seeker, Say::Ways {});
    assert_eq!(play.asked(), [Out::Ways { socket: seeker.socket, member: seeker.member }]);
}

#[test]
fn however_somebody_leaves_she_is_out_of_the_call() {
    type Leave = fn(&mut Play, &Who, &Who);
    let ways: [(&str, Leave); 6] = [
        ("leaves", |play, _, seeker| drop(play.say(seeker, Say::Leave {}))),
        ("is removed", |play, host, seeker| {
            drop(play.say(host, Say::Remove { member: seeker.member, ban: false }));
        }),
        ("stays away", |play, _, seeker| {
            play.lost(seeker);
            play.wait(120);
        }),
        ("is left out of a new group", |play, host, _| drop(play.commit(host, 2, epoch(2, 0), &[], &[]))),
        ("is taken out of the group", |play, host, seeker| {
            drop(play.commit(host, 2, epoch(1, 1), &[], &[seeker]));
        }),
        ("stops", |play, _, seeker| drop(play.say(seeker, call(CallSay::Stop {})))),
    ];
    for (how, leave) in ways {
        let (mut play, host, seeker) = calling();
        leave(&mut play, &host, &seeker);
        assert_eq!(play.asked(), [Out::HangUp { member: seeker.member }], "{how}");
        play.call_says(&seeker, CallHear::Refused {});
        assert!(play.heard_of(&seeker, "call").is_empty(), "{how}: nothing of the call is for her");
        play.say(&host, Say::Leave {});
        assert_eq!(play.asked(), [Out::HangUp { member: host.member }], "{how}: and once each");
    }
}

#[test]
fn the_end_for_everybody_ends_every_call() {
    for end in ["ended", "closed"] {
        let (mut play, host, seeker) = calling();
        if end == "ended" {
            play.say(&host, Say::End {});
        } else {
            play.wait(7_200);
        }
        let asked = play.asked();
        assert_eq!(asked.len(), 2, "{end}");
        for who in [&host, &seeker] {
            assert!(asked.contains(&Out::HangUp { member: who.member }), "{end}");
        }
    }
}

#[test]
fn what_the_engine_says_reaches_whom_it_is_for() {
    let (mut play, host, seeker) = calling();
    play.heard(&host);
    play.call_says(&seeker, CallHear::Answer { sdp: "v=0 answer".into() });
    assert_eq!(
        play.heard_of(&seeker, "call"),
        [json!({"hear": "call", "about": {"call": "answer", "sdp": "v=0 answer"}})]
    );
    assert!(play.heard(&host).is_empty());
    play.lost(&seeker);
    play.call_says(&seeker, CallHear::Refused {});
    let back = play.come_back("b", Role::Seeker, Some(&seeker.resume(1)));
    assert!(play.heard_of(&back, "call").is_empty(), "what was said meanwhile is lost");
    assert_eq!(play.asked(), [], "a lost connection is no end");
    play.say(&back, call(offer()));
    assert_eq!(play.asked(), [Out::Call { member: seeker.member, about: Box::new(offer()) }]);
}

#[test]
fn a_description_that_is_too_long_ends_the_socket() {
    let (mut play, _, seeker) = calling();
    let heard = play.say(&seeker, call(CallSay::Answer { revision: 1, sdp: "x".repeat(LONGEST_SDP + 1) }));
    assert_eq!(heard.last().unwrap()["why"], "protocol");
    assert_eq!(play.asked(), []);
}
