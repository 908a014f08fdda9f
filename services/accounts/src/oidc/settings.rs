//! What the operator says about the provider: `[oidc]` in the configuration.

use std::{fs, path::PathBuf};

use kernel::Secret;
use openidconnect::{IssuerUrl, reqwest};
use serde::Deserialize;

use super::GrantMapping;

/// `[oidc]` in the configuration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcSettings {
    /// The provider's issuer, exactly as it names itself (`https://login.example/realms/haus`).
    pub issuer: String,
    /// The client id that the provider gave this installation.
    pub client_id: String,
    /// A file with the client's secret and nothing else; leave it out for a public client.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// What people know the provider by ("Hauskonto"): the text of the button.
    pub name: String,
    /// Whether an account is found by the mail address that the provider verified, and linked at the first sign-in.
    #[serde(default)]
    pub link_by_verified_mail: bool,
    /// Whether a sign-in there counts as both factors. Only where the provider asks everybody for two.
    #[serde(default)]
    pub counts_as_second_factor: bool,
    /// Scopes to ask for beyond `openid email profile`.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Certificates of an authority of one's own, as PEM.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Rights that the provider gives and takes.
    #[serde(default)]
    pub grants: Option<GrantMapping>,
}

/// A setting that cannot work, with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The issuer is not an address that keeps secrets.
    #[error("oidc.issuer must begin with https:// (http:// only for this very machine)")]
    Issuer,
    /// Something is empty.
    #[error("oidc.{0} must not be empty")]
    Empty(&'static str),
    /// A file cannot be read.
    #[error("oidc.{field}: {file} cannot be read: {problem}")]
    File {
        /// The setting.
        field: &'static str,
        /// The file.
        file: String,
        /// What the system says.
        problem: String,
    },
    /// A right in the mapping is none.
    #[error(
        "oidc.grants: {0} is no right; write administrator, association_administrator:LIST, centre_manager:ID or counsellor:ID"
    )]
    Grant(String),
    /// The installation's own address cannot be used.
    #[error("site.base_url must be set to the address people use, for single sign-on")]
    BaseUrl,
    /// Connections cannot be made.
    #[error("connections to the provider cannot be made: {0}")]
    Client(String),
}

impl OidcSettings {
    /// Whether the settings can work, without asking the provider.
    pub fn check(&self) -> Result<(), SettingsError> {
        let issuer = IssuerUrl::new(self.issuer.clone()).map_err(|_| SettingsError::Issuer)?;
        let url = issuer.url();
        let own_machine = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if url.scheme() != "https" && !(url.scheme() == "http" && own_machine) {
            return Err(SettingsError::Issuer);
        }
        for (name, value) in [("client_id", &self.client_id), ("name", &self.name)] {
            if value.trim().is_empty() {
                return Err(SettingsError::Empty(name));
            }
        }
        self.grants.as_ref().map_or(Ok(()), GrantMapping::check)
    }

    pub(super) fn secret(&self) -> Result<Option<Secret<String>>, SettingsError> {
        let Some(file) = &self.client_secret_file else { return Ok(None) };
        let text =
            fs::read_to_string(file).map_err(|error| unreadable("client_secret_file", file, &error))?;
        let text = Secret::new(text);
        match text.expose().trim() {
            "" => Err(SettingsError::Empty("client_secret_file")),
            secret => Ok(Some(Secret::new(secret.to_owned()))),
        }
    }

    /// Connections that follow no redirect: the provider must not send us elsewhere.
    pub(super) fn connections(&self) -> Result<reqwest::Client, SettingsError> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(std::time::Duration::from_secs(10));
        if let Some(file) = &self.ca_file {
            let pem = fs::read(file).map_err(|error| unreadable("ca_file", file, &error))?;
            let all = reqwest::Certificate::from_pem_bundle(&pem)
                .map_err(|error| SettingsError::Client(error.to_string()))?;
            builder = all.into_iter().fold(builder, reqwest::ClientBuilder::add_root_certificate);
        }
        builder.build().map_err(|error| SettingsError::Client(error.to_string()))
    }
}

fn unreadable(field: &'static str, file: &std::path::Path, error: &std::io::Error) -> SettingsError {
    SettingsError::File { field, file: file.display().to_string(), problem: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> OidcSettings {
        serde_json::from_value(serde_json::json!({
            "issuer": "https://login.example/realms/haus", "client_id": "anlaufstelle", "name": "Hauskonto",
        }))
        .unwrap()
    }

    #[test]
    fn settings_that_cannot_work_are_named() {
        assert!(settings().check().is_ok());
        for issuer in ["http://login.example", "login.example", "javascript:x", ""] {
            let settings = OidcSettings { issuer: issuer.into(), ..settings() };
            assert!(matches!(settings.check(), Err(SettingsError::Issuer)), "{issuer}");
        }
        assert!(OidcSettings { issuer: "http://127.0.0.1:9000".into(), ..settings() }.check().is_ok());
        let unnamed = OidcSettings { name: " ".into(), ..settings() };
        assert!(matches!(unnamed.check(), Err(SettingsError::Empty("name"))));
        let lost = OidcSettings { client_secret_file: Some("/nowhere/secret".into()), ..settings() };
        assert!(lost.secret().unwrap_err().to_string().contains("/nowhere/secret"));
    }
}
