//! `/arbeitsplatz/import/verlauf`: the imports that were applied or taken back, and what each did, field by field.

use std::collections::BTreeSet;

use axum::{
    extract::{Path, State},
    http::Uri,
};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::{Html, Visit},
    query,
    staff::{ImportSession, Member, Need, StaffRoutes, done, path_in, render},
};

use super::{
    apply::{ExampleView, examples, regrouped},
    differences::RowView,
    entries::{FieldLine, PER_PAGE, facts, place_of},
    unanswered,
};
use crate::{
    app::AppState,
    layers::difference,
    store::{ImportRun, RecordChange, RunKind},
    web::{
        desk::{centres::Words, turned::Turned},
        view::{PageLink, page_links},
    },
};

const HERE: &str = "/arbeitsplatz/import/verlauf";
/// Runs looked at; older ones are in the trail.
const MOST_RUNS: u32 = 2_000;

/// What the page of a run says after something was done.
const DONE: [(&str, &str); 1] = [("zurueckgenommen", "desk-import-apply-done-rolled-back")];

/// The routes.
pub(super) fn routes() -> StaffRoutes<AppState> {
    StaffRoutes::new().get(HERE, Need::Importer, get).get(
        "/arbeitsplatz/import/verlauf/{import}",
        Need::Importer,
        get_run,
    )
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    seite: Option<usize>,
}

/// The context of `desk/import-history.html`.
#[derive(Debug, Serialize)]
struct HistoryPage {
    runs: Vec<RunView>,
    pages: Vec<PageLink>,
    previous: Option<String>,
    next: Option<String>,
}

/// A run.
#[derive(Debug, Serialize)]
pub(super) struct RunView {
    pub(super) source: String,
    /// The message that says what it did.
    kind: &'static str,
    pub(super) when: String,
    pub(super) who: String,
    agreed_by: Option<String>,
    new: u64,
    changed: u64,
    withdrawn: u64,
    missing: u64,
    rejected: u64,
    pub(super) href: String,
    /// Whether it was taken back since.
    taken_back: bool,
}

impl RunView {
    /// A run in words.
    pub(super) fn new(run: &ImportRun, taken_back: bool, words: &Words<'_>, visit: &Visit) -> Self {
        let counts = run.counts;
        Self {
            source: run.source.clone(),
            kind: match run.kind {
                RunKind::Import => "desk-import-apply-kind-import",
                RunKind::RollBack => "desk-import-apply-kind-roll-back",
            },
            when: words.moment(run.applied_at),
            who: run.actor.name.clone(),
            agreed_by: run.agreed_by.as_ref().map(|second| second.name.clone()),
            new: counts.new,
            changed: counts.changed,
            withdrawn: counts.withdrawn,
            missing: counts.missing.saturating_sub(counts.withdrawn),
            rejected: counts.rejected,
            href: path_in(visit, &format!("{HERE}/{}", run.id)),
            taken_back,
        }
    }
}

/// Shows the runs of the lists the person may import.
async fn get(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
) -> Result<Html, PageError> {
    let asked: Asked = query::parse(uri.query().unwrap_or_default())?;
    let runs = app.store().import_runs(MOST_RUNS).await.map_err(unanswered)?;
    let runs: Vec<ImportRun> = runs.into_iter().filter(|run| session.may_import(&run.source)).collect();
    let taken_back: BTreeSet<&str> = runs.iter().filter_map(|run| run.rolled_back.as_deref()).collect();
    let turned = Turned::new(PER_PAGE, asked.seite, runs.len());
    let words = Words::new(&app, visit.lang);
    let shown = runs.iter().skip(turned.skip()).take(PER_PAGE);
    let href = |page: usize| format!("{}?seite={page}", path_in(&visit, HERE));
    let page = HistoryPage {
        runs: shown
            .map(|run| RunView::new(run, taken_back.contains(run.id.as_str()), &words, &visit))
            .collect(),
        pages: page_links(turned.page, turned.last, href),
        previous: turned.previous().map(href),
        next: turned.next().map(href),
    };
    render(app.pages(), &visit, &session, "desk/import-history.html", &page)
}

