//! The smallest things every service agrees on: time, randomness, ids, languages, secrets, events.
//!
//! Owns no domain word and knows neither HTTP nor SQL. What is put here is paid for by everyone, so it stays small.

mod clock;
mod event;
mod id;
mod key;
mod lang;
mod personal;
mod secret;

pub use clock::{Clock, FixedClock, SystemClock};
pub use event::Envelope;
pub use id::{Ids, RandomIds, SeededIds};
pub use key::ServerKey;
pub use lang::{Direction, Lang, UnknownLang};
pub use personal::Personal;
pub use secret::Secret;
