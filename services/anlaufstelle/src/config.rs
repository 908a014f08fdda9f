//! The configuration file.

use std::{
    net::IpAddr,
    num::NonZeroU32,
    path::{Path, PathBuf},
};

use accounts::oidc::OidcSettings;
use anyhow::Context;
use finder::site::Site;
use mailkit::SmtpSettings;
use serde::Deserialize;

/// The configuration file. Everything has a default: an installation starts without one.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    /// What the pages say about the installation.
    pub(crate) site: Site,
    /// Limits against floods.
    pub(crate) limits: Limits,
    /// Where mails leave; without it they stay on a page of the internal listener.
    pub(crate) mail: Option<SmtpSettings>,
    /// Single sign-on for staff.
    pub(crate) oidc: Option<OidcSettings>,
    /// What is kept about the work of staff.
    pub(crate) staff: Staff,
    /// What booking does by itself.
    pub(crate) booking: Booking,
    /// Seeing and hearing each other.
    pub(crate) calls: Calls,
    /// How the processes of an installation reach each other; without it there is one.
    pub(crate) bus: Option<Bus>,
    /// This process, where there are several.
    pub(crate) node: Node,
    /// The installation's own key, the same for all its processes; relative to the file. Without it, it lies in the data folder.
    pub(crate) key_file: Option<PathBuf>,
    /// Folder with edited copies of topics, concepts and words; relative to the file.
    pub(crate) lexicon: Option<PathBuf>,
}

/// Limits against floods.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Limits {
    /// Requests per second always allowed to one network address.
    pub(crate) per_second: NonZeroU32,
    /// Reverse proxies whose X-Forwarded-For is believed; loopback always is.
    pub(crate) trusted_proxies: Vec<IpAddr>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { per_second: const { NonZeroU32::new(20).unwrap() }, trusted_proxies: Vec::new() }
    }
}

/// What is kept about the work of staff.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Staff {
    /// How many days the trail of staff actions is kept.
    pub(crate) audit_days: u32,
}

impl Default for Staff {
    fn default() -> Self {
        Self { audit_days: 365 }
    }
}

/// What booking does by itself.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Booking {
    /// Whether counsellors' own calendars are read from the internet.
    pub(crate) read_calendars: bool,
}

impl Default for Booking {
    fn default() -> Self {
        Self { read_calendars: true }
    }
}

/// Seeing and hearing each other in conversations.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Calls {
    /// Whether people can at all. Without, they write.
    pub(crate) on: bool,
    /// Whether three and more can: the engine forwards what they send.
    pub(crate) groups: bool,
    /// Ways for two.
    pub(crate) relay: relay::Settings,
    /// The engine.
    pub(crate) engine: sfu::Settings,
}

impl Default for Calls {
    fn default() -> Self {
        Self { on: true, groups: true, relay: relay::Settings::default(), engine: sfu::Settings::default() }
    }
}

/// How the processes of an installation reach each other.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bus {
    /// NATS servers: `nats://host:port` or `tls://host:port`, with commas between them.
    pub(crate) nats: String,
    /// Name, if it asks for one.
    #[serde(default)]
    pub(crate) user: Option<String>,
    /// File with the password; relative to the configuration.
    #[serde(default)]
    pub(crate) password_file: Option<PathBuf>,
}

/// This process, where there are several.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Node {
    /// Its name, for proxies and for `drain`; without one it gets another at each start.
    pub(crate) name: Option<String>,
    /// Where other nodes reach its listener for nodes, `host:port`; without it, the address it listens on.
    pub(crate) address: Option<String>,
    /// How long conversations may go on when it is told to stop or drained.
    pub(crate) drain_seconds: u64,
}

impl Default for Node {
    fn default() -> Self {
        Self { name: None, address: None, drain_seconds: 60 }
    }
}

