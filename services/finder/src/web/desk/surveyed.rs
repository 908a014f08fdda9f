//! What was found about the directory as a whole, kept until the directory moves.

use std::{panic::resume_unwind, sync::Arc, time::Duration};

use jiff::civil::Date;
use search_index::place::Gazetteer;
use tokio::{sync::Mutex, time::timeout};

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
#[derive(Clone, Default)]
pub(crate) struct Surveyed(Arc<Mutex<Option<Known>>>);

/// A survey, and the state of the directory it was made of.
type Known = (State, Arc<Survey>);

/// How long a page waits for a survey that it can do without.
const SOON: Duration = Duration::from_millis(400);

/// What a survey depends on.
#[derive(PartialEq, Eq)]
struct State {
    revision: i64,
    today: Date,
    apart: Vec<(String, String)>,
}

impl Surveyed {
    /// The survey of the directory as it is now if that is known soon, for a page that can do without. A survey that is
    /// begun goes on, so the next page has it.
    pub(super) async fn soon(&self, app: &AppState) -> Result<Option<Arc<Survey>>, StoreError> {
        let (surveyed, app) = (self.clone(), app.clone());
        let made = tokio::spawn(async move { surveyed.now(&app).await });
        match timeout(SOON, made).await {
            Ok(made) => made.unwrap_or_else(|panic| resume_unwind(panic.into_panic())).map(Some),
            Err(_) => Ok(None),
        }
    }

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
