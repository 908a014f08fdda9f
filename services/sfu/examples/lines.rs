//! An engine that is spoken to in lines of JSON, for tests with other clients: `{"leg":1,"say":{…}}` in, `{"leg":1,"hear":{…}}`
//! out. A leg begins with its first line and ends with `{"leg":1}`; `LOSS` is a share of datagrams to lose, in percent.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool of the tests that speaks on its standard output"
)]

use std::{
    collections::HashMap,
    io::Write,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use contracts::{
    media::{CallHear, CallSay, Leg, MediaEngine, Member},
    talk::RoomId,
};
use serde::{Deserialize, Serialize};
use sfu::{Engine, Settings, Way, Weather};
use tokio::sync::mpsc;

#[derive(Deserialize)]
struct In {
    leg: Member,
    say: Option<CallSay>,
}

#[derive(Serialize)]
struct Out {
    leg: Member,
    hear: CallHear,
}

/// Loses every so many datagrams at random.
struct Rain(u64);

impl Weather for Rain {
    fn passes(&self, _: Way, _: SocketAddr, _: &[u8]) -> bool {
        rand::random::<u64>() % 100 >= self.0
    }
}

#[tokio::main]
async fn main() {
    let mut settings = Settings::default();
    let listen = std::env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:0".into());
    settings.listen = listen.parse().unwrap();
    settings.most_people = 100;
    let rain = std::env::var("LOSS").ok().and_then(|loss| loss.parse().ok());
    let engine =
        Engine::start_in(settings, rain.map(|loss| Box::new(Rain(loss)) as Box<dyn Weather>)).unwrap();
    let room = RoomId("room".into());
    let mut legs: HashMap<Member, Box<dyn Leg>> = HashMap::new();
    let out = Arc::new(Mutex::new(std::io::stdout()));
    let (read, mut lines) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines() {
            let Ok(line) = line else { return };
            read.send(line).unwrap();
        }
    });
    while let Some(line) = lines.recv().await {
        let said: In = serde_json::from_str(&line).unwrap();
        let leg = said.leg;
        let Some(say) = said.say else {
            legs.remove(&leg);
            continue;
        };
        let out = Arc::clone(&out);
        legs.entry(leg)
            .or_insert_with(|| {
                let tell = move |hear| {
                    let line = serde_json::to_string(&Out { leg, hear }).unwrap();
                    let mut out = out.lock().unwrap();
                    writeln!(out, "{line}").unwrap();
                    out.flush().unwrap();
                };
                engine.join(&room, leg, Box::new(tell)).unwrap()
            })
            .say(say);
    }
    engine.shut_down().await;
}
