//! A link that is good for one browser: the first one that comes holds it, as long as the room lasts.

use serde_json::json;

use super::{super::mutant::Broken, play::Play};
use crate::protocol::{Role, Say};

/// Two browsers come with one link; what the second hears.
fn second(broken: Option<Broken>) -> serde_json::Value {
    let mut play = Play::broken(broken);
    play.come("a", Role::Host);
    assert_eq!(play.try_link("g", 1_800, Some(1)).1["hear"], "inside");
    play.try_link("g", 1_800, Some(2)).1
}

#[test]
fn the_second_browser_is_told_that_the_link_is_used() {
    assert_eq!(second(None), json!({"hear": "over", "why": "used", "letter": null}));
    assert_ne!(second(Some(Broken::Twice))["why"], "used", "the test would notice");
}

#[test]
fn the_first_one_stays_and_comes_back_also_after_the_time_to_open_it() {
    let mut play = Play::new();
    play.come("a", Role::Host);
    let (guest, _) = play.try_link("g", 1_800, Some(1));
    assert_eq!(play.try_link("g", 1_800, Some(2)).1["why"], "used");
    assert_eq!(play.try_link("g", 1_800, None).1["why"], "used", "who says nothing holds nothing");
    assert!(play.is_connected(guest), "nobody is thrown out by it");
    play.wait(3_600);
    assert_eq!(play.try_link("g", 1_800, Some(1)).1["hear"], "inside", "a page that was loaded anew");
}

#[test]
fn what_was_not_opened_in_time_is_over_and_each_link_is_one_of_its_own() {
    let mut play = Play::new();
    play.come("a", Role::Host);
    assert_eq!(play.try_link("g", 1_800, None).1["why"], "used");
    assert_eq!(play.try_link("h", 1_800, Some(2)).1["hear"], "inside");
    play.wait(1_800);
    assert_eq!(play.try_link("g", 1_800, Some(1)).1["why"], "used");
    assert_eq!(play.try_link("i", 1_801, Some(1)).1["hear"], "inside");
}

#[test]
fn a_locked_or_full_room_uses_no_link_up() {
    let mut play = Play::new();
    let host = play.come("a", Role::Host);
    play.say(&host, Say::Lock { locked: true });
    assert_eq!(play.try_link("g", 1_800, Some(1)).1["why"], "locked");
    play.say(&host, Say::Lock { locked: false });
    let (b, c) = (play.knocking("b", Role::Seeker), play.knocking("c", Role::Seeker));
    assert_eq!(play.try_link("g", 1_800, Some(1)).1["why"], "crowded");
    play.say(&b, Say::Leave {});
    play.say(&c, Say::Leave {});
    assert_eq!(play.try_link("g", 1_800, Some(2)).1["hear"], "inside");
}

#[test]
fn who_holds_it_is_known_as_long_as_the_room_can_be_open() {
    let mut play = Play::new();
    let host = play.come("a", Role::Host);
    assert_eq!(play.try_link("g", 1_800, Some(1)).1["hear"], "inside");
    play.say(&host, Say::End {});
    play.wait(1_200);
    assert!(!play.room.is_done(play.now), "otherwise it would be forgotten");
    assert_eq!(play.try_link("g", 1_800, Some(2)).1["why"], "used");
    play.wait(6_000);
    assert!(play.room.is_done(play.now), "its time is over");
}
