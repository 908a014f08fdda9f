//! What the finder tells other services about centres: their names and the names of the lists.

use std::sync::Arc;

use async_trait::async_trait;
use contracts::staff::{CentreName, CentreNames, DirectoryUnavailable};

use crate::store::{CentreFilter, CentreLine, Store, StoreError};

/// The directory's names. Centres that seekers do not see are named too: somebody may still have a grant for one.
#[derive(Clone)]
pub struct DirectoryNames(Arc<dyn Store>);

impl DirectoryNames {
    /// The names in a directory.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self(store)
    }

    async fn page(&self, filter: CentreFilter) -> Result<Vec<CentreName>, DirectoryUnavailable> {
        let page = self.0.centres_page(&filter).await.map_err(|error| unavailable(&error))?;
        Ok(page.lines.into_iter().map(named).collect())
    }
}

#[async_trait]
impl CentreNames for DirectoryNames {
    async fn centres(&self, ids: &[String]) -> Result<Vec<CentreName>, DirectoryUnavailable> {
        let limit = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        self.page(CentreFilter { ids: Some(ids.to_vec()), limit, ..CentreFilter::default() }).await
    }

    async fn find(&self, text: &str, limit: usize) -> Result<Vec<CentreName>, DirectoryUnavailable> {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        self.page(CentreFilter { text: text.to_owned(), limit, ..CentreFilter::default() }).await
    }

    async fn sources(&self) -> Result<Vec<String>, DirectoryUnavailable> {
        let sources = self.0.sources().await.map_err(|error| unavailable(&error))?;
        Ok(sources.into_iter().map(|summary| summary.source).collect())
    }
}

fn named(line: CentreLine) -> CentreName {
    CentreName { id: line.id, name: line.name, place: line.place }
}

fn unavailable(error: &StoreError) -> DirectoryUnavailable {
    tracing::warn!(%error, "the directory did not answer a question about names");
    DirectoryUnavailable
}
