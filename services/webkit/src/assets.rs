//! The built front end, embedded in the binary under names that change with their content.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../frontend/dist"]
struct Dist;

/// The front end has not been built, or not completely.
#[derive(Debug, thiserror::Error)]
pub enum AssetsError {
    /// There is no list of built files.
    #[error("the front end is not built: frontend/dist/manifest.json is missing; run `make frontend`")]
    NotBuilt,
    /// The list of built files cannot be read.
    #[error("frontend/dist/manifest.json is damaged: {0}; run `make frontend`")]
    Manifest(#[from] serde_json::Error),
}

struct Asset {
    content_type: &'static str,
    identity: Cow<'static, [u8]>,
    brotli: Option<Cow<'static, [u8]>>,
}

/// Static files by their hashed names.
pub struct Assets {
    names: HashMap<String, String>,
    files: HashMap<String, Asset>,
}

impl Assets {
    /// The files built by `make frontend`, each with its brotli form beside it.
    pub fn embedded() -> Result<Arc<Self>, AssetsError> {
        let manifest = Dist::get("manifest.json").ok_or(AssetsError::NotBuilt)?;
        let names: HashMap<String, String> = serde_json::from_slice(&manifest.data)?;
        let files = names
            .values()
            .filter_map(|file| {
                let asset = Asset {
                    content_type: content_type(file),
                    identity: Dist::get(file)?.data,
                    brotli: Dist::get(&format!("{file}.br")).map(|compressed| compressed.data),
                };
                Some((file.clone(), asset))
            })
            .collect();
        Ok(Arc::new(Self { names, files }))
    }

    /// The address of a built file by the name of its entry ("site.css").
    pub fn path_of(&self, entry: &str) -> Option<String> {
        self.names.get(entry).map(|file| format!("/static/{file}"))
    }
}

/// `GET /static/{file}`: files that never change under their name, cached for a year; and `GET /favicon.ico`, which
/// browsers ask for on pages that name no icon.
pub fn routes<S>(assets: Arc<Assets>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    Router::new().route("/static/{*file}", get(file)).route("/favicon.ico", get(icon)).with_state(assets)
}

async fn icon(State(assets): State<Arc<Assets>>) -> Response {
    match assets.path_of("favicon.svg") {
        Some(path) => {
            ([(header::CACHE_CONTROL, "public, max-age=86400")], Redirect::temporary(&path)).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn file(State(assets): State<Arc<Assets>>, Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = assets.files.get(&file) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepts_brotli = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|accepted| accepted.to_str().ok())
        .is_some_and(|accepted| {
            accepted.split(',').any(|coding| coding.split(';').next().unwrap_or("").trim() == "br")
        });
    let (body, encoding) = match &asset.brotli {
        Some(brotli) if accepts_brotli => (brotli.clone(), Some("br")),
        _ => (asset.identity.clone(), None),
    };
    let mut response = body.into_owned().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn content_type(file: &str) -> &'static str {
    match file.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
