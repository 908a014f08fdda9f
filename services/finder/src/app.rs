//! What the finder's pages and API work with.

use std::sync::Arc;

use jiff::Timestamp;
use kernel::Clock;
use webkit::pages::Pages;

use crate::{live::Live, site::Site, store::Store};

/// The finder while it runs. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    parts: Arc<Parts>,
}

/// What the finder is put together from.
pub struct Parts {
    /// The directory.
    pub store: Arc<dyn Store>,
    /// The index and the places searched right now.
    pub live: Arc<Live>,
    /// Templates and messages.
    pub pages: Pages,
    /// What the operator says about the installation.
    pub site: Site,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl AppState {
    /// Puts a finder together.
    pub fn new(parts: Parts) -> Self {
        Self { parts: Arc::new(parts) }
    }

    /// The directory.
    pub fn store(&self) -> &dyn Store {
        self.parts.store.as_ref()
    }

    /// The index and the places searched right now.
    pub fn live(&self) -> &Live {
        &self.parts.live
    }

    /// Templates and messages.
    pub fn pages(&self) -> &Pages {
        &self.parts.pages
    }

    /// What the operator says about the installation.
    pub fn site(&self) -> &Site {
        &self.parts.site
    }

    /// The current instant.
    pub fn now(&self) -> Timestamp {
        self.parts.clock.now()
    }
}
