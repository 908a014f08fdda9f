//! Listening: one loop for all services' public pages, with the limits `axum::serve` does not offer.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{ConnectInfo, Request},
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tower::{ServiceExt, service_fn};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer};
use tracing::Instrument;

use crate::{
    error, headers,
    limits::{self, Limits},
    observe,
    pages::Pages,
};

/// A slow client gets this long to send its headers.
const HEADER_TIMEOUT: Duration = Duration::from_secs(5);
/// Open connections at most; further ones wait in the kernel's queue.
const MOST_CONNECTIONS: usize = 20_000;
/// The largest form: a centre with all its offers and areas fits many times.
const LARGEST_BODY: usize = 256 * 1024;
/// At shutdown, running requests get this long to finish.
const DRAIN: Duration = Duration::from_secs(10);

/// Wraps routes in everything each answer goes through.
///
/// From the outside in: records, sets headers, compresses, explains errors, limits, finishes, catches panics. The bodies of
/// `uploads` are limited by their handlers.
pub fn shell(routes: Router, uploads: Router, pages: Pages, limits: Arc<Limits>) -> Router {
    routes
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .merge(uploads)
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(finish))
        .layer(middleware::from_fn_with_state(limits, limits::enforce))
        .layer(middleware::from_fn_with_state(pages, error::explain_errors))
        .layer(CompressionLayer::new().br(true).gzip(true))
        .layer(middleware::from_fn(headers::set))
        .layer(middleware::from_fn(observe::record))
}

/// Lets a change that has begun come to its end when whoever asked for it is gone meanwhile: what was stored and what has to
/// follow from it stay together.
async fn finish(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let finished = tokio::spawn(next.run(request).in_current_span()).await;
    finished.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Serves until `stop` resolves, then lets running requests finish.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()> + Send) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut stop => break,
        };
        let (stream, peer, place) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors and the like: give running requests a moment to free some.
                tracing::warn!(error.kind = %error.kind(), "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let connection = graceful.watch(
            builder()
                .serve_connection_with_upgrades(TokioIo::new(stream), service(&router, peer))
                .into_owned(),
        );
        tokio::spawn(async move {
            // A connection that breaks is the client's affair.
            let _ended = connection.await;
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(DRAIN, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time and were cut off");
    }
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> std::io::Result<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.map_err(std::io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    stream.set_nodelay(true)?;
    Ok((stream, peer, place))
}

fn builder() -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT).max_buf_size(64 * 1024);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(32 * 1024)
        .keep_alive_interval(Duration::from_secs(30));
    builder
}

fn service(
    router: &Router,
    peer: SocketAddr,
) -> TowerToHyperService<
    impl tower::Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send> + Clone + use<>,
> {
    let router = router.clone();
    TowerToHyperService::new(service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(axum::body::Body::new))
    }))
}
