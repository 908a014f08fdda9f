//! A certificate authority made on the spot, and a certificate of it for this machine.

use std::sync::Arc;

use rcgen::{BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

/// The TLS side of a server at `localhost` and `127.0.0.1`, and the PEM of the authority it has to be checked against.
pub(super) fn server() -> (TlsAcceptor, String) {
    let mut params = CertificateParams::new(Vec::new()).expect("no names");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority =
        CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority");

    let key = KeyPair::generate().expect("a key");
    let names = vec![String::from("localhost"), String::from("127.0.0.1")];
    let params = CertificateParams::new(names).expect("good names");
    let certificate = params.signed_by(&key, &authority).expect("a certificate");

    let private = PrivateKeyDer::try_from(key.serialize_der()).expect("a private key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the default versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)
        .expect("key and certificate fit");
    let pem = AsRef::<Certificate>::as_ref(&authority).pem();
    (TlsAcceptor::from(Arc::new(config)), pem)
}
