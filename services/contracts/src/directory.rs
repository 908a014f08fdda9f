//! The directory of counselling centres as every service sees it.
//!
//! A carrier runs a centre, a centre makes offers, an offer is responsible for areas. The finder owns these records;
//! everybody else keeps copies fed by [`DirectoryEvent`].

mod access;
mod area;
mod centre;
mod codes;
mod event;
mod log;
mod opening;

pub use access::{Access, Wheelchair};
pub use area::{Area, PostcodeRange};
pub use centre::{Address, Centre, Contacts, Coordinates, LocationBasis, Mode, Offer};
pub use codes::{DistrictKey, InvalidCode, LandKey, MunicipalityKey, Postcode};
pub use event::DirectoryEvent;
pub use log::{DirectoryLog, LogUnavailable};
pub use opening::{OpeningException, OpeningHours, OpeningSpan, Weekday};
