//! The finder: the directory of counselling centres, its import and export, and the pages and API that search it.

pub mod api;
pub mod app;
pub mod ask;
pub mod demo;
pub mod duplicates;
pub mod export;
pub mod import;
pub mod integrity;
pub mod layers;
pub mod live;
pub mod log;
pub mod names;
pub mod outline;
pub mod site;
pub mod store;
pub mod trail;
pub mod web;

mod slug;
