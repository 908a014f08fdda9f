//! Any bytes as a calendar: busy times in order, apart and inside of the window, or an error.
#![no_main]

use booking::{Span, calendar::busy};
use jiff::{SignedDuration, Timestamp};

libfuzzer_sys::fuzz_target!(|calendar: &[u8]| {
    let from = Timestamp::constant(1_790_000_000, 0);
    let window = Span::lasting(from, SignedDuration::from_hours(400 * 24));
    if let Ok(spans) = busy::read(calendar, window) {
        assert!(spans.iter().all(|span| span.from < span.to && window.contains(span)));
        assert!(spans.is_sorted_by(|one, next| one.to < next.from));
    }
});
