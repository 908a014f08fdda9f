//! The staff side of the API behind its guard, with a real store, real keys and a fixed clock.

mod documents;
mod life;
mod program;
mod rights;
mod talk;
