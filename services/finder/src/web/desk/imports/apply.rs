//! `/arbeitsplatz/import/{import}/anwendung`: the differences are written, all in one transaction.
//!
//! The draft's id becomes the run's, so that nothing is ever written twice. Right before, everything is compared once
//! more: when the differences are others than those somebody saw, they are shown again instead.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use contracts::staff::Actor;
use kernel::{Clock, Ids};
use serde::{Deserialize, Serialize};
use serde_json::json;
use webkit::{
    error::PageError,
    pages::Visit,
    query,
    staff::{ImportSession, Member, Need, StaffForm, StaffRoutes, path_in, render},
};

use super::{
    check::{ProgressView, internal},
    compare::{self, fail, keep, note},
    differences::stand,
    draft::{Draft, Failure, State as DraftState, Step},
    entries::Differences,
    steps::{Steps, steps},
    unanswered, upload,
};
use crate::{
    app::AppState,
    import::{self, ImportError, Progress, Verdict},
    store::{ImportRun, Move, StoreError},
    web::link,
};

/// How often the directory may move between comparing and writing.
const ATTEMPTS: usize = 3;
/// Examples of what seekers see now.
const EXAMPLES: u32 = 5;

/// The routes.
pub(super) fn routes() -> StaffRoutes<AppState> {
    StaffRoutes::new().get("/arbeitsplatz/import/{import}/anwendung", Need::Importer, get).post(
        "/arbeitsplatz/import/{import}/anwendung",
        Need::Importer,
        post,
    )
}

/// The context of `desk/import-apply.html`.
#[derive(Debug, Serialize)]
struct ApplyPage {
    source: String,
    steps: Steps,
    here: String,
    differences: String,
    progress: Option<ProgressView>,
    interrupted: bool,
    /// What is about to happen.
    ahead: Option<AheadView>,
    /// What has happened.
    outcome: Option<OutcomeView>,
    stand: String,
}

#[derive(Debug, Serialize)]
struct AheadView {
    new: u64,
    changed: u64,
    withdrawn: u64,
    missing: u64,
    kept: u64,
    dropped: u64,
    merged: usize,
    apart: usize,
    later: usize,
    agreed_by: Option<String>,
}

#[derive(Debug, Serialize)]
struct OutcomeView {
    /// Nothing had to change.
    nothing: bool,
    new: u64,
    changed: u64,
    withdrawn: u64,
    merged: usize,
    run: Option<String>,
    examples: Vec<ExampleView>,
    duplicates: String,
}

/// A centre as seekers see it now.
#[derive(Debug, Serialize)]
pub(super) struct ExampleView {
    name: String,
    href: String,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    /// The differences that were looked at.
    gesehen: String,
}

