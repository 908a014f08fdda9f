//! Type-ahead for "Wo?".

use super::{Gazetteer, PlaceKind, Suggestion, fold, matching::Found, names::Id, postcode, postcode::Digits};

impl Gazetteer {
    /// Places whose name, or whose postcode, begins with what was typed so far; the biggest first, at most `limit`.
    pub fn suggest(&self, prefix: &str, limit: usize) -> Vec<Suggestion> {
        match postcode::read(prefix) {
            Digits::Whole(digits) | Digits::Part(digits) => {
                let infos = self.postcodes_beginning_with(&digits).iter().take(limit);
                return infos
                    .map(|info| {
                        let place = self.postcode_place(info);
                        Suggestion { label: place.name, query: place.query, detail: place.detail }
                    })
                    .collect();
            }
            Digits::TooMany => return Vec::new(),
            Digits::None => {}
        }
        let ids = self.begun(prefix, limit);
        ids.into_iter().map(|id| self.suggestion(id)).collect()
    }

    fn suggestion(&self, id: Id) -> Suggestion {
        let entry = self.entry(id);
        Suggestion { label: self.shown_name(entry), query: self.query_for(id), detail: self.detail(entry) }
    }

    /// Places that can still become what is being typed.
    fn begun(&self, prefix: &str, limit: usize) -> Vec<Id> {
        let words = fold::words(prefix);
        let key = fold::key(&words);
        if key.is_empty() {
            return Vec::new();
        }
        let hits = self.names.beginning_with(&key);
        let begins = |id: &Id| fold::key(&self.entry(*id).words).starts_with(&key);
        let (mut names, mut inner): (Vec<Id>, Vec<Id>) = hits.iter().map(|(_, id)| *id).partition(begins);
        self.biggest_first(&mut names);
        self.biggest_first(&mut inner);
        // Districts and Länder have many postcodes; the town of the same name is what people mean first.
        names.sort_by_key(|id| self.entry(*id).kind != PlaceKind::Town);
        inner.retain(|id| !names.contains(id));
        let mut ids = names;
        ids.append(&mut inner);
        if ids.len() < limit {
            self.add_others(prefix, &key, &mut ids);
        }
        ids.truncate(limit);
        ids
    }

    /// Names in other languages and shortened names.
    fn add_others(&self, prefix: &str, key: &str, ids: &mut Vec<Id>) {
        let mut targets: Vec<_> = self.aliases.iter().filter(|(alias, _)| alias.starts_with(key)).collect();
        targets.sort_unstable();
        let found = targets.into_iter().map(|(_, target)| self.find(target)).chain([self.find(prefix)]);
        for found in found {
            let more = match found {
                Found::Nothing => Vec::new(),
                Found::One { id, others } => std::iter::once(id).chain(others).collect(),
                Found::Many(ids) => ids,
            };
            for id in more {
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
    }
}
