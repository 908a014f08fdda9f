//! The pages of conversations: one for seekers, one at the workplace.
//!
//! Both are empty vessels. What opens a room stands behind `#` in the address, which browsers keep to themselves; the script of
//! the page takes it from there. So these pages know nobody and say nothing about anybody.

#[cfg(test)]
mod tests;

use axum::{Router, extract::State, response::IntoResponse, routing::get};
use rust_embed::RustEmbed;
use serde::Serialize;
use webkit::{
    catalogue::Source,
    error::PageError,
    headers::Calling,
    pages::{Html, Pages, Template, Visit},
    shared,
    staff::{Member, Need, SignedIn, StaffRoutes, render},
};

#[derive(RustEmbed)]
#[folder = "templates"]
#[include = "**/*.html"]
struct Templates;

#[derive(RustEmbed)]
#[folder = "locales"]
#[include = "*/*.ftl"]
struct Messages;

/// Chat's templates, named by their path below `templates/`.
pub fn templates() -> Vec<Template> {
    shared::templates_in::<Templates>()
}

/// Chat's messages in every shipped language.
pub fn messages() -> Vec<Source> {
    shared::messages_in::<Messages>()
}

/// The page of seekers, without a language prefix.
pub fn routes() -> Router<Pages> {
    Router::new().route("/gespraech", get(seek))
}

/// The page at the workplace, without a language prefix.
pub fn staff_routes() -> StaffRoutes<Pages> {
    StaffRoutes::new().get("/arbeitsplatz/gespraech", Need::Team, host)
}

#[derive(Serialize)]
struct SeekPage {}

async fn seek(State(pages): State<Pages>, visit: Visit) -> Result<impl IntoResponse, PageError> {
    let page = pages.render(&visit, "chat/seek.html", &SeekPage {})?;
    Ok((Calling, Html(page)))
}

#[derive(Serialize)]
struct HostPage<'a> {
    /// How others see her; she can be called as she is at work.
    name: &'a str,
}

async fn host(
    State(pages): State<Pages>,
    visit: Visit,
    person: SignedIn,
) -> Result<impl IntoResponse, PageError> {
    if !person.meets(Need::Team) {
        return Err(PageError::NotFound);
    }
    let page =
        render(&pages, &visit, &person, "chat/host.html", &HostPage { name: &person.identity().name })?;
    Ok((Calling, page))
}
