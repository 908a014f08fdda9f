//! Booking: when a centre can be met, who has claimed which time, and how it is all forgotten.
//!
//! Owns availability, appointments and their calendar files, and the keys that seal what seekers say about themselves.
//! Refuses to know anything about a person in the clear: what is stored is sealed, and the key dies with the appointment.

pub mod api;
pub mod appointment;
pub mod availability;
pub mod calendar;
pub mod contact;
pub mod demo;
mod error;
pub mod guard;
pub mod letter;
mod phone;
pub mod receipt;
pub mod sealing;
pub mod service;
pub mod setting;
pub mod slots;
mod span;
pub mod store;
mod trail;
pub mod waiting;
pub mod web;

pub use error::BookingError;
pub use span::{Span, TICK, Tick};
