//! Which servers a browser is told of, and what opens them.

use std::{net::IpAddr, sync::Arc, time::Duration};

use contracts::{
    media::{IceServer, Member, RelaySecret, WayFinder, Ways},
    talk::RoomId,
};
use jiff::Timestamp;
use kernel::Secret;

use crate::{
    credentials::Credentials,
    settings::{External, Settings},
};

/// How long a credential opens a server. Long enough to begin a connection, or begin it anew; browsers ask again before. What was
/// begun in time goes on: our relay, like coturn, keeps the name of an allocation, and the browser refreshes it under that name.
pub const HOLDS: Duration = Duration::from_mins(10);

/// The ways of an installation: its own relay, or other servers.
struct Found {
    servers: Vec<Opened>,
    relay_only: bool,
}

struct Opened {
    urls: Vec<String>,
    by: By,
}

/// What opens a server.
enum By {
    Nothing,
    Secret(Credentials),
    Name(String, Secret<String>),
}

/// The ways these settings name. Without other servers it is our own relay under this secret, wherever it runs.
pub fn find(settings: &Settings, secret: RelaySecret) -> Arc<dyn WayFinder> {
    let servers = if settings.external.is_empty() {
        own(settings, secret)
    } else {
        settings.external.iter().map(Opened::external).collect()
    };
    Arc::new(Found { servers, relay_only: settings.relay_only })
}

/// In the order in which they cost least: a browser tries them all at once and takes the best that works.
fn own(settings: &Settings, secret: RelaySecret) -> Vec<Opened> {
    let hosts: Vec<String> = match &settings.name {
        Some(name) => vec![name.clone()],
        None => settings.public.iter().map(host).collect(),
    };
    let (mut finds, mut relays) = (Vec::new(), Vec::new());
    for host in hosts {
        for listen in settings.udp.iter().take(1) {
            finds.push(format!("stun:{host}:{}", listen.port()));
            relays.push(format!("turn:{host}:{}?transport=udp", listen.port()));
        }
        for listen in settings.tcp.iter().take(1) {
            relays.push(format!("turn:{host}:{}?transport=tcp", listen.port()));
        }
        if let Some(tls) = &settings.tls {
            relays.push(format!("turns:{host}:{}?transport=tcp", tls.listen.port()));
        }
    }
    let mut servers = Vec::new();
    // who goes through the relay only has no use for her own address
    if !settings.relay_only && !finds.is_empty() {
        servers.push(Opened { urls: finds, by: By::Nothing });
    }
    servers.push(Opened { urls: relays, by: By::Secret(Credentials::new(secret)) });
    servers
}

fn host(public: &IpAddr) -> String {
    match public {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

impl Opened {
    fn external(server: &External) -> Self {
        let by = match (&server.secret, &server.username, &server.credential) {
            (Some(secret), ..) => By::Secret(Credentials::new(Secret::new(secret.clone()))),
            (None, Some(name), Some(credential)) => By::Name(name.clone(), Secret::new(credential.clone())),
            _ => By::Nothing,
        };
        Self { urls: server.urls.clone(), by }
    }

    fn server(&self, room: &RoomId, member: Member, until: Timestamp) -> IceServer {
        let opens = match &self.by {
            By::Nothing => None,
            By::Secret(credentials) => Some(credentials.make(room, member, until)),
            By::Name(name, credential) => Some((name.clone(), credential.expose().clone())),
        };
        let (username, credential) = opens.unzip();
        IceServer { urls: self.urls.clone(), username, credential }
    }
}

impl WayFinder for Found {
    fn ways(&self, room: &RoomId, member: Member, now: Timestamp) -> Ways {
        let until = now.checked_add(HOLDS).unwrap_or(now);
        let servers = self.servers.iter().map(|server| server.server(room, member, until)).collect();
        Ways { servers, relay_only: self.relay_only, holds: HOLDS }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(text: &str) -> Ways {
        let settings: Settings = toml::from_str(text).unwrap();
        find(&settings, Secret::new("north".into())).ways(&RoomId("a".into()), 1, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn our_own_relay_is_told_with_a_credential_that_ends() {
        let ways = ways(
            "public = ['198.51.100.7', '2001:db8::7']\ntls = { listen = '0.0.0.0:443', certificate = 'c', key = 'k' }",
        );
        assert!(ways.relay_only);
        let [server] = ways.servers.as_slice() else { panic!("one server") };
        assert_eq!(
            server.urls,
            [
                "turn:198.51.100.7:3478?transport=udp",
                "turn:198.51.100.7:3478?transport=tcp",
                "turns:198.51.100.7:443?transport=tcp",
                "turn:[2001:db8::7]:3478?transport=udp",
                "turn:[2001:db8::7]:3478?transport=tcp",
                "turns:[2001:db8::7]:443?transport=tcp",
            ]
        );
        let name = server.username.as_ref().unwrap();
        assert!(name.starts_with("600:"), "{name}");
        let credentials = Credentials::new(Secret::new("north".into()));
        assert!(credentials.read(name, Timestamp::UNIX_EPOCH).is_ok());
        assert!(server.credential.is_some());
    }

    #[test]
    fn direct_ways_come_first_where_they_are_allowed() {
        let ways = ways("relay_only = false\nname = 'relay.example.org'");
        assert_eq!(ways.servers[0].urls, ["stun:relay.example.org:3478"]);
        assert_eq!(ways.servers[0].username, None);
        assert_eq!(ways.servers[1].urls[0], "turn:relay.example.org:3478?transport=udp");
    }

    #[test]
    fn other_servers_take_the_place_of_ours() {
        let ways = ways(
            "[[external]]\nurls = ['turn:a']\nsecret = 's'\n[[external]]\nurls = ['turn:b']\nusername = 'u'\ncredential = 'c'\n\
             [[external]]\nurls = ['stun:c']",
        );
        let [shared, fixed, open] = ways.servers.as_slice() else { panic!("three servers") };
        assert!(shared.username.as_ref().unwrap().starts_with("600:"));
        assert_eq!((fixed.username.as_deref(), fixed.credential.as_deref()), (Some("u"), Some("c")));
        assert_eq!((&open.username, &open.credential), (&None, &None));
    }
}
