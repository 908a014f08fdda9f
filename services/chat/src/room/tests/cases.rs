//! Cases with a name: who keeps the group, who comes in, who is kept out, and when a room is over.

use serde_json::json;

use super::play::{Play, body, epoch};
use crate::protocol::{Kind, Role, Say};

#[test]
fn the_host_who_is_longest_in_the_group_keeps_it() {
    let mut play = Play::new();
    let first = play.come("a", Role::Host);
    let waiting = play.come("b", Role::Host);
    let inside = play.knocking("c", Role::Host);
    assert_eq!(play.keeper(), Some(first.member));
    assert_eq!(play.commit(&first, 1, epoch(1, 0), &[&inside], &[])["hear"], "taken");
    play.lost(&first);
    play.wait(119);
    assert_eq!(play.keeper(), Some(first.member), "she may come back");
    play.wait(1);
    assert_eq!(play.keeper(), Some(inside.member), "who waits has no keys");
    assert_eq!(play.heard_of(&waiting, "keeper"), [json!({"hear": "keeper", "keeper": inside.member})]);
    play.say(&inside, Say::Leave {});
    assert_eq!(play.keeper(), Some(waiting.member));
    play.say(&waiting, Say::Leave {});
    assert_eq!(play.keeper(), None);
}

#[test]
fn a_commit_that_cannot_hold_changes_nothing_and_says_why() {
    let mut play = Play::new();
    let keeper = play.come("a", Role::Host);
    let other = play.knocking("b", Role::Host);
    let seeker = play.knocking("c", Role::Seeker);
    let silent = play.come("d", Role::Guest);
    let mut left = play.knocking("e", Role::Host);
    play.say(&left, Say::Leave {});
    left.socket = seeker.socket;
    assert_eq!(play.commit(&keeper, 1, epoch(1, 0), &[&other], &[])["hear"], "taken");
    let now = epoch(1, 1);
    let refused = |n: u32, why: &str| json!({"hear": "refused", "n": n, "why": why});
    assert_eq!(play.commit(&other, 1, now, &[&seeker], &[]), refused(1, "stale"), "not the keeper");
    assert_eq!(play.commit(&seeker, 1, now, &[], &[]), refused(1, "not_allowed"), "no host");
    assert_eq!(play.commit(&keeper, 2, epoch(1, 0), &[&seeker], &[]), refused(2, "stale"));
    assert_eq!(play.commit(&keeper, 3, epoch(3, 0), &[&seeker], &[]), refused(3, "stale"));
    assert_eq!(
        play.commit(&keeper, 4, now, &[&silent], &[]),
        refused(4, "not_allowed"),
        "she has not knocked"
    );
    assert_eq!(play.commit(&keeper, 5, now, &[&left], &[]), refused(5, "nobody"));
    assert_eq!(play.commit(&keeper, 6, now, &[&other], &[]), refused(6, "not_allowed"), "she is in it");
    assert_eq!(play.commit(&keeper, 7, now, &[&seeker, &seeker], &[]), refused(7, "not_allowed"));
    assert_eq!(play.commit(&keeper, 8, now, &[], &[&keeper]), refused(8, "not_allowed"));
    assert!(play.heard_of(&other, "commit").is_empty());
    let again = play.come_back("a", Role::Host, Some(&keeper.resume(0)));
    assert_eq!((&again.inside["taken"], &again.inside["group"]), (&json!(8), &json!(now)));
    let refusals: Vec<_> = play.heard_of(&again, "refused").iter().map(|heard| heard["n"].clone()).collect();
    assert_eq!(refusals, (2..=8).map(|n| json!(n)).collect::<Vec<_>>(), "what was refused is told again");
    assert_eq!(
        play.commit(&again, 2, now, &[&seeker], &[]),
        refused(2, "stale"),
        "a repeat gets the same answer"
    );
    assert_eq!(play.commit(&again, 9, now, &[&seeker], &[]), json!({"hear": "taken", "n": 9}));
}

