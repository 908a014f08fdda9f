//! The pages about centres behind their guard, with a real store and a fixed clock.

mod desk;
mod edits;
mod pages;
mod reverts;
mod roles;
