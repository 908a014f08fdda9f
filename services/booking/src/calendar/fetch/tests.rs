//! Addresses that must lead nowhere, and a calendar server that answers as it is told.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use rcgen::{BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::mpsc,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

use super::*;

#[test]
fn addresses_that_lead_inside_are_refused_before_anything_is_asked() {
    use FetchProblem::{Credentials, NoAddress, NotPublic, Port, Scheme};
    let long = format!("https://haus.example/{}", "x".repeat(ADDRESS));
    for (address, expected) in [
        // Numbers, however they are written.
        ("https://127.0.0.1/a.ics", NotPublic),
        ("https://8.8.8.8/a.ics", NotPublic),
        ("https://2130706433/", NotPublic),
        ("https://0x7f000001/", NotPublic),
        ("https://0x7f.0.0.1/", NotPublic),
        ("https://0x7f.1/", NotPublic),
        ("https://0177.0.0.1/", NotPublic),
        ("https://017700000001/", NotPublic),
        ("https://127.1/", NotPublic),
        ("https://127.0.1/", NotPublic),
        ("https://0/", NotPublic),
        ("https://127.0.0.1./", NotPublic),
        ("https://%31%32%37.0.0.1/", NotPublic),
        ("https://１２７.０.０.１/", NotPublic),
        ("https://①②⑦.⓪.⓪.①/", NotPublic),
        ("https://127。0。0。1/", NotPublic),
        ("https://169.254.169.254/latest/meta-data/", NotPublic),
        ("https://256.256.256.256/", NoAddress),
        ("https://1.2.3.4.5/", NoAddress),
        ("https://0x100000000/", NoAddress),
        ("https://[::1]/", NotPublic),
        ("https://[::]/", NotPublic),
        ("https://[::ffff:127.0.0.1]/", NotPublic),
        ("https://[::ffff:7f00:1]/", NotPublic),
        ("https://[::127.0.0.1]/", NotPublic),
        ("https://[64:ff9b::7f00:1]/", NotPublic),
        ("https://[2002:7f00:1::]/", NotPublic),
        ("https://[fe80::1]/", NotPublic),
        ("https://[fe80::1%25eth0]/", NoAddress),
        ("https://[2606:4700::1111]/", NotPublic),
        // Names of this machine and of local networks.
        ("https://localhost/", NotPublic),
        ("https://LOCALHOST/", NotPublic),
        ("https://localhost./", NotPublic),
        ("https://a.localhost/", NotPublic),
        ("https://router/", NotPublic),
        ("https://drucker.local/", NotPublic),
        ("https://metadata.google.internal/", NotPublic),
        ("https://nas.home.arpa/", NotPublic),
        ("https://haus.example./", NotPublic),
        ("https://ｌｏｃａｌｈｏｓｔ/", NotPublic),
        // Who it seems to be and who it is.
        ("https://haus.example@127.0.0.1/", Credentials),
        ("https://user:secret@haus.example/", Credentials),
        ("https://@127.0.0.1/", Credentials),
        ("https://haus.example:443@127.0.0.1/", Credentials),
        ("https://haus.example\\@127.0.0.1/", NoAddress),
        ("https://haus.example\t.evil.example/", NoAddress),
        ("https://haus.example\r\nHost: x/", NoAddress),
        ("https://haus.example /", NoAddress),
        ("https://haus.example%2f127.0.0.1/", NoAddress),
        ("https:///127.0.0.1/", NoAddress),
        ("https:haus.example", NoAddress),
        ("https:\\\\127.0.0.1/", NoAddress),
        // Ports and schemes.
        ("https://haus.example:22/", Port),
        ("https://haus.example:8443/", Port),
        ("https://haus.example:0/", Port),
        ("webcal://haus.example:80/", Port),
        ("http://haus.example/", Scheme),
        ("file:///etc/passwd", Scheme),
        ("ftp://haus.example/", Scheme),
        ("gopher://haus.example/", Scheme),
        ("javascript://haus.example/", Scheme),
        ("haus.example/a.ics", NoAddress),
        ("//haus.example/a.ics", NoAddress),
        ("", NoAddress),
        ("https://", NoAddress),
        (&long, NoAddress),
    ] {
        assert_eq!(CalendarAddress::parse(address), Err(expected), "{address}");
    }
}

