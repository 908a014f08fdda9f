//! Rights as values: who holds one has passed the check that grants it.

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use contracts::staff::{Actor, Grant, StaffIdentity};
use jiff::{SignedDuration, Timestamp};

use super::{NavItem, Need, StaffRejection, gate::Visitor};

/// How long after proving who she is a person may change keys, mail addresses and take data out.
pub const FRESH_FOR: SignedDuration = SignedDuration::from_mins(10);

/// Somebody who is signed in, whatever she may do.
#[derive(Clone)]
pub struct SignedIn {
    identity: Arc<StaffIdentity>,
    nav: Arc<[NavItem]>,
}

/// An administrator.
#[derive(Clone)]
pub struct AdminSession(SignedIn);

/// Somebody who may import lists: an administrator all, an association administrator those of her association.
#[derive(Clone)]
pub struct ImportSession {
    person: SignedIn,
    sources: Sources,
}

/// The lists somebody may import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sources {
    /// All.
    All,
    /// These.
    Only(BTreeSet<String>),
}

/// Somebody who may edit the centre that the address names: an administrator, or its manager.
#[derive(Clone)]
pub struct CentreSession {
    person: SignedIn,
    centre: String,
}

/// Somebody who works at the centre that the address names: a counsellor or its manager, or an administrator.
#[derive(Clone)]
pub struct TeamSession {
    person: SignedIn,
    centre: String,
}

/// Somebody who may invite people: an administrator, or the manager of one or more centres.
#[derive(Clone)]
pub struct PeopleSession(SignedIn);

/// A person who proved who she is a moment ago.
#[derive(Clone)]
pub struct Fresh(SignedIn);

/// A signed-in person behind any right.
pub trait Member {
    /// The person.
    fn signed_in(&self) -> &SignedIn;

    /// Who it is.
    fn identity(&self) -> &StaffIdentity {
        &self.signed_in().identity
    }

    /// The person as the author of a change.
    fn actor(&self) -> Actor {
        self.identity().actor()
    }
}

impl SignedIn {
    pub(super) const fn new(identity: Arc<StaffIdentity>, nav: Arc<[NavItem]>) -> Self {
        Self { identity, nav }
    }

    /// The entries of the navigation this person may use.
    pub(super) fn nav(&self) -> impl Iterator<Item = &NavItem> {
        self.nav.iter().filter(|item| self.meets(item.need))
    }

    /// Whether the person has what a page needs, apart from the object it is about.
    pub fn meets(&self, need: Need) -> bool {
        let grants = &self.identity.grants;
        let any = |test: fn(&Grant) -> bool| grants.iter().any(test);
        match need {
            Need::Open | Need::SignedIn => true,
            Need::Administrator => any(|grant| matches!(grant, Grant::Administrator)),
            Need::Importer => {
                any(|grant| matches!(grant, Grant::Administrator | Grant::AssociationAdministrator(_)))
            }
            Need::CentreEditor | Need::People => {
                any(|grant| matches!(grant, Grant::Administrator | Grant::CentreManager(_)))
            }
            Need::Team => any(|grant| {
                matches!(grant, Grant::Administrator | Grant::CentreManager(_) | Grant::Counsellor(_))
            }),
        }
    }

    /// The right of an administrator, for pages that show more to one.
    pub fn administrator(&self) -> Option<AdminSession> {
        self.meets(Need::Administrator).then(|| AdminSession(self.clone()))
    }

    /// The right to edit this centre.
    pub fn editor_of(&self, centre: &str) -> Option<CentreSession> {
        let manager = Grant::CentreManager(centre.to_owned());
        (self.meets(Need::Administrator) || self.identity.holds(&manager))
            .then(|| CentreSession { person: self.clone(), centre: centre.to_owned() })
    }

    /// The right to see and book the appointments of this centre.
    pub fn member_of(&self, centre: &str) -> Option<TeamSession> {
        let works = self.identity.grants.iter().any(|grant| grant.works_at(centre));
        works.then(|| TeamSession { person: self.clone(), centre: centre.to_owned() })
    }

    /// The centres the person works at, as counsellor or manager.
    pub fn own_centres(&self) -> BTreeSet<String> {
        self.identity
            .grants
            .iter()
            .filter_map(|grant| match grant {
                Grant::CentreManager(centre) | Grant::Counsellor(centre) => Some(centre.clone()),
                _ => None,
            })
            .collect()
    }

    /// The centres the person manages, without those an administrator may edit anyway.
    pub fn managed_centres(&self) -> BTreeSet<String> {
        self.identity
            .grants
            .iter()
            .filter_map(|grant| match grant {
                Grant::CentreManager(centre) => Some(centre.clone()),
                _ => None,
            })
            .collect()
    }

