//! What an operator decides about the relay.

use std::{
    collections::HashSet,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use serde::Deserialize;

use crate::peers::Range;

/// What an operator decides. Without any of it the relay serves browsers on the same machine only.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Where UDP is listened on. One relay serves all of them.
    pub udp: Vec<SocketAddr>,
    /// Where TCP is listened on, for networks that let no UDP through.
    pub tcp: Vec<SocketAddr>,
    /// TLS, for networks that let only the web through.
    pub tls: Option<Tls>,
    /// Under which addresses the internet knows this server: at most one of each family. Relayed addresses are announced with them.
    pub public: Vec<IpAddr>,
    /// The name browsers are told instead of an address. TLS needs it: certificates are made for names.
    pub name: Option<String>,
    /// Ports of relayed addresses; an open firewall for UDP is needed for outside peers, not between two people who both use the relay.
    pub first_port: u16,
    /// The last one, itself included.
    pub last_port: u16,
    /// Whether two people talk through a relay only, so that neither learns the other's address.
    pub relay_only: bool,
    /// Whether it relays to public addresses of others. Left out, it does if `relay_only` is off: otherwise both ends are relays
    /// or the engine, and whoever gets hold of a credential can reach nobody else with it.
    pub public_peers: Option<bool>,
    /// Other relays of the same installation, to which it always relays.
    pub other_relays: Vec<IpAddr>,
    /// Networks to which it never relays, even though they are public: `198.51.100.0/24`, `2001:db8::/32`.
    pub refused_networks: Vec<String>,
    /// The engine's media sockets, to which it relays even though they are this server's.
    pub engines: Vec<Engine>,
    /// How much it gives.
    pub quotas: Quotas,
    /// Other servers in place of our own relay. If there are any, ours does not run.
    pub external: Vec<External>,
}

/// TLS towards browsers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// Where it listens; 443 if nothing else does, 5349 otherwise.
    pub listen: SocketAddr,
    /// The chain of certificates, PEM. It is read anew every hour.
    pub certificate: PathBuf,
    /// Its private key, PEM.
    pub key: PathBuf,
}

/// A media socket of the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engine {
    /// The address browsers are told.
    pub announced: SocketAddr,
    /// Where it really is, as seen from here; the announced one if left out. Many routers do not bring packets back in.
    pub at: Option<SocketAddr>,
}

impl Engine {
    pub(crate) fn at(&self) -> SocketAddr {
        self.at.unwrap_or(self.announced)
    }
}

/// How much the relay gives. A browser takes one allocation for each connection, each address of ours and each of its own networks;
/// in a group there is a connection to each other person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Quotas {
    /// Allocations of one person in one room.
    pub person: usize,
    /// Allocations of one room.
    pub room: usize,
    /// Allocations, and at the same time streams, of one address (IPv4) or /64 (IPv6). A shelter or an authority often shares one.
    pub network: usize,
    /// Allocations of all together.
    pub all: usize,
    /// Streams (TCP and TLS) of all together.
    pub streams: usize,
    /// Bytes per second of one allocation, each way; what is more is dropped, and browsers send less.
    pub bytes_per_second: u32,
    /// Answers per second to one network that has not shown a credential: addresses in UDP can be false.
    pub strangers_per_second: u32,
}

/// Another server, for instance a coturn.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct External {
    /// `stun:…`, `turn:…`, `turns:…`.
    pub urls: Vec<String>,
    /// The secret it shares with us (coturn: `use-auth-secret`, `static-auth-secret`): credentials are made from it.
    pub secret: Option<String>,
    /// A name that stays.
    pub username: Option<String>,
    /// What belongs to that name.
    pub credential: Option<String>,
    /// A file with the secret and nothing else, instead of `secret`.
    pub secret_file: Option<PathBuf>,
    /// A file with the credential and nothing else, instead of `credential`.
    pub credential_file: Option<PathBuf>,
}

/// What opens a server is a secret.
impl std::fmt::Debug for External {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("External").field("urls", &self.urls).finish_non_exhaustive()
    }
}

/// A file that an entry names cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{entry}: {} cannot be read ({kind})", file.display())]
pub struct UnreadableFile {
    entry: &'static str,
    file: PathBuf,
    kind: std::io::ErrorKind,
}

/// What is wrong with the settings, for whoever wrote them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Mistake(&'static str);

