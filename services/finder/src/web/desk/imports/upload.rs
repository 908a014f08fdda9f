//! `/arbeitsplatz/import`: imports on their way, and the first step of a new one: choose the list, send the files.

use std::path::PathBuf;

use axum::{
    extract::{Path, Request, State},
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::{Html, Visit},
    staff::{
        ImportSession, Member, Need, Sources, StaffForm, StaffRoutes, StaffUpload, UploadError, UploadLimits,
        done, path_in, render,
    },
};

use super::{
    draft::{Draft, DraftFile, KEPT_FOR, State as DraftState, Step},
    mapping, unanswered,
};
use crate::{
    app::AppState,
    import::{InputFile, Limits, Profile, Told, sniff},
    layers::SourceRecord,
    web::{
        say::Say,
        view::{berlin, date_in_words},
    },
};

const HERE: &str = "/arbeitsplatz/import";

/// Bytes of one file, and files of one import.
const FILE_BYTES: u64 = 100 << 20;
const FILES: usize = 10;

/// The routes.
pub(super) fn routes() -> StaffRoutes<AppState> {
    StaffRoutes::new()
        .get(HERE, Need::Importer, get)
        .upload("/arbeitsplatz/import/neu", Need::Importer, post)
        .post("/arbeitsplatz/import/{import}/verwerfen", Need::Importer, discard)
}

/// The context of `desk/import-upload.html`.
#[derive(Debug, Default, Serialize)]
struct UploadPage {
    done: Option<&'static str>,
    drafts: Vec<DraftLine>,
    /// The lists to choose from.
    sources: Vec<String>,
    /// Whether a list that is not there yet can be named.
    any_source: bool,
    chosen: String,
    new_source: String,
    /// The message for the list's field.
    source_error: Option<&'static str>,
    /// The message for the files' field.
    files_error: Option<Say>,
}

/// An import on its way.
#[derive(Debug, Serialize)]
struct DraftLine {
    source: String,
    owner: String,
    begun: Say,
    files: Vec<String>,
    /// The state's code; `interrupted` when nobody works on it any more.
    state: &'static str,
    kind: &'static str,
    href: String,
    discard: String,
    running: bool,
}

/// Shows what is on its way, and the form for something new.
async fn get(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
) -> Result<Html, PageError> {
    let mut page = UploadPage::new(&app, &session, &visit).await?;
    page.done = done(&uri, &[("verworfen", "desk-import-done-discarded")]);
    render(app.pages(), &visit, &session, "desk/import-upload.html", &page)
}

impl UploadPage {
    async fn new(app: &AppState, session: &ImportSession, visit: &Visit) -> Result<Self, PageError> {
        let drafts = Draft::all(app, session).await?;
        let mut sources: Vec<String> = match session.sources() {
            Sources::Only(sources) => sources.iter().cloned().collect(),
            Sources::All => {
                let known = app.store().sources().await.map_err(unanswered)?;
                known.into_iter().map(|source| source.source).filter(|source| may_be_list(source)).collect()
            }
        };
        sources.sort();
        Ok(Self {
            drafts: drafts.iter().map(|draft| DraftLine::new(app, draft, visit)).collect(),
            sources,
            any_source: *session.sources() == Sources::All,
            ..Self::default()
        })
    }
}

impl DraftLine {
    fn new(app: &AppState, draft: &Draft, visit: &Visit) -> Self {
        let works = app.jobs().progress(&draft.id).is_some();
        let interrupted = draft.state.is_running() && !works;
        let kind = match draft.state {
            _ if interrupted => "warn",
            DraftState::Failed => "bad",
            DraftState::Applied => "good",
            _ => "wait",
        };
        Self {
            source: draft.source.clone(),
            owner: draft.owner.name.clone(),
            begun: date_in_words(berlin(draft.created_at).date()),
            files: draft.body.files.iter().map(|file| file.name.clone()).collect(),
            state: if interrupted { "interrupted" } else { draft.state.code() },
            kind,
            href: path_in(visit, &draft.path(draft.step())),
            discard: path_in(visit, &format!("{HERE}/{}/verwerfen", draft.id)),
            running: works,
        }
    }
}

