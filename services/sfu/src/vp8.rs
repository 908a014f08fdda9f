//! The descriptor in front of VP8 in each RTP packet (RFC 7741, 4.2) and the few bytes of a key frame that stay readable when
//! the browser encrypts (RFC 6386, 9.1).

use bytes::{Bytes, BytesMut};

/// What the descriptor says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Descriptor {
    /// Its length in bytes.
    pub size: usize,
    /// Whether a picture begins in this packet.
    pub begins: bool,
    /// Whether a picture begins that needs no earlier one.
    pub key: bool,
    /// The picture's number, 15 bits or 7.
    pub picture: Option<u16>,
    /// The running number of base pictures (`TL0PICIDX`).
    pub tl0: Option<u8>,
    /// Height in pixels, told by key frames.
    pub height: Option<u16>,
    wide: bool,
    picture_at: usize,
    tl0_at: usize,
}

/// Reads the descriptor of a payload; `None` if it is cut off.
pub(crate) fn read(payload: &[u8]) -> Option<Descriptor> {
    let first = *payload.first()?;
    let mut at = 1;
    let (mut picture, mut tl0, mut wide, mut picture_at, mut tl0_at) = (None, None, false, 0, 0);
    if first & 0x80 != 0 {
        let has = *payload.get(at)?;
        at += 1;
        if has & 0x80 != 0 {
            picture_at = at;
            let high = *payload.get(at)?;
            wide = high & 0x80 != 0;
            at += 1;
            picture = Some(if wide {
                let low = *payload.get(at)?;
                at += 1;
                u16::from(high & 0x7f) << 8 | u16::from(low)
            } else {
                u16::from(high)
            });
        }
        if has & 0x40 != 0 {
            tl0_at = at;
            tl0 = Some(*payload.get(at)?);
            at += 1;
        }
        if has & 0x30 != 0 {
            payload.get(at)?;
            at += 1;
        }
    }
    let begins = first & 0x10 != 0 && first & 0x07 == 0;
    let body = payload.get(at..)?;
    let key = begins && body.first().is_some_and(|tag| tag & 1 == 0);
    let height = (key && body.get(3..6) == Some(&[0x9d, 0x01, 0x2a]))
        .then(|| body.get(8..10).map(|two| u16::from_le_bytes([two[0], two[1]]) & 0x3fff))
        .flatten();
    Some(Descriptor { size: at, begins, key, picture, tl0, height, wide, picture_at, tl0_at })
}

impl Descriptor {
    /// The payload with other numbers, at the width it had; the very same bytes if nothing changes.
    pub(crate) fn write(&self, payload: &Bytes, picture: u16, tl0: u8) -> Bytes {
        let picture = picture & if self.wide { 0x7fff } else { 0x7f };
        let same = self.picture.is_none_or(|was| was == picture) && self.tl0.is_none_or(|was| was == tl0);
        if same {
            return payload.clone();
        }
        let mut written = BytesMut::from(payload.as_ref());
        if self.picture.is_some() {
            let [high, low] = picture.to_be_bytes();
            if self.wide {
                written[self.picture_at] = high | 0x80;
                written[self.picture_at + 1] = low;
            } else {
                written[self.picture_at] = low;
            }
        }
        if self.tl0.is_some() {
            written[self.tl0_at] = tl0;
        }
        written.freeze()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_chromium_sends_is_read() {
        // X, S; I, L, T/K; picture 0x1234; TL0 7; TID/KEYIDX; a key frame of 640 x 480
        let payload = [
            0x90, 0xe0, 0x92, 0x34, 0x07, 0x00, 0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x01,
            0xff,
        ];
        let read = read(&payload).unwrap();
        assert_eq!((read.size, read.begins, read.key), (6, true, true));
        assert_eq!((read.picture, read.tl0, read.height), (Some(0x1234), Some(7), Some(480)));
        let written = read.write(&Bytes::copy_from_slice(&payload), 0x7fff, 255);
        assert_eq!(&written[..6], &[0x90, 0xe0, 0xff, 0xff, 0xff, 0x00]);
        assert_eq!(written[6..], payload[6..]);
    }

    #[test]
    fn a_later_part_of_a_picture_begins_none() {
        assert!(!read(&[0x80, 0x80, 0x05, 0x00]).unwrap().begins);
        assert!(!read(&[0x11, 0x00]).unwrap().begins, "a second partition");
        assert!(!read(&[0x10, 0x01]).unwrap().key, "leans on an earlier one");
        assert!(read(&[0x10, 0x00]).unwrap().key);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_and_only_numbers_change(
            payload in proptest::collection::vec(any::<u8>(), 0..40), picture: u16, tl0: u8,
        ) {
            if let Some(found) = read(&payload) {
                let written = found.write(&Bytes::copy_from_slice(&payload), picture, tl0);
                let again = read(&written).unwrap();
                prop_assert_eq!(again.size, found.size);
                prop_assert_eq!(again.key, found.key);
                prop_assert_eq!(&written[found.size..], &payload[found.size..]);
                let mask = if found.wide { 0x7fff } else { 0x7f };
                prop_assert_eq!(again.picture, found.picture.map(|_| picture & mask));
                prop_assert_eq!(again.tl0, found.tl0.map(|_| tl0));
            }
        }
    }
}
