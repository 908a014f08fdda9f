//! Import of the directory: lists from associations and Länder become centres.
//!
//! Three steps, each a function of its own: [`read()`] turns files into drafts and findings, [`plan_import`] compares
//! them with what is stored, field by field, [`apply_import`] writes the difference in one transaction;
//! [`import_centres`] does all three, and [`plan_roll_back`] takes a run back. Nothing here prints or asks; the command
//! line and the browser call the same code. Files are hostile until proven otherwise: every reader is bounded, and all
//! files are taken apart by a limited process of their own ([`FileReader`]) that can open nothing.

pub mod field;
pub mod places;
pub mod profile;
pub mod suggest;
pub mod xlsx;

mod apply;
mod decision;
mod difference;
mod draft;
mod finding;
mod hsds;
mod input;
mod map;
mod message;
mod plan;
mod problem;
mod progress;
mod read;
mod rollback;
mod twins;

pub use apply::{
    ImportError, ImportOrder, Prepared, Summary, apply_import, import_centres, plan_import, prepare_import,
};
pub use decision::{PairDecision, Verdict, contradiction};
pub use difference::{Changed, Conflict};
pub use draft::CentreDraft;
pub use finding::{RowError, RowNote, Spot, is_invisible, shown};
pub(crate) use hsds::{AREA_GERMANY, AREA_KEY};
pub use input::{InputFile, Limits};
pub(crate) use map::{point_of, touches};
pub(crate) use message::words;
pub use plan::{Plan, PlanOptions, Refusal, Slugs, plan};
pub use problem::{Problem, Repair};
pub use profile::{Profile, ProfileError};
pub use progress::{Progress, Silent, Stage};
#[cfg(test)]
pub(crate) use read::CHILD_MARK;
pub use read::{
    CHILD_COMMAND, FileReader, ReadError, Reading, Sniffed, SniffedColumn, Surroundings, Told, read,
    read_child_main, sniff,
};
pub use rollback::{
    KeptReason, NotRolledBack, Reversal, ReversalKind, RollBack, RollBackError, RollBackSummary,
    apply_roll_back, plan_roll_back,
};
pub use twins::{MOST_PAIRS, PossibleDuplicate, possible_duplicates};

#[cfg(test)]
mod tests;
