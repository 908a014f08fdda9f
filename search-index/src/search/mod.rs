//! Searching: a request with words and a place, an answer with ranked centres and the reasons.

mod model;

pub use model::{Answer, Card, Field, Filters, Hit, OtherOffer, Reason, Request};
