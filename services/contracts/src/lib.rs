//! What the services may know of each other: types of commands, answers and events. No logic, no I/O.

pub mod audit;
pub mod booking;
pub mod directory;
pub mod staff;