impl Config {
    /// Reads the named file, or `anlaufstelle.toml` in the data folder if it is there.
    pub(crate) fn load(named: Option<&Path>, data: &Path) -> anyhow::Result<Self> {
        let usual = data.join("anlaufstelle.toml");
        let file = match named {
            Some(file) => file,
            None if usual.exists() => &usual,
            None => return Ok(Self::default()),
        };
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("the configuration {} cannot be read", file.display()))?;
        let mut config: Self = toml::from_str(&text)
            .with_context(|| format!("the configuration {} has a mistake", file.display()))?;
        let folder = file.parent().unwrap_or(Path::new("."));
        config.check().with_context(|| format!("the configuration {} has a mistake", file.display()))?;
        config.lexicon = config.lexicon.map(|lexicon| folder.join(lexicon));
        config.key_file = config.key_file.map(|file| folder.join(file));
        if let Some(bus) = &mut config.bus {
            bus.password_file = bus.password_file.take().map(|file| folder.join(file));
        }
        Ok(config)
    }

    /// Refuses addresses that would fail when somebody needs them: a quick exit that leads nowhere is found out too late.
    fn check(&self) -> anyhow::Result<()> {
        let site = &self.site;
        anyhow::ensure!(
            is_address(&site.exit_url),
            "site.exit_url must be an address that begins with https://"
        );
        anyhow::ensure!(
            site.base_url.is_empty() || is_address(&site.base_url) && !site.base_url.ends_with('/'),
            "site.base_url must be an address that begins with https:// and has no slash at its end"
        );
        anyhow::ensure!(!site.name.trim().is_empty(), "site.name must not be empty");
        anyhow::ensure!(
            (1..=3_650).contains(&self.staff.audit_days),
            "staff.audit_days must be a number of days from 1 to 3650"
        );
        anyhow::ensure!(
            self.oidc.is_none() || !site.base_url.is_empty(),
            "site.base_url must be set for single sign-on: the provider sends people back to it"
        );
        if let Some(oidc) = &self.oidc {
            oidc.check()?;
        }
        if let Some(mail) = &self.mail {
            mail.check()?;
        }
        if let Some(name) = &self.node.name {
            name.parse::<chat::nodes::NodeId>().context("node.name does not work")?;
        }
        anyhow::ensure!(self.node.drain_seconds <= 86_400, "node.drain_seconds must be at most 86400, a day");
        self.calls.engine.check().context("calls.engine does not work")?;
        self.calls.relay.check().context("calls.relay does not work")?;
        Ok(())
    }
}

/// Whether `text` is an address on the web that also fits into a header.
fn is_address(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| host.starts_with(|first: char| first.is_alphanumeric() || first == '['))
        && text.parse::<axum::http::Uri>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_named_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("anlaufstelle.toml");
        std::fs::write(&file, "[site]\nname = \"Hilfe\"\n\n[limits]\nper_secnd = 3\n").unwrap();
        let error = format!("{:#}", Config::load(None, folder.path()).unwrap_err());
        assert!(error.contains("line 5") && error.contains("per_secnd"), "{error}");
    }

    #[test]
    fn addresses_that_lead_nowhere_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("anlaufstelle.toml");
        for (wrong, named) in [
            ("exit_url = \"javascript:alert(1)\"", "exit_url"),
            ("exit_url = \"\"", "exit_url"),
            ("base_url = \"hilfe.example\"", "base_url"),
            ("base_url = \"https://hilfe.example/\"", "base_url"),
            ("name = \" \"", "name"),
        ] {
            std::fs::write(&file, format!("[site]\n{wrong}\n")).unwrap();
            let error = format!("{:#}", Config::load(None, folder.path()).unwrap_err());
            assert!(error.contains(named), "{wrong}: {error}");
        }
        std::fs::write(&file, "[site]\nbase_url = \"https://hilfe.example\"\n").unwrap();
        assert!(Config::load(None, folder.path()).is_ok());
    }

    #[test]
    fn without_a_file_everything_has_its_default() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config::load(None, folder.path()).unwrap();
        assert_eq!(config.limits.per_second.get(), 20);
        assert_eq!(config.site.name, "Anlaufstelle");
    }
}
