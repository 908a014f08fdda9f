//! A relay whose settings were checked.

use std::net::IpAddr;

use lettre::transport::smtp::{authentication::Credentials, client::TlsParameters};

use crate::{MailAddress, mail::Sender};

/// A relay: where it is, how to speak to it, who mails come from. Made by [`crate::SmtpSettings::check`].
pub struct SmtpRelay {
    pub(super) address: Address,
    /// Missing only when nothing is encrypted.
    pub(super) tls: Option<TlsParameters>,
    pub(super) credentials: Option<Credentials>,
    pub(super) sender: Sender,
}

impl SmtpRelay {
    /// The address mails come from.
    pub fn sender(&self) -> &MailAddress {
        &self.sender.address
    }
}

impl std::fmt::Debug for SmtpRelay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpRelay").field("address", &self.address).finish_non_exhaustive()
    }
}

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Security {
    /// STARTTLS, or nothing is sent.
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// None.
    None,
}

/// Where the relay is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) security: Security,
    /// A name, or an IP address without brackets.
    pub(super) host: String,
    pub(super) port: u16,
}

impl Address {
    /// `scheme://host[:port]`, nothing else: passwords belong into a file.
    pub(super) fn parse(url: &str) -> Result<Self, &'static str> {
        let (scheme, rest) =
            url.trim().split_once("://").ok_or("it does not begin with smtp:// or smtps://")?;
        let (security, usual) = match scheme {
            "smtp" => (Security::StartTls, 587),
            "smtps" => (Security::Tls, 465),
            "smtp+plain" => (Security::None, 25),
            _ => return Err("it does not begin with smtp:// or smtps://"),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.contains('@') {
            return Err("user and password do not belong into the url; use user and password_file");
        }
        if rest.contains(['/', '?', '#']) {
            return Err("there is something after the host");
        }
        let (host, port) = match rest.strip_prefix('[') {
            Some(bracketed) => {
                let (host, port) = bracketed.split_once(']').ok_or("a bracket is not closed")?;
                if !host.parse::<IpAddr>().is_ok_and(|ip| ip.is_ipv6()) {
                    return Err("between the brackets stands no IPv6 address");
                }
                (
                    host,
                    port.strip_prefix(':')
                        .or_else(|| port.is_empty().then_some(""))
                        .ok_or("the port is none")?,
                )
            }
            None => rest.split_once(':').unwrap_or((rest, "")),
        };
        let name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
        if host.parse::<IpAddr>().is_err() && (host.is_empty() || !host.bytes().all(name)) {
            return Err("the host is none");
        }
        let port = if port.is_empty() { usual } else { port.parse().map_err(|_| "the port is none")? };
        Ok(Self { security, host: host.to_ascii_lowercase(), port })
    }

    pub(super) fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }
}
