//! `GET /arbeitsplatz/stellen`: the centres somebody keeps; for administrators all of them.

use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Response},
};
use contracts::directory::Centre;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{SignedIn, StaffRejection, path_in, render},
};

use super::{
    around::{Around, unreadable},
    head::{StandingView, path, standing},
    overview::{gaps, is_stale},
};
use crate::{
    app::AppState,
    layers::{Composed, Standing, compose},
    store::{CentreFilter, CentreLine},
    web::view::{PageLink, page_links},
};

const ON_A_PAGE: u32 = 25;
/// Centres read at a time.
const BATCH: u32 = 500;

/// What the list is narrowed by.
#[derive(Debug, Default, Clone, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    /// `bestaetigung` or `punkt`: only centres that lack it.
    #[serde(default)]
    fehlt: String,
    /// A standing's code.
    #[serde(default)]
    stand: String,
    #[serde(default)]
    seite: usize,
}

/// The context of `desk/centres.html`.
#[derive(Serialize)]
struct CentresPage {
    administrator: bool,
    list: String,
    new_href: String,
    q: String,
    lacks: String,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    total: u64,
    pages: Vec<PageLink>,
    previous: Option<String>,
    next: Option<String>,
}

#[derive(Serialize)]
struct Tab {
    href: String,
    text: String,
    current: bool,
    count: Option<u64>,
}

#[derive(Serialize)]
struct Line {
    href: String,
    name: String,
    place: String,
    standing: StandingView,
    confirmed: Option<String>,
    stale: bool,
    gaps: usize,
}

/// Shows the list.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    person: SignedIn,
) -> Result<Response, Response> {
    if !person.meets(webkit::staff::Need::CentreEditor) {
        return Err(StaffRejection::NotAllowed.into_response());
    }
    let asked: Asked = serde_urlencoded::from_str(uri.query().unwrap_or_default()).unwrap_or_default();
    show(&app, &visit, &person, asked).await.map_err(IntoResponse::into_response)
}

async fn show(app: &AppState, visit: &Visit, person: &SignedIn, asked: Asked) -> Result<Response, PageError> {
    let around = Around::new(app, visit.lang);
    let administrator = person.administrator().is_some();
    let own = (!administrator).then(|| person.managed_centres().into_iter().collect::<Vec<_>>());
    let ids = match lacking(&asked.fehlt, &around) {
        Some(lacks) => Some(ids_of(&around, own, lacks).await?),
        None => own,
    };
    let page = asked.seite.max(1);
    let filter = CentreFilter {
        text: asked.q.chars().filter(|letter| *letter != '\0').collect(),
        ids,
        standing: Standing::from_code(&asked.stand),
        offset: u64::try_from(page - 1).unwrap_or(0).saturating_mul(u64::from(ON_A_PAGE)).min(1 << 40),
        limit: ON_A_PAGE,
    };
    let found = app.store().centres_page(&filter).await.map_err(unreadable)?;
    let last = usize::try_from(found.total.div_ceil(u64::from(ON_A_PAGE))).unwrap_or(1).max(1);
    let shown: Vec<String> = found.lines.iter().map(|line| line.id.clone()).collect();
    let layers = app.store().layers_of(&shown).await.map_err(unreadable)?;
    let centres: Vec<Composed> = layers.iter().map(compose).collect();
    let line = |line: &CentreLine| Line::new(line, &centres, visit, &around);
    let context = CentresPage {
        administrator,
        list: path_in(visit, "/arbeitsplatz/stellen"),
        new_href: path_in(visit, "/arbeitsplatz/stellen/neu"),
        q: asked.q.clone(),
        lacks: asked.fehlt.clone(),
        tabs: tabs(&asked, visit, &around),
        lines: found.lines.iter().map(line).collect(),
        total: found.total,
        pages: page_links(page.min(last), last, |number| href(&asked, number, visit)),
        previous: (page > 1).then(|| href(&asked, page - 1, visit)),
        next: (page < last).then(|| href(&asked, page + 1, visit)),
    };
    Ok(render(app.pages(), visit, person, "desk/centres.html", &context)?.into_response())
}

impl Line {
    fn new(line: &CentreLine, centres: &[Composed], visit: &Visit, around: &Around<'_>) -> Self {
        let centre = centres.iter().map(|composed| &composed.centre).find(|centre| centre.id == line.id);
        Self {
            href: path_in(visit, &path(&line.id, "")),
            name: line.name.clone(),
            place: line.place.clone(),
            standing: standing(line.standing),
            confirmed: centre.and_then(|centre| centre.confirmed_on).map(|day| around.day(day)),
            stale: centre.is_some_and(|centre| is_stale(centre, around.today())),
            gaps: centre.map_or(0, |centre| gaps(centre).len()),
        }
    }
}

type Lacks<'a> = Box<dyn Fn(&Centre) -> bool + Send + 'a>;

/// What a filter looks for; `None` without one.
fn lacking(code: &str, around: &Around<'_>) -> Option<Lacks<'static>> {
    let today = around.today();
    match code {
        "bestaetigung" => Some(Box::new(move |centre| is_stale(centre, today))),
        "punkt" => Some(Box::new(|centre| centre.coordinates.is_none())),
        _ => None,
    }
}

/// The listed centres that lack something, among these or all.
async fn ids_of(
    around: &Around<'_>,
    own: Option<Vec<String>>,
    lacks: Lacks<'_>,
) -> Result<Vec<String>, PageError> {
    let mut ids = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let batch = around.app.store().centres_after(after.as_deref(), BATCH).await.map_err(unreadable)?;
        let Some(last) = batch.last() else { return Ok(ids) };
        after = Some(last.id.clone());
        let among = |centre: &&Centre| own.as_ref().is_none_or(|own| own.contains(&centre.id));
        ids.extend(batch.iter().filter(among).filter(|centre| lacks(centre)).map(|centre| centre.id.clone()));
    }
}

fn href(asked: &Asked, page: usize, visit: &Visit) -> String {
    let number = if page > 1 { page.to_string() } else { String::new() };
    let pairs = [("q", &asked.q), ("fehlt", &asked.fehlt), ("stand", &asked.stand), ("seite", &number)];
    let pairs: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
    let separator = if query.is_empty() { "" } else { "?" };
    path_in(visit, &format!("/arbeitsplatz/stellen{separator}{query}"))
}

fn tabs(asked: &Asked, visit: &Visit, around: &Around<'_>) -> Vec<Tab> {
    let filters = [
        ("", "", "desk-centre-filter-all"),
        ("bestaetigung", "", "desk-centre-filter-stale"),
        ("punkt", "", "desk-centre-filter-point"),
        ("", "withdrawn", "desk-centre-filter-withdrawn"),
        ("", "gone", "desk-centre-filter-gone"),
    ];
    let tab = |(lacks, stand, message): (&str, &str, &str)| {
        let narrowed = Asked { q: asked.q.clone(), fehlt: lacks.into(), stand: stand.into(), seite: 0 };
        Tab {
            href: href(&narrowed, 1, visit),
            text: around.word(message),
            current: asked.fehlt == lacks && asked.stand == stand,
            count: None,
        }
    };
    filters.into_iter().map(tab).collect()
}
