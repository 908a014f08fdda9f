//! What an operator writes about the relay, and what is wrong with it in words that say what to do.

use std::{
    fs,
    path::{Path, PathBuf},
};

use kernel::Secret;
use lettre::transport::smtp::{
    authentication::Credentials,
    client::{Certificate, CertificateStore, TlsParameters},
};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::relay::{Address, Security, SmtpRelay};
use crate::{AddressProblem, DisplayName, MailAddress, NameProblem, mail::Sender};

/// The relay as it stands in the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpSettings {
    /// `smtp://host:587` (STARTTLS, required), `smtps://host:465` (TLS from the beginning) or
    /// `smtp+plain://127.0.0.1:25` (no TLS).
    pub url: String,
    /// The address mails come from; its domain also stands in the Message-ID.
    pub from: String,
    /// The name mails come from. Keep it neutral: it shows in the recipient's list of mails.
    #[serde(default)]
    pub from_name: Option<String>,
    /// User at the relay.
    #[serde(default)]
    pub user: Option<String>,
    /// File with the password, and nothing else in it.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// File with the certificate authority the relay's certificate comes from, as PEM; then only this one is
    /// believed.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Lets `smtp+plain://` go to another machine, inside a network that is trusted.
    #[serde(default)]
    pub allow_plain: bool,
}

/// The settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SmtpSettingsProblem {
    /// The address of the relay is not understood.
    #[error(
        "mail url: {0}; write smtp://HOST:587 (STARTTLS), smtps://HOST:465 (TLS) or smtp+plain://127.0.0.1:25"
    )]
    Url(&'static str),
    /// Mails would go through a network in the clear.
    #[error(
        "mail url: smtp+plain:// to another machine sends mails in the clear; use smtp:// or smtps://, or set \
         allow_plain = true if the network between is trusted"
    )]
    Plain,
    /// A password would go through a network in the clear.
    #[error(
        "mail user: a password is never sent without TLS; use smtp:// or smtps://, or remove user and password_file"
    )]
    PlainPassword,
    /// The sender's address is none.
    #[error("mail from: {0}; write the address mails come from, such as nachricht@example.org")]
    From(AddressProblem),
    /// The sender's name is none.
    #[error("mail from_name: {0}; write a short neutral name or leave it out")]
    FromName(NameProblem),
    /// One of user and password is missing.
    #[error("mail user and password_file belong together; set both or neither")]
    HalfSignIn,
    /// A file cannot be read.
    #[error("mail {field}: {path} cannot be read ({kind}); check the path and that this program may read it")]
    File {
        /// The setting.
        field: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        kind: std::io::ErrorKind,
    },
    /// The password's file holds no password.
    #[error("mail password_file: {0} must hold the password on one line and nothing else")]
    Password(PathBuf),
    /// The file holds no certificate.
    #[error(
        "mail ca_file: {0} holds no certificate; it must be PEM, beginning with -----BEGIN CERTIFICATE-----"
    )]
    Ca(PathBuf),
    /// TLS could not be prepared.
    #[error("mail url: TLS to this host cannot be prepared; check that the host name is right")]
    Tls,
}

impl SmtpSettings {
    /// Checks everything that can be checked without the network and reads the files.
    ///
    /// # Errors
    /// The first [`SmtpSettingsProblem`], to be shown to the operator.
    pub fn check(&self) -> Result<SmtpRelay, SmtpSettingsProblem> {
        let address = Address::parse(&self.url).map_err(SmtpSettingsProblem::Url)?;
        let plain = address.security == Security::None;
        if plain && !address.is_loopback() && !self.allow_plain {
            return Err(SmtpSettingsProblem::Plain);
        }
        let from = MailAddress::parse(&self.from).map_err(SmtpSettingsProblem::From)?;
        let name = self.from_name.as_deref().map(DisplayName::parse).transpose();
        let name = name.map_err(SmtpSettingsProblem::FromName)?;
        let credentials = match (&self.user, &self.password_file) {
            (None, None) => None,
            (Some(_), Some(_)) if plain && !address.is_loopback() => {
                return Err(SmtpSettingsProblem::PlainPassword);
            }
            (Some(user), Some(file)) => {
                Some(Credentials::new(user.clone(), password(file)?.expose().clone()))
            }
            _ => return Err(SmtpSettingsProblem::HalfSignIn),
        };
        let tls = if plain { None } else { Some(self.tls(&address.host)?) };
        Ok(SmtpRelay { address, tls, credentials, sender: Sender { address: from, name } })
    }

    fn tls(&self, host: &str) -> Result<TlsParameters, SmtpSettingsProblem> {
        let mut builder = TlsParameters::builder(host.to_owned());
        if let Some(path) = &self.ca_file {
            let pem = read("ca_file", path)?;
            let missing = || SmtpSettingsProblem::Ca(path.clone());
            let certificate = Certificate::from_pem(&pem).map_err(|_| missing())?;
            if !pem.windows(27).any(|window| window == b"-----BEGIN CERTIFICATE-----") {
                return Err(missing());
            }
            builder = builder.certificate_store(CertificateStore::None).add_root_certificate(certificate);
        }
        builder.build().map_err(|_| SmtpSettingsProblem::Tls)
    }
}

fn password(path: &Path) -> Result<Secret<String>, SmtpSettingsProblem> {
    let bytes = Zeroizing::new(read("password_file", path)?);
    let unfit = || SmtpSettingsProblem::Password(path.to_owned());
    let text = std::str::from_utf8(&bytes).map_err(|_| unfit())?;
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    if text.is_empty() || text.chars().any(char::is_control) {
        return Err(unfit());
    }
    Ok(Secret::new(text.to_owned()))
}

fn read(field: &'static str, path: &Path) -> Result<Vec<u8>, SmtpSettingsProblem> {
    fs::read(path).map_err(|error| SmtpSettingsProblem::File {
        field,
        path: path.to_owned(),
        kind: error.kind(),
    })
}
