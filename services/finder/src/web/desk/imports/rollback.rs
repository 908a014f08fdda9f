//! `/arbeitsplatz/import/verlauf/{import}/ruecknahme`: what taking a run back would do, and then doing it.

use axum::{
    extract::{Path, State},
    http::Uri,
    response::Redirect,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use webkit::{
    error::PageError,
    pages::{Html, Visit},
    query,
    staff::{ImportSession, Member, Need, StaffForm, StaffRoutes, done, path_in, render},
};

use super::{
    differences::RowView,
    entries::{FieldLine, PER_PAGE},
    history::{RunView, find},
    unanswered,
};
use crate::{
    app::AppState,
    import::{
        KeptReason, NotRolledBack, Reversal, ReversalKind, RollBack, RollBackError, Silent, apply_roll_back,
        plan_roll_back,
    },
    store::StoreError,
    web::{
        desk::{centres::Words, turned::Turned},
        view::{PageLink, page_links},
    },
};

/// Records that stay as they are, shown with their reasons.
const MOST_KEPT: usize = 200;

/// What the page says when nothing was taken back.
const REFUSED: [(&str, &str); 1] = [("bewegt", "desk-import-apply-refused-moved")];

/// The routes.
pub(super) fn routes() -> StaffRoutes<AppState> {
    StaffRoutes::new().get("/arbeitsplatz/import/verlauf/{import}/ruecknahme", Need::Importer, get).post(
        "/arbeitsplatz/import/verlauf/{import}/ruecknahme",
        Need::Importer,
        post,
    )
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    seite: Option<usize>,
    /// Read by [`done`].
    #[serde(rename = "getan")]
    _done: String,
}

/// The context of `desk/import-rollback.html`.
#[derive(Debug, Serialize)]
struct RollBackPage {
    refused: Option<&'static str>,
    here: String,
    run: RunView,
    history: String,
    details_gone: bool,
    nothing: bool,
    removed: u64,
    returned: u64,
    changed: u64,
    restored_edits: u64,
    parted: usize,
    merged: usize,
    apart: usize,
    reversals: Vec<ReversalView>,
    kept: Vec<KeptView>,
    kept_count: usize,
    more_kept: usize,
    pages: Vec<PageLink>,
    previous: Option<String>,
    next: Option<String>,
    stand: String,
}

#[derive(Debug, Serialize)]
struct ReversalView {
    external_id: String,
    name: String,
    /// The message that says what happens.
    what: &'static str,
    kind: &'static str,
    rows: Vec<RowView>,
}

#[derive(Debug, Serialize)]
struct KeptView {
    external_id: String,
    name: String,
    /// The message that says why.
    why: &'static str,
}

impl ReversalView {
    fn new(reversal: &Reversal, words: &Words<'_>) -> Self {
        let (what, kind) = match reversal.kind {
            ReversalKind::Removed => ("desk-import-apply-reversal-removed", "off"),
            ReversalKind::Returned => ("desk-import-apply-reversal-returned", "good"),
            ReversalKind::Changed => ("desk-import-apply-reversal-changed", "wait"),
        };
        let lines = reversal.changes.iter().cloned().map(FieldLine::from);
        Self {
            external_id: reversal.external_id.clone(),
            name: reversal.name.clone(),
            what,
            kind,
            rows: lines.map(|line| RowView::new(&line, words)).collect(),
        }
    }
}

impl KeptView {
    fn new(kept: &NotRolledBack) -> Self {
        Self {
            external_id: kept.external_id.clone(),
            name: kept.name.clone(),
            why: match kept.reason {
                KeptReason::ChangedLater { .. } => "desk-import-apply-kept-changed-later",
                KeptReason::EditedSince => "desk-import-apply-kept-edited-since",
                KeptReason::MergedSince => "desk-import-apply-kept-merged-since",
                KeptReason::AddressTaken => "desk-import-apply-kept-address-taken",
                KeptReason::RegroupedSince => "desk-import-apply-kept-regrouped-since",
            },
        }
    }
}

/// What somebody was shown: equal exactly when taking the run back would do the same.
fn stand(plan: &RollBack) -> Result<String, PageError> {
    let edits: Vec<_> =
        plan.restored_edits.iter().map(|edit| (&edit.centre_id, &edit.field, &edit.value)).collect();
    let shown = serde_json::to_vec(&(&plan.reversals, &plan.kept, edits, &plan.regrouped, &plan.apart))
        .map_err(PageError::internal)?;
    Ok(Sha256::digest(shown).iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The plan; `None` when the details of the run are not kept any more.
async fn planned(app: &AppState, id: &str) -> Result<Option<RollBack>, PageError> {
    match plan_roll_back(app.store(), id).await {
        Ok(plan) => Ok(Some(plan)),
        Err(RollBackError::DetailsGone) => Ok(None),
        Err(RollBackError::UnknownRun) => Err(PageError::NotFound),
        Err(RollBackError::Store(error)) => Err(unanswered(error)),
    }
}

/// Shows the reverse difference.
async fn get(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Html, PageError> {
    let asked: Asked = query::parse(uri.query().unwrap_or_default())?;
    let run = find(&app, &session, &id).await?;
    let words = Words::new(&app, visit.lang);
    let run_view = RunView::new(&run, false, &words, &visit);
    let here = format!("{}/ruecknahme", run_view.href);
    let plan = planned(&app, &id).await?;
    let reversals = plan.as_ref().map(|plan| plan.reversals.as_slice()).unwrap_or_default();
    let kept = plan.as_ref().map(|plan| plan.kept.as_slice()).unwrap_or_default();
    let turned = Turned::new(PER_PAGE, asked.seite, reversals.len());
    let href = |page: usize| format!("{here}?seite={page}");
    let count = |kind| plan.as_ref().map_or(0, |plan| plan.count(kind));
    let shown = reversals.iter().skip(turned.skip()).take(PER_PAGE);
    let page = RollBackPage {
        refused: done(&uri, &REFUSED),
        history: path_in(&visit, "/arbeitsplatz/import/verlauf"),
        run: run_view,
        details_gone: plan.is_none(),
        nothing: plan.as_ref().is_some_and(|plan| !plan.changes_anything()),
        removed: count(ReversalKind::Removed),
        returned: count(ReversalKind::Returned),
        changed: count(ReversalKind::Changed),
        restored_edits: plan.as_ref().map_or(0, |plan| plan.restored_edits.len() as u64),
        parted: plan.as_ref().map_or(0, |plan| plan.regrouped.iter().filter(|group| !group.merges()).count()),
        merged: plan.as_ref().map_or(0, |plan| plan.regrouped.iter().filter(|group| group.merges()).count()),
        apart: plan.as_ref().map_or(0, |plan| plan.apart.iter().filter(|pair| !pair.noted).count()),
        reversals: shown.map(|reversal| ReversalView::new(reversal, &words)).collect(),
        kept: kept.iter().take(MOST_KEPT).map(KeptView::new).collect(),
        kept_count: kept.len(),
        more_kept: kept.len().saturating_sub(MOST_KEPT),
        pages: page_links(turned.page, turned.last, href),
        previous: turned.previous().map(href),
        next: turned.next().map(href),
        stand: plan.as_ref().map(stand).transpose()?.unwrap_or_default(),
        here: here.clone(),
    };
    render(app.pages(), &visit, &session, "desk/import-rollback.html", &page)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Go {
    stand: String,
}

/// Takes the run back, unless that would do something else than what was shown. Sent twice, it happens once: the second
/// time nothing is left to be taken back.
async fn post(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    StaffForm(go): StaffForm<Go>,
) -> Result<Redirect, PageError> {
    let run = find(&app, &session, &id).await?;
    let address = path_in(&visit, &format!("/arbeitsplatz/import/verlauf/{}", run.id));
    let moved = || Redirect::to(&format!("{address}/ruecknahme?getan=bewegt"));
    let Some(plan) = planned(&app, &id).await? else { return Ok(moved()) };
    if stand(&plan)? != go.stand || !plan.changes_anything() {
        return Ok(moved());
    }
    let (actor, worker) = (session.actor(), app.clone());
    // A task of its own: it ends what it began when the browser is closed.
    let done = tokio::spawn(async move {
        apply_roll_back(worker.store(), plan, actor, &Silent, worker.ids(), worker.clock()).await
    });
    match done.await.map_err(PageError::internal)? {
        Ok(summary) => {
            let to = summary.roll_back.unwrap_or(run.id);
            let to = path_in(&visit, &format!("/arbeitsplatz/import/verlauf/{to}"));
            Ok(Redirect::to(&format!("{to}?getan=zurueckgenommen")))
        }
        Err(RollBackError::Store(StoreError::Conflict { .. })) => Ok(moved()),
        Err(RollBackError::Store(error)) => Err(unanswered(error)),
        Err(RollBackError::UnknownRun) => Err(PageError::NotFound),
        Err(RollBackError::DetailsGone) => Ok(moved()),
    }
}
