//! Which folder this is, and which of its keys still belong to somebody: so that keys and the rows they open find each
//! other, and a key whose row is gone dies as well.

use std::collections::BTreeSet;

use data_encoding::HEXLOWER;
use jiff::Timestamp;

use super::{
    day::Holder,
    folder::{DiskProblem, KeyFolder},
    round::Order,
    slot::{KeyPlace, Purpose, mark},
};

/// The folder's name.
pub(super) const IDENTITY: &str = "identity";
/// The name on its way.
pub(super) const NEXT_IDENTITY: &str = "identity.next";

impl KeyFolder {
    /// The folder's name: random, so that it tells nothing. The first call gives it one.
    pub fn identity(&self) -> Result<String, DiskProblem> {
        let problem = |problem: std::io::Error| DiskProblem(problem.kind());
        let state = self.quiet(self.state());
        if self.disk.length(IDENTITY).map_err(problem)?.is_some() {
            let bytes = self.disk.read(IDENTITY).map_err(problem)?;
            return Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned());
        }
        let name = HEXLOWER.encode(&rand::random::<[u8; 16]>());
        self.replace(NEXT_IDENTITY, IDENTITY, format!("{name}\n").as_bytes()).map_err(problem)?;
        drop(state);
        Ok(name)
    }

    /// How many keys open something.
    pub fn alive(&self) -> usize {
        self.due_by(Timestamp::MAX)
    }

    /// How many of these keys open something.
    pub fn alive_among(&self, named: &[(String, Purpose, KeyPlace)]) -> usize {
        named.iter().filter(|(record, purpose, place)| self.is_alive(*place, mark(record, *purpose))).count()
    }

    /// Which of these keys open nothing any more.
    pub fn destroyed_among(
        &self,
        named: Vec<(String, Purpose, KeyPlace)>,
    ) -> Vec<(String, Purpose, KeyPlace)> {
        let mut destroyed = named;
        destroyed.retain(|(record, purpose, place)| !self.is_alive(*place, mark(record, *purpose)));
        destroyed
    }

    /// Destroys every key that is not among these, and answers how many that were: a program that was killed after it
    /// wrote a key and before its row, or after it removed the row and before the key. Only while nobody seals: what is
    /// being sealed has no row yet.
    pub fn destroy_unnamed(&self, named: &[(String, Purpose, KeyPlace)]) -> Result<usize, DiskProblem> {
        let named: BTreeSet<_> =
            named.iter().map(|(record, purpose, place)| (*place, mark(record, *purpose))).collect();
        let mut state = self.state();
        let mut dying = Vec::new();
        for (day, of) in &mut state.days {
            let unnamed: Vec<u32> = of
                .slots()
                .filter_map(|(slot, holder)| match holder {
                    Holder::Alive { mark, .. } => {
                        (!named.contains(&(KeyPlace { day: *day, slot }, mark))).then_some(slot)
                    }
                    Holder::Dying { .. } | Holder::Nobody | Holder::Foreign => None,
                })
                .collect();
            for slot in unnamed {
                of.condemn(slot);
                dying.push(KeyPlace { day: *day, slot });
            }
        }
        if dying.is_empty() {
            return Ok(0);
        }
        state.queue.extend(dying.iter().map(|place| Order::destroy(*place)));
        let settled = self.settle(state);
        dying.iter().try_for_each(|place| settled.check(place.day))?;
        Ok(dying.len())
    }
}
