//! Sealing and opening, and everything that must not open.

use proptest::prelude::{any, prop, proptest};

use super::{
    super::{
        InnerError, InnerLock,
        envelope::{self, LONGEST, PAD},
        slot::{Content, Key, SLOT, mark},
    },
    EVENING, KeyFolder, KeyPlace, NEXT_DAY, OpenError, Personal, Plain, Purpose, SealError, at,
    memory::Memory,
    open, personal, seal,
};

fn folder() -> KeyFolder {
    KeyFolder::on(Box::new(Memory::default())).unwrap().0
}

proptest! {
    #[test]
    fn what_was_sealed_opens_for_its_record_purpose_and_place_only(
        plain in prop::collection::vec(any::<u8>(), 0..1200),
        record in "[a-z0-9]{1,20}",
        other in "[a-z0-9]{1,20}",
        flip in any::<prop::sample::Index>(),
        bit in 0u8..8,
    ) {
        let folder = folder();
        let value = Personal::new(plain.clone());
        let sealed = folder
            .seal(&record, &[Purpose::Contact, Purpose::Notify].map(|purpose| Plain { purpose, due: at(EVENING), value: &value }))
            .unwrap();
        let [contact, notify] = &sealed[..] else { panic!("two were sealed") };
        let open = |record: &str, purpose, place, bytes: &[u8]| {
            folder.open(record, purpose, place, bytes).map(|opened| opened.expose().clone())
        };
        assert_eq!(open(&record, Purpose::Contact, contact.place, &contact.bytes), Ok(plain.clone()));
        assert_eq!(open(&record, Purpose::Notify, notify.place, &notify.bytes), Ok(plain));
        assert_eq!(open(&record, Purpose::Notify, contact.place, &contact.bytes), Err(OpenError::Gone));
        assert_eq!(open(&record, Purpose::Contact, notify.place, &contact.bytes), Err(OpenError::Gone));
        assert_eq!(open(&record, Purpose::Contact, contact.place, &notify.bytes), Err(OpenError::Damaged));
        if record != other {
            assert_eq!(open(&other, Purpose::Contact, contact.place, &contact.bytes), Err(OpenError::Gone));
        }
        let mut damaged = contact.bytes.clone();
        damaged[flip.index(contact.bytes.len())] ^= 1 << bit;
        assert_eq!(open(&record, Purpose::Contact, contact.place, &damaged), Err(OpenError::Damaged));
        let cut = &contact.bytes[..flip.index(contact.bytes.len())];
        assert_eq!(open(&record, Purpose::Contact, contact.place, cut), Err(OpenError::Damaged));
        let elsewhere = KeyPlace { slot: contact.place.slot + 7, ..contact.place };
        assert_eq!(open(&record, Purpose::Contact, elsewhere, &contact.bytes), Err(OpenError::Gone));
    }

    #[test]
    fn the_length_of_a_value_shows_only_in_steps_of_256_bytes(length in 0usize..2000) {
        let value = Personal::new(vec![7; length]);
        let sealed = envelope::seal(&[1; 32], "b1", Purpose::Contact, &value).unwrap();
        assert_eq!((sealed.len() - 1 - 16) % PAD, 0);
        let alike = Personal::new(vec![9; (length + 4).next_multiple_of(PAD) - 4]);
        assert_eq!(envelope::seal(&[1; 32], "b1", Purpose::Contact, &alike).unwrap().len(), sealed.len());
    }

    #[test]
    fn a_slot_with_any_byte_changed_or_torn_is_no_key(key in any::<[u8; 32]>(), at_byte in 0..SLOT, flip in 1u8..=255) {
        let place = KeyPlace { day: "2026-11-23".parse().unwrap(), slot: 5 };
        let key = Key { due: at(EVENING), mark: mark("b1", Purpose::Contact), key: key.into() };
        let bytes = key.to_bytes(place);
        assert!(matches!(Content::read(place, &bytes), Content::Key(found) if found.key == key.key && found.due == key.due));
        let mut changed = *bytes;
        changed[at_byte] ^= flip;
        assert!(!matches!(Content::read(place, &changed), Content::Key(_) | Content::Free));
        let mut torn = [0; SLOT];
        torn[..at_byte].copy_from_slice(&bytes[..at_byte]);
        assert!(torn == *bytes || !matches!(Content::read(place, &torn), Content::Key(_)));
        let mut half_destroyed = *bytes;
        half_destroyed[..at_byte].fill(0);
        assert!(at_byte == 0 || !matches!(Content::read(place, &half_destroyed), Content::Key(_)));
        for elsewhere in [KeyPlace { slot: 6, ..place }, KeyPlace { day: "2026-11-24".parse().unwrap(), ..place }] {
            assert!(!matches!(Content::read(elsewhere, &bytes), Content::Key(_)));
        }
    }
}

#[test]
fn the_same_value_is_never_sealed_alike() {
    let folder = folder();
    let one = seal(&folder, "b1", Purpose::Contact, EVENING, "Ada").unwrap();
    let two = seal(&folder, "b1", Purpose::Contact, EVENING, "Ada").unwrap();
    assert_ne!(one.bytes, two.bytes);
    assert_ne!(one.place, two.place);
    assert_eq!((open(&folder, "b1", &one), open(&folder, "b1", &two)), (Ok("Ada".into()), Ok("Ada".into())));
}

#[test]
fn a_value_that_is_too_long_is_refused() {
    let folder = folder();
    assert!(seal(&folder, "b1", Purpose::Contact, EVENING, &"x".repeat(LONGEST)).is_ok());
    let longer = seal(&folder, "b1", Purpose::Contact, EVENING, &"x".repeat(LONGEST + 1));
    assert_eq!(longer, Err(SealError::TooLong));
}

#[test]
fn an_inner_lock_is_passed_first_by_seal_and_last_by_open() {
    struct Upside;
    impl InnerLock for Upside {
        fn lock(
            &self,
            _: &str,
            _: Purpose,
            plain: &Personal<Vec<u8>>,
        ) -> Result<Personal<Vec<u8>>, InnerError> {
            Ok(Personal::new(plain.expose().iter().map(|byte| !byte).collect()))
        }

        fn unlock(
            &self,
            _: &str,
            _: Purpose,
            locked: Personal<Vec<u8>>,
        ) -> Result<Personal<Vec<u8>>, InnerError> {
            self.lock("", Purpose::Contact, &locked)
        }
    }
    let disk = Memory::default();
    let locked = KeyFolder::on(Box::new(disk.clone())).unwrap().0.with_inner_lock(Box::new(Upside));
    let sealed = seal(&locked, "b1", Purpose::Contact, NEXT_DAY, "Ada").unwrap();
    assert_eq!(open(&locked, "b1", &sealed), Ok("Ada".into()));
    // The outer lock alone gives what the inner one made.
    let outer = KeyFolder::on(Box::new(disk)).unwrap().0;
    let opened = outer.open("b1", Purpose::Contact, sealed.place, &sealed.bytes).unwrap();
    assert_eq!(*opened.expose(), personal("Ada").expose().iter().map(|byte| !byte).collect::<Vec<_>>());
}
