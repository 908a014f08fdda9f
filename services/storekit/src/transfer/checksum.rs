//! Whether two tables hold the same rows, however they are ordered.

use sha2::{Digest, Sha256};

use super::Value;

/// How many rows a table has, and the sum of their hashes: the same for the same rows in any order. It finds what was lost,
/// doubled or changed on the way; against somebody who forges rows it is no protection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Checksum {
    rows: u64,
    sum: u128,
}

impl Checksum {
    /// Takes a row in.
    pub fn add(&mut self, row: &[Value]) {
        let mut hash = Sha256::new();
        for value in row {
            let (kind, length, bytes): (u8, usize, &[u8]) = match value {
                Value::Null => (0, 0, &[]),
                Value::Text(text) => (1, text.len(), text.as_bytes()),
                Value::Integer(number) => (2, 8, &number.to_be_bytes()),
                Value::Real(number) => (4, 8, &number.to_be_bytes()),
                Value::Bytes(bytes) => (3, bytes.len(), bytes),
            };
            hash.update([kind]);
            hash.update((length as u64).to_be_bytes());
            hash.update(bytes);
        }
        let hash: [u8; 32] = hash.finalize().into();
        let half = hash.first_chunk().copied().unwrap_or_default();
        self.rows += 1;
        self.sum = self.sum.wrapping_add(u128::from_be_bytes(half));
    }

    /// How many rows.
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// The sum, as it is written down.
    pub fn sum(&self) -> String {
        format!("{:032x}", self.sum)
    }
}
