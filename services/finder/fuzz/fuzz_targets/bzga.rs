//! Any bytes as BZgA XML.
#![no_main]

mod reading;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reading::read_all("bzga", bytes));