/// The run of this id if the person may import its list.
pub(super) async fn find(app: &AppState, session: &ImportSession, id: &str) -> Result<ImportRun, PageError> {
    if id.contains('\0') {
        // PostgreSQL refuses NUL in text; no id has one.
        return Err(PageError::NotFound);
    }
    let run = app.store().import_run(id).await.map_err(unanswered)?;
    run.filter(|run| session.may_import(&run.source)).ok_or(PageError::NotFound)
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct After {
    /// The external id after which the page begins.
    nach: Option<String>,
    /// Read by [`done`].
    #[serde(rename = "getan")]
    _done: String,
}

/// The context of `desk/import-run.html`.
#[derive(Debug, Serialize)]
struct RunPage {
    done: Option<&'static str>,
    run: RunView,
    history: String,
    changes: Vec<ChangeView>,
    first: Option<String>,
    next: Option<String>,
    /// The details are not kept any more.
    details_gone: bool,
    roll_back: Option<String>,
    /// The run this one took back.
    reverse_of: Option<String>,
    examples: Vec<ExampleView>,
    /// Centres it made part of others.
    merged: usize,
    /// Centres it let stand alone again.
    parted: usize,
}

/// What a run did to a record.
#[derive(Debug, Serialize)]
struct ChangeView {
    external_id: String,
    name: String,
    place: String,
    /// The message that says what happened.
    what: &'static str,
    kind: &'static str,
    href: Option<String>,
    rows: Vec<RowView>,
}

impl ChangeView {
    fn new(change: RecordChange, words: &Words<'_>, administrator: bool) -> Self {
        let present =
            |state: &Option<crate::store::RecordState>| state.as_ref().is_some_and(|state| state.present);
        let (was, is) = (present(&change.before), present(&change.after));
        let (what, kind) = match (was, is, change.before.is_some()) {
            (false, true, false) => ("desk-import-apply-change-new", "good"),
            (false, true, true) => ("desk-import-apply-change-returned", "good"),
            (true, false, _) => ("desk-import-apply-change-withdrawn", "off"),
            _ => ("desk-import-apply-change-changed", "wait"),
        };
        let lines: Vec<FieldLine> = match (&change.before, &change.after) {
            (Some(before), Some(after)) => {
                difference(&before.body, &after.body).into_iter().map(FieldLine::from).collect()
            }
            (None, Some(after)) => facts(&after.body),
            _ => Vec::new(),
        };
        let rows = lines.iter().map(|line| RowView::new(line, words)).collect();
        let state = change.after.or(change.before);
        let (name, place) =
            state.map(|state| (state.body.name.clone(), place_of(&state.body))).unwrap_or_default();
        Self {
            external_id: change.external_id,
            name,
            place,
            what,
            kind,
            href: administrator.then(|| format!("/arbeitsplatz/stellen/{}", change.centre_id)),
            rows,
        }
    }
}

/// Shows a run.
async fn get_run(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Html, PageError> {
    let asked: After = query::parse(uri.query().unwrap_or_default())?;
    let run = find(&app, &session, &id).await?;
    let after = asked.nach.as_deref().filter(|after| !after.contains('\0'));
    let limit = u32::try_from(PER_PAGE).unwrap_or(u32::MAX);
    let mut changes = app.store().import_changes(&id, after, limit + 1).await.map_err(unanswered)?;
    let more = changes.len() > PER_PAGE;
    changes.truncate(PER_PAGE);
    let here = path_in(&visit, &format!("{HERE}/{}", run.id));
    let last = changes.last().map(|change| change.external_id.clone()).filter(|_| more);
    let next = last.map(|last| {
        let parameters = serde_urlencoded::to_string([("nach", last)]).unwrap_or_default();
        format!("{here}?{parameters}")
    });
    let runs = app.store().import_runs(MOST_RUNS).await.map_err(unanswered)?;
    let taken_back = runs.iter().any(|other| other.rolled_back.as_deref() == Some(run.id.as_str()));
    let words = Words::new(&app, visit.lang);
    let administrator = session.signed_in().meets(Need::Administrator);
    let said = done(&uri, &DONE);
    let counts = run.counts;
    let details_gone =
        after.is_none() && changes.is_empty() && counts.new + counts.changed + counts.withdrawn > 0;
    let [merged, parted] = regrouped(&app, &run.id).await?;
    let page = RunPage {
        merged,
        parted,
        examples: if said.is_some() { examples(&app, &visit, &run.id).await? } else { Vec::new() },
        done: said,
        history: path_in(&visit, HERE),
        first: after.map(|_| here.clone()),
        next,
        details_gone,
        roll_back: (!details_gone).then(|| format!("{here}/ruecknahme")),
        reverse_of: run.rolled_back.as_ref().map(|other| path_in(&visit, &format!("{HERE}/{other}"))),
        changes: changes.into_iter().map(|change| ChangeView::new(change, &words, administrator)).collect(),
        run: RunView::new(&run, taken_back, &words, &visit),
    };
    render(app.pages(), &visit, &session, "desk/import-run.html", &page)
}
