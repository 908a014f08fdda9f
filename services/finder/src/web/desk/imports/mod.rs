//! Import of lists in the browser, in six steps that each work without script: upload, mapping, check, differences,
//! application, history.
//!
//! A page of a draft shows what is stored and asks for one decision; the long work is a job that goes on when the
//! browser is closed.

mod agree;
mod apply;
pub(crate) mod check;
mod compare;
mod differences;
pub(crate) mod draft;
mod entries;
mod history;
pub(crate) mod job;
pub(crate) mod mapping;
mod pairs;
mod rollback;
pub(crate) mod steps;
pub(crate) mod upload;

pub(crate) use job::Jobs;
pub use upload::forget_old as forget_old_imports;
use webkit::{error::PageError, staff::StaffRoutes};

use crate::{app::AppState, store::StoreError};

/// The pages of imports.
pub(super) fn routes() -> StaffRoutes<AppState> {
    StaffRoutes::new()
        .merge(upload::routes())
        .merge(mapping::routes())
        .merge(check::routes())
        .merge(differences::routes())
        .merge(agree::routes())
        .merge(apply::routes())
        .merge(history::routes())
        .merge(rollback::routes())
}

/// A directory that does not answer.
pub(crate) fn unanswered(error: StoreError) -> PageError {
    match error {
        StoreError::Unavailable { .. } => PageError::Unavailable,
        other => PageError::internal(other),
    }
}

#[cfg(test)]
mod tests;
