//! Which named places a text can mean, and whether one of them is meant beyond doubt.

use super::{
    Gazetteer, PlaceKind,
    fold::{self, Word},
    names::Id,
};

/// How many times bigger than all others of its name a place must be to be meant without asking.
const OBVIOUSLY_BIGGER: usize = 15;
/// How many places a choice offers.
const CHOICES: usize = 12;
/// How many letters of a name's beginning say enough.
const SHORTEST_BEGINNING: usize = 3;

const RURAL_SORTS: [&str; 5] = ["landkreis", "kreis", "lk", "lkr", "krs"];
/// Words in front of a name that say nothing about which place it is.
const FILLERS: [&str; 22] = [
    "stadt",
    "gemeinde",
    "hansestadt",
    "landeshauptstadt",
    "universitatsstadt",
    "kreisfreie",
    "stadtkreis",
    "markt",
    "ort",
    "dorf",
    "in",
    "bei",
    "nahe",
    "um",
    "umgebung",
    "umkreis",
    "raum",
    "grossraum",
    "region",
    "plz",
    "postleitzahl",
    "land",
];

/// What a text means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing known.
    Nothing,
    /// This one; the others carry the same name.
    One { id: Id, others: Vec<Id> },
    /// One of these, the biggest first.
    Many(Vec<Id>),
}

impl Gazetteer {
    /// The named places a text without a postcode can mean.
    pub(super) fn find(&self, text: &str) -> Found {
        self.read(fold::clip(text), true)
    }

    fn read(&self, text: &str, guess: bool) -> Found {
        let found = self.find_qualified(text);
        if found != Found::Nothing {
            return found;
        }
        let words: Vec<Word> = fold::words(text).into_iter().filter(|word| !is_number(word)).collect();
        self.find_words(&words, guess)
    }

    /// "Name, what tells it apart": a district, a Land, the town of a part, or a key.
    pub(super) fn find_qualified(&self, text: &str) -> Found {
        let Some((name, qualifier)) = text.split_once(',') else { return Found::Nothing };
        let (name, wanted) = (fold::words(name), fold::key(&fold::words(qualifier)));
        if wanted.is_empty() || name.is_empty() {
            return Found::Nothing;
        }
        let tells = |id: &Id| {
            let entry = self.entry(*id);
            let is_wanted = |text: &str| fold::key(&fold::words(text)).starts_with(&wanted);
            entry.region == wanted
                || entry.part_of.as_deref().is_some_and(is_wanted)
                || entry
                    .district
                    .and_then(|key| self.district_name(key))
                    .is_some_and(|label| is_wanted(label) || is_wanted(super::lands::bare_district(label)))
                || entry.land.and_then(super::land_name).is_some_and(is_wanted)
        };
        let found = self.choose(self.exactly(&name).into_iter().filter(tells).collect());
        if found != Found::Nothing {
            return found;
        }
        self.choose(self.shortened(&name).into_iter().filter(tells).collect())
    }

    /// Tries ever looser readings; `guess` allows those that change what was typed.
    fn find_words(&self, words: &[Word], guess: bool) -> Found {
        let key = fold::key(words);
        if key.is_empty() {
            return Found::Nothing;
        }
        let (towns, areas): (Vec<Id>, Vec<Id>) =
            self.exactly(words).into_iter().partition(|id| self.is_town(*id));
        if !towns.is_empty() {
            let longer = self.shortened(words).into_iter().filter(|id| self.is_town(*id));
            let longer: Vec<Id> = longer.filter(|id| !towns.contains(id)).collect();
            return self.choose_with(towns, longer, &areas);
        }
        if guess && let Some(target) = self.aliases.get(key.as_str()) {
            return self.read(target, false);
        }
        if let Some((first, rest)) = areas.split_last() {
            // Länder come last in the table and mean the most.
            return Found::One { id: *first, others: rest.to_vec() };
        }
        let found = self.find_district(words);
        if found != Found::Nothing {
            return found;
        }
        let found = self.choose(self.shortened(words));
        if found != Found::Nothing {
            return found;
        }
        let found = self.choose(self.with_inner_words(words));
        if found != Found::Nothing || !guess {
            return found;
        }
        self.find_loosely(words, &key)
    }

    /// The readings that leave something out or correct it.
    fn find_loosely(&self, words: &[Word], key: &str) -> Found {
        if let Some((first, rest)) = words.split_first()
            && !rest.is_empty()
            && FILLERS.contains(&first.loose.as_str())
        {
            return self.find_words(rest, true);
        }
        if key.chars().count() >= SHORTEST_BEGINNING {
            let begun = self.names.beginning_with(key).iter().map(|(_, id)| *id).collect();
            let found = self.choose(begun);
            if found != Found::Nothing {
                return self.or_the_city(key, found);
            }
        }
        if let Some(meant) = self.names.spellings.clear(key) {
            let meant = [Word { strict: meant.to_owned(), loose: meant.to_owned() }];
            return match self.aliases.get(meant[0].loose.as_str()) {
                Some(target) => self.read(target, false),
                None => self.or_the_city(key, self.find_words(&meant, false)),
            };
        }
        self.find_among(words)
    }

