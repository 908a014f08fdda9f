//! Any bytes as what nodes say to each other, after the seal was opened: understood or passed over, never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|letter: &[u8]| {
    let _understood = chat::nodes::understands(letter);
});
