//! The templates and messages of these pages, in the binary.

use rust_embed::RustEmbed;
use webkit::{catalogue::Source, pages::Template, shared};

#[derive(RustEmbed)]
#[folder = "templates"]
#[include = "**/*.html"]
struct Templates;

#[derive(RustEmbed)]
#[folder = "locales"]
#[include = "*/*.ftl"]
struct Messages;

/// Booking's templates, named by their path below `templates/`.
pub fn templates() -> Vec<Template> {
    shared::templates_in::<Templates>()
}

/// Booking's messages in every shipped language.
pub fn messages() -> Vec<Source> {
    shared::messages_in::<Messages>()
}
