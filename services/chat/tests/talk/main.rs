//! Conversations over real sockets: what a browser does, and what it hears.
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod bus;
mod calls;
mod conformance;
mod guests;
mod house;
mod nodes;
mod queue;
mod refused;
mod talking;
