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
        let Some(file) = Self::file(named, data) else { return Ok(Self::default()) };
        let config = Self::read(&file)?;
        match config.mistakes().into_iter().next() {
            Some(mistake) => Err(mistake.context(mistaken(&file))),
            None => Ok(config),
        }
    }

    /// Where the configuration stands, if there is one.
    pub(crate) fn file(named: Option<&Path>, data: &Path) -> Option<PathBuf> {
        let usual = data.join("anlaufstelle.toml");
        named.map(Path::to_owned).or_else(|| usual.exists().then_some(usual))
    }

    /// Reads a file without judging what it says. Files named in it are relative to it.
    pub(crate) fn read(file: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("the configuration {} cannot be read", file.display()))?;
        let mut config: Self = toml::from_str(&text).with_context(|| mistaken(file))?;
        let folder = file.parent().unwrap_or(Path::new("."));
        for (_, named) in config.files() {
            *named = folder.join(&*named);
        }
        for server in &mut config.calls.relay.external {
            server.read_files().with_context(|| mistaken(file))?;
        }
        Ok(config)
    }

    /// Every file or folder the configuration names, with the entry that does.
    pub(crate) fn files(&mut self) -> Vec<(&'static str, &mut PathBuf)> {
        let Self { mail, oidc, calls, bus, key_file, lexicon, .. } = self;
        let mut files = Vec::new();
        let mut add = |entry, file| files.extend(Option::map(file, |file| (entry, file)));
        add("lexicon", lexicon.as_mut());
        add("key_file", key_file.as_mut());
        if let Some(mail) = mail {
            add("mail.password_file", mail.password_file.as_mut());
            add("mail.ca_file", mail.ca_file.as_mut());
        }
        if let Some(oidc) = oidc {
            add("oidc.client_secret_file", oidc.client_secret_file.as_mut());
            add("oidc.ca_file", oidc.ca_file.as_mut());
        }
        if let Some(bus) = bus {
            add("bus.password_file", bus.password_file.as_mut());
        }
        if let Some(tls) = &mut calls.relay.tls {
            add("calls.relay.tls.certificate", Some(&mut tls.certificate));
            add("calls.relay.tls.key", Some(&mut tls.key));
        }
        for server in &mut calls.relay.external {
            add("calls.relay.external.secret_file", server.secret_file.as_mut());
            add("calls.relay.external.credential_file", server.credential_file.as_mut());
        }
        files
    }

    /// What would fail when somebody needs it: a quick exit that leads nowhere is found out too late.
    pub(crate) fn mistakes(&self) -> Vec<anyhow::Error> {
        let site = &self.site;
        let mut mistakes = Vec::new();
        let mut ensure = |is_right: bool, message: &'static str| {
            if !is_right {
                mistakes.push(anyhow::anyhow!(message));
            }
        };
        ensure(is_address(&site.exit_url), "site.exit_url must be an address that begins with https://");
        ensure(
            site.base_url.is_empty() || is_address(&site.base_url) && !site.base_url.ends_with('/'),
            "site.base_url must be an address that begins with https:// and has no slash at its end",
        );
        ensure(!site.name.trim().is_empty(), "site.name must not be empty");
        ensure(
            (1..=3_650).contains(&self.staff.audit_days),
            "staff.audit_days must be a number of days from 1 to 3650",
        );
        ensure(
            self.oidc.is_none() || !site.base_url.is_empty(),
            "site.base_url must be set for single sign-on: the provider sends people back to it",
        );
        ensure(
            self.bus.as_ref().is_none_or(|bus| bus.user.is_some() == bus.password_file.is_some()),
            "bus.user and bus.password_file belong together",
        );
        ensure(self.node.drain_seconds <= 86_400, "node.drain_seconds must be at most 86400, a day");
        mistakes.extend(self.oidc.iter().filter_map(|oidc| oidc.check().err()).map(Into::into));
        mistakes.extend(self.mail.iter().filter_map(|mail| mail.check().err()).map(Into::into));
        if let Some(Err(mistake)) = self.node.name.as_deref().map(str::parse::<chat::nodes::NodeId>) {
            mistakes.push(anyhow::Error::new(mistake).context("node.name does not work"));
        }
        if let Err(mistake) = self.calls.engine.check() {
            mistakes.push(anyhow::Error::new(mistake).context("calls.engine does not work"));
        }
        let of_relay = self.calls.relay.mistakes().into_iter();
        mistakes
            .extend(of_relay.map(|mistake| anyhow::Error::new(mistake).context("calls.relay does not work")));
        mistakes
    }

    /// What works, but hardly as an operator wants it: ids of the command line's messages.
    pub(crate) fn hints(&self) -> Vec<&'static str> {
        let relay = &self.calls.relay;
        let is_alone = relay.external.is_empty() && relay.public.iter().all(IpAddr::is_loopback);
        let hints = [
            (self.site.operator.is_none(), "cli-config-no-operator"),
            (self.site.base_url.is_empty(), "cli-config-no-address"),
            (self.mail.is_none(), "cli-config-no-mail"),
            (self.calls.on && is_alone, "cli-config-calls-alone"),
        ];
        hints.into_iter().filter_map(|(applies, hint)| applies.then_some(hint)).collect()
    }
}

fn mistaken(file: &Path) -> String {
    format!("the configuration {} has a mistake", file.display())
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
    fn every_mistake_is_named_at_once() {
        let text = "[site]\nname = ''\nexit_url = 'x'\n[staff]\naudit_days = 0\n[node]\nname = 'A b'\n\
            [calls.engine]\nmost_people = 0\n[calls.relay]\npublic = []\nfirst_port = 1\n\
            [bus]\nnats = 'nats://127.0.0.1'\nuser = 'a'\n[mail]\nurl = 'mail'\nfrom = 'a@b.example'\n\
            [oidc]\nissuer = 'http://a.example'\nclient_id = 'a'\nname = 'b'\n";
        let config: Config = toml::from_str(text).unwrap();
        let mistakes =
            config.mistakes().iter().map(|mistake| format!("{mistake:#}")).collect::<Vec<_>>().join("\n");
        for named in
            "site.name site.exit_url staff.audit_days node.name calls.engine relay.public relay.first_port \
            bus.user oidc.issuer site.base_url mail"
                .split_whitespace()
        {
            assert!(mistakes.contains(named), "{named}: {mistakes}");
        }
    }

    #[test]
    fn files_are_looked_for_beside_the_configuration() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("anlaufstelle.toml");
        let text = "key_file = 'k'\nlexicon = '/l'\n[bus]\nnats = 'nats://a'\nuser = 'a'\npassword_file = 'p'\n\
            [calls.relay]\nname = 'a'\ntls = { listen = '127.0.0.1:1', certificate = 'c', key = 'secret/k' }\n\
            [[calls.relay.external]]\nurls = ['turn:a']\nsecret_file = 's'\n\
            [oidc]\nissuer = 'https://a.example'\nclient_id = 'a'\nname = 'b'\nclient_secret_file = 'o'\n";
        std::fs::write(&file, text).unwrap();
        std::fs::write(folder.path().join("s"), "geheim").unwrap();
        let mut config = Config::read(&file).unwrap();
        let files: Vec<_> = config.files().into_iter().map(|(_, file)| file.clone()).collect();
        let expected = ["/l", "k", "o", "p", "c", "secret/k"].map(|file| folder.path().join(file));
        assert_eq!(files, expected);
        assert_eq!(config.calls.relay.external[0].secret.as_deref(), Some("geheim"));
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
