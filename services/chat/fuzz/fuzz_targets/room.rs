//! Any words in any order, said in a room by four people who come, lose their connection and come back.
#![no_main]

use chat::{
    protocol::{Role, Say},
    room::{Arrival, Limits, Room, SocketId},
};
use contracts::talk::Seat;
use jiff::{SignedDuration, Timestamp};

const BEGIN: Timestamp = Timestamp::constant(1_800_000_000, 0);

libfuzzer_sys::fuzz_target!(|lines: &str| {
    let limits = Limits::default();
    let mut room = Room::new(limits, BEGIN);
    let mut now = BEGIN;
    let mut socket = 0;
    for line in lines.lines() {
        let who = u64::from(line.bytes().next().unwrap_or_default() % 4);
        match line.get(1..) {
            Some("in") => {
                socket += 4;
                let role = [Role::Host, Role::Host, Role::Seeker, Role::Guest][who as usize];
                let arrival = Arrival {
                    seat: Seat(who.to_string()),
                    role,
                    closes: BEGIN + SignedDuration::from_hours(1),
                };
                room.come(SocketId(socket + who), arrival, None, [who as u8; 32], now);
            }
            Some("out") => room.lost(SocketId(socket + who), now),
            Some("wait") => {
                now += SignedDuration::from_secs(50);
                room.tick(now);
            }
            Some(said) => {
                if let Ok(say) = serde_json::from_str::<Say>(said) {
                    room.say(SocketId(socket + who), say, now);
                }
            }
            None => {}
        }
        assert!(room.held() <= limits.bytes + 1_000_000, "memory is bounded");
        room.drain();
    }
});