impl Default for Settings {
    fn default() -> Self {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 3_478));
        Self {
            udp: vec![listen],
            tcp: vec![listen],
            tls: None,
            public: vec![listen.ip()],
            name: None,
            first_port: 49_152,
            last_port: u16::MAX,
            relay_only: true,
            public_peers: None,
            other_relays: Vec::new(),
            refused_networks: Vec::new(),
            engines: Vec::new(),
            quotas: Quotas::default(),
            external: Vec::new(),
        }
    }
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            person: 64,
            room: 256,
            network: 512,
            all: 8_192,
            streams: 4_096,
            bytes_per_second: 2_000_000,
            strangers_per_second: 50,
        }
    }
}

impl Settings {
    /// Refuses what would fail when the first two people talk.
    ///
    /// # Errors
    /// The first of its [`Settings::mistakes`].
    pub fn check(&self) -> Result<(), Mistake> {
        self.mistakes().into_iter().next().map_or(Ok(()), Err)
    }

    /// Which entries are wrong, and what each should be.
    pub fn mistakes(&self) -> Vec<Mistake> {
        if !self.external.is_empty() {
            return self.external.iter().filter_map(|server| server.check().err()).collect();
        }
        let mut mistakes = Vec::new();
        let mut ensure = |is_right: bool, message| {
            if !is_right {
                mistakes.push(Mistake(message));
            }
        };
        ensure(
            !self.udp.is_empty() || !self.tcp.is_empty() || self.tls.is_some(),
            "relay.udp or relay.tcp must name an address to listen on",
        );
        ensure(
            !self.public.is_empty(),
            "relay.public must name the address under which the internet knows this server",
        );
        ensure(
            self.public.iter().map(IpAddr::is_ipv4).collect::<HashSet<_>>().len() == self.public.len(),
            "relay.public may hold one IPv4 and one IPv6 address",
        );
        ensure(
            self.public.iter().all(|public| !public.is_unspecified() && !public.is_multicast()),
            "relay.public must be addresses that browsers can reach",
        );
        ensure(
            self.listening().all(|listen| listen.ip().is_loopback())
                || !self.public.iter().any(IpAddr::is_loopback),
            "relay.public must be set to this server's public address: it listens for others, but announces itself as 127.0.0.1",
        );
        ensure(
            self.first_port >= 1_024
                && self.first_port.is_multiple_of(2)
                && self.first_port <= self.last_port,
            "relay.first_port must be even, 1024 or more and not above relay.last_port",
        );
        ensure(
            self.tls.is_none() || self.name.is_some(),
            "relay.name must be set for relay.tls: certificates are made for names",
        );
        ensure(
            self.name.as_ref().is_none_or(|name| {
                !name.is_empty()
                    && name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-' || sign == '.')
            }),
            "relay.name must be a host name, for instance relay.example.org",
        );
        ensure(
            self.refused_networks.iter().all(|network| Range::parse(network).is_some()),
            "relay.refused_networks must be networks such as 198.51.100.0/24",
        );
        let quotas = &self.quotas;
        ensure(
            [quotas.person, quotas.room, quotas.network, quotas.all, quotas.streams]
                .iter()
                .all(|quota| *quota > 0)
                && quotas.strangers_per_second > 0,
            "relay.quotas must be at least 1 each",
        );
        ensure(
            quotas.bytes_per_second >= 20_000,
            "relay.quotas.bytes_per_second must be at least 20000: a voice needs that much",
        );
        mistakes
    }

    /// Where it listens, whatever the transport.
    pub(crate) fn listening(&self) -> impl Iterator<Item = SocketAddr> {
        self.udp.iter().chain(&self.tcp).copied().chain(self.tls.as_ref().map(|tls| tls.listen))
    }

    /// The relayed addresses' own address in this family, and where their sockets are bound.
    pub(crate) fn relayed(&self, is_ipv4: bool) -> Option<(IpAddr, IpAddr)> {
        let public = self.public.iter().copied().find(|public| public.is_ipv4() == is_ipv4)?;
        let any = if is_ipv4 { IpAddr::from([0; 4]) } else { IpAddr::from([0; 16]) };
        let bind =
            self.listening().map(|listen| listen.ip()).find(|ip| ip.is_ipv4() == is_ipv4).unwrap_or(any);
        Some((public, bind))
    }
}

impl External {
    /// Reads the files it names, in place of what would stand in the configuration.
    ///
    /// # Errors
    /// The entry, the file and what the operating system says.
    pub fn read_files(&mut self) -> Result<(), UnreadableFile> {
        for (entry, file, value) in [
            ("relay.external.secret_file", self.secret_file.take(), &mut self.secret),
            ("relay.external.credential_file", self.credential_file.take(), &mut self.credential),
        ] {
            let Some(file) = file else { continue };
            let text = std::fs::read_to_string(&file).map_err(|error| UnreadableFile {
                entry,
                file: file.clone(),
                kind: error.kind(),
            })?;
            *value = Some(text.trim().to_owned());
        }
        Ok(())
    }

