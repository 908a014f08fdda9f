//! Rights that the provider gives and takes: the values of a claim, and what each means here.

use std::collections::{BTreeMap, BTreeSet};

use contracts::staff::Grant;
use serde::Deserialize;
use serde_json::Value;

use super::SettingsError;

/// Which values of a claim mean which rights.
///
/// Rights that stand in the mapping are the provider's to give: whoever comes without the value loses them at the next
/// sign-in. All others are left alone.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantMapping {
    /// The claim, by its path with points between ("groups", "realm_access.roles").
    pub claim: String,
    /// For each value the rights it means: "administrator", "centre_manager:ID", …
    pub values: BTreeMap<String, Vec<String>>,
}

impl GrantMapping {
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        let wrong = self.values.values().flatten().find(|text| read(text).is_none());
        wrong.map_or(Ok(()), |text| Err(SettingsError::Grant(text.clone())))
    }

    /// What somebody holds after a sign-in with these claims, who held `held` before.
    pub fn apply(&self, claims: &Value, held: &[Grant]) -> Vec<Grant> {
        let theirs: BTreeSet<Grant> = self.values.values().flatten().filter_map(|text| read(text)).collect();
        let given = self.values_in(claims).into_iter().filter_map(|value| self.values.get(&value));
        let given = given.flatten().filter_map(|text| read(text));
        let ours = held.iter().filter(|grant| !theirs.contains(grant)).cloned();
        ours.chain(given).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn values_in(&self, claims: &Value) -> BTreeSet<String> {
        let found = self.claim.split('.').try_fold(claims, |value, name| value.get(name));
        match found {
            Some(Value::String(one)) => BTreeSet::from([one.clone()]),
            Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => BTreeSet::new(),
        }
    }
}

fn read(text: &str) -> Option<Grant> {
    match text.split_once(':') {
        Some((role, scope)) if !scope.is_empty() => Grant::from_parts(role, Some(scope)),
        Some(_) => None,
        None => Grant::from_parts(text, None),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mapping() -> GrantMapping {
        serde_json::from_value(json!({
            "claim": "realm_access.roles",
            "values": {"leitung": ["centre_manager:c1", "counsellor:c1"], "verwaltung": ["administrator"]},
        }))
        .unwrap()
    }

    #[test]
    fn the_provider_gives_and_takes_its_own_rights_only() {
        let claims = json!({"realm_access": {"roles": ["leitung", "anderes"]}});
        let held = [Grant::Administrator, Grant::Counsellor("c2".into())];
        assert_eq!(
            mapping().apply(&claims, &held),
            [
                Grant::CentreManager("c1".into()),
                Grant::Counsellor("c1".into()),
                Grant::Counsellor("c2".into()),
            ]
        );
        assert_eq!(mapping().apply(&json!({}), &held), [Grant::Counsellor("c2".into())]);
        assert_eq!(
            mapping().apply(&json!({"realm_access": {"roles": "verwaltung"}}), &[]),
            [Grant::Administrator]
        );
    }

    #[test]
    fn a_right_that_is_none_is_refused_at_start() {
        let mut mapping = mapping();
        assert!(mapping.check().is_ok());
        for wrong in ["admin", "counsellor", "counsellor:", "administrator:x"] {
            mapping.values.insert("x".into(), vec![wrong.into()]);
            assert!(matches!(mapping.check(), Err(SettingsError::Grant(_))), "{wrong}");
        }
    }
}
