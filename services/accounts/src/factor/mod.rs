//! How somebody proves who she is: passwords, passkeys, one-time codes, recovery codes.
//!
//! Pure checks and ceremonies. Knows neither pages nor the store: what must be remembered is handed back to the caller.

pub mod advice;
pub mod ceremony;
pub mod passkey;
pub mod password;
pub mod qr;
pub mod recovery;
pub mod seal;
pub mod totp;
