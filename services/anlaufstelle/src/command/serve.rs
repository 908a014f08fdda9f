//! `serve`: the running product.

use std::{process::ExitCode, sync::Arc, time::Duration};

use anyhow::Context;
use axum::{Router, routing::get};
use finder::live::Live;
use kernel::{Clock, Lang, SystemClock};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use webkit::{
    assets::Assets,
    limits::{Limits, Policy},
    serve::{serve, shell},
};

use crate::{
    cli::{Arguments, Serve},
    composition::{self, Ground},
};

/// Upper bounds of the request duration histogram, in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// Serves until the process is told to stop.
pub(super) async fn run(arguments: &Arguments, options: &Serve) -> anyhow::Result<ExitCode> {
    let metrics = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full("http_request_duration_seconds".into()), &BUCKETS)?
        .install_recorder()?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let mut ground = Ground::open(arguments).await?;
    ground.config.site.demo |=
        ground.store.sources().await?.iter().any(|source| source.source == finder::demo::SOURCE);
    let live = ground.live(&arguments.data);
    let limits = Limits::new(
        Policy {
            per_second: ground.config.limits.per_second,
            trusted_proxies: ground.config.limits.trusted_proxies.clone(),
        },
        clock.clone(),
    );
    let assets = Assets::embedded()?;
    let langs = if options.developer { Lang::ALL.to_vec() } else { Lang::SHIPPED.to_vec() };
    let pages = composition::pages(&ground.config, assets.clone(), langs)?;
    let app = composition::finder(ground, live.clone(), pages.clone(), clock);
    let mut routes = composition::public(app, assets);
    if options.developer {
        routes = routes.merge(webkit::gallery::routes(pages.clone()));
    }
    let router = shell(routes, Router::new(), pages, limits.clone());

    let public = TcpListener::bind(options.listen)
        .await
        .with_context(|| format!("{} cannot be listened on; choose another with --listen", options.listen))?;
    let collectors = TcpListener::bind(options.metrics_listen).await.with_context(|| {
        format!("{} cannot be listened on; choose another with --metrics-listen", options.metrics_listen)
    })?;
    say!("listening on http://{}", public.local_addr()?);
    say!("metrics on http://{}/metrics", collectors.local_addr()?);

    let background = [
        tokio::spawn(keep_current(live)),
        tokio::spawn(forget_quiet_networks(limits)),
        tokio::spawn(serve_metrics(collectors, metrics)),
    ];
    serve(public, router, told_to_stop()).await;
    background.iter().for_each(tokio::task::JoinHandle::abort);
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// The first index, and every next one when the directory changes.
async fn keep_current(live: Arc<Live>) {
    if let Err(error) = live.catch_up().await {
        tracing::error!(error.cause = %error, "the first index could not be made; trying again");
    }
    live.follow().await;
}

async fn forget_quiet_networks(limits: Arc<Limits>) {
    loop {
        tokio::time::sleep(Duration::from_secs(60)).await;
        limits.forget_quiet();
    }
}

async fn serve_metrics(listener: TcpListener, handle: PrometheusHandle) {
    let upkeep = handle.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(5)).await;
            upkeep.run_upkeep();
        }
    });
    let router = Router::new().route("/metrics", get(move || std::future::ready(handle.render())));
    serve(listener, router, std::future::pending()).await;
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        },
        Err(_) => {
            let _asked = interrupt.await;
        }
    }
}
