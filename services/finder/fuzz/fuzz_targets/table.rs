//! Any bytes as CSV: every row is a draft or has a reason.
#![no_main]

mod reading;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reading::read_all("example-addiction-csv", bytes));
