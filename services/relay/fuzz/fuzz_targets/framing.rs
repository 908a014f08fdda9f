//! However a stream is cut into messages, none is longer than what came, and each step gets further.
#![no_main]

use bytes::BytesMut;
use libfuzzer_sys::fuzz_target;
use relay::framing::{LONGEST, next};

fuzz_target!(|data: &[u8]| {
    let mut stream = BytesMut::from(data);
    let mut left = stream.len();
    while let Ok(Some(message)) = next(&mut stream) {
        assert!(message.len() >= 4 && message.len() <= LONGEST);
        assert!(stream.len() + message.len() <= left);
        left = stream.len();
    }
});
