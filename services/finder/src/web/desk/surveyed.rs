//! What was found about the directory as a whole, kept until the directory moves.

use std::sync::Arc;

use jiff::civil::Date;
use search_index::place::Gazetteer;
use tokio::sync::Mutex;

use crate::{
    app::AppState,
    import::Silent,
    integrity::{self, Measure, Survey},
    store::StoreError,
    web::view::berlin,
};

/// Centres named for each kind of finding; nobody works off more between two changes.
pub(super) const EXAMPLES: usize = 20_000;

/// The last survey. Looking at the whole directory takes seconds when it is large, so it is done once for each of its
/// revisions and only when somebody asks.
#[derive(Default)]
pub(crate) struct Surveyed(Mutex<Option<(State, Arc<Survey>)>>);

/// What a survey depends on.
#[derive(PartialEq, Eq)]
struct State {
    revision: i64,
    today: Date,
    apart: Vec<(String, String)>,
}

impl Surveyed {
    /// The survey of the directory as it is now.
    pub(super) async fn now(&self, app: &AppState) -> Result<Arc<Survey>, StoreError> {
        let store = app.store();
        // Those who come while somebody's survey is made wait for it instead of making their own.
        let mut last = self.0.lock().await;
        let apart = store.kept_apart().await?;
        let state = State {
            revision: store.revision().await?,
            today: berlin(app.now()).date(),
            apart: apart.into_iter().map(|pair| (pair.centre_a, pair.centre_b)).collect(),
        };
        if let Some((known, survey)) = &*last
            && *known == state
        {
            return Ok(survey.clone());
        }
        let places =
            app.live().snapshot().map_or_else(Gazetteer::bundled, |snapshot| snapshot.gazetteer.clone());
        let topics = app.live().lexicon().topics().iter().map(|topic| topic.id.clone()).collect();
        let measure = Measure { places: &places, topics: &topics, today: state.today };
        let survey = Arc::new(integrity::survey(store, &measure, EXAMPLES, &Silent).await?);
        *last = Some((state, survey.clone()));
        Ok(survey)
    }
}
