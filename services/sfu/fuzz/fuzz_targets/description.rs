//! Any description: it is read or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| sfu::fuzzing::description(text));
