//! Nodes whose messages arrive late, in any order, or never, and what must hold all the same.

use std::collections::{BTreeMap, VecDeque};

use contracts::talk::RoomId;
use proptest::prelude::*;

use super::*;

const NODES: usize = 4;
const ROOMS: usize = 3;

/// What happens to the nodes.
#[derive(Debug, Clone)]
enum Event {
    /// Somebody asks a node for a room.
    Want(usize, usize),
    /// The n-th message under way arrives.
    Arrive(usize),
    /// A node waits no longer for answers about a room.
    Impatient(usize, usize),
    /// A node is cut off from the bus, or is back.
    Cut(usize, bool),
    /// A beat of each node reaches each other one at once; the silent ones are forgotten.
    Beat,
    /// A node starts anew and remembers nothing.
    Restart(usize),
}

#[derive(Debug, Clone)]
enum Said {
    Asks(Domain, Stamp),
    Answers(Domain, Stamp, Holds),
    Holds(Vec<(Domain, Stamp)>),
}

struct World {
    nodes: Vec<Ownership>,
    lives: Vec<u64>,
    cut: Vec<bool>,
    skew: Vec<i64>,
    under_way: VecDeque<(usize, usize, Said)>,
    questions: BTreeMap<(usize, usize), Stamp>,
    now: Duration,
    wall: i64,
}

fn id(number: usize) -> NodeId {
    format!("n{number}").parse().unwrap()
}

fn number(node: &NodeId) -> usize {
    node.as_str()[1..].parse().unwrap()
}

fn room(number: usize) -> Domain {
    Domain::Room(RoomId(number.to_string()))
}

impl World {
    fn new(skew: Vec<i64>) -> Self {
        let mut world = Self {
            nodes: (0..NODES).map(|number| Ownership::new(id(number))).collect(),
            lives: vec![1; NODES],
            cut: vec![false; NODES],
            skew,
            under_way: VecDeque::new(),
            questions: BTreeMap::new(),
            now: Duration::ZERO,
            wall: 0,
        };
        world.beat();
        world
    }

    fn send(&mut self, from: usize, to: usize, said: Said) {
        let passes = !self.cut[from] && !self.cut[to];
        if passes {
            self.under_way.push_back((from, to, said));
        }
    }

    fn beat(&mut self) {
        self.now += Duration::from_secs(1);
        for to in 0..NODES {
            for from in 0..NODES {
                if from == to || self.cut[from] || self.cut[to] {
                    continue;
                }
                let beat = (self.lives[from], String::new(), self.nodes[from].is_draining());
                if self.nodes[to].heard_of(id(from), beat, self.now) {
                    let held = self.nodes[to].held();
                    self.send(to, from, Said::Holds(held));
                }
            }
            // what is held is in use here
            let held: HashSet<_> = self.nodes[to].held().into_iter().map(|(domain, _)| domain).collect();
            self.nodes[to].tick(&held, self.now);
        }
    }

    fn happens(&mut self, event: &Event) {
        self.wall += 1;
        match *event {
            Event::Want(node, number) => {
                let wall = self.wall + self.skew[node];
                if let Want::Ask(stamp) = self.nodes[node].want(&room(number), wall, self.now) {
                    self.questions.insert((node, number), stamp.clone());
                    for to in 0..NODES {
                        self.send(node, to, Said::Asks(room(number), stamp.clone()));
                    }
                }
            }
            Event::Arrive(nth) => {
                if !self.under_way.is_empty() {
                    let nth = nth % self.under_way.len();
                    if let Some((from, to, said)) = self.under_way.remove(nth) {
                        self.arrives(from, to, said);
                    }
                }
            }
            Event::Impatient(node, number) => {
                if let Some(stamp) = self.questions.remove(&(node, number)) {
                    let outcome = self.nodes[node].waited(&room(number), &stamp, self.now);
                    if outcome == Outcome::Held {
                        assert!(self.nodes[node].holds(&room(number)));
                    }
                }
            }
            Event::Cut(node, is_cut) => {
                self.cut[node] = is_cut;
                if is_cut {
                    self.under_way.retain(|(from, to, _)| *from != node && *to != node);
                }
            }
            Event::Beat => self.beat(),
            Event::Restart(node) => {
                self.nodes[node] = Ownership::new(id(node));
                self.lives[node] += 1;
                self.under_way.retain(|(from, to, _)| *from != node && *to != node);
                self.questions.retain(|(asking, _), _| *asking != node);
            }
        }
    }

    fn arrives(&mut self, from: usize, to: usize, said: Said) {
        match said {
            Said::Asks(domain, stamp) => {
                let holds = self.nodes[to].asked(&domain, &stamp);
                self.send(to, from, Said::Answers(domain, stamp, holds));
            }
            Said::Answers(domain, stamp, holds) => {
                let now = self.now;
                let _decided = self.nodes[to].answered(&domain, &stamp, (&id(from), holds), now);
            }
            Said::Holds(claims) => {
                let Compared { kept, .. } = self.nodes[to].compare(claims);
                if !kept.is_empty() {
                    self.send(to, from, Said::Holds(kept));
                }
            }
        }
    }

    fn owners(&self, number: usize) -> Vec<usize> {
        (0..NODES).filter(|node| self.nodes[*node].holds(&room(number))).collect()
    }

