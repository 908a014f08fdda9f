//! A slot: 64 bytes that hold one key, or nothing.

use jiff::{Timestamp, civil::Date};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Length of a slot in bytes.
pub(super) const SLOT: usize = 64;
/// The form of a slot; a later form gets the next number.
const VERSION: u8 = 1;

/// What a sealed value is for. Each purpose of a record has a key, and so a death, of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// Who comes and how she can be reached: until the end of the appointment and its grace.
    Contact,
    /// Where mails go and in which language: until the last mail.
    Notify,
    /// What the centre told with a cancellation: until the appointment would have been forgotten.
    Note,
}

impl Purpose {
    /// Its name, as it is bound into what is sealed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Notify => "notify",
            Self::Note => "note",
        }
    }
}

/// Where a key lies. Says nothing about the key and belongs into the row of what it sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyPlace {
    /// The UTC day on which it expires.
    pub day: Date,
    /// Number of its slot in that day's file, from 0.
    pub slot: u32,
}

impl KeyPlace {
    /// Its first byte in the file.
    pub(super) fn offset(self) -> u64 {
        u64::from(self.slot) * SLOT as u64
    }
}

/// Tells whose key a slot holds, without naming the record.
pub(super) type Mark = [u8; 16];
/// A slot as it lies in its file.
pub(super) type SlotBytes = Zeroizing<[u8; SLOT]>;

/// What a slot holds.
pub(super) enum Content {
    /// Nothing: all zero.
    Free,
    /// A key.
    Key(Key),
    /// Remains of a write that was interrupted.
    Torn,
    /// Something of another program or version.
    Foreign,
}

/// A key with what must be known about it.
pub(super) struct Key {
    pub(super) due: Timestamp,
    pub(super) mark: Mark,
    pub(super) key: Zeroizing<[u8; 32]>,
}

/// The mark of a purpose of a record.
pub(super) fn mark(record: &str, purpose: Purpose) -> Mark {
    let mut hash = Sha256::new();
    hash.update(purpose.name());
    hash.update([0]);
    hash.update(record);
    first(&hash.finalize())
}

/// The UTC day that `due` lies in.
pub(super) fn day_of(due: Timestamp) -> Date {
    due.to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// `due` as a slot can carry it: whole microseconds, never later.
pub(super) fn whole(due: Timestamp) -> Timestamp {
    let below = due.as_nanosecond().div_euclid(1_000);
    i64::try_from(below).ok().and_then(|micros| Timestamp::from_microsecond(micros).ok()).unwrap_or(due)
}

impl Key {
    /// The bytes of the slot at `place`.
    pub(super) fn to_bytes(&self, place: KeyPlace) -> SlotBytes {
        let mut bytes = Zeroizing::new([0; SLOT]);
        bytes[8..16].copy_from_slice(&self.due.as_microsecond().to_be_bytes());
        bytes[16..32].copy_from_slice(&self.mark);
        bytes[32..].copy_from_slice(&*self.key);
        bytes[0] = VERSION;
        let check = check(place, &bytes);
        bytes[1..8].copy_from_slice(&check);
        bytes
    }
}

impl Content {
    /// Reads the slot at `place`.
    pub(super) fn read(place: KeyPlace, bytes: &[u8; SLOT]) -> Self {
        if *bytes == [0; SLOT] {
            return Self::Free;
        }
        match bytes[0] {
            VERSION => {}
            0 => return Self::Torn,
            _ => return Self::Foreign,
        }
        let due = Timestamp::from_microsecond(i64::from_be_bytes(first(&bytes[8..16])));
        match due {
            Ok(due) if bytes[1..8] == check(place, bytes) && day_of(due) == place.day => {
                Self::Key(Key { due, mark: first(&bytes[16..32]), key: Zeroizing::new(first(&bytes[32..])) })
            }
            _ => Self::Torn,
        }
    }
}

fn check(place: KeyPlace, bytes: &[u8; SLOT]) -> [u8; 7] {
    let mut hash = Sha256::new();
    hash.update(place.day.to_string());
    hash.update(place.slot.to_be_bytes());
    hash.update(&bytes[8..]);
    first(&hash.finalize())
}

/// The first `N` bytes; `from` has at least so many.
fn first<const N: usize>(from: &[u8]) -> [u8; N] {
    let mut taken = [0; N];
    taken.copy_from_slice(&from[..N]);
    taken
}
