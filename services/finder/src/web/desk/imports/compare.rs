//! The comparison of a draft with the directory: a job, whose outcome lies beside the files and in the draft.

use std::{collections::HashMap, path::PathBuf, sync::Arc};

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use contracts::{directory::Centre, staff::Actor};
use serde::Deserialize;
use serde_json::json;
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{ImportSession, StaffForm, path_in},
};

use super::{
    check::{internal, read_draft},
    draft::{Comparison, Draft, Failure, State as DraftState, Step},
    entries::{Differences, Pair, place_of},
    unanswered,
};
use crate::{
    app::AppState,
    duplicates::{Advice, Duplicates, KeptApart},
    import::{self, ImportError, ImportOrder, PlanOptions, Prepared, Profile, Progress},
    store::StoreError,
};

/// Pairs kept; nobody decides about more before an import.
const MOST_PAIRS: usize = 2_000;
/// Centres read at a time.
const BATCH: u32 = 500;

/// What a later step keeps in the draft, by name.
pub(super) mod note {
    /// The digest of the differences somebody was shown.
    pub(in super::super) const DIGEST: &str = "differences";
    /// How many records of the list the directory has.
    pub(in super::super) const STORED: &str = "stored";
    /// Whether the directory moved, so that the differences are others than before.
    pub(in super::super) const MOVED: &str = "moved";
    /// Who applies it.
    pub(in super::super) const ACTOR: &str = "applied_by";
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// Compares: for the first time, after an interruption, or once more.
pub(super) async fn post(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    StaffForm(Nothing {}): StaffForm<Nothing>,
) -> Result<Redirect, PageError> {
    use DraftState::{Agreed, Checked, Compared, Comparing, Failed};
    let mut draft = Draft::find(&app, &session, &id).await?;
    let address = path_in(&visit, &draft.path(Step::Differences));
    let ready = matches!(draft.state, Checked | Comparing | Compared | Agreed | Failed);
    if !ready || draft.body.summary.is_none() || app.jobs().progress(&id).is_some() {
        return Ok(Redirect::to(&address));
    }
    draft.state = Comparing;
    draft.body.agreement = None;
    draft.body.failure = None;
    draft.body.notes.remove(note::MOVED);
    match draft.save(&app).await {
        // Sent twice: the other one has begun.
        Err(StoreError::Conflict { .. }) => return Ok(Redirect::to(&address)),
        saved => saved.map_err(unanswered)?,
    }
    let job = app.clone();
    app.jobs().start(&draft.id, move |progress| async move { compare(&job, &id, progress).await });
    Ok(Redirect::to(&address))
}

async fn compare(app: &AppState, id: &str, progress: Arc<dyn Progress>) {
    let Ok(Some(mut draft)) = Draft::load(app.store(), id).await else { return };
    if draft.state != DraftState::Comparing {
        return;
    }
    match compared(app, &draft, progress).await {
        Ok(found) => found.settle(&mut draft),
        Err(failure) => fail(&mut draft, failure),
    }
    keep(app, draft).await;
}

/// Stores a job's outcome. One that cannot be stored is lost; the page says that the job was interrupted.
///
/// While a job runs nobody decides anything, but a form sent twice may have saved the draft once more: that was no other
/// draft, and the outcome goes over it.
pub(super) async fn keep(app: &AppState, mut draft: Draft) {
    let mut saved = draft.save(app).await;
    if matches!(saved, Err(StoreError::Conflict { .. }))
        && let Ok(Some(other)) = Draft::load(app.store(), &draft.id).await
        && other.state.is_running()
    {
        draft.changed_at = other.changed_at;
        saved = draft.save(app).await;
    }
    if let Err(error) = saved {
        tracing::error!(error.cause = %error, "the outcome of an import's job could not be stored");
    }
}

/// Ends a job with its reason.
pub(super) fn fail(draft: &mut Draft, failure: Failure) {
    draft.body.failure = Some(failure);
    draft.state = DraftState::Failed;
}

async fn compared(app: &AppState, draft: &Draft, progress: Arc<dyn Progress>) -> Result<Found, Failure> {
    let profile = profile(draft)?;
    let order = order(draft, &profile, draft.owner.clone(), None);
    let prepared = prepare(app, draft, &order, progress).await?;
    found(app, draft, &prepared).await
}

/// How the files are read.
pub(super) fn profile(draft: &Draft) -> Result<Profile, Failure> {
    draft.profile().map_err(|error| Failure::Profile { problem: error.to_string() })
}

/// What is to be imported and how: the draft's choices.
pub(super) fn order<'a>(
    draft: &Draft,
    profile: &'a Profile,
    actor: Actor,
    agreed_by: Option<Actor>,
) -> ImportOrder<'a> {
    let choices = &draft.body.choices;
    let options = PlanOptions {
        withdraw_missing: choices.withdraw_missing,
        withdraw: choices.withdraw.clone(),
        ..PlanOptions::default()
    };
    let taken = choices.take_list.iter().map(|taken| (taken.external_id.clone(), taken.field.clone()));
    ImportOrder { options, agreed_by, take_list: taken.collect(), ..ImportOrder::new(profile, actor) }
}

