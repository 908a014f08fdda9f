//! Mails about appointments, as a mail server receives them.
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

#[path = "../house/mod.rs"]
mod house;
mod letter;
mod life;
mod truth;
mod unanswered;
mod wait;

use house::House;
use mailkit::testing::{Security, Setup, SmtpSink};
use tempfile::TempDir;

/// A centre and the mail server it writes to.
struct Post {
    house: House,
    sink: SmtpSink,
    _data: TempDir,
}

async fn post() -> Post {
    let data = tempfile::tempdir().unwrap();
    let house = House::in_folder(data.path(), house::start()).await;
    house.furnish(2).await;
    Post { house, sink: SmtpSink::start(Setup::new(Security::None)).await, _data: data }
}
