//! Certificates: read at the start, and again every hour, because they are renewed while the program runs.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
        version::{TLS12, TLS13},
    },
};

use crate::{settings::Tls, streams::CurrentTls};

const RENEW: Duration = Duration::from_hours(1);

/// A certificate or key that cannot be used; its own words say why.
#[derive(Debug, thiserror::Error)]
#[error("relay.tls: the certificate or key cannot be used: {0}")]
pub struct NoCertificate(String);

/// Reads the certificate and its key.
pub(crate) fn read(tls: &Tls) -> Result<CurrentTls, NoCertificate> {
    Ok(Arc::new(RwLock::new(acceptor(tls)?)))
}

/// Reads them again and again. If that fails, the old ones stay.
pub(crate) async fn renew(tls: Tls, current: CurrentTls) {
    loop {
        tokio::time::sleep(RENEW).await;
        match acceptor(&tls) {
            Ok(fresh) => *current.write().unwrap_or_else(PoisonError::into_inner) = fresh,
            Err(error) => tracing::error!(%error, "the relay keeps its old certificate"),
        }
    }
}

fn acceptor(tls: &Tls) -> Result<TlsAcceptor, NoCertificate> {
    let wrong = |error: &dyn std::fmt::Display| NoCertificate(error.to_string());
    let chain: Vec<_> = CertificateDer::pem_file_iter(&tls.certificate)
        .map_err(|error| wrong(&error))?
        .collect::<Result<_, _>>()
        .map_err(|error| wrong(&error))?;
    let key = PrivateKeyDer::from_pem_file(&tls.key).map_err(|error| wrong(&error))?;
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13, &TLS12])
        .map_err(|error| wrong(&error))?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| wrong(&error))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
