//! The form of a sealed value: a version byte, then ChaCha20-Poly1305 over the padded value, bound to record and purpose.

use chacha20poly1305::{
    ChaCha20Poly1305, Nonce,
    aead::{AeadInOut, KeyInit},
};
use kernel::Personal;
use zeroize::Zeroizing;

use super::slot::Purpose;

/// The form of what is sealed; a later form gets the next number.
const VERSION: u8 = 1;
/// Values are padded to multiples of this, so that their length says little.
pub(super) const PAD: usize = 256;
/// The longest value that is sealed.
pub(super) const LONGEST: usize = 64 * 1024;
/// A key seals one value only, so the nonce need not differ.
const NONCE: [u8; 12] = [0; 12];
const LENGTH: usize = 4;
const TAG: usize = 16;

/// Seals `plain`, of at most [`LONGEST`] bytes. None if it is longer.
pub(super) fn seal(
    key: &[u8; 32],
    record: &str,
    purpose: Purpose,
    plain: &Personal<Vec<u8>>,
) -> Option<Vec<u8>> {
    let plain = plain.expose();
    if plain.len() > LONGEST {
        return None;
    }
    let padded = (LENGTH + plain.len()).next_multiple_of(PAD);
    // Room for the tag as well: a buffer that moves would leave a copy behind.
    let mut buffer = Zeroizing::new(Vec::with_capacity(padded + TAG));
    buffer.extend_from_slice(&u32::try_from(plain.len()).ok()?.to_be_bytes());
    buffer.extend_from_slice(plain);
    buffer.resize(padded, 0);
    let cipher = ChaCha20Poly1305::new(key.into());
    cipher.encrypt_in_place(&Nonce::from(NONCE), &bound(record, purpose), &mut *buffer).ok()?;
    Some([&[VERSION][..], &buffer].concat())
}

/// Opens what [`seal`] made under the same key, for the same record and purpose.
pub(super) fn open(
    key: &[u8; 32],
    record: &str,
    purpose: Purpose,
    sealed: &[u8],
) -> Option<Personal<Vec<u8>>> {
    let Some((&VERSION, sealed)) = sealed.split_first() else { return None };
    let mut buffer = Zeroizing::new(sealed.to_vec());
    let cipher = ChaCha20Poly1305::new(key.into());
    cipher.decrypt_in_place(&Nonce::from(NONCE), &bound(record, purpose), &mut *buffer).ok()?;
    let (length, rest) = buffer.split_first_chunk::<LENGTH>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    Some(Personal::new(rest.get(..length)?.to_vec()))
}

/// What a sealed value is bound to. The purpose has no zero byte, so no two pairs look alike.
fn bound(record: &str, purpose: Purpose) -> Vec<u8> {
    [record.as_bytes(), &[0], purpose.name().as_bytes(), &[0, VERSION]].concat()
}
