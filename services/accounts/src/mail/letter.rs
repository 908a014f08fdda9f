//! Putting a mail together from messages.

use fluent_bundle::FluentArgs;
use kernel::Lang;
use rust_embed::RustEmbed;
use webkit::{
    catalogue::{Catalogue, CatalogueError},
    shared::messages_in,
};

use super::MailKind;

#[derive(RustEmbed)]
#[folder = "locales"]
#[include = "*/mail.ftl"]
struct Messages;

/// The messages of all mails.
pub(super) struct Letters(Catalogue);

/// What a mail says.
pub(super) struct Letter {
    pub(super) subject: String,
    pub(super) body: String,
}

/// What a mail may speak of besides its fixed words.
#[derive(Default)]
pub(super) struct Words<'a> {
    /// The person's name.
    pub(super) name: &'a str,
    /// A whole link.
    pub(super) link: Option<String>,
    /// Who invited.
    pub(super) by: Option<&'a str>,
    /// Ids of messages to be put in: the argument's name and the message.
    pub(super) said: Vec<(&'static str, String)>,
}

impl Letters {
    /// # Errors
    /// [`CatalogueError`] when a file is not valid Fluent, which a test keeps from happening.
    pub(super) fn new() -> Result<Self, CatalogueError> {
        Ok(Self(Catalogue::new(&messages_in::<Messages>())?))
    }

    /// The mail of this kind; `None` when a message or an argument is missing.
    pub(super) fn write(&self, kind: MailKind, lang: Lang, words: &Words<'_>) -> Option<Letter> {
        let mut args = FluentArgs::new();
        args.set("name", words.name);
        if let Some(link) = &words.link {
            args.set("link", link.as_str());
        }
        if let Some(by) = words.by {
            args.set("by", by);
        }
        for (argument, message) in &words.said {
            args.set(*argument, self.0.text(lang, message, &FluentArgs::new())?);
        }
        let text = |id: &str| self.0.text(lang, id, &args).map(|text| without_isolates(&text));
        let id = format!("mail-{}", kind.code());
        let subject = text(&format!("{id}.subject"))?;
        let [greeting, footer] = [text("mail-greeting")?, text("mail-footer")?];
        let body = format!("{greeting}\n\n{}\n\n{footer}\n", text(&id)?);
        Some(Letter { subject, body })
    }
}

/// Fluent isolates the direction of what it puts in; in plain text these marks would stick to links.
fn without_isolates(text: &str) -> String {
    text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
}
