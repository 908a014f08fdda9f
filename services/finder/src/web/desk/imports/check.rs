//! `/arbeitsplatz/import/{import}/pruefung`: the files are read; what cannot be used stands there by what is to be done.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, BufWriter, Write},
    path::PathBuf,
    sync::Arc,
};

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use kernel::Lang;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{ImportSession, Need, StaffForm, StaffRoutes, path_in, render},
};

use super::{
    draft::{Draft, Failure, Finding, FindingGroup, ReadingSummary, State as DraftState, Step},
    job::JobProgress,
    steps::{Steps, steps},
    unanswered,
};
use crate::{
    app::AppState,
    export::guarded,
    import::{self, Limits, Progress, Reading, RowError, RowNote, Stage, Surroundings},
    live::gazetteer,
    web::say::Say,
};

/// Kinds of findings on the page, and findings shown of each.
const GROUPS: usize = 60;
const EXAMPLES: usize = 5;

/// The routes.
pub(super) fn routes() -> StaffRoutes<AppState> {
    StaffRoutes::new()
        .get("/arbeitsplatz/import/{import}/pruefung", Need::Importer, get)
        .post("/arbeitsplatz/import/{import}/pruefung", Need::Importer, post)
        .get("/arbeitsplatz/import/{import}/pruefung/befunde.csv", Need::Importer, get_table)
}

/// How far a job is, for the macro `progress`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ProgressView {
    /// What is being done: the end of a message id.
    pub(crate) stage: &'static str,
    /// How much is done.
    pub(crate) done: u64,
    /// Of how much; 0 while nobody knows.
    pub(crate) total: u64,
}

impl ProgressView {
    /// A job's progress as a page shows it.
    pub(crate) const fn new(progress: JobProgress) -> Self {
        let stage = match progress.stage {
            None => "waiting",
            Some(Stage::Reading) => "reading",
            Some(Stage::Mapping) => "mapping",
            Some(Stage::Comparing) => "comparing",
            Some(Stage::Applying) => "applying",
            Some(Stage::Walking) => "walking",
        };
        Self { stage, done: progress.done, total: progress.total }
    }
}

/// The context of `desk/import-check.html`.
#[derive(Debug, Serialize)]
struct CheckPage {
    source: String,
    steps: Steps,
    here: String,
    progress: Option<ProgressView>,
    interrupted: bool,
    failure: Option<FailureView>,
    summary: Option<SummaryView>,
    table: String,
    mapping: String,
    next: String,
}

/// Why it ended.
#[derive(Debug, Serialize)]
pub(crate) struct FailureView {
    /// What happened, as a message of the pages.
    say: Say,
    /// What the reader says, in the page's language.
    what: Option<String>,
    /// What to do about it.
    what_to_do: Option<String>,
}

impl FailureView {
    /// A failure in words.
    pub(crate) fn new(failure: &Failure, lang: Lang) -> Self {
        let bare = |say| Self { say, what: None, what_to_do: None };
        match failure {
            Failure::Read { error } => Self {
                say: Say::new("desk-import-failure-read"),
                what: Some(error.message(lang)),
                what_to_do: Some(error.what_to_do(lang)),
            },
            Failure::Profile { problem } => Self {
                say: Say::new("desk-import-failure-profile"),
                what: Some(problem.clone()),
                what_to_do: None,
            },
            Failure::Moved => bare(Say::new("desk-import-failure-moved")),
            Failure::FilesGone => bare(Say::new("desk-import-failure-files-gone")),
            Failure::Internal { reference } => {
                bare(Say::new("desk-import-failure-internal").with("reference", reference.as_str()))
            }
        }
    }
}

#[derive(Debug, Serialize)]
struct SummaryView {
    rows: u64,
    centres: u64,
    lost: u64,
    /// Rows that somebody has to look at.
    rejected: Vec<GroupView>,
    /// Rows left out on purpose.
    intended: Vec<GroupView>,
    repaired: Vec<GroupView>,
    more_groups: u64,
}

#[derive(Debug, Serialize)]
struct GroupView {
    rows: u64,
    column: String,
    what: String,
    what_to_do: Option<String>,
    examples: Vec<String>,
    more: u64,
}

