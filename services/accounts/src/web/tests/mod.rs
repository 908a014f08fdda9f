//! The pages through their real router: a fake clock, a database of its own, browsers that keep cookies.

mod enter;
mod house;
mod messages;
mod own;
mod pages;
mod passkeys;
mod people;
mod single;
