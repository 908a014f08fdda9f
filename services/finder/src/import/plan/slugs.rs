//! Addresses of pages, each given once.

use std::collections::HashMap;

use crate::slug::slugify;

/// The slugs in use.
#[derive(Debug, Default)]
pub struct Slugs {
    /// The highest number behind each slug that was tried, so that the next one is found at once.
    taken: HashMap<String, u64>,
}

impl Slugs {
    /// The slugs that are in use already.
    pub fn new(taken: impl IntoIterator<Item = String>) -> Self {
        Self { taken: taken.into_iter().map(|slug| (slug, 1)).collect() }
    }

    /// A free slug for a centre, from its name and its town unless the name has the town already.
    pub fn take(&mut self, name: &str, city: &str) -> String {
        let (name, city) = (slugify(name), slugify(city));
        let has_city = format!("-{name}-").contains(&format!("-{city}-"));
        let base = if has_city { name } else { slugify(&format!("{name} {city}")) };
        let Some(mut number) = self.taken.get(&base).copied() else {
            self.taken.insert(base.clone(), 1);
            return base;
        };
        loop {
            number += 1;
            let slug = format!("{base}-{number}");
            if !self.taken.contains_key(&slug) {
                self.taken.insert(base, number);
                self.taken.insert(slug.clone(), 1);
                return slug;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_carry_the_town_once_and_are_never_given_twice() {
        let mut slugs = Slugs::new([String::from("suchtberatung-koeln-2")]);
        let taken: Vec<_> = (0..3).map(|_| slugs.take("Suchtberatung", "Köln")).collect();
        assert_eq!(taken, ["suchtberatung-koeln", "suchtberatung-koeln-3", "suchtberatung-koeln-4"]);
        assert_eq!(slugs.take("Suchtberatung Köln", "Köln"), "suchtberatung-koeln-5");
    }
}
