//! Rooms on several nodes: which node a room belongs to, how people get there, and how others learn what goes on in it.
//!
//! It owns what nodes say to each other over the bus and the way between two of them. With one process nothing of it runs: a
//! [`Chat`](crate::Chat) that joined nobody holds every room itself.

mod bridge;
mod claim;
mod door;
mod drain;
mod elsewhere;
mod hear;
mod names;
mod node;
mod ownership;
mod seal;
mod ticket;
mod words;

pub(crate) use self::{bridge::carry, names::Domain, node::Node, words::Ended};
pub use self::{
    door::routes,
    drain::drain,
    elsewhere::RoomsElsewhere,
    names::{BadName, NodeId},
    node::Settings,
    words::understands,
};
