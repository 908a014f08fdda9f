//! What a change of hours would do, before it is saved.

use webkit::{error::PageError, pages::Visit};

use super::Kept;
use crate::{service::Proposal, setting::Hours, web::AppState};

pub(super) use crate::web::desk::look::Look;

impl Look {
    /// At what these hours would do.
    pub(super) async fn at(
        app: &AppState,
        visit: &Visit,
        kept: &Kept,
        new: &Hours,
    ) -> Result<Self, PageError> {
        Self::at_hours(app, visit, kept, new, None).await
    }

    /// The same with a remark on why they were not saved.
    pub(super) async fn at_hours(
        app: &AppState,
        visit: &Visit,
        kept: &Kept,
        hours: &Hours,
        remark: Option<&'static str>,
    ) -> Result<Self, PageError> {
        let proposal = Proposal::Hours { resource_id: &kept.resource.value.id, hours };
        Self::at_change(app, visit, &kept.house, (&proposal, 0), remark).await
    }
}
