//! What ranking needs of every offer and centre, in memory: a few dozen bytes each.

use contracts::directory::{Access, Mode, Wheelchair};
use tantivy::SegmentReader;

use super::{
    IndexError,
    grid::{Grid, Spot},
};
use crate::search::rank::Bits;

/// Per offer: its centre and its flags. Per centre: its first offer, its place on the sphere, its lot.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    /// The centre of each offer, ascending: the offers of a centre stand side by side.
    pub(crate) centre: Vec<u32>,
    /// Modes and wheelchair access of each offer.
    pub(crate) flags: Vec<u8>,
    /// The first offer of each centre, and at the end the number of offers.
    pub(crate) first: Vec<u32>,
    /// Where each centre is on the unit sphere; NaN without coordinates, so that every comparison fails.
    pub(crate) sphere: Vec<[f32; 3]>,
    /// The stable hash of each centre's id.
    pub(crate) lot: Vec<u64>,
    /// The last offer of each centre.
    pub(crate) last: Bits,
    /// The centres with coordinates by where they are.
    pub(crate) grid: Grid,
}

/// The bit of a mode.
pub(crate) const fn mode_flag(mode: Mode) -> u8 {
    match mode {
        Mode::InPerson => 1,
        Mode::Phone => 2,
        Mode::Video => 4,
        Mode::Chat => 8,
    }
}

/// The bit that says a wheelchair gets in, fully or with help.
pub(crate) const WHEELCHAIR: u8 = 16;

/// The flags of an offer.
pub(crate) fn flags(modes: &[Mode], access: &Access) -> u8 {
    let wheelchair = matches!(access.wheelchair, Some(Wheelchair::Full | Wheelchair::Partial));
    modes.iter().fold(if wheelchair { WHEELCHAIR } else { 0 }, |flags, &mode| flags | mode_flag(mode))
}

/// The stable hash of a centre's id: the order among equals, which favours no name and no list.
pub(crate) fn lot(centre_id: &str) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325 ^ 0x616e_6c61_7566_7374;
    let hash =
        centre_id.bytes().fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    // The last steps of a well-known mixer: without them ids that differ at the end would stay neighbours.
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

impl Columns {
    /// Reads them from the one segment of an index.
    pub(crate) fn read(segment: &SegmentReader) -> Result<Self, IndexError> {
        let fast = segment.fast_fields();
        let (centres, lots, flags) = (fast.u64("centre")?, fast.u64("lot")?, fast.u64("flags")?);
        let axes = [fast.f64("x")?, fast.f64("y")?, fast.f64("z")?];
        let mut columns = Self::default();
        for offer in 0..segment.max_doc() {
            let centre = centres.first(offer).and_then(|centre| u32::try_from(centre).ok());
            let centre = centre.ok_or_else(|| IndexError::Damaged(format!("offer {offer} has no centre")))?;
            columns.centre.push(centre);
            columns.flags.push(flags.first(offer).and_then(|flags| u8::try_from(flags).ok()).unwrap_or(0));
            let known = u32::try_from(columns.first.len()).unwrap_or(u32::MAX);
            if centre == known {
                columns.first.push(offer);
                columns.lot.push(lots.first(offer).unwrap_or_default());
                #[expect(clippy::cast_possible_truncation, reason = "single precision is half a metre")]
                let axis = |axis: usize| axes[axis].first(offer).map_or(f32::NAN, |value| value as f32);
                columns.sphere.push([axis(0), axis(1), axis(2)]);
            } else if centre + 1 != known {
                return Err(IndexError::Damaged(format!("offer {offer} stands apart from its centre")));
            }
        }
        columns.first.push(segment.max_doc());
        columns.last.reset(columns.centre.len());
        for end in columns.first.iter().filter_map(|first| first.checked_sub(1)) {
            columns.last.insert(end);
        }
        columns.grid =
            Grid::of(columns.sphere.iter().zip(columns.first.windows(2)).map(|(&point, offers)| Spot {
                point,
                first: offers[0],
                end: offers[1],
            }));
        Ok(columns)
    }

    /// The number of centres.
    pub(crate) fn centres(&self) -> usize {
        self.lot.len()
    }

    /// The offers of a centre.
    pub(crate) fn offers_of(&self, centre: usize) -> std::ops::Range<u32> {
        self.first[centre]..self.first[centre + 1]
    }
}
