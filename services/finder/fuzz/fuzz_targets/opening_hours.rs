//! Any text as opening hours: sorted spans that are written and read back, or the text as a note.
#![no_main]

use finder::import::field::hours::{exceptions, weekly, write_weekly};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let read = weekly(text);
    assert!(read.spans.iter().all(|span| span.opens < span.closes));
    assert_eq!(weekly(&write_weekly(&read.spans)).spans.len(), read.spans.len());
    let _exceptions = exceptions(text);
});
