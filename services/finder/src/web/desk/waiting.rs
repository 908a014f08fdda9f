//! What of the directory waits for a person of the staff: only what she may act on, with where she does it.

use contracts::staff::{Grant, StaffIdentity};
use jiff::Span;

use super::imports::draft::{Draft, State};
use crate::{app::AppState, duplicates::Advice, store::StoreError, web::view::berlin};

/// Something that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Where it is done, without the language's prefix.
    pub href: String,
    /// The message that names it; it gets `count`.
    pub text: &'static str,
    /// How many.
    pub count: u64,
}

/// What waits for a person, most urgent first. What cannot be found out at the moment is left out and logged.
pub async fn waiting_for(app: &AppState, person: &StaffIdentity) -> Vec<Waiting> {
    let mut all = Vec::new();
    for found in
        [agreements(app, person).await, duplicates(app, person).await, unconfirmed(app, person).await]
    {
        match found {
            Ok(found) => all.extend(found),
            Err(error) => tracing::warn!(error.cause = %error, "what waits for staff cannot be told"),
        }
    }
    all
}

/// Imports that somebody else asked a second administrator about.
async fn agreements(app: &AppState, person: &StaffIdentity) -> Result<Option<Waiting>, StoreError> {
    if !person.holds(&Grant::Administrator) {
        return Ok(None);
    }
    let drafts = app.store().drafts().await?.into_iter().filter_map(Draft::read);
    let asked = drafts.filter(|draft| {
        let agreement = draft.body.agreement.as_ref();
        draft.state == State::Compared
            && agreement
                .is_some_and(|one| one.agreed_by.is_none() && one.asked_by.person_id != person.person_id)
    });
    let places: Vec<String> = asked.map(|draft| draft.path(draft.step())).collect();
    Ok(waiting(places, "/arbeitsplatz/import", "desk-attention-agreements"))
}

/// Pairs that nobody has decided on yet. Houses with several centres wait for nobody.
async fn duplicates(app: &AppState, person: &StaffIdentity) -> Result<Option<Waiting>, StoreError> {
    let all = person.holds(&Grant::Administrator);
    let lists: Vec<&str> = person
        .grants
        .iter()
        .filter_map(|grant| match grant {
            Grant::AssociationAdministrator(source) => Some(source.as_str()),
            _ => None,
        })
        .collect();
    if !all && lists.is_empty() {
        return Ok(None);
    }
    let Some(survey) = app.surveyed().soon(app).await? else { return Ok(None) };
    let mine = |sources: &[String; 2]| all || sources.iter().any(|source| lists.contains(&source.as_str()));
    let open = |advice| {
        survey.pairs.iter().filter(|pair| pair.advice == advice && mine(&pair.sources)).count() as u64
    };
    let (same, look) = (open(Advice::Merge), open(Advice::Look));
    let tab = if same > 0 { "gleich" } else { "offen" };
    Ok((same + look > 0).then(|| Waiting {
        href: format!("/arbeitsplatz/dubletten?art={tab}"),
        text: "desk-attention-duplicates",
        count: same + look,
    }))
}

/// Centres of a manager's own that nobody has confirmed for a year.
async fn unconfirmed(app: &AppState, person: &StaffIdentity) -> Result<Option<Waiting>, StoreError> {
    let limit = berlin(app.now()).date().saturating_sub(Span::new().months(12));
    let mut places = Vec::new();
    for grant in &person.grants {
        let Grant::CentreManager(id) = grant else { continue };
        let Some(centre) = app.store().centre_by_id(id).await? else { continue };
        let place = format!("/arbeitsplatz/stellen/{id}");
        if centre.confirmed_on.is_none_or(|day| day < limit) && !places.contains(&place) {
            places.push(place);
        }
    }
    Ok(waiting(places, "/arbeitsplatz/stellen", "desk-attention-unconfirmed"))
}

/// One leads there at once, several to their list.
fn waiting(mut places: Vec<String>, list: &str, text: &'static str) -> Option<Waiting> {
    let count = places.len() as u64;
    let one = places.pop()?;
    Some(Waiting { href: if count == 1 { one } else { list.to_owned() }, text, count })
}

#[cfg(test)]
mod tests;
