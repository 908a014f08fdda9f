//! Whether the container may be unpacked at all.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use super::XlsxError;

/// Parts of a container.
const PARTS: usize = 200;
/// All parts unpacked, in bytes.
const UNPACKED: u64 = 50 << 20;
/// How many times its packed size a part may have.
const RATIO: u64 = 100;
/// Up to this size a part may have any ratio: small XML packs well.
const SMALL: u64 = 1 << 20;

/// Unpacks every part into nothing and counts. What the container says of itself is not believed.
pub(super) fn precheck(bytes: &[u8]) -> Result<(), XlsxError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| XlsxError::NotXlsx)?;
    if archive.len() > PARTS {
        return Err(XlsxError::TooManyParts { limit: PARTS });
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(XlsxError::NotXlsx);
    }
    let mut left = UNPACKED;
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(damaged)?;
        let packed = part.compressed_size().max(1).min(bytes.len() as u64);
        let allowed = packed.saturating_mul(RATIO).max(SMALL);
        let counted = io::copy(&mut part.take(left.min(allowed) + 1), &mut io::sink()).map_err(damaged)?;
        if counted > left {
            return Err(XlsxError::Unpacked { limit: UNPACKED });
        }
        if counted > allowed {
            return Err(XlsxError::Ratio { limit: RATIO });
        }
        left -= counted;
    }
    Ok(())
}

fn damaged(problem: impl std::fmt::Display) -> XlsxError {
    XlsxError::Damaged { problem: problem.to_string().chars().take(200).collect() }
}
