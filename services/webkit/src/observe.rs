//! What is written down about a request: route template, status, duration, a random number. Never what was asked.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};

/// Middleware: one log line and two metrics per request, labelled by route template and status class only.
pub async fn record(request: Request, next: Next) -> Response {
    let route =
        request.extensions().get::<MatchedPath>().map_or("unmatched", |path| path.as_str()).to_owned();
    let method = match request.method().as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS") => known.to_owned(),
        _ => "other".to_owned(),
    };
    let started = Instant::now();
    let response = next.run(request).await;
    let elapsed = started.elapsed();
    let status = response.status().as_u16();
    tracing::debug!(
        http.route = route,
        http.method = method,
        http.status = status,
        duration_ms = elapsed.as_secs_f64() * 1_000.0,
        "answered a request"
    );
    let class = format!("{}xx", status / 100);
    metrics::counter!("http_requests_total", "route" => route.clone(), "status" => class).increment(1);
    metrics::histogram!("http_request_duration_seconds", "route" => route).record(elapsed.as_secs_f64());
    response
}
