//! `/arbeitsplatz/import/{import}/unterschiede`: what would change, and what somebody decides about it.

use axum::{
    extract::{Path, State},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use kernel::Lang;
use serde::{Deserialize, Serialize};
use serde_json::json;
use webkit::{
    error::PageError,
    pages::Visit,
    query,
    staff::{ImportSession, Member, Need, StaffForm, StaffRoutes, done, path_in, render},
};

use super::{
    check::{FailureView, ProgressView},
    compare::{self, note},
    draft::{Comparison, Draft, State as DraftState, Step, Taken},
    entries::{self, ConflictLine, Entry, FieldLine, Tab},
    pairs::{PairView, decide},
    steps::{Steps, steps},
    unanswered,
};
use crate::{
    app::AppState,
    import::{PlanOptions, Refusal, contradiction},
    store::StoreError,
    web::{
        desk::centres::Words,
        view::{PageLink, page_links},
    },
};

/// What the page says after something was done.
const DONE: [(&str, &str); 3] = [
    ("gemerkt", "desk-import-apply-done-kept"),
    ("gebeten", "desk-import-apply-done-asked"),
    ("zugestimmt", "desk-import-apply-done-agreed"),
];
/// What the page says when something was not done.
const REFUSED: [(&str, &str); 3] = [
    ("veraltet", "desk-import-apply-refused-stale"),
    ("selbst", "desk-import-apply-refused-self"),
    ("zustimmung", "desk-import-apply-refused-agreement"),
];

/// The routes.
pub(super) fn routes() -> StaffRoutes<AppState> {
    StaffRoutes::new()
        .get("/arbeitsplatz/import/{import}/unterschiede", Need::Importer, get)
        .post("/arbeitsplatz/import/{import}/unterschiede", Need::Importer, post)
        .post("/arbeitsplatz/import/{import}/vergleich", Need::Importer, compare::post)
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    art: String,
    q: String,
    seite: Option<usize>,
    /// Read by [`done`].
    #[serde(rename = "getan")]
    _done: String,
}

/// The context of `desk/import-differences.html`.
#[derive(Debug, Serialize)]
struct DifferencesPage {
    done: Option<&'static str>,
    refused: Option<&'static str>,
    /// The record whose decisions contradict each other; nothing was kept.
    contradiction: Option<String>,
    source: String,
    steps: Steps,
    here: String,
    check: String,
    compare: String,
    progress: Option<ProgressView>,
    interrupted: bool,
    failure: Option<FailureView>,
    found: Option<FoundView>,
}

/// What a comparison found.
#[derive(Debug, Serialize)]
struct FoundView {
    moved: bool,
    nothing: bool,
    unchanged: u64,
    withdrawn: u64,
    tab: &'static str,
    lead: &'static str,
    tabs: Vec<TabView>,
    q: String,
    page: usize,
    total: usize,
    entries: Vec<EntryView>,
    pages: Vec<PageLink>,
    previous: Option<String>,
    next: Option<String>,
    /// Whether all missing ones go.
    all: bool,
    /// What the person was shown, to be sent back with every decision.
    stand: String,
    refusals: Vec<RefusalView>,
    agreement: Option<AgreementView>,
    /// Whether a second administrator can agree at all.
    may_be_agreed: bool,
    /// Whether this person can.
    may_agree: bool,
    agree: String,
    apply: Option<String>,
}

#[derive(Debug, Serialize)]
struct TabView {
    href: String,
    text: String,
    current: bool,
    count: usize,
}

/// A record on the page.
#[derive(Debug, Serialize)]
pub(super) struct EntryView {
    pub(super) external_id: String,
    pub(super) name: String,
    pub(super) place: String,
    pub(super) href: Option<String>,
    pub(super) rows: Vec<RowView>,
    conflicts: Vec<ConflictView>,
    chosen: bool,
    pair: Option<PairView>,
}

/// A field from old to new, in words.
#[derive(Debug, Serialize)]
pub(super) struct RowView {
    field: String,
    old: String,
    new: String,
}

#[derive(Debug, Serialize)]
struct ConflictView {
    key: String,
    field: String,
    list_old: String,
    list_new: String,
    edited: String,
    who: String,
    when: String,
    taken: bool,
}

#[derive(Debug, Serialize)]
struct RefusalView {
    what: String,
    what_to_do: String,
}

#[derive(Debug, Serialize)]
struct AgreementView {
    asked_by: String,
    asked_at: String,
    agreed_by: Option<String>,
    agreed_at: Option<String>,
}

/// Shows how far the comparison is, or what it found.
async fn get(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Response, PageError> {
    let asked: Asked = query::parse(uri.query().unwrap_or_default())?;
    let draft = Draft::find(&app, &session, &id).await?;
    let said = Said { done: done(&uri, &DONE), refused: done(&uri, &REFUSED), contradiction: None };
    show(&app, &session, &visit, &draft, &asked, said).await
}

/// What the page says about what was sent before.
struct Said {
    done: Option<&'static str>,
    refused: Option<&'static str>,
    contradiction: Option<String>,
}

async fn show(
    app: &AppState,
    session: &ImportSession,
    visit: &Visit,
    draft: &Draft,
    asked: &Asked,
    said: Said,
) -> Result<Response, PageError> {
    if matches!(draft.state, DraftState::Applying | DraftState::Applied) || draft.body.summary.is_none() {
        return Ok(Redirect::to(&path_in(visit, &draft.path(draft.step()))).into_response());
    }
    let here = path_in(visit, &draft.path(Step::Differences));
    let comparing = draft.state == DraftState::Comparing;
    let progress = app.jobs().progress(&draft.id).filter(|_| comparing).map(ProgressView::new);
    let settled = matches!(draft.state, DraftState::Compared | DraftState::Agreed);
    let found = match &draft.body.comparison {
        Some(comparison) if settled => FoundView::new(app, session, visit, draft, comparison, asked).await?,
        _ => None,
    };
    let failed = draft.state == DraftState::Failed;
    let page = DifferencesPage {
        done: said.done,
        refused: said.refused,
        contradiction: said.contradiction,
        source: draft.source.clone(),
        steps: steps(draft, Step::Differences, visit),
        check: path_in(visit, &draft.path(Step::Check)),
        compare: path_in(visit, &format!("/arbeitsplatz/import/{}/vergleich", draft.id)),
        // Somebody stopped the program, or the file beside the draft is gone.
        interrupted: (comparing && progress.is_none()) || (settled && found.is_none()),
        progress,
        failure: draft.body.failure.as_ref().filter(|_| failed).map(|why| FailureView::new(why, visit.lang)),
        found,
        here,
    };
    Ok(render(app.pages(), visit, session, "desk/import-differences.html", &page)?.into_response())
}

impl FoundView {
    async fn new(
        app: &AppState,
        session: &ImportSession,
        visit: &Visit,
        draft: &Draft,
        comparison: &Comparison,
        asked: &Asked,
    ) -> Result<Option<Self>, PageError> {
        let (file, words_asked) = (compare::file(app, draft), asked.q.clone());
        let first = if comparison.conflicts > 0 { Tab::Conflicts } else { Tab::New };
        let (wanted, page) = (Tab::from_code(&asked.art), asked.seite);
        let read = tokio::task::spawn_blocking(move || {
            let read = entries::read(&file, wanted.unwrap_or(first), &words_asked, page)?;
            if wanted.is_some() || read.total > 0 || !words_asked.is_empty() {
                return Ok((wanted.unwrap_or(first), read));
            }
            // Nobody chose a tab: the first one with something on it.
            let full = Tab::ALL.iter().zip(read.counts).find(|(_, count)| *count > 0);
            let tab = full.map_or(first, |(tab, _)| *tab);
            Ok((tab, entries::read(&file, tab, &words_asked, page)?))
        });
        let (tab, read) = match read.await.map_err(PageError::internal)? {
            Ok(read) => read,
            Err(problem) => {
                let problem: std::io::Error = problem;
                if problem.kind() == std::io::ErrorKind::NotFound {
                    return Ok(None);
                }
                return Err(PageError::internal(problem));
            }
        };
        let words = Words::new(app, visit.lang);
        let here = path_in(visit, &draft.path(Step::Differences));
        let search: String = url_words(&asked.q);
        let href = |page: usize| format!("{here}?art={}{search}&seite={page}", tab.code());
        let turned = &read.turned;
        let administrator = session.signed_in().meets(Need::Administrator);
        let agreement = draft.body.agreement.as_ref();
        let mine =
            agreement.is_some_and(|agreement| agreement.asked_by.person_id == session.actor().person_id);
        let counts = comparison.counts;
        let nothing = counts.new + counts.changed + counts.withdrawn == 0;
        let settled = comparison.refusals.is_empty() || draft.state == DraftState::Agreed;
        let tabs = Tab::ALL.into_iter().zip(read.counts).map(|(one, count)| TabView {
            href: format!("{here}?art={}", one.code()),
            text: words.word(name(one)),
            current: one == tab,
            count,
        });
        let entries = read.entries.into_iter();
        Ok(Some(Self {
            moved: draft.body.notes.get(note::MOVED) == Some(&json!(true)),
            nothing,
            unchanged: counts.unchanged,
            withdrawn: counts.withdrawn,
            tab: tab.code(),
            lead: lead(tab),
            tabs: tabs.collect(),
            q: asked.q.clone(),
            page: turned.page,
            total: read.total,
            entries: entries.map(|entry| EntryView::new(entry, &words, draft, session)).collect(),
            pages: page_links(turned.page, turned.last, href),
            previous: turned.previous().map(href),
            next: turned.next().map(href),
            all: draft.body.choices.withdraw_missing,
            stand: stand(draft),
            refusals: comparison.refusals.iter().map(|why| RefusalView::new(why, visit.lang)).collect(),
            agreement: agreement.map(|agreement| AgreementView {
                asked_by: agreement.asked_by.name.clone(),
                asked_at: words.moment(agreement.asked_at),
                agreed_by: agreement.agreed_by.as_ref().map(|second| second.name.clone()),
                agreed_at: agreement.agreed_at.map(|at| words.moment(at)),
            }),
            may_be_agreed: may_be_agreed(comparison),
            may_agree: administrator && !mine && agreement.is_some_and(|one| one.agreed_by.is_none()),
            agree: path_in(visit, &format!("/arbeitsplatz/import/{}/zustimmung", draft.id)),
            apply: (settled && !nothing)
                .then(|| format!("{}?gesehen={}", path_in(visit, &draft.path(Step::Apply)), stand(draft))),
        }))
    }
}

/// What the person was shown; every decision sends it back.
pub(super) fn stand(draft: &Draft) -> String {
    draft.changed_at.map(|at| at.as_microsecond().to_string()).unwrap_or_default()
}

/// Whether a second administrator can agree: files without a single centre help nobody.
pub(super) fn may_be_agreed(comparison: &Comparison) -> bool {
    !comparison.refusals.is_empty() && !comparison.refusals.contains(&Refusal::NothingRead)
}

fn url_words(q: &str) -> String {
    let words = serde_urlencoded::to_string([("q", q)]).unwrap_or_default();
    if q.is_empty() { String::new() } else { format!("&{words}") }
}

const fn name(tab: Tab) -> &'static str {
    match tab {
        Tab::New => "desk-import-apply-tab-new",
        Tab::Changed => "desk-import-apply-tab-changed",
        Tab::Conflicts => "desk-import-apply-tab-conflicts",
        Tab::Missing => "desk-import-apply-tab-missing",
        Tab::Duplicates => "desk-import-apply-tab-duplicates",
    }
}

const fn lead(tab: Tab) -> &'static str {
    match tab {
        Tab::New => "desk-import-apply-lead-new",
        Tab::Changed => "desk-import-apply-lead-changed",
        Tab::Conflicts => "desk-import-apply-lead-conflicts",
        Tab::Missing => "desk-import-apply-lead-missing",
        Tab::Duplicates => "desk-import-apply-lead-duplicates",
    }
}

