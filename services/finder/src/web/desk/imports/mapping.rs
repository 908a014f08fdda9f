//! `/arbeitsplatz/import/{import}/zuordnung`: how the files are written, and which column is which field.

use std::collections::BTreeSet;

use axum::{
    extract::{Path, State},
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use contracts::directory::Mode;
use jiff::Timestamp;
use kernel::Lang;
use search_index::Lexicon;
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::{Html, Visit},
    staff::{ImportSession, Member, Need, StaffForm, StaffRoutes, done, path_in, render},
};

use super::{
    check,
    draft::{Draft, State as DraftState, Step},
    steps::{Steps, steps},
    unanswered, upload,
};
use crate::{
    app::AppState,
    import::{
        Profile, Sniffed, SniffedColumn, Told,
        profile::{self, Format, bundled},
        suggest::{ColumnChoice, Mapping, Target, fits, mapping_of, suggest},
    },
    store::{Stamp, StoredProfile},
    web::choices,
};

const HERE: &str = "/arbeitsplatz/import/{import}/zuordnung";

/// Sample values shown of a column, and values that can be translated.
const SAMPLES: usize = 4;

/// The character sets a list comes in; everything else is found out.
const ENCODINGS: [&str; 4] = ["UTF-8", "windows-1252", "macintosh", "IBM866"];
const DELIMITERS: [&str; 4] = [";", ",", "tab", "|"];
const FORMATS: [Format; 5] =
    [Format::Table, Format::Xlsx, Format::HsdsJson, Format::BzgaXml, Format::Onlineberatung];

/// The routes.
pub(super) fn routes() -> StaffRoutes<AppState> {
    StaffRoutes::new()
        .get(HERE, Need::Importer, get)
        .post(HERE, Need::Importer, post)
        .post("/arbeitsplatz/import/{import}/zuordnung/datei", Need::Importer, post_file)
        .post("/arbeitsplatz/import/{import}/zuordnung/profil", Need::Importer, post_profile)
}

/// The context of `desk/import-mapping.html`.
#[derive(Debug, Serialize)]
struct MappingPage {
    source: String,
    steps: Steps,
    here: String,
    done: Option<&'static str>,
    errors: Vec<&'static str>,
    files: Vec<FileView>,
    /// What can be said about how the files are written; empty while none can be read.
    written: Option<Written>,
    /// Profiles that can read the files.
    profiles: Vec<Choice>,
    profile: String,
    /// The profile that is used as it is, by its title.
    as_it_is: Option<String>,
    columns: Vec<ColumnView>,
    ignored: Vec<String>,
    targets: Vec<TargetGroup>,
    /// The columns ids are made of where no column has them.
    made_id: Vec<String>,
    offer_name: String,
    association: String,
    group: bool,
    topics: Vec<Choice>,
    modes: Vec<Choice>,
    has_offer_name: bool,
    has_association: bool,
    has_topics: bool,
    has_modes: bool,
    name: String,
}

#[derive(Debug, Serialize)]
struct FileView {
    name: String,
    kilobytes: u64,
    format: Option<&'static str>,
    encoding: Option<String>,
    delimiter: Option<String>,
    sheet: Option<String>,
    header_row: u64,
    rows: u64,
    problem: Option<String>,
    what_to_do: Option<String>,
}

#[derive(Debug, Serialize)]
struct Written {
    format: &'static str,
    formats: Vec<&'static str>,
    encoding: String,
    encodings: Vec<&'static str>,
    delimiter: String,
    delimiters: Vec<&'static str>,
    sheet: String,
    sheets: Vec<String>,
    header_row: u64,
}

#[derive(Debug, Clone, Serialize)]
struct Choice {
    value: String,
    text: String,
    checked: bool,
}