    /// A guess that ended at a village although a city is spelt nearly so ("Bohn", "Hamburch") is put to the person.
    fn or_the_city(&self, key: &str, guess: Found) -> Found {
        let Found::One { id: village, .. } = &guess else { return guess };
        let Some((spelling, weight)) = self.names.spellings.biggest_near(key) else { return guess };
        if weight < OBVIOUSLY_BIGGER * self.entry(*village).weight().max(1) {
            return guess;
        }
        let mut cities = self.names.exact(spelling).to_vec();
        self.biggest_first(&mut cities);
        match cities.first() {
            Some(city) if city != village => Found::Many(vec![*city, *village]),
            _ => guess,
        }
    }

    /// A name among other words ("Köln Innenstadt", "Hauptstraße Bonn"): the longest beginning or end that is one.
    fn find_among(&self, words: &[Word]) -> Found {
        for length in (1..words.len()).rev() {
            for part in [&words[..length], &words[words.len() - length..]] {
                let key = fold::key(part);
                let known = !self.names.exact(&key).is_empty() || self.aliases.contains_key(key.as_str());
                if known && key.chars().count() >= SHORTEST_BEGINNING {
                    return match self.aliases.get(key.as_str()) {
                        Some(target) if self.names.exact(&key).is_empty() => self.read(target, false),
                        _ => self.find_words(part, false),
                    };
                }
            }
        }
        Found::Nothing
    }

    /// "Landkreis X", "Kreis X", "LK X".
    fn find_district(&self, words: &[Word]) -> Found {
        let Some((sort, name)) = words.split_first() else { return Found::Nothing };
        if !RURAL_SORTS.contains(&sort.loose.as_str()) || name.is_empty() {
            return Found::Nothing;
        }
        let is_district = |id: &Id| self.entry(*id).kind == PlaceKind::District;
        let exact: Vec<Id> = self.exactly(name).into_iter().filter(is_district).collect();
        let pool = if exact.is_empty() {
            self.shortened(name).into_iter().filter(is_district).collect()
        } else {
            exact
        };
        self.choose(pool)
    }

    /// Places of exactly this name. Somebody who typed an umlaut meant it; somebody who did not may lack the key.
    fn exactly(&self, words: &[Word]) -> Vec<Id> {
        let ids = self.names.exact(&fold::key(words));
        let strict = fold::strict_key(words);
        if strict != fold::key(words) {
            let same = |id: &&Id| fold::strict_key(&self.entry(**id).words) == strict;
            let same: Vec<Id> = ids.iter().filter(same).copied().collect();
            if !same.is_empty() {
                return same;
            }
        }
        ids.to_vec()
    }

    /// Places whose name the words shorten.
    fn shortened(&self, words: &[Word]) -> Vec<Id> {
        let Some(first) = words.first() else { return Vec::new() };
        let ids = self.names.beginning_with_word(&first.loose).iter();
        ids.filter(|id| fold::abbreviates(words, &self.entry(**id).words)).copied().collect()
    }

    /// Places whose name has all the words, none of them first ("Partenkirchen").
    fn with_inner_words(&self, words: &[Word]) -> Vec<Id> {
        let core = fold::core(words);
        let Some(first) = core.first() else { return Vec::new() };
        let has_all = |id: &&Id| {
            let name = &self.entry(**id).words;
            core.iter().all(|word| name.iter().any(|other| other.loose == word.loose))
        };
        self.names.with_inner_word(&first.loose).iter().filter(has_all).copied().collect()
    }

    fn is_town(&self, id: Id) -> bool {
        self.entry(id).kind == PlaceKind::Town
    }

    /// Decides between places that fit equally well; districts and Länder only where no town does.
    fn choose(&self, pool: Vec<Id>) -> Found {
        let (towns, mut areas): (Vec<Id>, Vec<Id>) = pool.into_iter().partition(|id| self.is_town(*id));
        if towns.is_empty() {
            return self.choose_with(areas, Vec::new(), &[]);
        }
        self.biggest_first(&mut areas);
        areas.truncate(2);
        self.choose_with(towns, Vec::new(), &areas)
    }

    /// Decides between places of exactly the name and places of a longer name; `extra` are only offered as a way out.
    fn choose_with(&self, mut exact: Vec<Id>, mut longer: Vec<Id>, extra: &[Id]) -> Found {
        self.biggest_first(&mut exact);
        self.biggest_first(&mut longer);
        let weight = |id: Option<&Id>| id.map_or(0, |id| self.entry(*id).weight());
        let rest = weight(exact.get(1)).max(weight(longer.first()));
        let best = exact.first().copied();
        let mut all = exact;
        all.append(&mut longer);
        let is_obvious = weight(best.as_ref()) >= OBVIOUSLY_BIGGER * rest;
        match (best, all.as_slice()) {
            (_, []) => Found::Nothing,
            (_, [only]) => Found::One { id: *only, others: extra.to_vec() },
            (Some(id), _) if is_obvious => {
                all.retain(|other| *other != id);
                all.extend(extra);
                all.truncate(CHOICES);
                Found::One { id, others: all }
            }
            _ => {
                self.biggest_first(&mut all);
                all.truncate(CHOICES);
                all.extend(extra);
                Found::Many(all)
            }
        }
    }

    /// Sorts by size, then by a fixed order, and drops repetitions.
    pub(super) fn biggest_first(&self, ids: &mut Vec<Id>) {
        ids.sort_unstable();
        ids.dedup();
        ids.sort_by(|a, b| {
            let (a, b) = (self.entry(*a), self.entry(*b));
            b.weight().cmp(&a.weight()).then_with(|| (&a.name, &a.region).cmp(&(&b.name, &b.region)))
        });
    }
}

fn is_number(word: &Word) -> bool {
    word.loose.bytes().all(|byte| byte.is_ascii_digit())
}