#[test]
fn a_new_group_asks_those_who_were_inside_to_knock_again() {
    let mut play = Play::new();
    let host = play.come("a", Role::Host);
    let seeker = play.knocking("b", Role::Seeker);
    play.commit(&host, 1, epoch(1, 0), &[&seeker], &[]);
    let reloaded = play.come("a", Role::Host);
    assert_eq!(reloaded.inside["group"], json!(epoch(1, 1)));
    assert_eq!(play.commit(&reloaded, 1, epoch(1, 1), &[], &[])["why"], "not_allowed", "its keys are gone");
    play.heard(&seeker);
    assert_eq!(play.commit(&reloaded, 2, epoch(2, 0), &[], &[])["hear"], "taken");
    let heard = play.heard(&seeker);
    assert!(heard.iter().all(|heard| heard["hear"] == "person"), "{heard:?}");
    let own = heard.iter().find(|heard| heard["member"] == seeker.member.0).unwrap();
    assert_eq!((&own["standing"], &own["known"]), (&json!("waiting"), &json!(true)));
    assert_eq!(play.write(&seeker, 1, "dddd")[0]["why"], "not_allowed");
    play.say(&seeker, Say::Knock { letter: body("eeee") });
    let knocked = play.heard_of(&reloaded, "person").pop().unwrap();
    assert_eq!((&knocked["letter"], &knocked["known"]), (&json!("eeee"), &json!(true)));
    assert_eq!(play.commit(&reloaded, 3, epoch(2, 1), &[&seeker], &[])["hear"], "taken");
    let welcome = play.heard_of(&seeker, "commit").pop().unwrap();
    assert_eq!((&welcome["welcome"], &welcome["group"]), (&json!(true), &json!(epoch(2, 2))));
}

#[test]
fn a_commit_can_send_somebody_back_before_the_door() {
    let mut play = Play::new();
    let host = play.come("a", Role::Host);
    let (one, two) = (play.knocking("b", Role::Seeker), play.knocking("c", Role::Guest));
    play.commit(&host, 1, epoch(1, 0), &[&one, &two], &[]);
    assert_eq!(play.write(&one, 1, "dddd")[0]["hear"], "taken");
    assert_eq!(play.heard_of(&two, "message").len(), 1);
    play.heard(&one);
    assert_eq!(play.commit(&host, 2, epoch(1, 1), &[], &[&two])["hear"], "taken");
    assert_eq!(
        play.heard_of(&one, "gone"),
        [json!({"hear": "gone", "member": two.member})],
        "she sees her no longer"
    );
    let heard = play.heard(&two);
    assert!(
        heard.iter().any(|heard| heard["member"] == two.member.0 && heard["standing"] == "waiting"),
        "{heard:?}"
    );
    play.write(&one, 2, "eeee");
    assert_eq!(play.heard_of(&two, "message"), Vec::<serde_json::Value>::new());
    let to = Some(two.member);
    let why = |heard: &[serde_json::Value]| heard[0]["why"].clone();
    let heard = play.say(&one, Say::Send { n: 3, to, kind: Kind::Message, body: body("ffff") });
    assert_eq!(why(&heard), "not_allowed");
    let heard = play.say(&one, Say::Send { n: 4, to, kind: Kind::Letter, body: body("ffff") });
    assert_eq!(why(&heard), "not_allowed", "letters are between hosts and others");
    let heard = play.say(&one, Say::Send { n: 5, to: None, kind: Kind::Letter, body: body("ffff") });
    assert_eq!(why(&heard), "not_allowed");
}

#[test]
fn who_waits_sees_hosts_and_herself_and_no_letters() {
    let mut play = Play::new();
    let host = play.knocking("a", Role::Host);
    let _inside = play.knocking("b", Role::Seeker);
    let waiting = play.knocking("c", Role::Guest);
    let people = waiting.inside["people"].as_array().unwrap();
    assert_eq!(people.len(), 2);
    assert!(people.iter().all(|person| person["letter"].is_null()), "{people:?}");
    let seen = play.heard_of(&host, "person");
    assert_eq!(seen.last().unwrap()["letter"], "aaaa");
    assert!(play.heard(&waiting).iter().all(|heard| heard["member"] == waiting.member.0));
}

#[test]
fn a_locked_room_lets_hosts_and_who_was_there_in() {
    let mut play = Play::new();
    let host = play.come("a", Role::Host);
    let seeker = play.knocking("b", Role::Seeker);
    let waiting = play.come("c", Role::Guest);
    play.commit(&host, 1, epoch(1, 0), &[&seeker], &[]);
    play.say(&host, Say::Lock { locked: true });
    assert_eq!(play.heard_of(&waiting, "locked"), [json!({"hear": "locked", "locked": true})]);
    assert_eq!(play.try_come("d", Role::Guest, None).1["why"], "locked");
    play.say(&seeker, Say::Leave {});
    assert_eq!(play.come("b", Role::Seeker).inside["locked"], true);
    let waiting = play.come("c", Role::Guest);
    play.come("e", Role::Host);
    play.say(&waiting, Say::Leave {});
    play.say(&host, Say::Lock { locked: false });
    play.come("d", Role::Guest);
}

