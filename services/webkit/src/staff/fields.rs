//! The token every form of a session carries.

use contracts::staff::StaffIdentity;
use subtle::ConstantTimeEq;

/// The field's name; forms write it with the macro `csrf_field`.
pub(super) const TOKEN: &str = "csrf";

/// Whether `sent` is the session's own token, compared in constant time.
pub(super) fn is_token_of(identity: &StaffIdentity, sent: &str) -> bool {
    identity.form_token.expose().as_bytes().ct_eq(sent.as_bytes()).into()
}
