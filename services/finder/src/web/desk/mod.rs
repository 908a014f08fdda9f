//! The directory's pages for staff: keep centres' entries, import lists, settle duplicates, read the integrity report.
//!
//! What somebody may do is a value from [`webkit::staff`]; a centre or a list that is not hers answers like one that
//! does not exist.

mod centres;
mod duplicates;
mod imports;
mod integrity;
mod surveyed;
#[cfg(test)]
mod testing;
mod turned;
mod waiting;

use webkit::staff::{NavItem, Need, StaffRoutes};

pub(crate) use self::{imports::Jobs, surveyed::Surveyed};
pub use self::{
    imports::forget_old_imports,
    waiting::{Waiting, waiting_for},
};

use crate::app::AppState;

/// The staff pages, without a language prefix.
pub fn routes() -> StaffRoutes<AppState> {
    StaffRoutes::new()
        .merge(centres::routes())
        .merge(duplicates::routes())
        .merge(imports::routes())
        .merge(integrity::routes())
        .nav(NavItem {
            href: "/arbeitsplatz/import",
            text: "desk-nav-import",
            need: Need::Importer,
            order: 30,
        })
}
