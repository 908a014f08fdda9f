//! `serve`: the running product.

use std::{net::SocketAddr, process::ExitCode, sync::Arc, time::Duration};

use ::booking::service::Booking;
use anyhow::Context;
use finder::{app::AppState, live::Live};
use jiff::SignedDuration;
use kernel::{Clock, Lang, SystemClock};
use mailkit::LocalPost;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::{net::TcpListener, task::JoinSet};
use webkit::{
    assets::Assets,
    limits::{Limits, Policy},
    serve::{serve, shell},
};

use super::serve_chat;
use crate::{
    booking::{self, Bookings},
    calls::Calls,
    chat,
    cli::{Arguments, Serve, Shape},
    composition::{self, Ground},
    internal,
    nodes::{self, Among},
    server_key,
    staff::Staff,
    words::Words,
};

/// Upper bounds of the request duration histogram, in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// Serves until the process is told to stop.
pub(super) async fn run(arguments: &Arguments, options: &Serve) -> anyhow::Result<ExitCode> {
    let metrics = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full("http_request_duration_seconds".into()), &BUCKETS)?
        .install_recorder()?;
    let shape = options.shape()?;
    if shape == Shape::Chat {
        return Box::pin(serve_chat::run(arguments, options, metrics)).await;
    }
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
    let bus = nodes::bus(&ground.config).await?;
    anyhow::ensure!(
        bus.is_some() || shape == Shape::Whole,
        "without conversations in this process [bus] must be in the configuration"
    );
    let key = server_key::of_installation(&ground.config, &arguments.data)?;
    let mut bookings = Bookings::open(arguments, &ground, key.clone(), clock.clone()).await?;
    let app = composition::finder(&ground, live.clone(), pages.clone(), clock.clone(), &arguments.data)?
        .with_api(composition::api())
        .with_free_times(Arc::new(bookings.booking.clone()))
        .with_open_doors(Arc::new(bookings.booking.clone()));
    let public = TcpListener::bind(options.listen)
        .await
        .with_context(|| format!("{} cannot be listened on; choose another with --listen", options.listen))?;
    let internal = TcpListener::bind(options.metrics_listen).await.with_context(|| {
        format!("{} cannot be listened on; choose another with --metrics-listen", options.metrics_listen)
    })?;
    let staff = Staff::open(arguments, &ground.config, public.local_addr()?, clock.clone()).await?;
    bookings.booking.ask_staff(Arc::new(staff.accounts.clone()));
    let talk = match shape {
        Shape::Whole => {
            let calls = Calls::open(&ground.config.calls, options, &key, clock.clone()).await?;
            let chat = chat::open(key.clone(), bookings.booking.clock(), staff.base_url(), calls.calling());
            Some((chat, calls))
        }
        Shape::Pages | Shape::Chat => None,
    };
    let conversations = talk.as_ref().map(|(chat, _)| chat);
    if let Some(rooms) = nodes::rooms(bus.as_ref(), conversations, &key).await? {
        bookings.booking.talk_in(rooms);
    }
    let among = match (conversations, bus) {
        (Some(chat), Some(bus)) => {
            Some((chat.clone(), Among::join(chat, (bus, key), &ground.config, options).await?))
        }
        _ => None,
    };
    let booking = bookings.pages(&pages, staff.base_url());
    let letters = bookings.mailer(staff.way(), staff.base_url())?;
    let mounted = staff.mount(&ground, &app, &booking, &pages, &clock)?;
    let imports = app.clone();
    let mut routes = composition::public(app, assets)
        .merge(booking::public(&booking))
        .merge(chat::page(&pages))
        .merge(mounted.forms);
    if let Some(chat) = conversations {
        routes = routes.merge(chat::public(chat));
    }
    if options.developer {
        routes = routes.merge(webkit::gallery::routes(pages.clone()));
    }
    let router = shell(routes, mounted.uploads, pages, limits.clone());

    say!("listening on http://{}", public.local_addr()?);
    say!("metrics on http://{}/metrics", internal.local_addr()?);
    if let Some((_, among)) = &among {
        say!("nodes on {}", among.listener.local_addr()?);
    }
    let words = Words::new(arguments.lang)?;
    say_how_to_begin(&staff, internal.local_addr()?, &words).await?;

    let Staff { accounts, mailer, local_mails, .. } = staff;
    let mut background = JoinSet::new();
    let drained = among.map(|(chat, among)| {
        let patience = among.patience();
        let routes = ::chat::nodes::routes(chat.clone());
        background.spawn(serve(among.listener, routes, std::future::pending()));
        (chat, patience)
    });
    background.spawn(bookings.watch_alone());
    background.spawn(bookings.forget());
    background.spawn(bookings.read_calendars());
    background.spawn(bookings.follow(live.clone()));
    background.spawn(keep_current(live));
    background.spawn(forget_quiet_networks(limits, mounted.accounts_pages));
    background.spawn(serve_internal(internal, metrics, local_mails, words));
    background.spawn(accounts::retention::run(accounts, std::future::pending()));
    let believed = booking.booking().clock();
    background.spawn(prune_directory(ground, imports, booking.booking().clone(), believed));
    let (stop, _) = tokio::sync::watch::channel(false);
    let mut mailers = JoinSet::new();
    for mailer in [mailer, letters] {
        let mut stopped = stop.subscribe();
        mailers.spawn(mailer.run(async move {
            let _told = stopped.wait_for(|stopped| *stopped).await;
        }));
    }
    // what works in the background never ends by itself; serving without it would break promises that nobody sees
    let mut failed = false;
    let until = async {
        tokio::select! {
            () = told_and_drained(drained) => {}
            _ended = background.join_next() => failed = true,
            _ended = mailers.join_next() => failed = true,
        }
    };
    serve(public, router, until).await;
    if let Some((chat, calls)) = talk {
        chat.shut_down().await;
        calls.shut_down().await;
    }
    let _mailers_are_gone_already = stop.send(true);
    while let Some(mailer) = mailers.join_next().await {
        mailer?;
    }
    background.abort_all();
    if failed {
        tracing::error!(
            "stopped, because something that works in the background has ended; the log says why"
        );
        return Ok(ExitCode::FAILURE);
    }
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Told to stop; as one of several nodes it lets conversations end first.
async fn told_and_drained(node: Option<(::chat::Chat, Duration)>) {
    told_to_stop().await;
    if let Some((chat, patience)) = node {
        serve_chat::drain(&chat, patience).await;
    }
}

