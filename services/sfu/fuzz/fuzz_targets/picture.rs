//! Any payload of a picture: its numbers change and nothing else.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, u8, Vec<u8>)| sfu::fuzzing::picture(&input.2, input.0, input.1));