    /// The right to do what needs a recent proof of who one is.
    pub fn fresh(&self, now: Timestamp) -> Option<Fresh> {
        let age = now.duration_since(self.identity.authenticated_at);
        (age <= FRESH_FOR).then(|| Fresh(self.clone()))
    }
}

impl ImportSession {
    /// The lists this person may import.
    pub const fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Whether this person may import the list.
    pub fn may_import(&self, source: &str) -> bool {
        match &self.sources {
            Sources::All => true,
            Sources::Only(sources) => sources.contains(source),
        }
    }
}

impl CentreSession {
    /// The centre.
    pub fn centre_id(&self) -> &str {
        &self.centre
    }
}

impl TeamSession {
    /// The centre.
    pub fn centre_id(&self) -> &str {
        &self.centre
    }

    /// The right to edit the centre, for pages that show more to its manager.
    pub fn manager(&self) -> Option<CentreSession> {
        self.person.editor_of(&self.centre)
    }
}

impl PeopleSession {
    /// Whether this person may give or take the grant: administrators any, managers those of their own centres.
    pub fn may_grant(&self, grant: &Grant) -> bool {
        self.is_administrator()
            || match grant {
                Grant::CentreManager(centre) | Grant::Counsellor(centre) => {
                    self.0.identity.holds(&Grant::CentreManager(centre.clone()))
                }
                Grant::Administrator | Grant::AssociationAdministrator(_) => false,
            }
    }

    /// Whether this person sees everybody.
    pub fn is_administrator(&self) -> bool {
        self.0.meets(Need::Administrator)
    }

    /// The centres whose people this person sees, if not everybody's.
    pub fn centres(&self) -> BTreeSet<String> {
        self.0.managed_centres()
    }
}

impl Member for SignedIn {
    fn signed_in(&self) -> &SignedIn {
        self
    }
}

impl Member for AdminSession {
    fn signed_in(&self) -> &SignedIn {
        &self.0
    }
}

impl Member for ImportSession {
    fn signed_in(&self) -> &SignedIn {
        &self.person
    }
}

impl Member for CentreSession {
    fn signed_in(&self) -> &SignedIn {
        &self.person
    }
}

impl Member for TeamSession {
    fn signed_in(&self) -> &SignedIn {
        &self.person
    }
}

impl Member for PeopleSession {
    fn signed_in(&self) -> &SignedIn {
        &self.0
    }
}

impl Member for Fresh {
    fn signed_in(&self) -> &SignedIn {
        &self.0
    }
}

fn known(parts: &Parts) -> Result<SignedIn, StaffRejection> {
    match parts.extensions.get::<Visitor>() {
        Some(Visitor::Known(person)) => Ok(person.clone()),
        Some(Visitor::Unknown) => Err(StaffRejection::sign_in_first(parts)),
        Some(Visitor::Unsure) => Err(StaffRejection::Unavailable),
        // A staff page outside of the guard must not open.
        None => Err(StaffRejection::NotAllowed),
    }
}

fn holder(parts: &Parts, need: Need) -> Result<SignedIn, StaffRejection> {
    let person = known(parts)?;
    if person.meets(need) { Ok(person) } else { Err(StaffRejection::NotAllowed) }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = StaffRejection;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        known(parts)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AdminSession {
    type Rejection = StaffRejection;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        holder(parts, Need::Administrator).map(Self)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ImportSession {
    type Rejection = StaffRejection;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let person = holder(parts, Need::Importer)?;
        let sources = if person.meets(Need::Administrator) {
            Sources::All
        } else {
            Sources::Only(
                person
                    .identity
                    .grants
                    .iter()
                    .filter_map(|grant| match grant {
                        Grant::AssociationAdministrator(source) => Some(source.clone()),
                        _ => None,
                    })
                    .collect(),
            )
        };
        Ok(Self { person, sources })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for CentreSession {
    type Rejection = StaffRejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let (person, centre) = at_centre(parts, state).await?;
        person.editor_of(&centre).ok_or(StaffRejection::NotAllowed)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for TeamSession {
    type Rejection = StaffRejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let (person, centre) = at_centre(parts, state).await?;
        person.member_of(&centre).ok_or(StaffRejection::NotAllowed)
    }
}

/// Who is signed in, and the centre that the address names.
async fn at_centre<S: Send + Sync>(
    parts: &mut Parts,
    state: &S,
) -> Result<(SignedIn, String), StaffRejection> {
    let person = known(parts)?;
    let parameters =
        RawPathParams::from_request_parts(parts, state).await.map_err(|_| StaffRejection::NotAllowed)?;
    let centre = parameters.iter().find_map(|(name, value)| (name == "centre").then(|| value.to_owned()));
    Ok((person, centre.ok_or(StaffRejection::NotAllowed)?))
}

impl<S: Send + Sync> FromRequestParts<S> for PeopleSession {
    type Rejection = StaffRejection;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        holder(parts, Need::People).map(Self)
    }
}
