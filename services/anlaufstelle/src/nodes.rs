//! Puts several processes together: the bus between them, and this process as one of several nodes.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::{Context, ensure};
use buskit::Bus;
use chat::{
    Chat,
    nodes::{NodeId, RoomsElsewhere, Settings},
};
use contracts::talk::Rooms;
use kernel::{Clock, ServerKey, SystemClock};
use tokio::net::TcpListener;

use crate::{cli::Serve, config::Config};

/// The bus, if the configuration names one.
pub(crate) async fn bus(config: &Config) -> anyhow::Result<Option<Bus>> {
    let Some(settings) = &config.bus else { return Ok(None) };
    let credentials = match (&settings.user, &settings.password_file) {
        (Some(user), Some(file)) => Some((user.clone(), secret(file)?)),
        (None, None) => None,
        _ => anyhow::bail!("bus.user and bus.password_file belong together"),
    };
    let settings = buskit::Settings { servers: settings.nats.clone(), credentials };
    Ok(Some(Bus::connect(settings).await.context("bus.nats does not work")?))
}

/// A process among others, with its listener for them.
pub(crate) struct Among {
    /// Where other nodes come.
    pub(crate) listener: TcpListener,
    patience: Duration,
}

impl Among {
    /// Joins the other nodes.
    pub(crate) async fn join(
        chat: &Chat,
        (bus, key): (Bus, ServerKey),
        config: &Config,
        options: &Serve,
    ) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(options.node_listen).await.with_context(|| {
            format!("{} cannot be listened on; choose another with --node-listen", options.node_listen)
        })?;
        let address = match &config.node.address {
            Some(address) => address.clone(),
            None => listener.local_addr()?.to_string(),
        };
        let name =
            config.node.name.as_deref().map(str::parse).transpose().context("node.name does not work")?;
        let patience = Duration::from_secs(config.node.drain_seconds);
        let name: NodeId = name.unwrap_or_else(NodeId::random);
        tracing::info!(node.name = %name, "rooms of this node are known by its name");
        chat.join(Settings { name, address, bus, key, patience }).await?;
        Ok(Self { listener, patience })
    }

    /// How long rooms may go on when the process is told to stop.
    pub(crate) fn patience(&self) -> Duration {
        self.patience
    }
}

/// The rooms that booking asks: those of this process, or, where there is a bus, those of all nodes.
pub(crate) async fn rooms(
    bus: Option<&Bus>,
    here: Option<&Chat>,
    key: &ServerKey,
) -> anyhow::Result<Option<Arc<dyn Rooms>>> {
    Ok(match (bus, here) {
        (Some(bus), _) => {
            let clock: Arc<dyn Clock> = Arc::new(SystemClock);
            Some(Arc::new(RoomsElsewhere::over(bus.clone(), key, clock).await?))
        }
        (None, Some(chat)) => Some(Arc::new(chat.clone())),
        (None, None) => None,
    })
}

/// A secret in a file of its own, without the line's end.
fn secret(file: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let secret = text.trim_end_matches(['\r', '\n']);
    ensure!(!secret.is_empty(), "{} is empty", file.display());
    Ok(secret.to_owned())
}