/// Asks whether to go ahead, shows how far it is, or what became of it.
async fn get(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Response, PageError> {
    let asked: Asked = query::parse(uri.query().unwrap_or_default())?;
    let draft = Draft::find(&app, &session, &id).await?;
    // Differences that became others while they were applied are looked at before anybody goes on.
    let unseen = draft.body.notes.get(note::MOVED) == Some(&json!(true)) && asked.gesehen != stand(&draft);
    let working = app.jobs().progress(&draft.id).filter(|_| draft.state == DraftState::Applying);
    // A job that ended with the program may have written everything before.
    let run = match (draft.state, working) {
        (DraftState::Applied | DraftState::Applying, None) => {
            app.store().import_run(&draft.id).await.map_err(unanswered)?
        }
        _ => None,
    };
    let applied = draft.state == DraftState::Applied || run.is_some();
    let ahead = match draft.state {
        DraftState::Compared | DraftState::Agreed if !unseen => ahead(&draft),
        _ => None,
    };
    if ahead.is_none() && !matches!(draft.state, DraftState::Applying | DraftState::Applied) {
        return Ok(Redirect::to(&path_in(&visit, &other_step(&draft))).into_response());
    }
    let page = ApplyPage {
        source: draft.source.clone(),
        steps: steps(&draft, Step::Apply, &visit),
        here: path_in(&visit, &draft.path(Step::Apply)),
        differences: path_in(&visit, &draft.path(Step::Differences)),
        interrupted: draft.state == DraftState::Applying && working.is_none() && !applied,
        progress: working.map(ProgressView::new),
        ahead,
        outcome: if applied { Some(OutcomeView::new(&app, &visit, run).await?) } else { None },
        stand: stand(&draft),
    };
    Ok(render(app.pages(), &visit, &session, "desk/import-apply.html", &page)?.into_response())
}

/// Where to go when there is nothing to apply.
fn other_step(draft: &Draft) -> String {
    let step = draft.step();
    draft.path(if step == Step::Apply { Step::Differences } else { step })
}

/// What would happen; `None` when the differences have to be looked at first.
fn ahead(draft: &Draft) -> Option<AheadView> {
    let comparison = draft.body.comparison.as_ref()?;
    let agreed = draft.state == DraftState::Agreed;
    let counts = comparison.counts;
    let nothing = counts.new + counts.changed + counts.withdrawn == 0;
    if nothing || !(agreed || comparison.refusals.is_empty()) {
        return None;
    }
    let dropped = draft.body.choices.take_list.len() as u64;
    let second = draft.body.agreement.as_ref().and_then(|agreement| agreement.agreed_by.as_ref());
    let pairs = &draft.body.choices.pairs;
    let apart = pairs.iter().filter(|decision| decision.verdict == Verdict::KeepApart).count();
    Some(AheadView {
        merged: pairs.len() - apart,
        apart,
        later: usize::try_from(comparison.pairs).unwrap_or(usize::MAX).saturating_sub(pairs.len()),
        new: counts.new,
        changed: counts.changed,
        withdrawn: counts.withdrawn,
        missing: counts.missing.saturating_sub(counts.withdrawn),
        kept: comparison.conflicts.saturating_sub(dropped),
        dropped,
        agreed_by: second.filter(|_| agreed).map(|second| second.name.clone()),
    })
}

impl OutcomeView {
    async fn new(app: &AppState, visit: &Visit, run: Option<ImportRun>) -> Result<Self, PageError> {
        let counts = run.as_ref().map(|run| run.counts).unwrap_or_default();
        let (examples, [merged, _]) = match &run {
            Some(run) => (examples(app, visit, &run.id).await?, regrouped(app, &run.id).await?),
            None => (Vec::new(), [0; 2]),
        };
        Ok(Self {
            merged,
            nothing: run.is_none(),
            new: counts.new,
            changed: counts.changed,
            withdrawn: counts.withdrawn,
            run: run.map(|run| path_in(visit, &format!("/arbeitsplatz/import/verlauf/{}", run.id))),
            examples,
            duplicates: path_in(visit, "/arbeitsplatz/dubletten"),
        })
    }
}

/// How many centres a run made part of others, and how many it let stand alone again.
pub(super) async fn regrouped(app: &AppState, run: &str) -> Result<[usize; 2], PageError> {
    let moves = app.store().import_moves(run).await.map_err(unanswered)?;
    // The record that gave the absorbed centre its id is always among those that move.
    let count =
        |absorbed: fn(&Move) -> &str| moves.iter().filter(|step| step.own_id == absorbed(step)).count();
    Ok([count(|step| &step.from.centre_id), count(|step| &step.to.centre_id)])
}

/// Some of the centres a run brought or changed that seekers can see now.
pub(super) async fn examples(
    app: &AppState,
    visit: &Visit,
    run: &str,
) -> Result<Vec<ExampleView>, PageError> {
    let changes = app.store().import_changes(run, None, EXAMPLES).await.map_err(unanswered)?;
    let mut examples = Vec::new();
    for change in changes {
        // Withdrawn ones are not there; absorbed ones lead to the centre they are part of.
        if let Some(centre) = app.store().centre_by_id(&change.centre_id).await.map_err(unanswered)? {
            examples.push(ExampleView { href: link::centre(visit.lang, &centre.slug), name: centre.name });
        }
    }
    Ok(examples)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Go {
    stand: String,
}

/// Starts to apply. Sent twice, or from two browsers, it happens once.
async fn post(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    StaffForm(go): StaffForm<Go>,
) -> Result<Redirect, PageError> {
    let mut draft = Draft::find(&app, &session, &id).await?;
    let here = path_in(&visit, &draft.path(Step::Apply));
    let differences =
        |code: &str| format!("{}?getan={code}", path_in(&visit, &draft.path(Step::Differences)));
    match draft.state {
        DraftState::Applied => return Ok(Redirect::to(&here)),
        DraftState::Applying if app.jobs().progress(&id).is_some() => return Ok(Redirect::to(&here)),
        DraftState::Applying => {}
        DraftState::Compared | DraftState::Agreed => {
            if go.stand != stand(&draft) {
                return Ok(Redirect::to(&differences("veraltet")));
            }
            if ahead(&draft).is_none() {
                return Ok(Redirect::to(&differences("zustimmung")));
            }
        }
        _ => return Ok(Redirect::to(&path_in(&visit, &other_step(&draft)))),
    }
    draft.state = DraftState::Applying;
    draft.body.failure = None;
    draft.body.notes.insert(note::ACTOR.to_owned(), json!(session.actor()));
    match draft.save(&app).await {
        // Somebody else was faster; her job does the work.
        Err(StoreError::Conflict { .. }) => return Ok(Redirect::to(&here)),
        saved => saved.map_err(unanswered)?,
    }
    let job = app.clone();
    app.jobs().start(&draft.id, move |progress| async move { run(&job, &id, progress).await });
    Ok(Redirect::to(&here))
}

/// The run gets the draft's id.
struct RunId(String);

impl Ids for RunId {
    fn next(&self, _clock: &dyn Clock) -> String {
        self.0.clone()
    }
}

async fn run(app: &AppState, id: &str, progress: Arc<dyn Progress>) {
    let Ok(Some(mut draft)) = Draft::load(app.store(), id).await else { return };
    if draft.state != DraftState::Applying {
        return;
    }
    match apply(app, &mut draft, progress).await {
        Ok(()) => {}
        Err(failure) => fail(&mut draft, failure),
    }
    let applied = draft.state == DraftState::Applied;
    keep(app, draft).await;
    if applied {
        upload::remove_folder(app, id).await;
    }
}

async fn apply(app: &AppState, draft: &mut Draft, progress: Arc<dyn Progress>) -> Result<(), Failure> {
    let store = app.store();
    if store.import_run(&draft.id).await.map_err(internal)?.is_some() {
        draft.body.run = Some(draft.id.clone());
        draft.state = DraftState::Applied;
        return Ok(());
    }
    let noted = draft.body.notes.get(note::ACTOR).cloned().unwrap_or_default();
    let actor: Actor = serde_json::from_value(noted).map_err(internal)?;
    let second = second(draft, &actor);
    let profile = compare::profile(draft)?;
    for _ in 0..ATTEMPTS {
        let order = compare::order(draft, &profile, actor.clone(), second.clone());
        let prepared = compare::prepare(app, draft, &order, progress.clone()).await?;
        let digest = Differences::of(store, &prepared).await.map_err(internal)?.digest();
        let seen = draft.body.notes.get(note::DIGEST) == Some(&json!(digest));
        let stale = !prepared.plan.stale.is_empty();
        if !seen || stale || !prepared.plan.refusals.is_empty() {
            drop(prepared);
            // Once more without the agreement: it was given to something else.
            let bare = compare::order(draft, &profile, actor.clone(), None);
            let prepared = compare::prepare(app, draft, &bare, progress.clone()).await?;
            let found = compare::found(app, draft, &prepared).await?;
            found.settle(draft);
            draft.body.notes.insert(note::MOVED.to_owned(), json!(!seen || stale));
            return Ok(());
        }
        let ids = RunId(draft.id.clone());
        match import::apply_import(store, prepared, &order, progress.as_ref(), &ids, app.clock()).await {
            Ok(summary) => {
                draft.body.run = summary.run;
                draft.state = DraftState::Applied;
                return Ok(());
            }
            // Something else changed in between; whether it matters here shows the next comparison.
            Err(ImportError::Store(StoreError::Conflict { .. })) => {}
            Err(error) => return Err(internal(error)),
        }
    }
    Err(Failure::Moved)
}

/// The second of the two who agreed: she who agreed, or, when that one applies it herself, she who asked.
fn second(draft: &Draft, actor: &Actor) -> Option<Actor> {
    let refused = draft.body.comparison.as_ref().is_some_and(|found| !found.refusals.is_empty());
    let agreement = draft.body.agreement.as_ref().filter(|_| refused)?;
    let agreed = agreement.agreed_by.as_ref()?;
    let other = if agreed.person_id == actor.person_id { &agreement.asked_by } else { agreed };
    Some(other.clone())
}
