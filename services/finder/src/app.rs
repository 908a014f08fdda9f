//! What the finder's pages and API work with.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use contracts::booking::{FreeTimes, NextFree, OpenDoors};
use jiff::Timestamp;
use kernel::{Clock, Ids};
use utoipa::openapi::OpenApi;
use webkit::pages::Pages;

use crate::{
    api::openapi,
    import::FileReader,
    live::Live,
    site::Site,
    store::Store,
    web::{Jobs, Surveyed},
};

/// How long a page waits for free times; without them it is complete as well.
const PATIENCE: Duration = Duration::from_millis(100);

/// The finder while it runs. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    parts: Arc<Parts>,
    surveyed: Arc<Surveyed>,
    jobs: Jobs,
    free_times: Option<Arc<dyn FreeTimes>>,
    open_doors: Option<Arc<dyn OpenDoors>>,
    api: Arc<OpenApi>,
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
    /// Where new ids come from.
    pub ids: Arc<dyn Ids>,
    /// The folder for what is on its way: uploads.
    pub data: PathBuf,
    /// How to start the limited process that reads files.
    pub child: FileReader,
}

impl AppState {
    /// Puts a finder together.
    pub fn new(parts: Parts) -> Self {
        Self {
            parts: Arc::new(parts),
            surveyed: Arc::default(),
            jobs: Jobs::default(),
            free_times: None,
            open_doors: None,
            api: Arc::new(openapi()),
        }
    }

    /// The same finder beside a booking service, whose free times it shows. They never move a hit.
    #[must_use]
    pub fn with_free_times(self, free_times: Arc<dyn FreeTimes>) -> Self {
        Self { free_times: Some(free_times), ..self }
    }

    /// The same finder beside a booking service that knows which centres can be talked to now. It never moves a hit.
    #[must_use]
    pub fn with_open_doors(self, open_doors: Arc<dyn OpenDoors>) -> Self {
        Self { open_doors: Some(open_doors), ..self }
    }

    /// The same finder in a program whose API has more parts: this is the whole document.
    #[must_use]
    pub fn with_api(self, document: OpenApi) -> Self {
        Self { api: Arc::new(document), ..self }
    }

    /// The document that describes the program's API.
    pub(crate) fn api(&self) -> &OpenApi {
        &self.api
    }

    /// The next free time of each of these offers, as far as anybody can say in a moment.
    pub(crate) async fn next_free(&self, offers: &[String]) -> HashMap<String, NextFree> {
        let Some(free_times) = self.free_times.as_ref().filter(|_| !offers.is_empty()) else {
            return HashMap::new();
        };
        match tokio::time::timeout(PATIENCE, free_times.next_free(offers)).await {
            Ok(Ok(next)) => next,
            Ok(Err(_)) | Err(_) => HashMap::new(),
        }
    }

    /// Until when anybody can come to a centre's chat without an appointment, as far as anybody can say in a moment.
    pub(crate) async fn open_until(&self, centre_id: &str) -> Option<Timestamp> {
        let asked = self.open_doors.as_ref()?.open(centre_id);
        tokio::time::timeout(PATIENCE, asked).await.ok()?.ok()?
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

    /// The clock, for what stamps more than one thing.
    pub fn clock(&self) -> &dyn Clock {
        self.parts.clock.as_ref()
    }

    /// Where new ids come from.
    pub fn ids(&self) -> &dyn Ids {
        self.parts.ids.as_ref()
    }

    /// The folder for what is on its way: uploads.
    pub fn data(&self) -> &Path {
        &self.parts.data
    }

    /// How to start the limited process that reads files.
    pub fn child(&self) -> &FileReader {
        &self.parts.child
    }

    /// The directory, for work that outlives a request.
    pub fn shared_store(&self) -> Arc<dyn Store> {
        self.parts.store.clone()
    }

    /// The long work of imports.
    pub(crate) fn jobs(&self) -> &Jobs {
        &self.jobs
    }

    /// What was last found about the directory as a whole.
    pub(crate) fn surveyed(&self) -> &Surveyed {
        &self.surveyed
    }

    /// The current instant.
    pub fn now(&self) -> Timestamp {
        self.parts.clock.now()
    }
}
