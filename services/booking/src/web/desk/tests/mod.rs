//! The staff pages behind their guard, with a real store, real keys and a fixed clock.

mod calendar;
pub(crate) mod desk;
mod hours;
mod life;
mod numbers;
mod pages;
mod phone;
mod release;
mod requests;
mod roles;
mod settings;
mod walk_ins;
mod week;
