//! What a room promises.

mod cases;
mod nonsense;
mod play;
mod promises;
mod world;
