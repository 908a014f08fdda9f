//! `/arbeitsplatz/personen`: who works here, as far as one may see.

use axum::{
    extract::{OriginalUri, State},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, PeopleSession, done, path_in, render},
};

use super::{
    super::{answer::failed, state::AppState, visitor::Asked},
    grant::{GrantView, names_of},
};
use crate::{Authority, PeopleQuery, PersonState, PersonView};

const ON_A_PAGE: u32 = 50;
const DONE: [(&str, &str); 3] = [
    ("eingeladen", "accounts-done-invited"),
    ("ergaenzt", "accounts-done-grant-added"),
    ("zurueckgenommen", "accounts-done-taken-back"),
];

/// What the list is narrowed by.
#[derive(Default, Deserialize)]
pub(super) struct Narrowed {
    #[serde(default)]
    q: String,
    #[serde(default)]
    stand: String,
    seite: Option<u32>,
}

/// The context of `accounts/people.html`.
#[derive(Serialize)]
struct PeoplePage<'a> {
    done: Option<&'static str>,
    q: &'a str,
    state: &'a str,
    states: Vec<StateTab>,
    people: Vec<Row>,
    total: u64,
    pages: Vec<PageLink>,
    previous: Option<String>,
    next: Option<String>,
}

/// A link that shows one state only.
#[derive(Serialize)]
struct StateTab {
    code: &'static str,
    href: String,
    current: bool,
}

/// A person in the list.
#[derive(Serialize)]
struct Row {
    href: String,
    name: String,
    mail: String,
    state: &'static str,
    grants: Vec<GrantView>,
    second_factor: bool,
}

/// A page of the list.
#[derive(Serialize)]
struct PageLink {
    number: u32,
    href: String,
    current: bool,
    gap: bool,
}

/// The right to deal with people, as the domain checks it again.
pub(super) fn authority(person: &PeopleSession) -> Result<Authority, PageError> {
    Authority::of(person.identity()).ok_or(PageError::NotFound)
}

/// Shows the list.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    OriginalUri(uri): OriginalUri,
    person: PeopleSession,
    Asked(narrowed): Asked<Narrowed>,
) -> Result<Response, PageError> {
    let number = narrowed.seite.unwrap_or(1).clamp(1, 10_000);
    let query = PeopleQuery {
        text: narrowed.q.trim().to_owned(),
        centre: None,
        state: PersonState::from_code(&narrowed.stand),
        offset: (number - 1) * ON_A_PAGE,
        limit: ON_A_PAGE,
    };
    let found = app.accounts().people(&authority(&person)?, &query).await.map_err(failed)?;
    let centres = found.people.iter().flat_map(|person| &person.grants).filter_map(|grant| grant.scope());
    let names = names_of(&app, centres.map(str::to_owned).collect()).await;
    let state = query.state.map_or("", PersonState::code);
    let href = |state: &str, page: u32| {
        let mut pairs = vec![];
        if !query.text.is_empty() {
            pairs.push(("q", query.text.clone()));
        }
        if !state.is_empty() {
            pairs.push(("stand", state.to_owned()));
        }
        if page > 1 {
            pairs.push(("seite", page.to_string()));
        }
        let pairs = serde_urlencoded::to_string(pairs).unwrap_or_default();
        let separator = if pairs.is_empty() { "" } else { "?" };
        path_in(&visit, &format!("/arbeitsplatz/personen{separator}{pairs}"))
    };
    let last = u32::try_from(found.total.div_ceil(u64::from(ON_A_PAGE))).unwrap_or(1).max(1);
    let near = |page: &u32| *page == 1 || *page == last || page.abs_diff(number) <= 2;
    let mut pages: Vec<PageLink> = Vec::new();
    for page in (1..=last).filter(near) {
        let gap = pages.last().is_some_and(|before| before.number + 1 < page);
        pages.push(PageLink { number: page, href: href(state, page), current: page == number, gap });
    }
    let states = ["", "invited", "active", "disabled"];
    let context = PeoplePage {
        done: done(&uri, &DONE),
        q: &query.text,
        state,
        states: states
            .map(|code| StateTab { code, href: href(code, 1), current: code == state })
            .into_iter()
            .collect(),
        people: found
            .people
            .into_iter()
            .map(|person| row(&visit, person, |grant| GrantView::new(grant, &names)))
            .collect(),
        total: found.total,
        pages,
        previous: (number > 1).then(|| href(state, number - 1)),
        next: (number < last).then(|| href(state, number + 1)),
    };
    Ok(render(app.pages(), &visit, &person, "accounts/people.html", &context)?.into_response())
}

fn row(visit: &Visit, person: PersonView, grant: impl Fn(&contracts::staff::Grant) -> GrantView) -> Row {
    Row {
        href: path_in(visit, &format!("/arbeitsplatz/personen/{}", person.id)),
        state: person.state.code(),
        grants: person.grants.iter().map(grant).collect(),
        second_factor: person.second_factor,
        name: person.name,
        mail: person.mail,
    }
}
