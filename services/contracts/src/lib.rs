//! What the services may know of each other: types of commands, answers and events. No I/O, and no logic but how a right to
//! enter a room is signed and read.

pub mod audit;
pub mod booking;
pub mod directory;
pub mod media;
pub mod staff;
pub mod talk;
