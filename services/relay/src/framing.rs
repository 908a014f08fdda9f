//! Messages on a stream (RFC 8656, 3.7 and 12.5): STUN says its length itself, data of a channel is padded to four bytes.

use bytes::{Buf, BytesMut};

/// The longest message taken, in bytes. Browsers keep packets below the 1,500 of an Ethernet frame.
pub const LONGEST: usize = 2_048;

/// What came is neither STUN nor data of a channel, or longer than anything we relay. Nothing after it can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stream holds no message")]
pub struct NoMessage;

/// Takes the next whole message out of what came, without its padding, or nothing if it is not whole yet.
///
/// # Errors
/// [`NoMessage`] if what comes next can be no message.
pub fn next(stream: &mut BytesMut) -> Result<Option<BytesMut>, NoMessage> {
    let Some(header) = stream.first_chunk::<4>() else {
        return match stream.first() {
            Some(0x80.. | 0x04..=0x3f) => Err(NoMessage),
            _ => Ok(None),
        };
    };
    let length = usize::from(u16::from_be_bytes([header[2], header[3]]));
    let (message, padded) = match header[0] {
        // STUN: the first two bits are zero, no method has more than the two after the next four
        0x00..=0x03 if length.is_multiple_of(4) => (20 + length, 20 + length),
        0x40..=0x7f => (4 + length, 4 + length.next_multiple_of(4)),
        _ => return Err(NoMessage),
    };
    if message > LONGEST {
        return Err(NoMessage);
    }
    if stream.len() < padded {
        return Ok(None);
    }
    let taken = stream.split_to(message);
    stream.advance(padded - message);
    Ok(Some(taken))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, any, prop_assert_eq, prop_oneof, proptest};

    use super::*;

    fn message() -> impl Strategy<Value = Vec<u8>> {
        let data = proptest::collection::vec(any::<u8>(), 0..64);
        prop_oneof![(Just(0x40_u8), data.clone()), (Just(0x00), data)].prop_map(|(first, mut data)| {
            if first == 0 {
                data.truncate(data.len() / 4 * 4);
            }
            let length = u16::try_from(data.len()).unwrap().to_be_bytes();
            let mut message = vec![first, 1, length[0], length[1]];
            if first == 0 {
                message.extend([0; 16]);
            }
            message.extend(data);
            message
        })
    }

    proptest! {
        /// However the network cuts them, the same messages come out.
        #[test]
        fn messages_come_out_as_they_went_in(
            messages in proptest::collection::vec(message(), 0..8),
            cut in 1_usize..50,
        ) {
            let mut sent = Vec::new();
            for message in &messages {
                sent.extend(message);
                sent.resize(sent.len().next_multiple_of(4), 0);
            }
            let (mut stream, mut got) = (BytesMut::new(), Vec::new());
            for part in sent.chunks(cut) {
                stream.extend_from_slice(part);
                while let Some(message) = next(&mut stream).unwrap() {
                    got.push(message.to_vec());
                }
            }
            prop_assert_eq!(got, messages);
            prop_assert_eq!(stream.len(), 0);
        }
    }

    #[test]
    fn what_is_no_message_ends_the_stream() {
        let too_long = u16::try_from(LONGEST).unwrap().to_be_bytes();
        for wrong in [
            &b"GET / HTTP/1.1\r\n"[..],
            &[0x16, 0x03],
            &[0x80, 0, 0, 0],
            &[0x00, 1, 0, 3],
            &[0x40, 0, too_long[0], too_long[1]],
            &[0x00, 1, too_long[0], too_long[1]],
        ] {
            assert_eq!(next(&mut BytesMut::from(wrong)), Err(NoMessage), "{wrong:?}");
        }
        assert_eq!(next(&mut BytesMut::from(&[0x40, 0, 0, 5, 1, 2, 3, 4, 5, 0, 0][..])), Ok(None));
    }
}
