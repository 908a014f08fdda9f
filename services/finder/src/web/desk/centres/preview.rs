//! `GET /arbeitsplatz/stellen/{centre}/vorschau`: the page as seekers see it, also of a centre that is not listed.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::{Html, Visit},
    staff::{CentreSession, path_in},
};

use super::{
    around::{Around, layers_of},
    head::path,
};
use crate::{
    app::AppState,
    layers::{Standing, compose},
    web::{
        centre::{CentrePage, Names, Report},
        link,
        view::berlin,
    },
};

/// The public page with the way back.
#[derive(Serialize)]
struct PreviewPage {
    #[serde(flatten)]
    page: CentrePage,
    back_href: String,
    public_href: Option<String>,
}

/// Shows the public page.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    session: CentreSession,
) -> Result<Response, PageError> {
    let composed = compose(&layers_of(&app, &session).await?);
    let around = Around::new(&app, visit.lang);
    let offers: Vec<String> = composed.centre.offers.iter().map(|offer| offer.id.clone()).collect();
    let free = app.next_free(&offers).await;
    let names = Names {
        lexicon: around.lexicon(),
        gazetteer: &around.places,
        free: &free,
        open: app.open_until(&composed.centre.id).await.is_some(),
        now: berlin(app.now()),
        lang: visit.lang,
    };
    let context = PreviewPage {
        page: CentrePage::new(&composed.centre, &names, Report::default()),
        back_href: path_in(&visit, &path(session.centre_id(), "")),
        public_href: (composed.standing == Standing::Listed)
            .then(|| link::centre(visit.lang, &composed.centre.slug)),
    };
    Ok(Html(app.pages().render(&visit, "desk/centre-preview.html", &context)?).into_response())
}
