//! The design system's templates and messages, which every service's pages are built on.

use kernel::Lang;
use rust_embed::RustEmbed;

use crate::{catalogue::Source, pages::Template};

#[derive(RustEmbed)]
#[folder = "../../frontend"]
#[include = "components/**/*.html"]
#[include = "gallery/*.html"]
struct Components;

#[derive(RustEmbed)]
#[folder = "../../frontend/locales"]
#[include = "*/*.ftl"]
struct Messages;

/// Component macros and the layout, named by their path below `frontend/`.
pub fn templates() -> Vec<Template> {
    embedded::<Components>().map(|(name, text)| Template { name, text }).collect()
}

/// The messages of the components.
pub fn messages() -> Vec<Source> {
    messages_in::<Messages>()
}

/// The messages in an embedded folder with one subfolder per language.
pub fn messages_in<E: RustEmbed>() -> Vec<Source> {
    embedded::<E>()
        .filter_map(|(name, text)| {
            let lang: Lang = name.split('/').next()?.parse().ok()?;
            name.ends_with(".ftl").then_some(Source { lang, name, text })
        })
        .collect()
}

/// The templates in an embedded folder, named by their path in it.
pub fn templates_in<E: RustEmbed>() -> Vec<Template> {
    embedded::<E>()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, text)| Template { name, text })
        .collect()
}

fn embedded<E: RustEmbed>() -> impl Iterator<Item = (String, String)> {
    E::iter().filter_map(|name| {
        let text = String::from_utf8(E::get(&name)?.data.into_owned()).ok()?;
        Some((name.into_owned(), text))
    })
}