/// Fields that belong together in the menu of fields.
#[derive(Debug, Serialize)]
struct TargetGroup {
    /// The end of the group's message id.
    code: &'static str,
    targets: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct ColumnView {
    number: usize,
    name: String,
    samples: Vec<String>,
    more: bool,
    target: &'static str,
    /// How sure the suggestion is: "sure", "likely", or empty for none or another choice.
    confidence: &'static str,
    is_list: bool,
    split: String,
    /// Values with what they are translated to; empty for fields that are not translated.
    values: Vec<ValueView>,
    /// Whether they are translated to topics (else: ways of counselling).
    to_topics: bool,
}

#[derive(Debug, Serialize)]
struct ValueView {
    number: usize,
    value: String,
    to: String,
}

/// Proposes how the files of a new draft are read: by a mapping saved for such files, by a profile of ours that fits, or
/// by what the columns look like.
pub(super) async fn propose(
    app: &AppState,
    session: &ImportSession,
    draft: &mut Draft,
) -> Result<(), PageError> {
    let files = found(draft);
    let Some(first) = files.first() else { return Ok(()) };
    if let Some(profile) = fitting(app, session, draft, &files).await?.into_iter().next() {
        adopt(draft, &profile, first);
    } else {
        suggested(app, draft, first);
    }
    Ok(())
}

fn found(draft: &Draft) -> Vec<Sniffed> {
    draft.body.files.iter().filter_map(|file| file.found.clone()).collect()
}

fn suggested(app: &AppState, draft: &mut Draft, sniffed: &Sniffed) {
    let mut mapping = Mapping::suggested(sniffed);
    for (column, seen) in mapping.columns.iter_mut().zip(&sniffed.columns) {
        translate(app.live().lexicon(), column, seen);
    }
    draft.body.reading = super::draft::Reading {
        name: String::new(),
        profile: mapping.to_toml(&draft.source, &draft.source),
        mapping: Some(mapping),
    };
}

/// Takes a profile over: as a mapping the page can show, or as it is.
fn adopt(draft: &mut Draft, candidate: &Candidate, first: &Sniffed) {
    let mapping = mapping_of(&candidate.profile, first);
    draft.body.reading = super::draft::Reading {
        name: candidate.profile.name.clone(),
        profile: candidate.text.clone(),
        mapping: mapping.filter(|_| found(draft).len() == 1 || candidate.profile.join.is_empty()),
    };
}

/// A profile that can read the files.
struct Candidate {
    profile: Profile,
    text: String,
}

/// Profiles that fit the files, the best first: those saved for the same list, then other saved ones, then ours.
async fn fitting(
    app: &AppState,
    session: &ImportSession,
    draft: &Draft,
    files: &[Sniffed],
) -> Result<Vec<Candidate>, PageError> {
    let saved = app.store().profiles().await.map_err(unanswered)?;
    let mut candidates: Vec<(u8, Candidate)> = saved
        .into_iter()
        .filter(|saved| session.may_import(&saved.source))
        .filter_map(|saved| {
            let profile = Profile::parse(&saved.name, &saved.body).ok()?;
            let rank = if saved.source == draft.source { 0 } else { 1 };
            Some((rank, Candidate { profile, text: saved.body }))
        })
        .collect();
    for (name, text) in profile::BUNDLED {
        if let Ok(profile) = bundled(name) {
            candidates.push((2, Candidate { profile, text: (*text).to_owned() }));
        }
    }
    candidates.retain(|(_, candidate)| fits(&candidate.profile, files));
    candidates.sort_by(|(a_rank, a), (b_rank, b)| (a_rank, &a.profile.name).cmp(&(b_rank, &b.profile.name)));
    Ok(candidates.into_iter().map(|(_, candidate)| candidate).collect())
}

/// Suggests translations for a column of topics; the other fields need none.
fn translate(lexicon: &Lexicon, column: &mut ColumnChoice, seen: &SniffedColumn) {
    if column.target != Some(Target::Topics) || !column.map.is_empty() {
        return;
    }
    let known: Vec<(String, BTreeSet<String>)> = lexicon
        .topics()
        .iter()
        .map(|topic| {
            let names = Lang::SHIPPED.iter().flat_map(|lang| choices::topics(lexicon, *lang));
            let names = names.filter(|(id, _)| *id == topic.id).map(|(_, name)| plain(&name));
            (topic.id.clone(), names.chain([plain(&topic.id)]).collect())
        })
        .collect();
    for value in parts(column, seen) {
        let plain_value = plain(&value);
        let exact = known.iter().find(|(_, names)| names.contains(&plain_value));
        // "Schuldnerberatung" speaks of "Schulden": a shared beginning of six letters is a good guess.
        let near = || {
            let begin: String = plain_value.chars().take(6).collect();
            known.iter().find(|(_, names)| {
                begin.chars().count() == 6 && names.iter().any(|name| name.starts_with(&begin))
            })
        };
        let to = exact.or_else(near).map(|(id, _)| id.clone()).unwrap_or_default();
        column.map.insert(value, to);
    }
}

fn plain(text: &str) -> String {
    text.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The single values of a column of lists.
fn parts(column: &ColumnChoice, seen: &SniffedColumn) -> BTreeSet<String> {
    let split = if column.split.is_empty() { ";,|" } else { column.split.as_str() };
    let values = seen.values.iter().flat_map(|value| value.split(|letter| split.contains(letter)));
    values.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
}

/// Shows the mapping.
async fn get(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Html, PageError> {
    let draft = Draft::find(&app, &session, &id).await?;
    let done = done(
        &uri,
        &[
            ("gelesen", "desk-import-done-read"),
            ("profil", "desk-import-done-profile"),
            ("werte", "desk-import-done-values"),
        ],
    );
    show(&app, &session, &visit, &draft, done, Vec::new()).await
}

async fn show(
    app: &AppState,
    session: &ImportSession,
    visit: &Visit,
    draft: &Draft,
    done: Option<&'static str>,
    errors: Vec<&'static str>,
) -> Result<Html, PageError> {
    let files = found(draft);
    let reading = &draft.body.reading;
    let mapping = reading.mapping.as_ref();
    let candidates = fitting(app, session, draft, &files).await?;
    let profiles = candidates
        .iter()
        .map(|candidate| Choice {
            value: candidate.profile.name.clone(),
            text: candidate.profile.title.clone(),
            checked: candidate.profile.name == reading.name,
        })
        .collect();
    let has = |target| mapping.is_some_and(|mapping| mapping.has(target));
    let made_id = mapping
        .filter(|mapping| !mapping.has(Target::ExternalId))
        .map(|mapping| mapping.id_columns().into_iter().map(str::to_owned).collect());
    let profile_title = draft.profile().ok().filter(|_| mapping.is_none()).map(|profile| profile.title);
    let columns = mapping.zip(files.first()).map_or_else(Vec::new, |(mapping, seen)| columns(mapping, seen));
    let checked = |known: Vec<(String, String)>, chosen: &[String]| -> Vec<Choice> {
        known
            .into_iter()
            .map(|(value, text)| Choice { checked: chosen.contains(&value), value, text })
            .collect()
    };
    let chosen = |pick: fn(&Mapping) -> &Vec<String>| mapping.map(pick).cloned().unwrap_or_default();
    let page = MappingPage {
        source: draft.source.clone(),
        steps: steps(draft, Step::Mapping, visit),
        here: path_in(visit, &draft.path(Step::Mapping)),
        done,
        errors,
        files: draft.body.files.iter().map(|file| FileView::new(file, visit.lang)).collect(),
        written: files.first().map(|first| Written::new(first, mapping)),
        profiles,
        profile: reading.name.clone(),
        as_it_is: profile_title.filter(|_| !files.is_empty()),
        ignored: columns
            .iter()
            .filter(|column| column.target.is_empty())
            .map(|column| column.name.clone())
            .collect(),
        columns,
        targets: target_groups(),
        made_id: made_id.unwrap_or_default(),
        offer_name: mapping.map(|mapping| mapping.offer_name.clone()).unwrap_or_default(),
        association: mapping.map(|mapping| mapping.association.clone()).unwrap_or_default(),
        group: mapping.is_some_and(|mapping| mapping.group),
        topics: checked(
            choices::topics(app.live().lexicon(), visit.lang),
            &chosen(|mapping| &mapping.topics),
        ),
        modes: checked(
            Mode::ALL.iter().map(|mode| (mode.code().to_owned(), mode_message(*mode))).collect(),
            &chosen(|mapping| &mapping.modes),
        ),
        has_offer_name: has(Target::OfferName),
        has_association: has(Target::Association),
        has_topics: has(Target::Topics),
        has_modes: has(Target::Modes),
        name: if bundled(&reading.name).is_ok() { String::new() } else { reading.name.clone() },
    };
    render(app.pages(), visit, session, "desk/import-mapping.html", &page)
}

/// The message that names a way of counselling.
fn mode_message(mode: Mode) -> String {
    format!("mode-{}", mode.code().replace('_', "-"))
}

impl FileView {
    fn new(file: &super::draft::DraftFile, lang: Lang) -> Self {
        let found = file.found.as_ref();
        let problem = file.unreadable.as_ref();
        Self {
            name: file.name.clone(),
            kilobytes: file.bytes.div_ceil(1024),
            format: found.map(|found| code(found.format)),
            encoding: found.and_then(|found| found.encoding.clone()),
            delimiter: found.and_then(|found| found.delimiter.clone()),
            sheet: found.and_then(|found| found.sheet.clone()),
            header_row: found.map_or(0, |found| found.skip_lines + 1),
            rows: found.map_or(0, |found| found.rows),
            problem: problem.map(|error| error.message(lang)),
            what_to_do: problem.map(|error| error.what_to_do(lang)),
        }
    }
}

impl Written {
    fn new(first: &Sniffed, mapping: Option<&Mapping>) -> Self {
        let said =
            |pick: fn(&Mapping) -> Option<&String>| mapping.and_then(pick).cloned().unwrap_or_default();
        Self {
            format: code(first.format),
            formats: FORMATS.into_iter().map(code).collect(),
            encoding: said(|mapping| mapping.encoding.as_ref()),
            encodings: ENCODINGS.to_vec(),
            delimiter: said(|mapping| mapping.delimiter.as_ref()),
            delimiters: DELIMITERS.to_vec(),
            sheet: first.sheet.clone().unwrap_or_default(),
            sheets: first.sheets.clone(),
            header_row: first.skip_lines + 1,
        }
    }
}

const fn code(format: Format) -> &'static str {
    match format {
        Format::Table => "table",
        Format::Xlsx => "xlsx",
        Format::HsdsJson => "hsds-json",
        Format::BzgaXml => "bzga-xml",
        Format::Onlineberatung => "onlineberatung",
    }
}

fn columns(mapping: &Mapping, seen: &Sniffed) -> Vec<ColumnView> {
    let suggestions = suggest(seen);
    let each = mapping.columns.iter().zip(&seen.columns).zip(suggestions).enumerate();
    each.map(|(number, ((column, seen), suggestion))| {
        let agreed = suggestion.filter(|suggestion| Some(suggestion.target) == column.target);
        let confidence = match agreed {
            Some(suggestion) if suggestion.confidence >= 0.8 => "sure",
            Some(_) => "likely",
            None => "",
        };
        let translated = column.target.is_some_and(Target::is_translated);
        let values: BTreeSet<String> = if translated { parts(column, seen) } else { BTreeSet::new() };
        ColumnView {
            number,
            name: column.name.clone(),
            samples: seen.values.iter().take(SAMPLES).cloned().collect(),
            more: seen.more || seen.values.len() > SAMPLES,
            target: column.target.map_or("", Target::code),
            confidence,
            is_list: column.target.is_some_and(Target::is_list),
            split: column.split.clone(),
            values: values
                .into_iter()
                .enumerate()
                .map(|(number, value)| ValueView {
                    number,
                    to: column.map.get(&value).cloned().unwrap_or_default(),
                    value,
                })
                .collect(),
            to_topics: column.target == Some(Target::Topics),
        }
    })
    .collect()
}

fn target_groups() -> Vec<TargetGroup> {
    use crate::import::suggest::Part;
    let group = |code, part| TargetGroup {
        code,
        targets: Target::ALL
            .iter()
            .filter(|target| target.place().0 == part)
            .map(|target| target.code())
            .collect(),
    };
    vec![group("centre", Part::Centre), group("offer", Part::Offer), group("areas", Part::Areas)]
}

/// The fields of a form, in order.
type Sent = Vec<(String, String)>;

fn one<'a>(sent: &'a Sent, name: &str) -> &'a str {
    sent.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.trim())
}

