//! Any text as a right to enter: what was not signed opens nothing.
#![no_main]

use contracts::talk::{Entry, EntryError, signing_key};
use jiff::Timestamp;
use kernel::ServerKey;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let key = signing_key(&ServerKey::new([7; 32]));
    let now = Timestamp::constant(1_800_000_000, 0);
    assert_eq!(Entry::read(text, &key, now), Err(EntryError::Forged));
});
