//! Booking's pages: for seekers without account, script or cookie, for staff at their workplace, and for the calendar programs of
//! staff.
//!
//! Owns page contexts, templates and texts. What a seeker types goes from the form into the seal and nowhere else: it
//! stands in no address, and a form that is refused is answered with what she typed, in the answer alone.

pub(crate) mod caller;
pub mod desk;
pub mod feed;
mod files;
pub(crate) mod own;
pub mod seek;
mod state;

pub use self::{
    files::{messages, templates},
    state::{AppState, Parts},
};
