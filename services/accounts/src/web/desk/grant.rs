//! Rights in words, and the part of a form that chooses one.

use std::collections::BTreeMap;

use contracts::staff::{CentreName, Grant};
use serde::{Deserialize, Serialize};
use webkit::staff::PeopleSession;

use super::super::{say::FieldError, state::AppState};

/// Centres offered at once; more are found by searching.
const OFFERED: usize = 20;

/// A right as pages show it.
#[derive(Debug, Clone, Serialize)]
pub(in crate::web) struct GrantView {
    /// Its role; the message `accounts-role-…` names it.
    pub(in crate::web) role: &'static str,
    /// The source or centre, as it stands in forms.
    pub(in crate::web) scope: String,
    /// What the scope is called; its id where the directory does not know it.
    pub(in crate::web) place: String,
}

impl GrantView {
    /// Rights with the names of their centres. Without the directory the ids stand for them.
    pub(in crate::web) async fn all(app: &AppState, grants: &[Grant]) -> Vec<Self> {
        let centres = grants.iter().filter_map(|grant| match grant {
            Grant::CentreManager(centre) | Grant::Counsellor(centre) => Some(centre.clone()),
            Grant::Administrator | Grant::AssociationAdministrator(_) => None,
        });
        let names = names_of(app, centres.collect()).await;
        grants.iter().map(|grant| Self::new(grant, &names)).collect()
    }

    pub(super) fn new(grant: &Grant, names: &BTreeMap<String, String>) -> Self {
        let scope = grant.scope().unwrap_or_default();
        Self {
            role: grant.role(),
            scope: scope.to_owned(),
            place: names.get(scope).map_or(scope, String::as_str).to_owned(),
        }
    }
}

/// The names of centres by their ids; those that cannot be named are missing.
pub(super) async fn names_of(app: &AppState, ids: Vec<String>) -> BTreeMap<String, String> {
    if ids.is_empty() {
        return BTreeMap::new();
    }
    let centres = app.centres().centres(&ids).await.unwrap_or_default();
    centres.into_iter().map(|centre| (centre.id.clone(), in_words(&centre))).collect()
}

fn in_words(centre: &CentreName) -> String {
    if centre.place.is_empty() { centre.name.clone() } else { format!("{}, {}", centre.name, centre.place) }
}

/// What was typed and chosen to give a right.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct GrantForm {
    #[serde(default)]
    pub(super) rolle: String,
    #[serde(default)]
    pub(super) stelle: String,
    #[serde(default)]
    pub(super) liste: String,
    /// What centres are searched by.
    #[serde(default)]
    pub(super) stelle_suche: String,
}

/// The part of the form that chooses a right.
#[derive(Debug, Clone, Serialize)]
pub(super) struct GrantChoice {
    roles: Vec<Choice>,
    /// Centres found, or the person's own.
    centres: Vec<Choice>,
    sources: Vec<Choice>,
    search: String,
    /// Only administrators search; managers see their centres.
    searchable: bool,
    /// Something was searched for and nothing found.
    nothing_found: bool,
}

/// Something that can be chosen.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Choice {
    value: String,
    /// The text, or for roles the message's id.
    text: String,
    hint: Option<String>,
    checked: bool,
}

impl GrantChoice {
    /// What this person may give, with what she chose so far.
    pub(super) async fn new(app: &AppState, person: &PeopleSession, form: &GrantForm) -> Self {
        let all = person.is_administrator();
        let roles: &[&str] = if all {
            &["counsellor", "centre_manager", "association_administrator", "administrator"]
        } else {
            &["counsellor", "centre_manager"]
        };
        let search = form.stelle_suche.trim();
        let mut found = if !all {
            let own: Vec<String> = person.centres().into_iter().collect();
            app.centres().centres(&own).await.unwrap_or_default()
        } else if search.is_empty() {
            Vec::new()
        } else {
            app.centres().find(search, OFFERED).await.unwrap_or_default()
        };
        let nothing_found = all && !search.is_empty() && found.is_empty();
        if all && !form.stelle.is_empty() && !found.iter().any(|centre| centre.id == form.stelle) {
            // What was chosen before another search stays on offer.
            let chosen = app.centres().centres(std::slice::from_ref(&form.stelle)).await;
            found.extend(chosen.unwrap_or_default());
        }
        let only = found.len() == 1;
        let centres = found.iter().map(|centre| Choice {
            checked: only || centre.id == form.stelle,
            value: centre.id.clone(),
            text: in_words(centre),
            hint: None,
        });
        let sources = if all { app.centres().sources().await.unwrap_or_default() } else { Vec::new() };
        let sources = sources.into_iter().map(|source| Choice {
            checked: source == form.liste,
            value: source.clone(),
            text: source,
            hint: None,
        });
        let chosen = if form.rolle.is_empty() { "counsellor" } else { &form.rolle };
        let roles = roles.iter().map(|role| Choice {
            value: (*role).to_owned(),
            text: format!("accounts-role-{}", role.replace('_', "-")),
            hint: Some(format!("accounts-role-{}-hint", role.replace('_', "-"))),
            checked: *role == chosen,
        });
        Self {
            roles: roles.collect(),
            centres: centres.collect(),
            sources: sources.collect(),
            search: search.to_owned(),
            searchable: all,
            nothing_found,
        }
    }
}

/// The right a form means, if this person may give it and its centre or list exists.
pub(super) async fn chosen(
    app: &AppState,
    person: &PeopleSession,
    form: &GrantForm,
) -> Result<Grant, FieldError> {
    let missing_centre = FieldError::new("centre", "accounts-grant-centre-missing");
    let grant = match form.rolle.as_str() {
        "administrator" => Some(Grant::Administrator),
        "association_administrator" => {
            let sources = app.centres().sources().await.unwrap_or_default();
            if !sources.contains(&form.liste) {
                return Err(FieldError::new("source", "accounts-grant-source-missing"));
            }
            Some(Grant::AssociationAdministrator(form.liste.clone()))
        }
        role @ ("centre_manager" | "counsellor") => {
            if form.stelle.is_empty() {
                return Err(missing_centre);
            }
            let known = app.centres().centres(std::slice::from_ref(&form.stelle)).await.unwrap_or_default();
            if known.is_empty() {
                return Err(missing_centre);
            }
            Grant::from_parts(role, Some(&form.stelle))
        }
        _ => None,
    };
    grant
        .filter(|grant| person.may_grant(grant))
        .ok_or(FieldError::new("role", "accounts-grant-role-missing"))
}
