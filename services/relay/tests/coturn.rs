//! Against coturn, which others wrote: its client uses our relay over UDP, TCP and TLS, and its server takes our credentials.
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod common;

use std::{
    net::{SocketAddr, TcpListener, UdpSocket},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use common::{Client, SECRET, credential, settings};
use kernel::{Secret, SystemClock};
use relay::{Relay, settings::Tls};

/// A program that ends with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn run(program: &str, arguments: &[&str]) -> Running {
    let child = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    Running(child.unwrap_or_else(|error| panic!("{program}: {error} (Debian: coturn)")))
}

/// A port nobody has at the moment.
fn free_port() -> u16 {
    UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Something that sends back what it gets, on this port and the next.
fn echo() -> (SocketAddr, Running) {
    let peer = SocketAddr::from(([127, 0, 0, 1], free_port()));
    let port = peer.port().to_string();
    let running = run("turnutils_peer", &["-L", "127.0.0.1", "-p", &port]);
    while UdpSocket::bind(peer).is_ok() {
        std::thread::sleep(Duration::from_millis(5));
    }
    (peer, running)
}

/// Two sessions of 100 packets each way, as one of coturn's own tests; how many came back.
async fn flow(
    listen: SocketAddr,
    peer: SocketAddr,
    (name, password): (String, String),
    more: &[&str],
) -> usize {
    let mut command = Command::new("turnutils_uclient");
    command.args([
        "-c",
        "-n",
        "100",
        "-m",
        "2",
        "-l",
        "700",
        "-z",
        "20",
        "-L",
        "127.0.0.1",
        "-e",
        "127.0.0.1",
    ]);
    command.args([
        "-r",
        &peer.port().to_string(),
        "-p",
        &listen.port().to_string(),
        "-u",
        &name,
        "-w",
        &password,
    ]);
    command.args(more).arg("127.0.0.1");
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let last = text.rsplit("tot_recv_msgs=").next().unwrap_or_default();
    let came: String = last.chars().take_while(char::is_ascii_digit).collect();
    came.parse().unwrap_or_else(|_| panic!("{more:?}: {text}{}", String::from_utf8_lossy(&output.stderr)))
}

#[tokio::test(flavor = "multi_thread")]
async fn coturns_client_sends_and_receives_over_every_transport() {
    let (peer, _echo) = echo();
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    // its client binds a channel to the next port too, as for RTCP
    let next = SocketAddr::new(peer.ip(), peer.port() + 1);
    let mut settings = settings(&format!(
        "name = 'localhost'\nengines = [{{ announced = '{peer}' }}, {{ announced = '{next}' }}]"
    ));
    settings.tls = Some(Tls { listen: ([127, 0, 0, 1], 0).into(), certificate, key });
    let relay = Relay::start(settings, Secret::new(SECRET.into()), Arc::new(SystemClock)).await.unwrap();
    let (udp, tcp) = (relay.settings().udp[0], relay.settings().tcp[0]);
    let tls = relay.settings().tls.as_ref().unwrap().listen;
    for (what, listen, more) in [
        ("UDP, channels", udp, &[][..]),
        ("UDP, indications", udp, &["-s"]),
        ("TCP, channels", tcp, &["-t"]),
        ("TCP, indications", tcp, &["-t", "-s"]),
        ("TLS, channels", tls, &["-t", "-S"]),
    ] {
        let came = flow(listen, peer, credential("a", 1), more).await;
        // on UDP a busy machine may lose some
        assert!(came >= if listen == udp { 190 } else { 200 }, "{what}: {came} of 200 came back");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn coturn_takes_our_credentials() {
    let listen = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let port = listen.port().to_string();
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log").display().to_string();
    let database = folder.path().join("db").display().to_string();
    let pid = folder.path().join("pid").display().to_string();
    let _coturn = run(
        "turnserver",
        &[
            "-n",
            "-p",
            &port,
            "-L",
            "127.0.0.1",
            "-E",
            "127.0.0.1",
            "--use-auth-secret",
            "--static-auth-secret",
            SECRET,
            "-r",
            "relay",
            "--no-cli",
            "--no-tls",
            "--no-dtls",
            "--allow-loopback-peers",
            "--simple-log",
            "--log-file",
            &log,
            "--userdb",
            &database,
            "--pidfile",
            &pid,
        ],
    );
    while std::net::TcpStream::connect(listen).is_err() {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(Client::at(listen, credential("a", 1)).try_allocate().is_ok());
    let (name, _) = credential("a", 1);
    assert_eq!(Client::at(listen, (name, "wrong".into())).try_allocate(), Err(401));
}
