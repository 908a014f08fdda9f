//! What the pages of this service work with.

use std::sync::Arc;

use kernel::{Clock, Ids};
use webkit::pages::Pages;

use crate::service::Booking;

/// Booking's pages while they run. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Parts>);

/// What the pages are put together from.
pub struct Parts {
    /// What can be done.
    pub booking: Booking,
    /// Templates and messages.
    pub pages: Pages,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where ids of what staff make come from.
    pub ids: Arc<dyn Ids>,
    /// The installation's address (`https://hilfe.example`), for links in mails and files.
    pub base_url: String,
}

impl AppState {
    /// Puts the pages together.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// What can be done.
    pub fn booking(&self) -> &Booking {
        &self.0.booking
    }

    /// Templates and messages.
    pub fn pages(&self) -> &Pages {
        &self.0.pages
    }

    /// The clock, for what stamps more than one thing.
    pub fn clock(&self) -> &dyn Clock {
        self.0.clock.as_ref()
    }

    /// Where ids of what staff make come from.
    pub fn ids(&self) -> &dyn Ids {
        self.0.ids.as_ref()
    }

    /// The installation's address, without a slash at its end.
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }
}
