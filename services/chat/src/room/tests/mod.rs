//! What a room promises.

mod cases;
mod nonsense;
mod promises;
mod world;
