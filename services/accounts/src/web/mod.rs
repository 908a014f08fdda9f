//! The pages of this service: sign-in, the own account, people, the trail.
//!
//! Owns what staff see before and around their work. A handler reads what was sent, asks the domain for one thing and
//! answers; it knows no SQL and decides no right that the domain does not check again.

mod answer;
mod cookie;
mod desk;
mod enter;
mod files;
mod own;
mod passkey;
mod say;
mod state;
mod visitor;
mod when;

#[cfg(test)]
mod tests;

use webkit::staff::StaffRoutes;

pub use self::{
    files::{messages, templates},
    state::{AppState, Attention, AttentionSource, Parts, ProfileChoices, StartError},
};

/// All pages, without a language prefix.
pub fn routes() -> StaffRoutes<AppState> {
    enter::routes().merge(own::routes()).merge(desk::routes())
}
