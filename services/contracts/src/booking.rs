//! What other services may ask of booking.

use std::collections::HashMap;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::directory::Mode;

/// The next free time of an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextFree {
    /// When it begins.
    pub start: Timestamp,
    /// How it can take place.
    pub modes: Vec<Mode>,
}

/// Free times cannot be told at the moment. A page that shows them leaves them out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("free times cannot be told at the moment")]
pub struct FreeTimesUnavailable;

/// Free times of offers. Implemented by booking; the finder shows them, and never ranks by them.
#[async_trait]
pub trait FreeTimes: Send + Sync {
    /// The next free time of each of these offers; those that cannot be booked are left out.
    async fn next_free(&self, offers: &[String]) -> Result<HashMap<String, NextFree>, FreeTimesUnavailable>;
}

/// Whether a centre can be talked to now cannot be told at the moment. A page that says so leaves it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("whether a centre can be talked to now cannot be told at the moment")]
pub struct OpenDoorsUnavailable;

/// Centres that can be talked to without an appointment. Implemented by booking; the finder shows it, and never ranks by it.
#[async_trait]
pub trait OpenDoors: Send + Sync {
    /// Until when anybody can come to this centre's chat now; `None` while nobody can.
    async fn open(&self, centre_id: &str) -> Result<Option<Timestamp>, OpenDoorsUnavailable>;
}