    fn check(&self) -> Result<(), Mistake> {
        let is_server =
            |url: &String| ["stun:", "turn:", "turns:"].iter().any(|scheme| url.starts_with(scheme));
        if self.urls.is_empty() || !self.urls.iter().all(is_server) {
            return Err(Mistake("relay.external.urls must begin with stun:, turn: or turns:"));
        }
        let needs_name = self.urls.iter().any(|url| !url.starts_with("stun:"));
        match (&self.secret, &self.username, &self.credential) {
            (Some(_), None, None) | (None, Some(_), Some(_)) => Ok(()),
            (None, None, None) if !needs_name => Ok(()),
            _ => Err(Mistake("relay.external needs either a secret, or a username and its credential")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(), String> {
        let settings: Settings = toml::from_str(text).map_err(|error| error.to_string())?;
        settings.check().map_err(|mistake| mistake.to_string())
    }

    #[test]
    fn everything_has_a_default() {
        assert_eq!(read(""), Ok(()));
    }

    #[test]
    fn a_server_on_the_internet_says_its_address() {
        let public = "udp = ['0.0.0.0:3478']\ntcp = ['0.0.0.0:3478']\npublic = ['198.51.100.7', '2001:db8::7']\nname = 'relay.example.org'\n\
            tls = { listen = '0.0.0.0:5349', certificate = 'chain.pem', key = 'key.pem' }";
        assert_eq!(read(public), Ok(()));
        assert_eq!(read("[[external]]\nurls = ['turn:turn.example.org']\nsecret = 'x'"), Ok(()));
        assert_eq!(read("[[external]]\nurls = ['stun:stun.example.org']"), Ok(()));
    }

    #[test]
    fn a_secret_may_stand_in_a_file_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        std::fs::write(&file, "geheim\n").unwrap();
        let text = format!("[[external]]\nurls = ['turn:a']\nsecret_file = '{}'", file.display());
        let mut settings: Settings = toml::from_str(&text).unwrap();
        settings.external[0].read_files().unwrap();
        assert_eq!(settings.external[0].secret.as_deref(), Some("geheim"));
        assert_eq!(settings.check(), Ok(()));
        std::fs::remove_file(&file).unwrap();
        let mut settings: Settings = toml::from_str(&text).unwrap();
        let error = settings.external[0].read_files().unwrap_err().to_string();
        assert!(error.contains("secret_file") && error.contains("not found"), "{error}");
    }

    #[test]
    fn all_mistakes_are_named_at_once() {
        let settings: Settings = toml::from_str("public = []\nfirst_port = 80\nname = ''").unwrap();
        let mistakes: Vec<_> = settings.mistakes().iter().map(ToString::to_string).collect();
        assert_eq!(mistakes.len(), 3, "{mistakes:?}");
    }

    #[test]
    fn mistakes_are_named() {
        for (wrong, named) in [
            ("udp = ['0.0.0.0:3478']", "relay.public"),
            ("public = []", "relay.public"),
            ("public = ['198.51.100.7', '198.51.100.8']", "relay.public"),
            ("public = ['0.0.0.0']", "relay.public"),
            ("udp = []\ntcp = []", "relay.udp"),
            ("first_port = 80", "relay.first_port"),
            ("first_port = 50000\nlast_port = 49999", "relay.first_port"),
            ("tls = { listen = '127.0.0.1:1', certificate = 'c', key = 'k' }", "relay.name"),
            ("name = 'https://a'", "relay.name"),
            ("refused_networks = ['198.51.100.0/33']", "relay.refused_networks"),
            ("quotas = { all = 0 }", "relay.quotas"),
            ("quotas = { bytes_per_second = 1 }", "relay.quotas.bytes_per_second"),
            ("[[external]]\nurls = ['https://a']\nsecret = 'x'", "relay.external.urls"),
            ("[[external]]\nurls = ['turn:a']", "relay.external"),
            ("[[external]]\nurls = ['turn:a']\nsecret = 'x'\nusername = 'y'", "relay.external"),
            ("quota = {}", "quota"),
        ] {
            let error = read(wrong).unwrap_err();
            assert!(error.contains(named), "{wrong}: {error}");
        }
    }
}
