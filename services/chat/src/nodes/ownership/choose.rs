//! Which node is asked first for what nobody may hold: rendezvous hashing, so that a node that comes or goes moves only its share.

use sha2::{Digest, Sha256};

use super::{Domain, NodeId, Ownership};

impl Ownership {
    /// Nodes that take something new, the one this domain goes to first at the front.
    pub(crate) fn candidates(&self, domain: &Domain) -> Vec<NodeId> {
        let mine = (!self.is_draining).then_some(&self.me);
        let others = self.peers.iter().filter(|(_, peer)| !peer.is_draining).map(|(node, _)| node);
        let mut weighed: Vec<_> =
            mine.into_iter().chain(others).map(|node| (weight(domain, node), node.clone())).collect();
        weighed.sort_by(|one, other| other.cmp(one));
        weighed.into_iter().map(|(_, node)| node).collect()
    }
}

fn weight(domain: &Domain, node: &NodeId) -> [u8; 32] {
    let (kind, name) = domain.parts();
    Sha256::digest(format!("{kind}\n{name}\n{node}")).into()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use contracts::talk::RoomId;

    use super::*;

    fn node(number: u32) -> NodeId {
        format!("n{number}").parse().unwrap()
    }

    fn knows(me: u32, others: &[u32]) -> Ownership {
        let mut ownership = Ownership::new(node(me));
        for other in others {
            ownership.heard_of(node(*other), (1, String::new(), false), Duration::ZERO);
        }
        ownership
    }

    #[test]
    fn all_nodes_choose_alike_and_one_that_goes_moves_its_share_only() {
        let rooms = (0..3_000).map(|number| Domain::Room(RoomId(format!("room-{number}"))));
        let (one, two) = (knows(1, &[2, 3]), knows(2, &[3, 1]));
        let without = knows(1, &[2]);
        let mut shares = [0_u32; 3];
        for room in rooms {
            let chosen = one.candidates(&room);
            assert_eq!(chosen, two.candidates(&room));
            let first = (1..=3).find(|number| node(*number) == chosen[0]).unwrap();
            shares[first as usize - 1] += 1;
            let left: Vec<_> = chosen.iter().filter(|chosen| **chosen != node(3)).cloned().collect();
            assert_eq!(without.candidates(&room), left, "the order of the others stays");
        }
        assert!(shares.iter().all(|share| (850..1_150).contains(share)), "{shares:?}");
    }
}
