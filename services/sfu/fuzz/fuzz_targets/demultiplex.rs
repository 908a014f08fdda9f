//! Any datagram: it calls somebody or nobody, and nothing breaks.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|datagram: &[u8]| sfu::fuzzing::demultiplex(datagram));
