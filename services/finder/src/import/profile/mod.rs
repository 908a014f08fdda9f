//! Mapping profiles: how the columns of a list become centres and offers. The format is documented in
//! `docs/import-profiles.md`.

mod bundled;
mod check;
mod model;
mod pick;

use std::{fs, path::Path};

pub use bundled::{BUNDLED, bundled};
pub use model::{
    AreaFields, CentreFields, Format, Join, JoinedRanges, OfferFields, Profile, Reason, Reject, Rows, Table,
    When,
};
pub use pick::Pick;

/// A profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// No bundled profile has this name.
    #[error("no profile is called {name:?}; there are: {known}")]
    Unknown {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// The file with the profile cannot be read.
    #[error("{name}: cannot be read: {problem}")]
    Unreadable {
        /// The path.
        name: String,
        /// What the system says.
        problem: std::io::Error,
    },
    /// The file is not a profile; the message names line and key.
    #[error("{name}: {problem}")]
    Syntax {
        /// Name of the profile.
        name: String,
        /// What the reader says, with line and key.
        problem: Box<toml::de::Error>,
    },
    /// The profile reads well but does not fit together.
    #[error("{name}: {key}: {problem}")]
    Inconsistent {
        /// Name of the profile.
        name: String,
        /// The key that is wrong.
        key: String,
        /// What is wrong with it.
        problem: &'static str,
    },
}

impl Profile {
    /// The bundled profile of this name, or the one in the file at this path (with its ending, `.toml`).
    ///
    /// # Errors
    /// As [`Profile::parse`]; [`ProfileError::Unknown`] for a name no bundled profile has, [`ProfileError::Unreadable`]
    /// for a file that cannot be read.
    pub fn load(name_or_path: &str) -> Result<Self, ProfileError> {
        let path = Path::new(name_or_path);
        if path.extension().is_none_or(|ending| ending != "toml") {
            return bundled(name_or_path);
        }
        let text = fs::read_to_string(path)
            .map_err(|problem| ProfileError::Unreadable { name: name_or_path.to_owned(), problem })?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        Self::parse(&name, &text)
    }

    /// Whether `text` may name a source: 1 to 40 small letters, digits and hyphens.
    pub fn is_source(text: &str) -> bool {
        check::is_source(text)
    }

    /// Reads a profile from TOML and checks that it fits together.
    ///
    /// # Errors
    /// [`ProfileError::Syntax`] for unknown keys and wrong types, [`ProfileError::Inconsistent`] for keys that name
    /// something the profile does not have.
    pub fn parse(name: &str, text: &str) -> Result<Self, ProfileError> {
        let mut profile: Self = toml::from_str(text)
            .map_err(|problem| ProfileError::Syntax { name: name.to_owned(), problem: Box::new(problem) })?;
        profile.name = name.to_owned();
        check::check(&profile).map_err(|(key, problem)| ProfileError::Inconsistent {
            name: name.to_owned(),
            key,
            problem,
        })?;
        Ok(profile)
    }
}

#[cfg(test)]
mod tests;
