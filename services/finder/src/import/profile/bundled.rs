//! Profiles that come with the program.

use super::{Profile, ProfileError};

macro_rules! profiles {
    ($($name:literal),+ $(,)?) => {
        /// Names and texts of the profiles that come with the program.
        pub const BUNDLED: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../profiles/", $name, ".toml")))),+];
    };
}

profiles!(
    "bzga",
    "caritas",
    "centres",
    "example-addiction-csv",
    "example-homelessness-xlsx",
    "hsds",
    "onlineberatung",
);

/// The bundled profile with this name.
///
/// # Errors
/// [`ProfileError::Unknown`] lists the names there are.
pub fn bundled(name: &str) -> Result<Profile, ProfileError> {
    match BUNDLED.iter().find(|(known, _)| *known == name) {
        Some((name, text)) => Profile::parse(name, text),
        None => Err(ProfileError::Unknown {
            name: name.to_owned(),
            known: BUNDLED.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", "),
        }),
    }
}
