//! Booking's pages for staff: what can be booked and when, who comes, and what became of it.

use webkit::staff::StaffRoutes;

use super::AppState;

/// The staff pages, without a language prefix.
pub fn routes() -> StaffRoutes<AppState> {
    StaffRoutes::new()
}
