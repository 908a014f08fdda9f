//! Name, languages and topics: what seekers and colleagues see, and the language of mails.

use axum::{extract::State, response::Response};
use kernel::Lang;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, SignedIn, StaffForm},
};

use super::{
    super::{
        answer::{failed, to},
        enter::name_error,
        say::FieldError,
        state::AppState,
    },
    page,
};
use crate::{Owner, PersonName, Profile};

/// The context of `accounts/profile.html`.
#[derive(Serialize)]
struct ProfilePage<'a> {
    errors: &'a [FieldError],
    name: &'a str,
    lang: &'a str,
    langs: Vec<Choice>,
    languages: Vec<Choice>,
    topics: Vec<Choice>,
}

/// Something that can be chosen.
#[derive(Serialize)]
struct Choice {
    value: String,
    text: String,
    hint: Option<String>,
    checked: bool,
}

/// What was typed and chosen.
#[derive(Deserialize)]
pub(super) struct ProfileForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    sprache: String,
    #[serde(default)]
    sprachen: Vec<String>,
    #[serde(default)]
    themen: Vec<String>,
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
) -> Result<Response, PageError> {
    let account = app.accounts().account(&Owner::from(person.identity())).await.map_err(failed)?;
    let form = ProfileForm {
        name: account.name,
        sprache: account.lang.tag().to_owned(),
        sprachen: account.languages,
        themen: account.topics,
    };
    show(&app, &visit, &person, &form, &[])
}

/// Saves it.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    StaffForm(form): StaffForm<ProfileForm>,
) -> Result<Response, PageError> {
    let Ok(name) = PersonName::parse(&form.name) else {
        return show(&app, &visit, &person, &form, &[name_error()]);
    };
    let lang = Lang::SHIPPED.into_iter().find(|lang| lang.tag() == form.sprache).unwrap_or_default();
    // What is not on offer is left out: the form offers everything that can be chosen.
    let known = |chosen: &[String], choices: Vec<(String, String)>| -> Vec<String> {
        choices.into_iter().map(|(code, _)| code).filter(|code| chosen.contains(code)).collect()
    };
    let profile = Profile {
        name,
        lang,
        languages: known(&form.sprachen, app.choices().languages(visit.lang)),
        topics: known(&form.themen, app.choices().topics(visit.lang)),
    };
    app.accounts().change_profile(&Owner::from(person.identity()), profile).await.map_err(failed)?;
    Ok(to(&visit, "/mein-konto?getan=gespeichert"))
}

fn show(
    app: &AppState,
    visit: &Visit,
    person: &SignedIn,
    form: &ProfileForm,
    errors: &[FieldError],
) -> Result<Response, PageError> {
    let choice = |chosen: &[String], (value, text): (String, String)| Choice {
        checked: chosen.contains(&value),
        hint: None,
        value,
        text,
    };
    let own = std::slice::from_ref(&form.sprache);
    let langs = Lang::SHIPPED.map(|lang| (lang.tag().to_owned(), lang.own_name().to_owned()));
    let (languages, topics) = (app.choices().languages(visit.lang), app.choices().topics(visit.lang));
    let context = ProfilePage {
        errors,
        name: &form.name,
        lang: &form.sprache,
        langs: langs.into_iter().map(|lang| choice(own, lang)).collect(),
        languages: languages.into_iter().map(|language| choice(&form.sprachen, language)).collect(),
        topics: topics.into_iter().map(|topic| choice(&form.themen, topic)).collect(),
    };
    page(app, visit, person, "accounts/profile.html", errors, &context)
}