    /// Everybody is back, hears everybody, and everything that was said arrives.
    fn heal(&mut self) {
        for node in 0..NODES {
            self.happens(&Event::Cut(node, false));
        }
        for _ in 0..2 {
            self.beat();
            while !self.under_way.is_empty() {
                self.happens(&Event::Arrive(0));
            }
        }
        // once in half a minute everybody says to everybody what it holds
        for from in 0..NODES {
            let held = self.nodes[from].held();
            for to in (0..NODES).filter(|to| *to != from) {
                self.send(from, to, Said::Holds(held.clone()));
            }
        }
        while !self.under_way.is_empty() {
            self.happens(&Event::Arrive(0));
        }
    }
}

fn skews() -> impl Strategy<Value = Vec<i64>> {
    proptest::collection::vec(-1_000_i64..1_000, NODES)
}

fn calm() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => (0..NODES, 0..ROOMS).prop_map(|(node, room)| Event::Want(node, room)),
        8 => any::<prop::sample::Index>().prop_map(|at| Event::Arrive(at.index(1_000))),
    ]
}

fn wild() -> impl Strategy<Value = Event> {
    prop_oneof![
        8 => calm(),
        1 => (0..NODES, 0..ROOMS).prop_map(|(node, room)| Event::Impatient(node, room)),
        1 => (0..NODES, any::<bool>()).prop_map(|(node, is_cut)| Event::Cut(node, is_cut)),
        1 => Just(Event::Beat),
        1 => (0..NODES).prop_map(Event::Restart),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    /// As long as messages arrive at all, however late and in whatever order, and whatever clocks show.
    #[test]
    fn nobody_ever_owns_what_another_node_owns(skew in skews(), events in proptest::collection::vec(calm(), 0..150)) {
        let mut world = World::new(skew);
        for event in &events {
            world.happens(event);
            for number in 0..ROOMS {
                prop_assert!(world.owners(number).len() <= 1, "{:?}", world.owners(number));
            }
        }
    }

    /// Nodes that are cut off, impatient and begin anew may own the same; when all hear each other again one is left, and of
    /// those who owned it, it is the one with the oldest claim.
    #[test]
    fn doubles_end_when_nodes_hear_each_other_again(skew in skews(), events in proptest::collection::vec(wild(), 0..200)) {
        let mut world = World::new(skew);
        for event in &events {
            world.happens(event);
        }
        world.under_way.clear();
        world.questions.clear();
        // questions that were lost on their way are given up
        for node in &mut world.nodes {
            node.claims.retain(|_, claim| matches!(claim, Claim::Held { .. }));
        }
        let oldest: Vec<_> = (0..ROOMS)
            .map(|number| {
                let held = world.nodes.iter().flat_map(|node| node.held());
                held.filter(|(domain, _)| *domain == room(number)).map(|(_, stamp)| stamp).min()
            })
            .collect();
        world.heal();
        for (number, oldest) in oldest.iter().enumerate() {
            let owners = world.owners(number);
            let expected: Vec<_> = oldest.iter().map(|stamp| super::tests::number(&stamp.node)).collect();
            prop_assert_eq!(owners, expected);
        }
    }
}

#[test]
fn who_hears_nothing_claims_nothing() {
    let mut lone = Ownership::new(id(0));
    let Want::Ask(stamp) = lone.want(&room(0), 5, Duration::ZERO) else { panic!("nobody was asked") };
    assert_eq!(lone.want(&room(0), 6, Duration::ZERO), Want::Asking);
    assert_eq!(lone.waited(&room(0), &stamp, Duration::ZERO), Outcome::Deaf);
    let Want::Ask(stamp) = lone.want(&room(0), 7, Duration::ZERO) else { panic!("nobody was asked") };
    let own = lone.answered(&room(0), &stamp, (&id(0), Holds::No), Duration::ZERO);
    assert_eq!(own, Some(Outcome::Held), "alone on a bus that works");
    assert_eq!(lone.want(&room(0), 8, Duration::ZERO), Want::Held);
}

#[test]
fn who_drains_takes_nothing_new_and_keeps_what_it_has() {
    let mut node = Ownership::new(id(0));
    let Want::Ask(stamp) = node.want(&room(0), 5, Duration::ZERO) else { panic!("nobody was asked") };
    node.answered(&room(0), &stamp, (&id(0), Holds::No), Duration::ZERO);
    node.drain();
    assert_eq!(node.want(&room(0), 6, Duration::ZERO), Want::Held);
    assert_eq!(node.want(&room(1), 6, Duration::ZERO), Want::Draining);
    assert!(node.candidates(&room(1)).is_empty());
    let used = HashSet::from([room(0)]);
    node.tick(&used, UNUSED * 2);
    assert!(node.holds(&room(0)));
    node.tick(&HashSet::new(), UNUSED * 3);
    assert!(!node.holds(&room(0)), "what nobody uses is given back");
}

#[test]
fn a_node_that_is_not_heard_is_forgotten_and_one_that_starts_anew_is_new() {
    let mut node = Ownership::new(id(0));
    let beat = |life| (life, "10.0.0.7:9465".to_owned(), false);
    let second = Duration::from_secs(1);
    assert!(node.heard_of(id(1), beat(1), Duration::ZERO));
    assert!(!node.heard_of(id(1), beat(1), second));
    assert!(node.heard_of(id(1), beat(2), second * 2));
    node.tick(&HashSet::new(), second * 4);
    assert_eq!(node.peers().len(), 1);
    node.tick(&HashSet::new(), second * 6);
    assert!(node.peers().is_empty());
    assert!(node.heard_of(id(1), beat(2), second * 6));
    node.gone(&id(1));
    assert!(node.peers().is_empty());
}
