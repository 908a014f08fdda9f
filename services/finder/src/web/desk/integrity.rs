//! `/arbeitsplatz/pruefbericht`: what in the directory is missing, old or does not fit together, by what is to be done.

use axum::{
    extract::State,
    http::{Uri, header},
    response::{IntoResponse, Response},
};
use kernel::Lang;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::{Html, Visit},
    query,
    staff::{ImportSession, Member, NavItem, Need, StaffRoutes, path_in, render},
};

use super::turned::Turned;
use crate::{
    app::AppState,
    export::guarded,
    integrity::{Example, Finding, Kind, Severity, Survey},
    store::StoreError,
    web::view::{PageLink, page_links},
};

const HERE: &str = "/arbeitsplatz/pruefbericht";

/// Centres named for each kind on the page of all kinds.
const FIRST: usize = 10;

/// Centres on a page of one kind.
const PER_PAGE: usize = 100;

/// The routes.
pub(crate) fn routes() -> StaffRoutes<AppState> {
    StaffRoutes::new()
        .nav(NavItem { href: HERE, text: "desk-nav-integrity", need: Need::Importer, order: 50 })
        .get(HERE, Need::Importer, get)
        .get("/arbeitsplatz/pruefbericht/tabelle.csv", Need::Importer, get_table)
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    /// The code of one kind; all when it is none.
    art: String,
    seite: Option<usize>,
}

/// The context of `desk/integrity.html`.
#[derive(Serialize)]
struct IntegrityPage {
    centres: u64,
    offers: u64,
    /// Whether only the person's own lists are counted.
    own_only: bool,
    repairs: Vec<Repair>,
    /// Whether a single kind is shown.
    single: bool,
    /// The code of that kind; empty for all.
    code: &'static str,
    pages: Vec<PageLink>,
    previous: Option<String>,
    next: Option<String>,
}

/// What is to be done, and what it is to be done about.
#[derive(Serialize)]
struct Repair {
    what_to_do: String,
    findings: Vec<FindingView>,
}

/// One kind of finding.
#[derive(Serialize)]
struct FindingView {
    code: &'static str,
    what: String,
    severity: &'static str,
    count: u64,
    rows: Vec<Row>,
    /// "rest": there are more on a page of their own; "pairs": they are decided on elsewhere.
    more: Option<&'static str>,
}

/// A centre.
#[derive(Serialize)]
struct Row {
    name: String,
    href: Option<String>,
    list: String,
    detail: String,
}

/// Shows the report.
async fn get(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
) -> Result<Html, PageError> {
    let asked: Asked = query::parse(uri.query().unwrap_or_default())?;
    let survey = app.surveyed().now(&app).await.map_err(unreadable)?;
    let one = Kind::ALL.into_iter().find(|kind| kind.code() == asked.art);
    let findings = own_findings(&survey, &session, one);
    let entries = findings.iter().map(|(_, rows)| rows.len()).max().unwrap_or(0);
    let turned = Turned::new(PER_PAGE, asked.seite.filter(|_| one.is_some()), entries);
    let open = session.signed_in().meets(Need::Administrator);
    let mut repairs: Vec<Repair> = Vec::new();
    for (finding, rows) in findings {
        let what_to_do = finding.kind.what_to_do(visit.lang);
        let (skip, take) = if one.is_some() { (turned.skip(), PER_PAGE) } else { (0, FIRST) };
        let count = if open { finding.count } else { rows.len() as u64 };
        let view = FindingView {
            code: finding.kind.code(),
            what: finding.kind.message(visit.lang),
            severity: severity(finding.severity),
            count,
            more: more(finding.kind, one.is_none() && rows.len() > FIRST),
            rows: rows.into_iter().skip(skip).take(take).map(|example| Row::new(example, open)).collect(),
        };
        // Kinds with the same remedy stand together.
        match repairs.iter_mut().find(|repair| repair.what_to_do == what_to_do) {
            Some(repair) => repair.findings.push(view),
            None => repairs.push(Repair { what_to_do, findings: vec![view] }),
        }
    }
    let code = one.map_or("", Kind::code);
    let href = |page: usize| format!("{}?art={code}&seite={page}", path_in(&visit, HERE));
    let several = one.is_some() && turned.last > 1;
    let page = IntegrityPage {
        centres: survey.report.centres,
        offers: survey.report.offers,
        own_only: !open,
        repairs,
        single: one.is_some(),
        code,
        pages: if several { page_links(turned.page, turned.last, href) } else { Vec::new() },
        previous: turned.previous().filter(|_| several).map(href),
        next: turned.next().filter(|_| several).map(href),
    };
    render(app.pages(), &visit, &session, "desk/integrity.html", &page)
}

/// Hands out the report as a table.
async fn get_table(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
) -> Result<Response, PageError> {
    let asked: Asked = query::parse(uri.query().unwrap_or_default())?;
    let survey = app.surveyed().now(&app).await.map_err(unreadable)?;
    let one = Kind::ALL.into_iter().find(|kind| kind.code() == asked.art);
    let words = |id: &'static str| app.pages().catalogue().plain(visit.lang, id);
    let heads = [
        "desk-integrity-column-what",
        "desk-integrity-column-todo",
        "desk-integrity-column-list",
        "desk-integrity-column-number",
        "desk-integrity-column-centre",
        "desk-integrity-column-detail",
    ];
    let table = table(&heads.map(words), &own_findings(&survey, &session, one), visit.lang)
        .map_err(PageError::internal)?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"pruefbericht.csv\""),
    ];
    Ok((headers, table).into_response())
}

/// The findings with the centres the person is responsible for; kinds without any are left out.
fn own_findings<'a>(
    survey: &'a Survey,
    session: &ImportSession,
    one: Option<Kind>,
) -> Vec<(&'a Finding, Vec<&'a Example>)> {
    let wanted = survey.report.findings.iter().filter(|finding| one.is_none_or(|kind| kind == finding.kind));
    let own = wanted.map(|finding| {
        let rows = finding.examples.iter().filter(|example| session.may_import(&example.source));
        (finding, rows.collect::<Vec<_>>())
    });
    own.filter(|(_, rows)| !rows.is_empty()).collect()
}

/// All rows as comma-separated values, guarded against spreadsheets that would compute them.
fn table(
    heads: &[String],
    findings: &[(&Finding, Vec<&Example>)],
    lang: Lang,
) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(heads)?;
    for (finding, rows) in findings {
        let (what, todo) = (finding.kind.message(lang), finding.kind.what_to_do(lang));
        for row in rows {
            let cells = [&what, &todo, &row.source, &row.external_id, &row.name, &row.detail]
                .map(|cell| guarded(cell));
            writer.write_record(cells.iter().map(|cell| cell.as_bytes()))?;
        }
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

impl Row {
    fn new(example: &Example, open: bool) -> Self {
        Self {
            name: example.name.clone(),
            href: open.then(|| format!("/arbeitsplatz/stellen/{}", example.centre_id)),
            list: format!("{} {}", example.source, example.external_id),
            detail: example.detail.clone(),
        }
    }
}

fn more(kind: Kind, longer: bool) -> Option<&'static str> {
    if kind == Kind::Duplicate { Some("pairs") } else { longer.then_some("rest") }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "bad",
        Severity::Warning => "warn",
        Severity::Note => "off",
    }
}

fn unreadable(error: StoreError) -> PageError {
    match error {
        StoreError::Unavailable { .. } => PageError::Unavailable,
        other => PageError::internal(other),
    }
}
