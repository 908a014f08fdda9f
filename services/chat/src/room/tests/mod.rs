//! What a room promises.

mod calls;
mod cases;
mod nonsense;
mod once;
mod play;
mod promises;
mod world;
