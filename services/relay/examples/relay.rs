//! The relay alone on this machine, for tests of browsers: says on one line which ways two people have, and ends with its input.
#![allow(clippy::print_stdout, reason = "its output is how the tests learn the ways")]

use std::{io::Read, sync::Arc};

use contracts::talk::RoomId;
use kernel::{Clock, Secret, SystemClock};
use relay::{NoRelay, Relay, Settings, find};

#[tokio::main]
async fn main() -> Result<(), NoRelay> {
    let any = ([127, 0, 0, 1], 0).into();
    let settings = Settings { udp: vec![any], tcp: vec![any], ..Settings::default() };
    let secret = Secret::new("only for tests".to_owned());
    let relay = Relay::start(settings, secret.clone(), Arc::new(SystemClock)).await?;
    let ways = find(relay.settings(), secret);
    let people = [1, 2].map(|member| ways.ways(&RoomId("room".into()), member, SystemClock.now()).servers);
    println!("{}", serde_json::json!(people));
    let _ = tokio::task::spawn_blocking(|| std::io::stdin().read(&mut [0])).await;
    relay.shut_down().await;
    Ok(())
}
