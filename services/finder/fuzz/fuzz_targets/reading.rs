//! Reads bytes with a bundled profile, as the import does.

use std::collections::BTreeSet;

use finder::import::{InputFile, Limits, Silent, Surroundings, profile::bundled, read};
use search_index::place::Gazetteer;

/// Reads and checks that nothing came from nowhere.
pub fn read_all(profile: &str, bytes: &[u8]) {
    // Spreadsheets need a child process; their own limits are tested with real files.
    if bytes.starts_with(b"PK\x03\x04") {
        return;
    }
    let (places, topics, limits) = (Gazetteer::bundled(), BTreeSet::new(), Limits::default());
    let around = Surroundings { places: &places, topics: &topics, child: None, limits: &limits };
    let profile = bundled(profile).expect("bundled profiles are valid");
    let files = vec![InputFile::from_bytes("fuzz", bytes.to_vec())];
    if let Ok(reading) = read(files, &profile, &around, &Silent) {
        assert!(reading.drafts.len() as u64 <= reading.rows_read);
    }
}
