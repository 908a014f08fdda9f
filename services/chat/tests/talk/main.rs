//! Conversations over real sockets: what a browser does, and what it hears.

mod house;
mod refused;
mod talking;