#[test]
fn addresses_of_calendars_are_taken() {
    for (entered, meant) in [
        ("https://haus.example/a.ics", "https://haus.example/a.ics"),
        (" webcal://haus.example/a.ics\n", "https://haus.example/a.ics"),
        ("WebCal://Haus.Example/A.ics", "https://haus.example/A.ics"),
        ("https://haus.example:443/?key=1&x=a@b", "https://haus.example/?key=1&x=a@b"),
        (
            "https://haus.example/owa/ada@haus.example/calendar.ics",
            "https://haus.example/owa/ada@haus.example/calendar.ics",
        ),
        ("https://bücher.example/a.ics", "https://xn--bcher-kva.example/a.ics"),
    ] {
        let address = CalendarAddress::parse(entered).unwrap();
        assert_eq!(address.as_str(), meant);
        assert_eq!(format!("{address:?}"), "CalendarAddress(…)");
    }
}

#[test]
fn of_an_address_only_the_host_is_shown() {
    let address = CalendarAddress::parse("https://Haus.example/geheim/a.ics?key=1").unwrap();
    assert_eq!(address.host(), "haus.example");
    assert!(
        address.is_at_host_of("https://haus.example:8443") && address.is_at_host_of("https://HAUS.example/x")
    );
    assert!(!address.is_at_host_of("https://haus.example.org/") && !address.is_at_host_of("haus.example"));
}

#[test]
fn special_purpose_networks_are_not_public() {
    for inside in [
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "192.168.255.255",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "233.252.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
        "100:0:0:1::1",
        "2001::1",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:1ff::1",
        "2001:db8::1",
        "2002:a00:1::",
        "3fff::1",
        "3fff:fff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
    ] {
        assert!(!is_public(inside.parse().unwrap()), "{inside}");
    }
    for outside in [
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.167.255.255",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:200::1",
        "2001:db7::1",
        "2001:db9::1",
        "2003::1",
        "2606:4700:4700::1111",
        "2a00:1450::1",
        "3ffe::1",
    ] {
        assert!(is_public(outside.parse().unwrap()), "{outside}");
    }
}

#[tokio::test]
async fn of_what_a_name_means_only_public_numbers_are_used() {
    let ask = async |numbers: &[&str]| {
        let names = Names::Answer(numbers.iter().map(|number| number.parse().unwrap()).collect());
        Fetcher { names, ..Fetcher::default() }.numbers("haus.example").await
    };
    assert_eq!(ask(&["127.0.0.1", "::1", "fd00::1"]).await, Err(FetchProblem::NotPublic));
    assert_eq!(ask(&[]).await, Err(FetchProblem::UnknownName));
    let mixed = ask(&["10.0.0.1", "1.1.1.1", "::ffff:1.1.1.1", "2606:4700::1"]).await.unwrap();
    let expected: Vec<SocketAddr> =
        vec!["1.1.1.1:443".parse().unwrap(), "[2606:4700::1]:443".parse().unwrap()];
    assert_eq!(mixed, expected);
    // A whole fetch stops there as well.
    let rebound = Fetcher { names: Names::Answer(vec!["127.0.0.1".parse().unwrap()]), ..Fetcher::default() };
    let address = CalendarAddress::parse("https://haus.example/a.ics").unwrap();
    assert_eq!(rebound.fetch(&address).await, Err(FetchProblem::NotPublic));
}

/// A server at this machine that gives every connection the same bytes until it is told others, and tells what it was asked.
pub(crate) struct Server {
    port: u16,
    pem: String,
    answer: Arc<Mutex<Vec<u8>>>,
    asked: mpsc::UnboundedReceiver<String>,
}

impl Server {
    /// `end`: whether the connection is closed after the answer, or stays open without a word.
    async fn start(answer: Vec<u8>, end: bool) -> Self {
        let (acceptor, pem) = tls("haus.example");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tell, asked) = mpsc::unbounded_channel();
        let said = Arc::new(Mutex::new(answer));
        let answer = said.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    request.push(stream.read_u8().await.unwrap());
                }
                let _heard = tell.send(String::from_utf8(request).unwrap());
                let answer = said.lock().unwrap().clone();
                let _sent = stream.write_all(&answer).await;
                let _flushed = stream.flush().await;
                if end {
                    let _closed = stream.shutdown().await;
                } else {
                    std::future::pending::<()>().await;
                }
            }
        });
        Self { port, pem, answer, asked }
    }

    /// What it answers from now on.
    pub(crate) fn say(&self, answer: &str) {
        *self.answer.lock().unwrap() = answer.as_bytes().to_vec();
    }

    /// What reads the calendars of this server, whatever name they have; its certificate is for `haus.example`.
    pub(crate) fn fetcher(&self) -> Fetcher {
        Fetcher::at_this_machine(self.port, &self.pem)
    }

    pub(crate) async fn says(answer: &str) -> Self {
        Self::start(answer.as_bytes().to_vec(), true).await
    }

    async fn fetch(&self, address: &str) -> Result<Vec<u8>, FetchProblem> {
        let address = CalendarAddress::parse(address).unwrap();
        self.fetcher().fetch(&address).await
    }
}

