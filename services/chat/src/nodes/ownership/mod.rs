//! Which node owns what: one state machine per node, without I/O.
//!
//! Nobody is master. Whoever is asked for a domain nobody holds asks all others first ([`Ownership::want`]); of two that ask at
//! the same time the older question wins. While nodes cannot hear each other two of them can hold the same: as soon as they
//! hear each other again the older claim stays and the younger one yields ([`Ownership::compare`]).

mod choose;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    time::Duration,
};

use serde::{Deserialize, Serialize};

use super::names::{Domain, NodeId};

/// A node that was not heard for so long is gone.
pub(crate) const FORGOTTEN: Duration = Duration::from_millis(3_500);
/// What is held stays so long after it was last used: a ticket is on its way, or a reload.
pub(crate) const UNUSED: Duration = Duration::from_secs(60);
/// A question that nobody brought to its end.
const STUCK: Duration = Duration::from_secs(10);

/// When a claim was made and by whom: the smaller one wins. Clocks of nodes may differ; both sides compare the same two.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Stamp {
    /// Microseconds since 1970 on the clock of the node.
    pub(crate) since: i64,
    /// The node.
    pub(crate) node: NodeId,
}

/// Another node, as far as it was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Peer {
    /// When, since this node began.
    heard: Duration,
    /// Which of its lives it is: a node that starts anew under its name remembers nothing.
    pub(crate) life: u64,
    /// Where its listener for nodes is.
    pub(crate) address: String,
    /// Whether it takes nothing new.
    pub(crate) is_draining: bool,
}

/// What this node answers when it is asked for a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Want {
    /// It is here.
    Held,
    /// Nobody may hold it: the others have to be asked, with this stamp.
    Ask(Stamp),
    /// They are being asked already.
    Asking,
    /// This node takes nothing new.
    Draining,
}

/// What a node answers who is asked whether it holds a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Holds {
    /// It does, or asked before.
    Yes,
    /// It does not.
    No,
}

/// How a question ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is here now.
    Held,
    /// Somebody else has it, or asked before.
    Elsewhere(Option<NodeId>),
    /// Nothing was heard, not even the own question: the bus is away, and nothing may be claimed.
    Deaf,
}

/// What follows when claims of another node are compared with one's own.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Compared {
    /// Held here no longer: who is there is sent away.
    pub(crate) yielded: Vec<Domain>,
    /// Held here and older: the other node has to hear it.
    pub(crate) kept: Vec<(Domain, Stamp)>,
}

#[derive(Debug, Clone)]
enum Claim {
    Asking { stamp: Stamp, begun: Duration, awaited: BTreeSet<NodeId> },
    Held { stamp: Stamp, used: Duration },
}

/// What a node knows of itself and the others.
#[derive(Debug, Clone)]
pub(crate) struct Ownership {
    me: NodeId,
    is_draining: bool,
    peers: BTreeMap<NodeId, Peer>,
    claims: HashMap<Domain, Claim>,
}

impl Ownership {
    pub(crate) fn new(me: NodeId) -> Self {
        Self { me, is_draining: false, peers: BTreeMap::new(), claims: HashMap::new() }
    }

    /// Takes nothing new from now on.
    pub(crate) fn drain(&mut self) {
        self.is_draining = true;
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.is_draining
    }

    /// A node was heard; whether it is new here, or began a new life.
    pub(crate) fn heard_of(
        &mut self,
        node: NodeId,
        (life, address, is_draining): (u64, String, bool),
        now: Duration,
    ) -> bool {
        if node == self.me {
            return false;
        }
        let peer = Peer { heard: now, life, address, is_draining };
        self.peers.insert(node, peer).is_none_or(|before| before.life != life)
    }

    /// A node said that it goes.
    pub(crate) fn gone(&mut self, node: &NodeId) {
        self.peers.remove(node);
        self.no_longer_awaited(node);
    }

    /// The other nodes.
    pub(crate) fn peers(&self) -> &BTreeMap<NodeId, Peer> {
        &self.peers
    }

    /// Whether this node holds a domain.
    pub(crate) fn holds(&self, domain: &Domain) -> bool {
        matches!(self.claims.get(domain), Some(Claim::Held { .. }))
    }

    /// Everything it holds.
    pub(crate) fn held(&self) -> Vec<(Domain, Stamp)> {
        let held = self.claims.iter().filter_map(|(domain, claim)| match claim {
            Claim::Held { stamp, .. } => Some((domain.clone(), stamp.clone())),
            Claim::Asking { .. } => None,
        });
        held.collect()
    }

