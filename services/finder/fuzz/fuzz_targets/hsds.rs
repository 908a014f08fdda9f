//! Any bytes as HSDS JSON.
#![no_main]

mod reading;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reading::read_all("hsds", bytes));
