//! The comparison of a draft with the directory: a job, whose outcome lies beside the files and in the draft.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use contracts::staff::Actor;
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
    entries::{Differences, Pairs},
    unanswered,
};
use crate::{
    app::AppState,
    import::{
        self, ImportError, ImportOrder, PairDecision, PlanOptions, Prepared, Profile, Progress, Verdict,
        possible_duplicates,
    },
    store::StoreError,
};

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
    ImportOrder {
        options,
        agreed_by,
        take_list: taken.collect(),
        pairs: choices.pairs.clone(),
        ..ImportOrder::new(profile, actor)
    }
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
    pairs: Pairs,
}

impl Found {
    /// Shows it to somebody: whatever was agreed to before was something else.
    pub(super) fn settle(self, draft: &mut Draft) {
        draft.body.comparison = Some(self.comparison);
        draft.body.agreement = None;
        draft.body.choices.pairs.retain(|decision| can_be_decided(&self.pairs, decision));
        draft.body.notes.insert(note::DIGEST.to_owned(), json!(self.digest));
        draft.body.notes.insert(note::STORED.to_owned(), json!(self.stored));
        draft.state = DraftState::Compared;
    }
}

/// Whether a pair is still there and would still give up the same.
fn can_be_decided(pairs: &Pairs, decision: &PairDecision) -> bool {
    let key = (decision.external_id.clone(), decision.centre_id.clone());
    pairs.get(&key).is_some_and(|sources| given_up(sources, decision.verdict) == decision.gives_up)
}

/// The lists whose records become part of the other centre; `sources` are those of the own one and of the other.
pub(super) fn given_up([own, other]: &[BTreeSet<String>; 2], verdict: Verdict) -> BTreeSet<String> {
    match verdict {
        Verdict::CentreLeads => own.clone(),
        Verdict::RecordLeads => other.clone(),
        Verdict::KeepApart => BTreeSet::new(),
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
    let found = possible_duplicates(app.store(), prepared).await.map_err(internal)?;
    let pairs = differences.add_pairs(found).map_err(internal)?;
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
            pairs: pairs.len() as u64,
            refusals: plan.refusals.clone(),
        },
        pairs,
        digest,
        stored: counts.changed + counts.unchanged + counts.missing + plan.held,
    })
}