/// The TLS side of a server for a name, and the authority it is to be checked against.
fn tls(name: &str) -> (TlsAcceptor, String) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let private = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), AsRef::<Certificate>::as_ref(&authority).pem())
}

const ADDRESS_OF_IT: &str = "webcal://haus.example/geheim/a.ics?key=1#part";

#[tokio::test]
async fn a_calendar_is_fetched_and_nothing_told_but_its_address() {
    let mut server =
        Server::says("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 5\r\n\r\nBEGIN").await;
    for _ in 0..2 {
        assert_eq!(server.fetch(ADDRESS_OF_IT).await, Ok(b"BEGIN".to_vec()));
        let asked = server.asked.recv().await.unwrap();
        let mut lines: Vec<_> = asked.trim_end().lines().map(str::to_ascii_lowercase).collect();
        assert_eq!(lines.remove(0), "get /geheim/a.ics?key=1 http/1.1");
        lines.sort();
        assert_eq!(lines, ["accept-encoding: identity", "accept: text/calendar", "host: haus.example"]);
    }
}

#[tokio::test]
async fn a_redirect_is_told_and_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let answer =
            format!("HTTP/1.1 {status} X\r\nLocation: https://127.0.0.1/\r\nContent-Length: 0\r\n\r\n");
        let mut server = Server::says(&answer).await;
        assert_eq!(server.fetch(ADDRESS_OF_IT).await, Err(FetchProblem::Redirected), "{status}");
        assert!(server.asked.recv().await.is_some());
        assert!(server.asked.try_recv().is_err(), "asked once");
    }
}

#[tokio::test]
async fn answers_that_are_no_calendar_are_told_by_their_status() {
    for status in [204, 206, 401, 404, 500] {
        let server = Server::says(&format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n")).await;
        assert_eq!(server.fetch(ADDRESS_OF_IT).await, Err(FetchProblem::Refused(status)), "{status}");
    }
    let packed =
        Server::says("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx").await;
    assert_eq!(packed.fetch(ADDRESS_OF_IT).await, Err(FetchProblem::Refused(200)));
    let broken = Server::says("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx").await;
    assert_eq!(broken.fetch(ADDRESS_OF_IT).await, Err(FetchProblem::Unreachable), "cut off");
    let nonsense = Server::says("SSH-2.0-x\r\n").await;
    assert_eq!(nonsense.fetch(ADDRESS_OF_IT).await, Err(FetchProblem::Unreachable));
}

#[tokio::test]
async fn no_more_than_a_calendar_is_read() {
    let announced = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", LARGEST + 1);
    let announced = Server::start(announced.into_bytes(), false).await;
    assert_eq!(announced.fetch(ADDRESS_OF_IT).await, Err(FetchProblem::TooLarge));
    // Without a word about its length, and without an end.
    let mut endless = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    endless.resize(endless.len() + LARGEST + 1, b'x');
    let endless = Server::start(endless, false).await;
    assert_eq!(endless.fetch(ADDRESS_OF_IT).await, Err(FetchProblem::TooLarge));
    let mut just = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    just.resize(just.len() + LARGEST, b'x');
    let just = Server::start(just, true).await;
    assert_eq!(just.fetch(ADDRESS_OF_IT).await.map(|body| body.len()), Ok(LARGEST));
}

#[tokio::test]
async fn a_server_that_says_nothing_is_given_up() {
    for begun in ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"] {
        let server = Server::start(begun.as_bytes().to_vec(), false).await;
        let fetcher = Fetcher {
            patience: Duration::from_millis(500),
            ..Fetcher::at_this_machine(server.port, &server.pem)
        };
        let address = CalendarAddress::parse(ADDRESS_OF_IT).unwrap();
        assert_eq!(fetcher.fetch(&address).await, Err(FetchProblem::TooSlow));
    }
}

#[tokio::test]
async fn a_server_has_to_prove_its_name() {
    let server = Server::says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    assert_eq!(server.fetch("https://anders.example/a.ics").await, Err(FetchProblem::Unreachable));
    let (_, another) = tls("haus.example");
    let address = CalendarAddress::parse(ADDRESS_OF_IT).unwrap();
    let unknown = Fetcher::at_this_machine(server.port, &another).fetch(&address).await;
    assert_eq!(unknown, Err(FetchProblem::Unreachable));
}
