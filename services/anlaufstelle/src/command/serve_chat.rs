//! `serve --roles chat`: conversations alone. It has no database and writes no file; what it needs is the installation's key and
//! the bus.

use std::{process::ExitCode, sync::Arc};

use anyhow::Context;
use axum::{Router, http::StatusCode, routing::get};
use chat::Chat;
use kernel::{Clock, Lang, SystemClock};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::{net::TcpListener, task::JoinSet};
use webkit::{
    assets::{self, Assets},
    limits::{Limits, Policy},
    serve::{serve, shell},
};

use super::serve::{serve_internal, told_to_stop};
use crate::{
    calls::Calls,
    chat as conversations,
    cli::{Arguments, Serve},
    composition,
    config::Config,
    nodes::{self, Among},
    server_key,
    staff::base_url,
    words::Words,
};

/// Serves until the process is told to stop and its rooms are gone.
pub(super) async fn run(
    arguments: &Arguments,
    options: &Serve,
    metrics: PrometheusHandle,
) -> anyhow::Result<ExitCode> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let config = Config::load(arguments.config.as_deref(), &arguments.data)?;
    let key = server_key::of(&config, &arguments.data)?;
    let bus =
        nodes::bus(&config).await?.context("conversations by themselves need [bus] in the configuration")?;
    let policy = Policy {
        per_second: config.limits.per_second,
        trusted_proxies: config.limits.trusted_proxies.clone(),
    };
    let limits = Limits::new(policy, clock.clone());
    let assets = Assets::embedded()?;
    let langs = if options.developer { Lang::ALL.to_vec() } else { Lang::SHIPPED.to_vec() };
    let pages = composition::pages(&config, assets.clone(), langs)?;
    let public = TcpListener::bind(options.listen)
        .await
        .with_context(|| format!("{} cannot be listened on; choose another with --listen", options.listen))?;
    let internal = TcpListener::bind(options.metrics_listen).await.with_context(|| {
        format!("{} cannot be listened on; choose another with --metrics-listen", options.metrics_listen)
    })?;
    let calls = Calls::open(&config.calls, options, &key, clock.clone()).await?;
    let base_url = base_url(&config, public.local_addr()?);
    let chat = conversations::open(key.clone(), clock, &base_url, calls.calling());
    let among = Among::join(&chat, (bus, key), &config, options).await?;
    let routes = conversations::page(&pages)
        .merge(conversations::public(&chat))
        .merge(health(chat.clone()))
        .merge(assets::routes(assets));
    let router = shell(routes, Router::new(), pages, limits.clone());

    say!("listening on http://{}", public.local_addr()?);
    say!("metrics on http://{}/metrics", internal.local_addr()?);
    say!("nodes on {}", among.listener.local_addr()?);

    let patience = among.patience();
    let mut background = JoinSet::new();
    background.spawn(serve_internal(internal, metrics, None, Words::new(arguments.lang)?));
    background.spawn(serve(among.listener, chat::nodes::routes(chat.clone()), std::future::pending()));
    background.spawn(async move {
        loop {
            tokio::time::sleep(std::time::Duration::from_secs(60)).await;
            limits.forget_quiet();
        }
    });
    let until = async {
        told_to_stop().await;
        drain(&chat, patience).await;
    };
    serve(public, router, until).await;
    chat.shut_down().await;
    calls.shut_down().await;
    background.abort_all();
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Lets conversations end, unless the process is told to stop once more.
pub(super) async fn drain(chat: &Chat, patience: std::time::Duration) {
    tokio::select! {
        () = chat.drain(patience) => {}
        () = told_to_stop() => {}
    }
}

/// For proxies and supervisors, as the whole program answers.
fn health(chat: Chat) -> Router {
    let ready = move || {
        let status = if chat.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
        std::future::ready(status)
    };
    Router::new().route("/healthz", get(|| std::future::ready(StatusCode::OK))).route("/readyz", get(ready))
}