fn all(sent: &Sent, name: &str) -> Vec<String> {
    sent.iter().filter(|(found, _)| found == name).map(|(_, value)| value.clone()).collect()
}

/// Takes the mapping as it was sent; leads on to the check, or back when values have to be translated first.
async fn post(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let mut draft = open(&app, &session, &id).await?;
    let files = found(&draft);
    let Some(first) = files.first() else { return Err(PageError::BadRequest) };
    let mut new_values = false;
    if let Some(mut mapping) = draft.body.reading.mapping.take() {
        new_values = fill(&mut mapping, first, &sent, app.live().lexicon());
        draft.body.reading.profile = mapping.to_toml(&draft.source, &draft.source);
        let lacks = mapping.lacks();
        draft.body.reading.mapping = Some(mapping);
        let errors: Vec<&'static str> = lacks
            .into_iter()
            .map(|target| match target {
                Target::Name => "desk-import-error-name-missing",
                _ => "desk-import-error-postcode-missing",
            })
            .collect();
        if !errors.is_empty() {
            let html = show(&app, &session, &visit, &draft, None, errors).await?;
            return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
    }
    if draft.profile().is_err() {
        let errors = vec!["desk-import-error-profile"];
        let html = show(&app, &session, &visit, &draft, None, errors).await?;
        return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    let name = one(&sent, "name").to_owned();
    if !name.is_empty() && draft.body.reading.mapping.is_some() {
        if !Profile::is_source(&name) || bundled(&name).is_ok() || foreign(&app, &session, &name).await? {
            let errors = vec!["desk-import-error-profile-name"];
            let html = show(&app, &session, &visit, &draft, None, errors).await?;
            return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
        remember(&app, &session, &mut draft, name).await?;
    }
    draft.state = DraftState::Mapped;
    if new_values {
        draft.state = DraftState::Uploaded;
        draft.save(&app).await.map_err(unanswered)?;
        let here = path_in(&visit, &draft.path(Step::Mapping));
        return Ok(Redirect::to(&format!("{here}?getan=werte")).into_response());
    }
    let address = path_in(&visit, &draft.path(Step::Check));
    check::start(&app, draft).await?;
    Ok(Redirect::to(&address).into_response())
}

/// A draft whose mapping can still change: no job is at work, and nothing was applied.
async fn open(app: &AppState, session: &ImportSession, id: &str) -> Result<Draft, PageError> {
    let draft = Draft::find(app, session, id).await?;
    let closed = matches!(draft.state, DraftState::Applying | DraftState::Applied);
    if closed || app.jobs().progress(id).is_some() { Err(PageError::BadRequest) } else { Ok(draft) }
}

/// Whether a saved mapping of this name belongs to a list the person may not import.
async fn foreign(app: &AppState, session: &ImportSession, name: &str) -> Result<bool, PageError> {
    let saved = app.store().profile(name).await.map_err(unanswered)?;
    Ok(saved.is_some_and(|saved| !session.may_import(&saved.source)))
}

async fn remember(
    app: &AppState,
    session: &ImportSession,
    draft: &mut Draft,
    name: String,
) -> Result<(), PageError> {
    let saved_at: Timestamp = app.now();
    let stored = StoredProfile {
        source: draft.source.clone(),
        body: draft.body.reading.profile.clone(),
        saved_by: session.actor(),
        saved_at,
        name: name.clone(),
    };
    let stamp = Stamp::new(session.actor(), app.ids(), app.clock());
    app.store().save_profile(&stored, &stamp).await.map_err(unanswered)?;
    draft.body.reading.name = name;
    Ok(())
}

/// Takes over what was sent. Answers whether a column became one whose values have to be translated.
fn fill(mapping: &mut Mapping, seen: &Sniffed, sent: &Sent, lexicon: &Lexicon) -> bool {
    let mut new_values = false;
    for (number, (column, seen)) in mapping.columns.iter_mut().zip(&seen.columns).enumerate() {
        let before = column.target;
        column.target = Target::from_code(one(sent, &format!("feld-{number}")));
        column.split = one(sent, &format!("trenner-{number}"))
            .chars()
            .filter(char::is_ascii_punctuation)
            .take(4)
            .collect();
        let translated = column.target.is_some_and(Target::is_translated);
        if !translated {
            column.map.clear();
        } else if before == column.target {
            let chosen = |value: &String, place: usize| {
                let to = one(sent, &format!("wert-{number}-{place}")).to_owned();
                (value.clone(), to)
            };
            let values = parts(column, seen);
            let known = values.iter().enumerate().map(|(place, value)| chosen(value, place));
            column.map =
                known.filter(|(_, to)| !to.is_empty() || column.target == Some(Target::Topics)).collect();
        } else {
            column.map.clear();
            translate(lexicon, column, seen);
            new_values |= !parts(column, seen).is_empty();
        }
    }
    mapping.group = !one(sent, "gruppe").is_empty();
    mapping.offer_name = one(sent, "angebot").chars().take(200).collect();
    mapping.association = one(sent, "verband").chars().take(200).collect();
    let topics = all(sent, "thema");
    mapping.topics = lexicon
        .topics()
        .iter()
        .map(|topic| topic.id.clone())
        .filter(|topic| topics.contains(topic))
        .collect();
    let modes = all(sent, "weg");
    mapping.modes =
        Mode::ALL.iter().map(|mode| mode.code().to_owned()).filter(|mode| modes.contains(mode)).collect();
    new_values
}

/// Looks at the files again, as somebody says they are written.
async fn post_file(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let mut draft = open(&app, &session, &id).await?;
    let said = |name: &str| Some(one(&sent, name).to_owned()).filter(|value| !value.is_empty());
    let header_row: Option<u64> = one(&sent, "kopfzeile").parse().ok().filter(|row| (1..=1000).contains(row));
    let told = Told {
        format: FORMATS.into_iter().find(|format| code(*format) == one(&sent, "format")),
        encoding: said("zeichensatz").filter(|name| ENCODINGS.contains(&name.as_str())),
        delimiter: said("trennzeichen").filter(|sign| DELIMITERS.contains(&sign.as_str())),
        sheet: said("blatt"),
        skip_lines: header_row.map(|row| row - 1),
    };
    let looker = (app.clone(), draft.id.clone(), draft.body.files.clone(), told.clone());
    let looked = tokio::task::spawn_blocking(move || {
        let (app, id, files, told) = looker;
        let again = files
            .into_iter()
            .map(|file| upload::looked_at(&app, &id, file.name, file.stored, file.bytes, &told));
        again.collect()
    });
    draft.body.files = looked.await.map_err(PageError::internal)?;
    draft.body.reading = super::draft::Reading::default();
    if let Some(first) = found(&draft).first() {
        suggested(&app, &mut draft, first);
        if let Some(mapping) = draft.body.reading.mapping.as_mut() {
            (mapping.encoding, mapping.delimiter) = (told.encoding, told.delimiter);
            draft.body.reading.profile = mapping.to_toml(&draft.source, &draft.source);
        }
    }
    back(&app, &visit, draft, "gelesen").await
}

/// Reads by another profile, or by what the columns look like.
async fn post_profile(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let mut draft = open(&app, &session, &id).await?;
    let files = found(&draft);
    let Some(first) = files.first() else { return Err(PageError::BadRequest) };
    let wanted = one(&sent, "profil");
    if wanted.is_empty() {
        suggested(&app, &mut draft, first);
    } else {
        let candidates = fitting(&app, &session, &draft, &files).await?;
        let chosen = candidates.into_iter().find(|candidate| candidate.profile.name == wanted);
        adopt(&mut draft, &chosen.ok_or(PageError::NotFound)?, first);
    }
    back(&app, &visit, draft, "profil").await
}

async fn back(app: &AppState, visit: &Visit, mut draft: Draft, code: &str) -> Result<Response, PageError> {
    draft.state = DraftState::Uploaded;
    (draft.body.summary, draft.body.comparison, draft.body.failure) = (None, None, None);
    draft.save(app).await.map_err(unanswered)?;
    let here = path_in(visit, &draft.path(Step::Mapping));
    Ok(Redirect::to(&format!("{here}?getan={code}")).into_response())
}
