//! What a relayed packet costs, beside coturn: CPU, memory, and how many get through.
//!
//! Both are processes of their own (ours is this program, started again), alternate round by round, and relay the same load: pairs of
//! clients on UDP that send through channels, each to the other's relayed address. CPU is the server's user and system
//! time, memory its VmRSS; clients are in the measuring process, on the same machine.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a measurement prints, and stops where something is wrong"
)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, UdpSocket},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use common::{Client, SECRET, credential, settings};
use kernel::{Secret, SystemClock};
use relay::Relay;
use rtc_stun::message::METHOD_BINDING;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Says to this program that it is the server.
const SERVER: &str = "RELAY_BENCH_SERVER";
const ROUNDS: usize = 5;
const PAIRS: [u32; 2] = [10, 100];
const SECONDS: u64 = 5;
const BYTES: usize = 1_000;
/// Packets per second of all together, in the part with a fixed load.
const STEADY: u64 = 10_000;

fn main() {
    if std::env::var_os(SERVER).is_some() {
        return serve();
    }
    println!(
        "{} CPUs, load before {}; clients on the same machine; {BYTES} B; {SECONDS} s each; {ROUNDS} rounds, alternating\n",
        std::thread::available_parallelism().unwrap(),
        std::fs::read_to_string("/proc/loadavg").unwrap().split(' ').next().unwrap()
    );
    println!(
        "{:<8} {:>5} {:<7} {:>10} {:>8} {:>7} {:>12} {:>8}",
        "server", "pairs", "load", "packets/s", "Mbit/s", "lost %", "CPU us/packet", "RSS kB"
    );
    for pairs in PAIRS {
        for load in [Some(STEADY), None] {
            let mut rounds = [Vec::new(), Vec::new()];
            for _ in 0..ROUNDS {
                rounds[0].push(measure(&Server::ours(), pairs, load));
                rounds[1].push(measure(&Server::coturn(), pairs, load));
            }
            for (name, rounds) in ["ours", "coturn"].into_iter().zip(rounds) {
                let middle = |value: fn(&Measured) -> f64| {
                    let mut values: Vec<f64> = rounds.iter().map(value).collect();
                    values.sort_by(f64::total_cmp);
                    values[values.len() / 2]
                };
                let rate = middle(|one| one.came as f64 / SECONDS as f64);
                println!(
                    "{name:<8} {pairs:>5} {:<7} {rate:>10.0} {:>8.0} {:>7.2} {:>12.1} {:>8.0}",
                    if load.is_some() { "steady" } else { "most" },
                    rate * BYTES as f64 * 8.0 / 1e6,
                    middle(|one| 100.0 - 100.0 * one.came as f64 / one.sent as f64),
                    middle(|one| one.cpu / one.came as f64),
                    middle(|one| one.memory),
                );
            }
        }
    }
}

fn serve() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let much = "quotas = { bytes_per_second = 4_000_000_000, person = 10_000, room = 10_000, network = 10_000, strangers_per_second = 1_000_000 }";
        let relay = Relay::start(settings(much), Secret::new(SECRET.into()), Arc::new(SystemClock)).await.unwrap();
        println!("{}", relay.settings().udp[0]);
        std::io::stdout().flush().unwrap();
        std::future::pending::<()>().await;
    });
}

/// A server's process; it ends with this value.
struct Server {
    child: Child,
    listen: SocketAddr,
    _folder: Option<tempfile::TempDir>,
}

impl Server {
    fn ours() -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .env(SERVER, "1")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut listen = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut listen).unwrap();
        Self { child, listen: listen.trim().parse().unwrap(), _folder: None }
    }

    fn coturn() -> Self {
        let listen = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        let child = Command::new("turnserver")
            .args([
                "-n",
                "-L",
                "127.0.0.1",
                "-E",
                "127.0.0.1",
                "-r",
                "relay",
                "-p",
                &listen.port().to_string(),
            ])
            .args([
                "--use-auth-secret",
                "--static-auth-secret",
                SECRET,
                "--allow-loopback-peers",
                "--simple-log",
            ])
            .args([
                "--no-cli",
                "--no-tls",
                "--no-dtls",
                "--log-file",
                &path("log"),
                "--userdb",
                &path("db"),
                "--pidfile",
                &path("pid"),
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // what was sent before it listens is lost
        let mut first = Client::udp_at(listen, (String::new(), String::new()));
        loop {
            let request = first.build(METHOD_BINDING, &[]);
            first.try_send(&request.raw);
            if first.hear_for(Duration::from_millis(50)).is_some() {
                break;
            }
        }
        Self { child, listen, _folder: Some(folder) }
    }

    /// Resident memory, in kB.
    fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().split(' ').next().unwrap().parse().unwrap()
    }

    /// User and system time, in microseconds; the kernel counts hundredths of a second.
    fn cpu(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
        fields[11..13].iter().map(|field| field.parse::<f64>().unwrap()).sum::<f64>() * 10_000.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

struct Measured {
    sent: u64,
    came: u64,
    cpu: f64,
    memory: f64,
}

/// Sends for a while as steadily as asked, or as much as goes, and counts what comes to the other of each pair.
fn measure(server: &Server, pairs: u32, load: Option<u64>) -> Measured {
    let mut clients: Vec<Client> =
        (0..2 * pairs).map(|member| Client::udp_at(server.listen, credential("bench", member))).collect();
    let relayed: Vec<SocketAddr> = clients.iter_mut().map(Client::allocate).collect();
    for (place, client) in clients.iter_mut().enumerate() {
        assert_eq!(client.bind(0x4000, relayed[place ^ 1]), None);
    }
    let sockets: Vec<UdpSocket> = clients.into_iter().map(Client::into_socket).collect();
    let mut packet = vec![0x40, 0];
    packet.extend(u16::try_from(BYTES).unwrap().to_be_bytes());
    packet.resize(4 + BYTES, 7);
    for socket in &sockets {
        socket.set_nonblocking(true).unwrap();
    }
    let (begun, cpu) = (Instant::now(), server.cpu());
    let (mut sent, mut came, mut heard) = (0_u64, 0_u64, vec![0; 2_048]);
    while begun.elapsed() < Duration::from_secs(SECONDS) {
        let due = load.map_or(sent + 64, |load| begun.elapsed().as_micros() as u64 * load / 1_000_000);
        while sent < due {
            // one that cannot be sent is not sent: the kernel holds as much as it holds
            let _ = sockets[sent as usize % sockets.len()].send(&packet);
            sent += 1;
        }
        for socket in &sockets {
            while socket.recv(&mut heard).is_ok_and(|bytes| bytes == packet.len()) {
                came += 1;
            }
        }
        if load.is_some() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    Measured { sent, came, cpu: server.cpu() - cpu, memory: server.memory() }
}
