//! Any text as a mapping profile.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _answer = finder::import::Profile::parse("fuzz", text);
});