impl RefusalView {
    fn new(refusal: &Refusal, lang: Lang) -> Self {
        Self { what: refusal.message(lang), what_to_do: refusal.what_to_do(lang) }
    }
}

impl RowView {
    /// A field's line in words.
    pub(super) fn new(line: &FieldLine, words: &Words<'_>) -> Self {
        Self {
            field: words.field(&line.field),
            old: words.value(&line.field, &line.old),
            new: words.value(&line.field, &line.new),
        }
    }
}

impl EntryView {
    fn new(entry: Entry, words: &Words<'_>, draft: &Draft, session: &ImportSession) -> Self {
        let choices = &draft.body.choices;
        let administrator = session.signed_in().meets(Need::Administrator);
        let conflicts = entry.conflicts.iter();
        Self {
            href: entry
                .centre_id
                .as_ref()
                .filter(|_| administrator)
                .map(|id| format!("/arbeitsplatz/stellen/{id}")),
            rows: entry.fields.iter().map(|line| RowView::new(line, words)).collect(),
            conflicts: conflicts
                .map(|line| ConflictView::new(line, &entry.external_id, words, draft))
                .collect(),
            chosen: choices.withdraw_missing || choices.withdraw.contains(&entry.external_id),
            pair: entry.pair.map(|pair| PairView::new(pair, &entry.external_id, choices, session)),
            external_id: entry.external_id,
            name: entry.name,
            place: entry.place,
        }
    }
}

