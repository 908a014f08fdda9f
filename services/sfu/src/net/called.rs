//! Which connection a STUN request is for (RFC 8489, RFC 8445).

const COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
const BINDING_REQUEST: [u8; 2] = [0x00, 0x01];
const USERNAME: u16 = 0x0006;

/// The engine's ICE user name in a binding request; `None` if the datagram is no such request.
pub(crate) fn called(datagram: &[u8]) -> Option<&str> {
    if datagram.get(..2)? != BINDING_REQUEST || datagram.get(4..8)? != COOKIE {
        return None;
    }
    let length = usize::from(u16::from_be_bytes([*datagram.get(2)?, *datagram.get(3)?]));
    let mut rest = datagram.get(20..)?;
    if rest.len() != length {
        return None;
    }
    while let [high, low, long, short, body @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*long, *short]));
        let value = body.get(..length)?;
        if u16::from_be_bytes([*high, *low]) == USERNAME {
            let name = std::str::from_utf8(value).ok()?;
            return name.split_once(':').map(|(ours, _)| ours);
        }
        rest = body.get(length.next_multiple_of(4)..)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn request(name: &str) -> Vec<u8> {
        let mut attributes = vec![0x80, 0x22, 0, 3, b'a', b'b', b'c', 0];
        attributes.extend(USERNAME.to_be_bytes());
        attributes.extend(u16::try_from(name.len()).unwrap().to_be_bytes());
        attributes.extend(name.as_bytes());
        attributes.resize(attributes.len().next_multiple_of(4), 0);
        let mut datagram = BINDING_REQUEST.to_vec();
        datagram.extend(u16::try_from(attributes.len()).unwrap().to_be_bytes());
        datagram.extend(COOKIE);
        datagram.extend([7; 12]);
        datagram.extend(attributes);
        datagram
    }

    #[test]
    fn a_request_names_whom_it_is_for() {
        assert_eq!(called(&request("ours:theirs")), Some("ours"));
        assert_eq!(called(&request("nobody")), None);
        let mut answer = request("ours:theirs");
        answer[0] = 1;
        assert_eq!(called(&answer), None);
        let whole = request("ours:theirs");
        for end in 0..whole.len() {
            assert_eq!(called(&whole[..end]), None, "cut off after {end}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_passed_over(bytes in proptest::collection::vec(any::<u8>(), 0..80), at in 0_usize..60, byte: u8) {
            let _ = called(&bytes);
            let mut damaged = request("ours:theirs");
            let length = damaged.len();
            damaged[at % length] = byte;
            let _ = called(&damaged);
        }
    }
}
