//! The shell around every service's pages and API: languages, templates, static files, errors, headers, limits, logs.
//!
//! Owns how a request comes in and how an answer goes out. Knows no domain word and no SQL. What a person asks for
//! (paths, queries, addresses) is never logged, counted or kept here.

pub mod assets;
pub mod catalogue;
pub mod error;
pub mod gallery;
pub mod headers;
pub mod json;
pub mod language;
pub mod limits;
pub mod networks;
pub mod observe;
pub mod origin;
pub mod pages;
pub mod problem;
pub mod query;
pub mod serve;
pub mod shared;
pub mod staff;