/// The first index, and every next one when the directory changes.
async fn keep_current(live: Arc<Live>) {
    if let Err(error) = live.catch_up().await {
        tracing::error!(error.cause = %error, "the first index could not be made; trying again");
    }
    live.follow().await;
}

async fn forget_quiet_networks(limits: Arc<Limits>, accounts: accounts::web::AppState) {
    loop {
        tokio::time::sleep(Duration::from_secs(60)).await;
        limits.forget_quiet();
        accounts.forget_quiet();
    }
}

/// The trail, what roll backs need, and imports that nobody finished are kept for a set time.
async fn prune_directory(ground: Ground, imports: AppState, booking: Booking, clock: Arc<dyn Clock>) {
    loop {
        let days = i64::from(ground.config.staff.audit_days);
        let before = clock.now() - SignedDuration::from_hours(24 * days);
        for outcome in
            [ground.store.prune_audit(before).await, ground.store.prune_import_changes(before).await]
        {
            if let Err(error) = outcome {
                tracing::error!(error.cause = %error, "old entries of the directory's trail could not be removed");
            }
        }
        if let Err(error) = booking.store().prune_audit(before).await {
            tracing::error!(error.cause = %error, "old entries of booking's trail could not be removed");
        }
        finder::web::desk::forget_old_imports(&imports).await;
        tokio::time::sleep(Duration::from_secs(3600)).await;
    }
}

pub(super) async fn serve_internal(
    listener: TcpListener,
    handle: PrometheusHandle,
    mails: Option<Arc<LocalPost>>,
    words: Words,
) {
    let upkeep = handle.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(5)).await;
            upkeep.run_upkeep();
        }
    });
    serve(listener, internal::routes(handle, mails, words), std::future::pending()).await;
}

/// Says where mails stay when none leave, and how the first administrator gets in.
async fn say_how_to_begin(staff: &Staff, internal: SocketAddr, words: &Words) -> anyhow::Result<()> {
    if staff.local_mails.is_some() {
        say!("{}", words.say_with("cli-serve-mails", [("address", format!("http://{internal}/mails"))]));
    }
    if let Some(link) = staff.accounts.setup_link().await? {
        say!("{}", words.say("cli-serve-setup"));
        say!("  {}", link.expose());
    }
    Ok(())
}

pub(super) async fn told_to_stop() {
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
