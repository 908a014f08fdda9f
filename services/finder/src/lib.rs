//! The finder: the directory of counselling centres, its import and export, and the pages and API that search it.

pub mod demo;
pub mod store;

mod slug;