/// Takes files in: looks at each of them, proposes how to read them, and leads on to the mapping.
async fn post(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    request: Request,
) -> Result<Response, PageError> {
    forget_old(&app).await;
    let limits =
        UploadLimits { folder: uploads(&app).join("incoming"), file_bytes: FILE_BYTES, files: FILES };
    let upload = match StaffUpload::read(request, &limits).await {
        Ok(upload) => upload,
        Err(UploadError::Rejected(rejection)) => return Ok(rejection.into_response()),
        Err(UploadError::TooLarge { limit }) => {
            let megabytes = i64::try_from(limit >> 20).unwrap_or(0);
            let error = Say::new("desk-import-error-too-large").with("limit", megabytes);
            return again(&app, &session, &visit, Sent { files_error: Some(error), ..Sent::default() }).await;
        }
        Err(UploadError::Disk(problem)) => return Err(PageError::internal(problem)),
    };
    let named = |name: &str| upload.field(name).unwrap_or_default().trim().to_owned();
    let sent = Sent { chosen: named("quelle"), new_source: named("neue_quelle"), ..Sent::default() };
    let source = if sent.new_source.is_empty() { &sent.chosen } else { &sent.new_source }.clone();
    let source_error = match source.as_str() {
        "" => Some("desk-import-error-source-missing"),
        source if !may_be_list(source) => Some("desk-import-error-source-form"),
        // A list somebody may not import looks like one that does not exist.
        source if !session.may_import(source) => Some("desk-import-error-source-unknown"),
        _ => None,
    };
    let files_error = upload.files.is_empty().then(|| Say::new("desk-import-error-no-file"));
    if source_error.is_some() || files_error.is_some() {
        return again(&app, &session, &visit, Sent { source_error, files_error, ..sent }).await;
    }
    let mut draft = Draft::begin(&app, session.actor(), source);
    let keeper = app.clone();
    let id = draft.id.clone();
    let kept = tokio::task::spawn_blocking(move || keep(&keeper, &id, upload)).await;
    draft.body.files = kept.map_err(PageError::internal)?.map_err(PageError::internal)?;
    mapping::propose(&app, &session, &mut draft).await?;
    if let Err(error) = draft.save(&app).await {
        remove_folder(&app, &draft.id).await;
        return Err(unanswered(error));
    }
    Ok(Redirect::to(&path_in(&visit, &draft.path(Step::Mapping))).into_response())
}

/// What was sent, for the form that comes back.
#[derive(Debug, Default)]
struct Sent {
    chosen: String,
    new_source: String,
    source_error: Option<&'static str>,
    files_error: Option<Say>,
}

async fn again(
    app: &AppState,
    session: &ImportSession,
    visit: &Visit,
    sent: Sent,
) -> Result<Response, PageError> {
    let page = UploadPage {
        chosen: sent.chosen,
        new_source: sent.new_source,
        source_error: sent.source_error,
        files_error: sent.files_error,
        ..UploadPage::new(app, session, visit).await?
    };
    let html = render(app.pages(), visit, session, "desk/import-upload.html", &page)?;
    Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// Moves the files into the draft's folder under names of ours, and looks at each.
fn keep(app: &AppState, id: &str, upload: StaffUpload) -> std::io::Result<Vec<DraftFile>> {
    let folder = folder(app, id);
    std::fs::create_dir_all(&folder)?;
    let mut files = Vec::new();
    for (number, file) in upload.files.into_iter().enumerate() {
        let stored = (number + 1).to_string();
        file.path.persist(folder.join(&stored)).map_err(|problem| problem.error)?;
        files.push(looked_at(app, id, file.name, stored, file.bytes, &Told::default()));
    }
    Ok(files)
}

/// A file of a draft after a look at it.
pub(super) fn looked_at(
    app: &AppState,
    id: &str,
    name: String,
    stored: String,
    bytes: u64,
    told: &Told,
) -> DraftFile {
    let opened = std::fs::File::open(folder(app, id).join(&stored));
    let content = opened.map_err(|problem| crate::import::ReadError::io(&name, &problem));
    let found = content.and_then(|content| {
        let file = InputFile::from_reader(name.clone(), content);
        sniff(file, told, Some(app.child()), &Limits::default())
    });
    let (found, unreadable) = match found {
        Ok(found) => (Some(found), None),
        Err(error) => (None, Some(error)),
    };
    DraftFile { name, stored, bytes, found, unreadable }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// Throws a draft away with its files. One that is being worked on stays.
async fn discard(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    StaffForm(Nothing {}): StaffForm<Nothing>,
) -> Result<Response, PageError> {
    let draft = Draft::find(&app, &session, &id).await?;
    if app.jobs().progress(&id).is_some() {
        return Ok(Redirect::to(&path_in(&visit, &draft.path(draft.step()))).into_response());
    }
    draft.delete(&app).await.map_err(unanswered)?;
    Ok(Redirect::to(&format!("{}?getan=verworfen", path_in(&visit, HERE))).into_response())
}

/// Whether a name can be that of a list that is imported: not the one of entries made by hand.
fn may_be_list(source: &str) -> bool {
    Profile::is_source(source) && source != SourceRecord::MANUAL
}

fn uploads(app: &AppState) -> PathBuf {
    app.data().join("uploads")
}

/// The folder of a draft. Ids are ours, but an address may say anything.
pub(super) fn folder(app: &AppState, id: &str) -> PathBuf {
    let plain: String =
        id.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    uploads(app).join(if plain.is_empty() { String::from("none") } else { plain })
}

/// Removes a draft's folder; one that is gone already is no problem.
pub(super) async fn remove_folder(app: &AppState, id: &str) {
    let folder = folder(app, id);
    let gone = tokio::task::spawn_blocking(move || std::fs::remove_dir_all(folder)).await;
    if let Ok(Err(problem)) = gone
        && problem.kind() != std::io::ErrorKind::NotFound
    {
        tracing::error!(error.cause = %problem, "uploaded files could not be removed");
    }
}

/// Removes drafts nobody touched for two weeks, and their files.
pub async fn forget_old(app: &AppState) {
    match app.store().prune_drafts(app.now() - KEPT_FOR).await {
        Ok(gone) => {
            for id in gone {
                remove_folder(app, &id).await;
            }
        }
        Err(error) => tracing::error!(error.cause = %error, "old imports could not be removed"),
    }
}
