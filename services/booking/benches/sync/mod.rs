//! What one sync of a file costs here, to compare.

use std::{fs::File, os::unix::fs::FileExt, path::Path, time::Instant};

/// Of a file that does not grow, in this folder.
pub(crate) fn bare_sync(folder: &Path) -> String {
    let file = File::create(folder.join("bare")).unwrap();
    file.write_all_at(&[0; 4096], 0).unwrap();
    file.sync_all().unwrap();
    let mut times: Vec<_> = (0..200u8)
        .map(|byte| {
            let begun = Instant::now();
            file.write_all_at(&[byte; 64], 64).unwrap();
            file.sync_data().unwrap();
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    format!("median {:?}, p99 {:?}", times[100], times[198])
}
