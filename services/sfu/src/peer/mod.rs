//! One connection between a browser and the engine.

mod config;
mod connection;
mod downlink;
mod flight;
mod once;
mod uplink;

pub(crate) use config::{OPUS, PICTURES, VP8, down as down_connection, opus, up as up_connection, vp8};
pub(crate) use connection::{Connection, Event};
pub(crate) use downlink::{Down, Feedback, Order};
pub(crate) use uplink::{Arrived, Up};