/// Reads the files and compares them with the directory.
pub(super) async fn prepare(
    app: &AppState,
    draft: &Draft,
    order: &ImportOrder<'_>,
    progress: Arc<dyn Progress>,
) -> Result<Prepared, Failure> {
    let started_at = app.now();
    let reading = read_draft(app, draft, progress.clone()).await?;
    let (ids, clock) = (app.ids(), app.clock());
    let prepared =
        import::plan_import(app.store(), reading, order, started_at, progress.as_ref(), ids, clock).await;
    prepared.map_err(|error| match error {
        ImportError::Read(error) => Failure::Read { error },
        other => internal(other),
    })
}

/// A comparison that is written down.
pub(super) struct Found {
    comparison: Comparison,
    digest: String,
    stored: u64,
}

impl Found {
    /// Shows it to somebody: whatever was agreed to before was something else.
    pub(super) fn settle(self, draft: &mut Draft) {
        draft.body.comparison = Some(self.comparison);
        draft.body.agreement = None;
        draft.body.notes.insert(note::DIGEST.to_owned(), json!(self.digest));
        draft.body.notes.insert(note::STORED.to_owned(), json!(self.stored));
        draft.state = DraftState::Compared;
    }
}

/// Where the differences lie.
pub(super) fn file(app: &AppState, draft: &Draft) -> PathBuf {
    draft.folder(app).join("differences.jsonl")
}

/// Writes the differences down.
pub(super) async fn found(app: &AppState, draft: &Draft, prepared: &Prepared) -> Result<Found, Failure> {
    let mut differences = Differences::of(app.store(), prepared).await.map_err(internal)?;
    let digest = differences.digest();
    add_pairs(app, prepared, &mut differences).await?;
    let file = file(app, draft);
    let written = tokio::task::spawn_blocking(move || differences.write(&file)).await;
    written.map_err(internal)?.map_err(internal)?;
    let plan = &prepared.plan;
    let conflicts = plan.changed.iter().map(|changed| changed.conflicts.len() as u64).sum();
    let counts = plan.counts();
    Ok(Found {
        comparison: Comparison {
            revision: prepared.expected_revision,
            counts,
            conflicts,
            refusals: plan.refusals.clone(),
        },
        digest,
        stored: counts.changed + counts.unchanged + counts.missing + plan.held,
    })
}

/// Adds the new records that may stand in the directory already, from another list.
async fn add_pairs(app: &AppState, prepared: &Prepared, into: &mut Differences) -> Result<(), Failure> {
    let new: HashMap<&str, &Centre> =
        prepared.plan.new.iter().map(|centre| (centre.id.as_str(), centre)).collect();
    if new.is_empty() {
        return Ok(());
    }
    let store = app.store();
    let mut all = Duplicates::default();
    let mut last: Option<String> = None;
    loop {
        let page = store.centres_after(last.as_deref(), BATCH).await.map_err(internal)?;
        let Some(end) = page.last() else { break };
        last = Some(end.id.clone());
        page.iter().filter(|centre| !new.contains_key(centre.id.as_str())).for_each(|centre| all.add(centre));
    }
    prepared.plan.new.iter().for_each(|centre| all.add(centre));
    let apart = store.kept_apart().await.map_err(internal)?;
    let apart: KeptApart = apart.into_iter().map(|pair| (pair.centre_a, pair.centre_b)).collect();
    let ids: std::collections::HashSet<String> = new.keys().map(|id| (*id).to_owned()).collect();
    let pairs = tokio::task::spawn_blocking(move || all.pairs_where(&apart, |id| ids.contains(id)));
    let pairs = pairs.await.map_err(internal)?.into_iter();
    let pairs = pairs.filter(|pair| pair.advice != Advice::KeepApart && pair.sources[0] != pair.sources[1]);
    for pair in pairs.take(MOST_PAIRS) {
        let (id, other) = if new.contains_key(pair.one.as_str()) {
            (&pair.one, &pair.other)
        } else {
            (&pair.other, &pair.one)
        };
        let Some(centre) = new.get(id.as_str()) else { continue };
        let Some(other) = store.centre_by_id(other).await.map_err(internal)? else { continue };
        let pair = Pair {
            place: place_of(&other),
            name: other.name,
            source: other.source,
            score: pair.score,
            evidence: pair.evidence,
        };
        into.add_pair(centre, pair).map_err(internal)?;
    }
    Ok(())
}
