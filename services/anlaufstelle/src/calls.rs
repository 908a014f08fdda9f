//! Puts calls together: ways for two, and the engine for three and more.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context;
use chat::Calling;
use kernel::{Clock, ServerKey};
use relay::Relay;
use sfu::Engine;

use crate::{cli::Serve, config};

/// What calls need, as long as the program runs.
pub(crate) struct Calls {
    relay: Option<Relay>,
    engine: Option<Arc<Engine>>,
    calling: Calling,
}

impl Calls {
    /// Opens the ports that the configuration names.
    pub(crate) async fn open(
        config: &config::Calls,
        options: &Serve,
        key: &ServerKey,
        clock: Arc<dyn Clock>,
    ) -> anyhow::Result<Self> {
        if !config.on {
            return Ok(Self { relay: None, engine: None, calling: Calling::default() });
        }
        let engine = if config.groups { Some(engine(config, options)?) } else { None };
        let secret = relay::secret(key);
        let mut settings = config.relay.clone();
        if let Some(listen) = options.relay_listen {
            (settings.udp, settings.tcp) = (vec![listen], vec![listen]);
            let is_told = settings.public.iter().any(|public| !public.is_loopback());
            if !is_told && !listen.ip().is_unspecified() {
                settings.public = vec![listen.ip()];
            }
        }
        // who has no other way reaches the engine through the relay
        let engines = engine.iter().filter_map(|engine| engine.address());
        settings.engines.extend(engines.map(|announced| relay::settings::Engine { announced, at: None }));
        let is_ours = settings.external.is_empty();
        let relay = if is_ours { Some(start(settings.clone(), secret.clone(), clock).await?) } else { None };
        let ways = relay::find(relay.as_ref().map_or(&settings, Relay::settings), secret);
        let calling = Calling { ways, engine: engine.clone().map(|engine| engine as _) };
        Ok(Self { relay, engine, calling })
    }

    /// What rooms are told of it.
    pub(crate) fn calling(&self) -> Calling {
        self.calling.clone()
    }

    /// Ends what is left of calls.
    pub(crate) async fn shut_down(self) {
        if let Some(engine) = &self.engine {
            engine.shut_down().await;
        }
        if let Some(relay) = self.relay {
            relay.shut_down().await;
        }
    }
}

fn engine(config: &config::Calls, options: &Serve) -> anyhow::Result<Arc<Engine>> {
    let listen = options.engine_listen.unwrap_or(config.engine.listen);
    let settings = sfu::Settings { listen, ..config.engine.clone() };
    Engine::start(settings).with_context(|| elsewhere(listen, "calls.engine", "--engine-listen"))
}

async fn start(
    settings: relay::Settings,
    secret: contracts::media::RelaySecret,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<Relay> {
    Relay::start(settings, secret, clock).await.context(
        "calls cannot begin; choose another address in [calls.relay] of the configuration or with --relay-listen",
    )
}

fn elsewhere(listen: SocketAddr, section: &str, option: &str) -> String {
    format!(
        "{listen} cannot be used for calls; choose another in [{section}] of the configuration or with {option}"
    )
}