impl ConflictView {
    fn new(line: &ConflictLine, external_id: &str, words: &Words<'_>, draft: &Draft) -> Self {
        let taken = Taken { external_id: external_id.to_owned(), field: line.field.clone() };
        Self {
            key: key(&taken),
            field: words.field(&line.field),
            list_old: words.value(&line.field, &line.list_old),
            list_new: words.value(&line.field, &line.list_new),
            edited: words.value(&line.field, &line.edited),
            who: line.actor.name.clone(),
            when: words.moment(line.at),
            taken: draft.body.choices.take_list.contains(&taken),
        }
    }
}

/// A conflict's name in a form.
fn key(taken: &Taken) -> String {
    json!([taken.external_id, taken.field]).to_string()
}

fn unkey(key: &str) -> Option<Taken> {
    let (external_id, field) = serde_json::from_str(key).ok()?;
    Some(Taken { external_id, field })
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Chosen {
    art: String,
    q: String,
    seite: Option<usize>,
    stand: String,
    /// What stood on the page.
    gezeigt: Vec<String>,
    /// What of it was ticked.
    gewaehlt: Vec<String>,
    /// `ja` or `nein` for all missing ones at once.
    alle: String,
}

/// Keeps what somebody decided on one page.
async fn post(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    StaffForm(sent): StaffForm<Chosen>,
) -> Result<Response, PageError> {
    let mut draft = Draft::find(&app, &session, &id).await?;
    let tab = Tab::from_code(&sent.art).unwrap_or(Tab::New);
    let here = path_in(&visit, &draft.path(Step::Differences));
    let search = url_words(&sent.q);
    let page = sent.seite.unwrap_or(1);
    let back = |code: &str| {
        Redirect::to(&format!("{here}?art={}{search}&seite={page}&getan={code}", tab.code())).into_response()
    };
    let settled = matches!(draft.state, DraftState::Compared | DraftState::Agreed);
    let Some(mut comparison) = draft.body.comparison.clone().filter(|_| settled) else {
        return Ok(Redirect::to(&here).into_response());
    };
    if sent.stand != stand(&draft) {
        return Ok(back("veraltet"));
    }
    choose(&mut draft, tab, &sent);
    let file = compare::file(&app, &draft);
    let read = tokio::task::spawn_blocking(move || {
        std::io::Result::Ok((entries::missing(&file)?, entries::pairs(&file)?))
    });
    let (missing, pairs) = read.await.map_err(PageError::internal)?.map_err(PageError::internal)?;
    if tab == Tab::Duplicates {
        decide(&mut draft.body.choices, [&sent.gezeigt, &sent.gewaehlt], &pairs, &session);
        if let Some(external_id) = contradiction(&draft.body.choices.pairs) {
            let contradiction = Some(external_id.to_owned());
            let asked = Asked { art: sent.art, q: sent.q, seite: sent.seite, ..Asked::default() };
            let said = Said { done: None, refused: None, contradiction };
            let page = show(&app, &session, &visit, &draft, &asked, said).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    }
    draft.body.choices.withdraw.retain(|external_id| missing.contains(external_id));
    let all = draft.body.choices.withdraw_missing;
    let withdrawn = if all { missing.len() } else { draft.body.choices.withdraw.len() };
    comparison.counts.withdrawn = withdrawn as u64;
    let stored = draft.body.notes.get(note::STORED).and_then(serde_json::Value::as_u64).unwrap_or_default();
    weigh(&mut comparison, stored);
    draft.body.comparison = Some(comparison);
    draft.body.agreement = None;
    draft.state = DraftState::Compared;
    match draft.save(&app).await {
        Err(StoreError::Conflict { .. }) => Ok(back("veraltet")),
        saved => saved.map_err(unanswered).map(|()| back("gemerkt")),
    }
}

fn choose(draft: &mut Draft, tab: Tab, sent: &Chosen) {
    let choices = &mut draft.body.choices;
    if !sent.alle.is_empty() {
        choices.withdraw_missing = sent.alle == "ja";
        choices.withdraw.clear();
        return;
    }
    for shown in &sent.gezeigt {
        let ticked = sent.gewaehlt.contains(shown);
        match tab {
            Tab::Missing if ticked => {
                choices.withdraw.insert(shown.clone());
            }
            Tab::Missing => {
                choices.withdraw.remove(shown);
            }
            Tab::Conflicts => {
                let Some(taken) = unkey(shown) else { continue };
                if ticked {
                    choices.take_list.insert(taken);
                } else {
                    choices.take_list.remove(&taken);
                }
            }
            _ => {}
        }
    }
}

/// Whether so many withdrawals need a second administrator. The same is found out again before anything is written.
fn weigh(comparison: &mut Comparison, stored: u64) {
    comparison.refusals.retain(|refusal| !matches!(refusal, Refusal::CentresWithdrawn { .. }));
    let lost = comparison.counts.withdrawn;
    if lost * 100 > stored * PlanOptions::default().most_lost_percent {
        comparison.refusals.push(Refusal::CentresWithdrawn { lost, of: stored });
    }
}
