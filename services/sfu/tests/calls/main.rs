//! Calls over real sockets, with `webrtc` itself, Chromium's habits and `aiortc` as the other side, and bad weather.
#![allow(
    clippy::unwrap_used,
    clippy::large_futures,
    clippy::needless_pass_by_value,
    reason = "a test stops where something is wrong, and may take its time"
)]

mod aiortc;
mod client;
mod layers;
mod leaving;
mod loss;
mod talking;
mod weather;

use std::sync::Arc;

use sfu::{Engine, Settings, Weather};

fn settings() -> Settings {
    Settings { listen: ([127, 0, 0, 1], 0).into(), ..Settings::default() }
}

fn engine() -> Arc<Engine> {
    Engine::start(settings()).unwrap()
}

fn engine_in(weather: impl Weather + 'static) -> Arc<Engine> {
    Engine::start_in(settings(), Some(Box::new(weather))).unwrap()
}
