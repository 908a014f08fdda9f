//! A new password, wherever it is chosen.

use kernel::Secret;
use webkit::error::PageError;

use super::super::{
    answer::not_hashed,
    say::{FieldError, Say},
    state::AppState,
};
use crate::factor::advice::{self, Weak};

/// A password that was read and judged.
pub(in crate::web) enum Checked {
    /// It is good; this is its hash.
    Good(Secret<String>),
    /// It is refused, at the field `new-password`.
    Refused(FieldError),
}

/// Judges a new password and hashes it. `own` are words an attacker knows.
pub(in crate::web) async fn check_new(
    app: &AppState,
    password: &Secret<String>,
    own: &[&str],
) -> Result<Checked, PageError> {
    let own: Vec<&str> = own.iter().copied().chain([app.name()]).collect();
    let message = match advice::check(password, &own) {
        Ok(()) => {
            let hash = app.passwords().hash(password).await.map_err(not_hashed)?;
            return Ok(Checked::Good(hash));
        }
        Err(Weak::Short) => "accounts-password-short",
        Err(Weak::Long) => "accounts-password-long",
        Err(Weak::Common) => "accounts-password-common",
        Err(Weak::Own) => "accounts-password-own",
    };
    let say = Say::new(message).number("shortest", advice::SHORTEST).number("longest", advice::LONGEST);
    Ok(Checked::Refused(FieldError { field: "new-password", say }))
}
