//! What the pages of this service work with.

use std::sync::Arc;

use kernel::{Clock, Ids};
use webkit::pages::Pages;

use crate::{
    guard::{Guard, Limits},
    service::Booking,
};

/// Booking's pages while they run. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

struct Inner {
    parts: Parts,
    guard: Guard,
}

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
        Self::with_limits(parts, Limits::default())
    }

    /// The same with limits of one's own, for tests.
    pub(crate) fn with_limits(parts: Parts, limits: Limits) -> Self {
        let guard = Guard::new(limits, parts.clock.clone());
        Self(Arc::new(Inner { parts, guard }))
    }

    /// What keeps scripts from taking all times.
    pub fn guard(&self) -> &Guard {
        &self.0.guard
    }

    /// What can be done.
    pub fn booking(&self) -> &Booking {
        &self.0.parts.booking
    }

    /// Templates and messages.
    pub fn pages(&self) -> &Pages {
        &self.0.parts.pages
    }

    /// The clock, for what stamps more than one thing.
    pub fn clock(&self) -> &dyn Clock {
        self.0.parts.clock.as_ref()
    }

    /// Where ids of what staff make come from.
    pub fn ids(&self) -> &dyn Ids {
        self.0.parts.ids.as_ref()
    }

    /// The installation's address, without a slash at its end.
    pub fn base_url(&self) -> &str {
        &self.0.parts.base_url
    }
}
