//! Single sign-on by OpenID Connect: the code flow with PKCE, state and nonce.
//!
//! Owns the conversation with the provider. Who of our people that is, and whether she may come in, is decided by the
//! caller; tokens are checked and dropped, none is kept.

mod grants;
mod provider;
mod settings;

pub use grants::GrantMapping;
pub use provider::{Answer, Begun, Identity, Oidc, OidcError, Proof};
pub use settings::{OidcSettings, SettingsError};

/// Where the provider sends people back to; registered there exactly like this, after the installation's address.
pub const ANSWER_PATH: &str = "/anmelden/oidc/antwort";