/// Shows how far the check is, or what it found.
async fn get(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let draft = Draft::find(&app, &session, &id).await?;
    if draft.state == DraftState::Uploaded {
        return Ok(Redirect::to(&path_in(&visit, &draft.path(Step::Mapping))).into_response());
    }
    let here = path_in(&visit, &draft.path(Step::Check));
    let checking = draft.state == DraftState::Checking;
    let progress = app.jobs().progress(&draft.id).filter(|_| checking).map(ProgressView::new);
    let settled = draft.body.summary.as_ref().filter(|_| !checking && draft.state != DraftState::Mapped);
    let page = CheckPage {
        source: draft.source.clone(),
        steps: steps(&draft, Step::Check, &visit),
        // A draft that waits at this step without a job was interrupted, or never began.
        interrupted: progress.is_none() && settled.is_none() && draft.state != DraftState::Failed,
        progress,
        failure: draft
            .body
            .failure
            .as_ref()
            .filter(|_| draft.state == DraftState::Failed)
            .map(|failure| FailureView::new(failure, visit.lang)),
        summary: settled.map(|summary| SummaryView::new(summary, visit.lang)),
        table: format!("{here}/befunde.csv"),
        mapping: path_in(&visit, &draft.path(Step::Mapping)),
        next: path_in(&visit, &draft.path(Step::Differences)),
        here,
    };
    Ok(render(app.pages(), &visit, &session, "desk/import-check.html", &page)?.into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// Checks again: after an interruption, or because the files are there and somebody wants to.
async fn post(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    StaffForm(Nothing {}): StaffForm<Nothing>,
) -> Result<Response, PageError> {
    let draft = Draft::find(&app, &session, &id).await?;
    let address = path_in(&visit, &draft.path(Step::Check));
    let settled = matches!(draft.state, DraftState::Uploaded | DraftState::Applying | DraftState::Applied);
    if !settled && app.jobs().progress(&id).is_none() {
        start(&app, draft).await?;
    }
    Ok(Redirect::to(&address).into_response())
}

/// Sets the draft to being checked and starts the job.
pub(super) async fn start(app: &AppState, mut draft: Draft) -> Result<(), PageError> {
    draft.state = DraftState::Checking;
    draft.body.summary = None;
    draft.body.comparison = None;
    draft.body.agreement = None;
    draft.body.failure = None;
    draft.save(app).await.map_err(unanswered)?;
    let (id, job_app) = (draft.id.clone(), app.clone());
    app.jobs().start(&draft.id, move |progress| async move { check(&job_app, &id, progress).await });
    Ok(())
}

async fn check(app: &AppState, id: &str, progress: Arc<dyn Progress>) {
    let Ok(Some(mut draft)) = Draft::load(app.store(), id).await else { return };
    if draft.state != DraftState::Checking {
        return;
    }
    match read_draft(app, &draft, progress).await {
        Ok(reading) => match keep(app, &draft, reading).await {
            Ok(summary) => {
                draft.body.summary = Some(summary);
                draft.state = DraftState::Checked;
            }
            Err(failure) => fail(&mut draft, failure),
        },
        Err(failure) => fail(&mut draft, failure),
    }
    if let Err(error) = draft.save(app).await {
        tracing::error!(error.cause = %error, "the outcome of a check could not be stored");
    }
}

fn fail(draft: &mut Draft, failure: Failure) {
    draft.body.failure = Some(failure);
    draft.state = DraftState::Failed;
}

/// Something of ours failed: logged once, shown with its reference.
pub(crate) fn internal(cause: impl std::fmt::Display) -> Failure {
    match PageError::internal(cause) {
        PageError::Internal { reference } => Failure::Internal { reference },
        _ => Failure::Internal { reference: String::new() },
    }
}

/// Reads the files of a draft as its mapping says. Long and heavy: for jobs only.
pub(crate) async fn read_draft(
    app: &AppState,
    draft: &Draft,
    progress: Arc<dyn Progress>,
) -> Result<Reading, Failure> {
    let profile = draft.profile().map_err(|error| Failure::Profile { problem: error.to_string() })?;
    let files = draft.input_files(app).map_err(|_| Failure::FilesGone)?;
    let places = gazetteer(app.store()).await.map_err(internal)?;
    let topics = app.live().lexicon().topics().iter().map(|topic| topic.id.clone()).collect();
    let child = app.child().clone();
    let read = tokio::task::spawn_blocking(move || {
        let around = Surroundings {
            places: &places,
            topics: &topics,
            child: Some(&child),
            limits: &Limits::default(),
        };
        import::read(files, &profile, &around, progress.as_ref())
    });
    read.await.map_err(internal)?.map_err(|error| Failure::Read { error })
}

fn findings_file(app: &AppState, draft: &Draft) -> PathBuf {
    draft.folder(app).join("findings.jsonl")
}

/// Writes all findings beside the files, and counts them by what is to be done.
async fn keep(app: &AppState, draft: &Draft, reading: Reading) -> Result<ReadingSummary, Failure> {
    let file = findings_file(app, draft);
    let kept = tokio::task::spawn_blocking(move || -> std::io::Result<ReadingSummary> {
        let mut summary = ReadingSummary {
            rows: reading.rows_read,
            centres: reading.drafts.len() as u64,
            lost: reading.rows_lost(),
            ..ReadingSummary::default()
        };
        drop(reading.drafts);
        let rejected = reading.rejected.into_iter().map(Finding::Rejected);
        let findings = rejected.chain(reading.repaired.into_iter().map(Finding::Repaired));
        let mut lines = BufWriter::new(std::fs::File::create(file)?);
        let mut groups: BTreeMap<(bool, bool, String, String), FindingGroup> = BTreeMap::new();
        for finding in findings {
            serde_json::to_writer(&mut lines, &finding)?;
            lines.write_all(b"\n")?;
            let group = FindingGroup::empty(&finding);
            let key = (!group.rejected, group.intended, group.code.clone(), group.column.clone());
            let group = groups.entry(key).or_insert(group);
            group.rows += 1;
            if group.examples.len() < EXAMPLES {
                group.examples.push(finding);
            }
        }
        lines.flush()?;
        let mut groups: Vec<FindingGroup> = groups.into_values().collect();
        groups.sort_by_key(|group| (!group.rejected, group.intended, std::cmp::Reverse(group.rows)));
        summary.more_groups = groups.len().saturating_sub(GROUPS) as u64;
        groups.truncate(GROUPS);
        summary.groups = groups;
        Ok(summary)
    });
    kept.await.map_err(internal)?.map_err(internal)
}

impl FindingGroup {
    fn empty(finding: &Finding) -> Self {
        let (rejected, intended, code, spot) = match finding {
            Finding::Rejected(RowError { spot, problem }) => {
                (true, problem.is_intended(), problem.code(), spot)
            }
            Finding::Repaired(RowNote { spot, repair }) => (false, false, repair.code(), spot),
        };
        Self {
            rejected,
            intended,
            code: code.to_owned(),
            // The pointer into a document has a number for each record; the field's name is its end.
            column: spot.column.rsplit('/').next().unwrap_or_default().to_owned(),
            rows: 0,
            examples: Vec::new(),
        }
    }
}

impl Finding {
    fn words(&self, lang: Lang) -> (String, Option<String>) {
        match self {
            Self::Rejected(error) => (error.message(lang), Some(error.what_to_do(lang))),
            Self::Repaired(note) => (note.message(lang), None),
        }
    }

    const fn spot(&self) -> &import::Spot {
        match self {
            Self::Rejected(error) => &error.spot,
            Self::Repaired(note) => &note.spot,
        }
    }
}

impl SummaryView {
    fn new(summary: &ReadingSummary, lang: Lang) -> Self {
        let views = |rejected: bool, intended: bool| -> Vec<GroupView> {
            let groups = summary.groups.iter();
            let groups = groups.filter(|group| group.rejected == rejected && group.intended == intended);
            groups.filter_map(|group| GroupView::new(group, lang)).collect()
        };
        Self {
            rows: summary.rows,
            centres: summary.centres,
            lost: summary.lost,
            rejected: views(true, false),
            intended: views(true, true),
            repaired: views(false, false),
            more_groups: summary.more_groups,
        }
    }
}

impl GroupView {
    fn new(group: &FindingGroup, lang: Lang) -> Option<Self> {
        let (what, what_to_do) = group.examples.first()?.words(lang);
        Some(Self {
            rows: group.rows,
            column: group.column.clone(),
            what,
            what_to_do,
            more: group.rows.saturating_sub(group.examples.len() as u64),
            examples: group.examples.iter().map(|finding| finding.spot().message(lang)).collect(),
        })
    }
}

/// Hands out all findings as a table that a spreadsheet computes nothing of.
async fn get_table(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let draft = Draft::find(&app, &session, &id).await?;
    let file = findings_file(&app, &draft);
    let lang = visit.lang;
    let table = tokio::task::spawn_blocking(move || table(&file, lang)).await.map_err(PageError::internal)?;
    let table = match table {
        Ok(table) => table,
        Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => return Err(PageError::NotFound),
        Err(problem) => return Err(PageError::internal(problem)),
    };
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"befunde.csv\""),
    ];
    Ok((headers, table).into_response())
}

fn table(file: &std::path::Path, lang: Lang) -> std::io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(["kind", "file", "row", "column", "value", "what", "what_to_do"])?;
    for line in BufReader::new(std::fs::File::open(file)?).lines() {
        let finding: Finding = serde_json::from_str(&line?)?;
        let (what, what_to_do) = finding.words(lang);
        let spot = finding.spot();
        let kind = if matches!(finding, Finding::Rejected(_)) { "rejected" } else { "repaired" };
        let cells = [
            kind,
            &spot.file,
            &spot.row.to_string(),
            &spot.column,
            &spot.value,
            &what,
            what_to_do.as_deref().unwrap_or_default(),
        ]
        .map(|cell| guarded(cell).into_owned());
        writer.write_record(cells)?;
    }
    writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()))
}