#[test]
fn as_many_come_as_fit_and_hosts_always() {
    let mut play = Play::new();
    let host = play.come("a", Role::Host);
    let (one, two) = (play.knocking("b", Role::Seeker), play.knocking("c", Role::Guest));
    assert_eq!(play.try_come("d", Role::Guest, None).1["why"], "crowded");
    play.come("e", Role::Host);
    let two = {
        play.say(&two, Say::Leave {});
        play.knocking("c", Role::Guest)
    };
    play.commit(&host, 1, epoch(1, 0), &[&one, &two], &[]);
    let third = play.knocking("d", Role::Guest);
    assert_eq!(play.commit(&host, 2, epoch(1, 1), &[&third], &[])["why"], "not_allowed", "three are inside");
    assert_eq!(play.commit(&host, 3, epoch(1, 1), &[&third], &[&two])["hear"], "taken");
    play.come("f", Role::Host);
    assert_eq!(play.try_come("g", Role::Host, None).1["why"], "crowded");
}

#[test]
fn a_closed_seat_stays_closed_while_the_room_is_there() {
    let mut play = Play::new();
    let host = play.come("a", Role::Host);
    let (rude, kind) = (play.knocking("b", Role::Guest), play.knocking("c", Role::Seeker));
    play.say(&host, Say::Remove { member: rude.member, ban: true });
    play.say(&host, Say::Remove { member: kind.member, ban: false });
    assert_eq!((&play.heard(&rude).pop().unwrap()["why"], play.heard(&kind).len()), (&json!("removed"), 1));
    assert_eq!(play.try_come("b", Role::Guest, None).1["why"], "removed");
    let kind = play.come("c", Role::Seeker);
    play.say(&host, Say::End {});
    assert_eq!(play.heard(&kind).pop().unwrap()["why"], "ended");
    play.wait(3_600);
    assert!(!play.room.is_done(play.now), "otherwise it would be forgotten");
    assert_eq!(play.try_come("b", Role::Guest, None).1["why"], "removed");
    play.wait(3_600);
    assert!(play.room.is_done(play.now), "its time is over");
}

#[test]
fn after_the_grace_somebody_is_gone_and_comes_as_somebody_new() {
    let mut play = Play::new();
    let host = play.come("a", Role::Host);
    let seeker = play.knocking("b", Role::Seeker);
    play.commit(&host, 1, epoch(1, 0), &[&seeker], &[]);
    play.lost(&seeker);
    assert_eq!(play.heard_of(&host, "person").last().unwrap()["connected"], false);
    play.wait(119);
    let seeker = play.come_back("b", Role::Seeker, Some(&seeker.resume(0)));
    assert_eq!(seeker.inside["resumed"], true);
    assert_eq!(play.heard_of(&seeker, "commit").len(), 1, "her welcome waited for her");
    play.lost(&seeker);
    play.wait(120);
    assert_eq!(play.heard_of(&host, "gone").len(), 1);
    let seeker = play.come_back("b", Role::Seeker, Some(&seeker.resume(1)));
    assert_eq!((&seeker.inside["resumed"], &seeker.inside["taken"]), (&json!(false), &json!(0)));
    let own = seeker.inside["people"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&own["known"], &own["standing"]), (&json!(true), &json!("waiting")));
}

#[test]
fn what_nobody_was_handed_cannot_have_been_seen() {
    let mut play = Play::new();
    let host = play.come("a", Role::Host);
    assert_eq!(play.try_come("a", Role::Host, Some(&host.resume(1))).1["why"], "protocol");
    let host = play.come_back("a", Role::Host, Some(&host.resume(0)));
    assert_eq!(play.say(&host, Say::Seen { upto: 1 }).pop().unwrap()["why"], "protocol");
}

#[test]
fn a_room_closes_by_itself_and_an_empty_one_is_forgotten() {
    let mut play = Play::new();
    let host = play.come("a", Role::Host);
    play.say(&host, Say::Leave {});
    play.wait(599);
    assert!(!play.room.is_done(play.now));
    play.wait(1);
    assert!(play.room.is_done(play.now));
    let host = play.come("a", Role::Host);
    play.wait(6_600 - 1);
    assert!(play.heard_of(&host, "over").is_empty());
    play.wait(1);
    assert_eq!(play.heard_of(&host, "over").pop().unwrap()["why"], "closed");
    assert!(play.room.is_over());
    assert_eq!(play.try_come("a", Role::Host, None).1["why"], "closed");
}
