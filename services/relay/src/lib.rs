//! STUN and TURN (RFC 8489, RFC 8656): brings two browsers together without either learning the other's address.
//!
//! Owns its sockets, the credentials that open it and the rule whom it relays to ([`peers`]). It forwards what is encrypted from end to
//! end and keeps nothing: no address, no name and no size of a packet reaches a log, a label or a file.
//!
//! The messages are read and written by `rtc-stun`, which the engine brings anyway; what is decided on them is here. The servers there
//! are for Rust could not be used: `turn` 0.17 keeps a nonce for every first request for ever, takes attributes nothing vouches
//! for, lets any name change any allocation, cannot refuse a peer and knows no TCP; `turn-server-proto` 0.7 can
//! take no name back and cost twice as much a packet.

mod allocation;
mod client;
pub mod credentials;
mod datagrams;
pub mod framing;
mod message;
mod meter;
mod metrics;
mod nonces;
pub mod peers;
mod quotas;
mod requests;
mod server;
pub mod settings;
mod streams;
mod tls;
mod ways;

use std::{net::SocketAddr, sync::Arc};

use contracts::media::RelaySecret;
use kernel::Clock;
use tokio::{
    net::{TcpListener, UdpSocket},
    task::JoinSet,
};

use crate::{credentials::Credentials, server::Server};
pub use crate::{
    credentials::secret,
    settings::Settings,
    tls::NoCertificate,
    ways::{HOLDS, find},
};

/// Why the relay cannot start.
#[derive(Debug, thiserror::Error)]
pub enum NoRelay {
    /// The settings are wrong.
    #[error(transparent)]
    Settings(#[from] settings::Mistake),
    /// The certificate cannot be read.
    #[error(transparent)]
    Certificate(#[from] NoCertificate),
    /// An address cannot be listened on.
    #[error("the relay cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] std::io::Error),
}

/// The running relay. Dropping it ends it.
pub struct Relay {
    server: Arc<Server>,
    tasks: JoinSet<()>,
    settings: Settings,
}

impl Relay {
    /// Binds the sockets and serves them. Port 0 lets the system choose; [`Relay::settings`] says what it chose.
    ///
    /// # Errors
    /// [`NoRelay`] if the settings are wrong, an address is taken or a certificate cannot be read.
    pub async fn start(
        mut settings: Settings,
        secret: RelaySecret,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, NoRelay> {
        settings.check()?;
        let (mut datagrams, mut streams) = (Vec::new(), Vec::new());
        for listen in &mut settings.udp {
            let socket = UdpSocket::bind(*listen).await.map_err(|error| NoRelay::Listen(*listen, error))?;
            *listen = socket.local_addr().map_err(|error| NoRelay::Listen(*listen, error))?;
            datagrams.push(Arc::new(socket));
        }
        for listen in &mut settings.tcp {
            let listener = bind(listen).await?;
            streams.push((listener, None));
        }
        let mut tasks = JoinSet::new();
        if let Some(tls) = &mut settings.tls {
            let current = tls::read(tls)?;
            let listener = bind(&mut tls.listen).await?;
            streams.push((listener, Some(Arc::clone(&current))));
            tasks.spawn(tls::renew(tls.clone(), current));
        }
        let server = Server::new(settings.clone(), Credentials::new(secret), clock);
        for (via, socket) in (0..).zip(datagrams) {
            tasks.spawn(datagrams::listen(Arc::clone(&server), socket, via));
        }
        for (listener, (socket, tls)) in (1..).zip(streams) {
            tasks.spawn(streams::listen(Arc::clone(&server), socket, tls, streams::first_via(listener)));
        }
        tasks.spawn(Arc::clone(&server).sweep());
        Ok(Self { server, tasks, settings })
    }

    /// The settings with the addresses it really listens on: give these to [`find`].
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How many allocations there are.
    pub fn allocations(&self) -> usize {
        self.server.count()
    }

    /// Ends every allocation and stream and frees the sockets.
    pub async fn shut_down(mut self) {
        self.server.close();
        self.tasks.shutdown().await;
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.server.close();
    }
}

/// Binds a listener and writes down where.
async fn bind(listen: &mut SocketAddr) -> Result<TcpListener, NoRelay> {
    let listener = TcpListener::bind(*listen).await.map_err(|error| NoRelay::Listen(*listen, error))?;
    *listen = listener.local_addr().map_err(|error| NoRelay::Listen(*listen, error))?;
    Ok(listener)
}