    /// Somebody wants to go there, `wall` being microseconds since 1970 here.
    pub(crate) fn want(&mut self, domain: &Domain, wall: i64, now: Duration) -> Want {
        match self.claims.get_mut(domain) {
            Some(Claim::Held { used, .. }) => {
                *used = now;
                Want::Held
            }
            Some(Claim::Asking { .. }) => Want::Asking,
            None if self.is_draining => Want::Draining,
            None => {
                let stamp = Stamp { since: wall, node: self.me.clone() };
                // its own question comes back to it: only then the bus carries what is said
                let awaited = self.peers.keys().cloned().chain([self.me.clone()]).collect();
                let asking = Claim::Asking { stamp: stamp.clone(), begun: now, awaited };
                self.claims.insert(domain.clone(), asking);
                Want::Ask(stamp)
            }
        }
    }

    /// A node asks whether somebody holds it.
    pub(crate) fn asked(&mut self, domain: &Domain, theirs: &Stamp) -> Holds {
        if theirs.node == self.me {
            return Holds::No;
        }
        match self.claims.get(domain) {
            Some(Claim::Held { .. }) => Holds::Yes,
            Some(Claim::Asking { stamp, .. }) if stamp < theirs => Holds::Yes,
            Some(Claim::Asking { .. }) => {
                // it asked before: this node leaves it to it
                self.claims.remove(domain);
                Holds::No
            }
            None => Holds::No,
        }
    }

    /// A node answered the question that was asked with this stamp. Something, when that is decided by it.
    pub(crate) fn answered(
        &mut self,
        domain: &Domain,
        asked: &Stamp,
        (from, holds): (&NodeId, Holds),
        now: Duration,
    ) -> Option<Outcome> {
        let Some(Claim::Asking { stamp, awaited, .. }) = self.claims.get_mut(domain) else {
            return Some(Outcome::Elsewhere(None));
        };
        if stamp != asked {
            return Some(Outcome::Elsewhere(None));
        }
        if holds == Holds::Yes {
            self.claims.remove(domain);
            return Some(Outcome::Elsewhere(Some(from.clone())));
        }
        awaited.remove(from);
        awaited.is_empty().then(|| self.hold(domain, now))
    }

    /// Nobody waits for answers any longer. Nodes that did not answer are taken for gone.
    pub(crate) fn waited(&mut self, domain: &Domain, asked: &Stamp, now: Duration) -> Outcome {
        match self.claims.get(domain) {
            Some(Claim::Asking { stamp, awaited, .. }) if stamp == asked => {
                if awaited.contains(&self.me) {
                    self.claims.remove(domain);
                    Outcome::Deaf
                } else {
                    self.hold(domain, now)
                }
            }
            _ => Outcome::Elsewhere(None),
        }
    }

    /// What another node holds, beside what is held here.
    pub(crate) fn compare(&mut self, theirs: Vec<(Domain, Stamp)>) -> Compared {
        let mut compared = Compared::default();
        for (domain, their) in theirs {
            if their.node == self.me {
                continue;
            }
            match self.claims.get(&domain) {
                Some(Claim::Held { stamp, .. }) if *stamp < their => {
                    compared.kept.push((domain, stamp.clone()));
                }
                Some(Claim::Held { .. }) => {
                    self.claims.remove(&domain);
                    compared.yielded.push(domain);
                }
                // the question being asked will be answered by it
                Some(Claim::Asking { .. }) | None => {}
            }
        }
        compared
    }

    /// Time goes by: forgets nodes that were not heard, and what nobody uses.
    pub(crate) fn tick(&mut self, in_use: &HashSet<Domain>, now: Duration) {
        let silent = |peer: &Peer| now.saturating_sub(peer.heard) >= FORGOTTEN;
        let gone: Vec<_> =
            self.peers.iter().filter(|(_, peer)| silent(peer)).map(|(node, _)| node.clone()).collect();
        for node in gone {
            self.gone(&node);
        }
        self.claims.retain(|domain, claim| match claim {
            Claim::Asking { begun, .. } => now.saturating_sub(*begun) < STUCK,
            Claim::Held { used, .. } => {
                if in_use.contains(domain) {
                    *used = now;
                }
                now.saturating_sub(*used) < UNUSED
            }
        });
    }

    /// Gives everything back.
    pub(crate) fn release(&mut self) {
        self.claims.clear();
    }

    fn hold(&mut self, domain: &Domain, now: Duration) -> Outcome {
        let Some(claim) = self.claims.get_mut(domain) else { return Outcome::Elsewhere(None) };
        if let Claim::Asking { stamp, .. } = claim {
            *claim = Claim::Held { stamp: stamp.clone(), used: now };
        }
        Outcome::Held
    }

    /// A node that is gone answers nobody. Who waits for it alone is told by [`Self::waited`].
    fn no_longer_awaited(&mut self, node: &NodeId) {
        for claim in self.claims.values_mut() {
            if let Claim::Asking { awaited, .. } = claim {
                awaited.remove(node);
            }
        }
    }
}
