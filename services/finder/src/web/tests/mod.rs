//! Tests of the pages as a whole: their words, their templates, and the routes with a real index behind them.

mod messages;
mod outline;
pub(in crate::web) mod pages;
mod router;
mod scan;
mod snapshots;
mod templates;
