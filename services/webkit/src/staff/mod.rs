//! Pages for staff: who is signed in, what that allows, forms that only the signed-in person can send; and the same for
//! programs.
//!
//! Owns how a session is recognised, the values that stand for a right ([`AdminSession`], [`CentreSession`], …), and the
//! protection of every change against requests from elsewhere. Who people are and what they hold is answered by
//! [`contracts::staff::StaffSessions`]; nothing about people is kept here.

mod authority;
mod fields;
mod form;
mod gate;
mod json;
mod origin;
mod page;
mod rejection;
mod routes;
mod upload;

#[cfg(test)]
mod tests;

pub use authority::{
    AdminSession, CentreSession, FRESH_FOR, Fresh, ImportSession, Member, PeopleSession, SignedIn, Sources,
    TeamSession,
};
pub use form::StaffForm;
pub use gate::{Gate, SESSION_COOKIE, cookie, guard};
pub use json::StaffJson;
pub use page::{NavItem, done, local_path, path_in, render};
pub use rejection::StaffRejection;
pub use routes::{Need, StaffRoute, StaffRouter, StaffRoutes};
pub use upload::{StaffUpload, UploadError, UploadLimits, UploadedFile};
