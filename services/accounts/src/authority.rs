//! Who may administrate whom: a value that only a signed-in person's grants can make.

use std::collections::BTreeSet;

use contracts::staff::{Actor, Grant, StaffIdentity};

/// The right to administrate people, and how far it reaches.
#[derive(Debug, Clone)]
pub struct Authority {
    actor: Actor,
    reach: Reach,
}

impl Authority {
    /// The authority of an administrator (everybody) or a centre manager (her centres); nobody else has any.
    pub fn of(identity: &StaffIdentity) -> Option<Self> {
        let reach = if identity.holds(&Grant::Administrator) {
            Reach::Everything
        } else {
            let managed = |grant: &Grant| match grant {
                Grant::CentreManager(centre) => Some(centre.clone()),
                _ => None,
            };
            let centres: BTreeSet<String> = identity.grants.iter().filter_map(managed).collect();
            if centres.is_empty() {
                return None;
            }
            Reach::Centres(centres)
        };
        Some(Self { actor: identity.actor(), reach })
    }

    /// The program itself, acting on the operator's configuration: grants that come from an identity provider.
    pub fn program() -> Self {
        let actor = Actor { person_id: String::from("system"), name: String::from("system") };
        Self { actor, reach: Reach::Everything }
    }

    /// The author of the changes made with it.
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Whether it reaches everybody.
    pub const fn is_unlimited(&self) -> bool {
        matches!(self.reach, Reach::Everything)
    }

    /// Whether this grant can be given and taken with it.
    pub fn covers(&self, grant: &Grant) -> bool {
        self.reach.covers(grant)
    }

    pub(crate) const fn reach(&self) -> &Reach {
        &self.reach
    }
}

/// How far an authority reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// All people and all grants.
    Everything,
    /// Managers and counsellors of these centres.
    Centres(BTreeSet<String>),
}

impl Reach {
    /// Whether the grant lies within.
    pub fn covers(&self, grant: &Grant) -> bool {
        match (self, grant) {
            (Self::Everything, _) => true,
            (Self::Centres(centres), Grant::CentreManager(centre) | Grant::Counsellor(centre)) => {
                centres.contains(centre)
            }
            (Self::Centres(_), Grant::Administrator | Grant::AssociationAdministrator(_)) => false,
        }
    }

    /// Whether a person with these grants is seen at all.
    pub fn sees(&self, grants: &[Grant]) -> bool {
        *self == Self::Everything || grants.iter().any(|grant| self.covers(grant))
    }

    /// Whether the person as a whole may be disabled, signed out and invited again: all she may do lies within.
    pub fn governs(&self, grants: &[Grant]) -> bool {
        self.sees(grants) && grants.iter().all(|grant| self.covers(grant))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manager_reaches_her_centres_and_no_grant_above_them() {
        let reach = Reach::Centres(BTreeSet::from([String::from("a")]));
        assert!(
            reach.covers(&Grant::Counsellor("a".into())) && reach.covers(&Grant::CentreManager("a".into()))
        );
        for beyond in
            [Grant::Counsellor("b".into()), Grant::Administrator, Grant::AssociationAdministrator("a".into())]
        {
            assert!(!reach.covers(&beyond), "{beyond:?}");
        }
    }

    #[test]
    fn somebody_with_grants_elsewhere_is_seen_but_not_governed() {
        let reach = Reach::Centres(BTreeSet::from([String::from("a")]));
        let both = [Grant::Counsellor("a".into()), Grant::Counsellor("b".into())];
        assert!(reach.sees(&both) && !reach.governs(&both) && reach.governs(&both[..1]));
        assert!(!reach.sees(&both[1..]) && !reach.governs(&[]));
        assert!(Reach::Everything.governs(&[]));
    }
}
