//! Which forms hold a time just now, and from which networks. One form holds one time; its hold runs out by itself.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use webkit::networks::{Network, Per};

use super::Mark;
use crate::service::HOLD;

/// The holds of people who are at their forms. They are few: no more than there are free times.
pub(super) struct OpenHolds {
    most: Per,
    forms: HashMap<Mark, OpenHold>,
}

struct OpenHold {
    network: Network,
    until: Timestamp,
}

impl OpenHolds {
    pub(super) fn new(most: Per) -> Self {
        Self { most, forms: HashMap::new() }
    }

    pub(super) fn has(&self, form: &Mark, now: Timestamp) -> bool {
        self.forms.get(form).is_some_and(|hold| hold.until > now)
    }

    /// Whether a network may hold one more; how long to wait if not.
    pub(super) fn room(&self, network: Network, now: Timestamp) -> Result<(), SignedDuration> {
        let (mut near, mut wide) = (Vec::new(), Vec::new());
        for hold in self.forms.values().filter(|hold| hold.until > now) {
            if hold.network.near == network.near {
                near.push(hold.until);
            }
            if hold.network.wide == network.wide {
                wide.push(hold.until);
            }
        }
        for (open, most) in [(near, self.most.near), (wide, self.most.wide)] {
            if open.len() >= most as usize {
                let first = open.into_iter().min().unwrap_or(now);
                return Err(first.duration_since(now));
            }
        }
        Ok(())
    }

    pub(super) fn open(&mut self, form: Mark, network: Network, now: Timestamp) {
        self.forms.insert(form, OpenHold { network, until: now + HOLD });
    }

    pub(super) fn close(&mut self, form: &Mark) {
        self.forms.remove(form);
    }

    pub(super) fn forget(&mut self, now: Timestamp) {
        self.forms.retain(|_, hold| hold.until > now);
    }
}
