//! Figures of the whole program on the release build: start, import, HTTP.
//!
//! `cargo bench --package anlaufstelle --bench program`. The load comes from the same machine, so both share its cores.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

const RATE: u32 = 500;
const SECONDS: u32 = 20;
const CONNECTIONS: usize = 48;
const NEEDS: [&str; 14] = [
    "Schulden",
    "Suchtberatung",
    "Schuldnerberatung",
    "Alkohol",
    "kiffen",
    "Spielsucht",
    "wohnungslos",
    "R%C3%A4umung",
    "debt",
    "Pleite",
    "Mietschulden",
    "Drogen",
    "schuldnerbertung",
    "Strom%20abgestellt",
];

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = |data: &Path, arguments: &[&str]| {
        let started = Instant::now();
        let output = Command::new(env!("CARGO_BIN_EXE_anlaufstelle"))
            .arg("--data")
            .arg(data)
            .args(arguments)
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        started.elapsed()
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!("whole program, release build, {cores} cores, load from the same machine");

    let (made, read) = (folder.path().join("made"), folder.path().join("read"));
    run(&made, &["demo", "--centres", "10000"]);
    let list = folder.path().join("centres.csv");
    let list = list.to_str().expect("a readable path");
    run(&made, &["export", "centres", "--format", "csv", "--output", list]);
    let import = run(&read, &["import", "centres", list, "--profile", "centres", "--source", "demo"]);
    println!(
        "import of 10,000 centres from CSV into an empty SQLite directory: {:.2} s (goal < 10 s)",
        import.as_secs_f64()
    );
    let check =
        watched(&read, &["import", "centres", list, "--profile", "centres", "--source", "demo", "--dry-run"]);
    println!(
        "check of 10,000 centres without applying: {:.2} s (goal < 10 s), peak memory of all processes {} MB (goal < 512 MB)",
        check.0.as_secs_f64(),
        check.1 >> 20
    );
    let again = run(&read, &["import", "centres", list, "--profile", "centres", "--source", "demo"]);
    println!("the same file again, nothing changed: {:.2} s", again.as_secs_f64());

    let (first, server) = start(&made);
    drop(server);
    println!("ready, index built from 10,000 centres: {:.2} s (goal < 2 s)", first.as_secs_f64());
    let (again, server) = start(&made);
    println!("ready, index on disk: {:.2} s (goal < 2 s)", again.as_secs_f64());

    let mut connection = Connection::open(&server.address);
    let changed = folder.path().join("changed.csv");
    let text =
        std::fs::read_to_string(list).expect("the list").replacen("Schuldnerberatung", "Kobraologie", 1);
    std::fs::write(&changed, text).expect("a file");
    let changed = changed.to_str().expect("a readable path");
    run(&made, &["import", "centres", changed, "--profile", "centres", "--source", "demo"]);
    let applied = Instant::now();
    while !connection.body("/api/v1/search?words=Kobraologie").contains("Kobraologie") {
        std::thread::sleep(Duration::from_millis(5));
    }
    println!(
        "an import shows in the running finder after {:.2} s (goal < 2 s)",
        applied.elapsed().as_secs_f64()
    );

    for (name, path) in [("API", "/api/v1/search"), ("page", "/suche")] {
        steady(&server.address, name, path);
    }
    flat_out(&server.address);
}

/// Runs a command and answers how long it took and how much memory it and its children held at most, looked at often.
fn watched(data: &Path, arguments: &[&str]) -> (Duration, u64) {
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_anlaufstelle"))
        .arg("--data")
        .arg(data)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut most = 0;
    loop {
        most = most.max(held(child.id()));
        if let Some(status) = child.try_wait().expect("a child") {
            assert!(status.success(), "{arguments:?}");
            return (started.elapsed(), most);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Memory a process and its children hold right now, in bytes; nothing for one that has ended.
fn held(process: u32) -> u64 {
    let read = |path: String| std::fs::read_to_string(path).unwrap_or_default();
    let own = read(format!("/proc/{process}/status"));
    let own =
        own.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().split(' ').next()?.parse().ok());
    let threads = std::fs::read_dir(format!("/proc/{process}/task"));
    let threads = threads.into_iter().flatten().flatten();
    let children = threads.map(|thread| read(format!("{}/children", thread.path().display())));
    let below: u64 = children
        .flat_map(|line| line.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<u32>>())
        .map(held)
        .sum();
    own.map_or(0, |kilobytes: u64| kilobytes * 1024) + below
}

struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// Starts the server and answers how long it took until it was ready.
fn start(data: &Path) -> (Duration, Server) {
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_anlaufstelle"))
        .arg("--data")
        .arg(data)
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--metrics-listen",
            "127.0.0.1:0",
            "--engine-listen",
            "127.0.0.1:0",
            "--relay-listen",
            "127.0.0.1:0",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("its address");
    let address = line.trim().trim_start_matches("listening on http://").to_owned();
    let server = Server { child, address };
    let mut connection = Connection::open(&server.address);
    while connection.get("/readyz") != 200 {
        std::thread::sleep(Duration::from_millis(5));
    }
    (started.elapsed(), server)
}

/// One kept connection that asks and waits.
struct Connection {
    address: String,
    stream: BufReader<TcpStream>,
}

impl Connection {
    fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("the server answers");
        stream.set_nodelay(true).expect("a TCP option");
        Self { address: address.to_owned(), stream: BufReader::new(stream) }
    }

    /// The status of the answer; its body is read and thrown away.
    fn get(&mut self, path: &str) -> u16 {
        self.ask(path).0
    }

    /// The body of the answer.
    fn body(&mut self, path: &str) -> String {
        String::from_utf8_lossy(&self.ask(path).1).into_owned()
    }

    fn ask(&mut self, path: &str) -> (u16, Vec<u8>) {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        self.stream.get_mut().write_all(request.as_bytes()).expect("sending");
        let (mut status, mut length, mut line) = (0, 0, String::new());
        loop {
            line.clear();
            self.stream.read_line(&mut line).expect("an answer");
            let text = line.trim().to_ascii_lowercase();
            if text.is_empty() {
                break;
            }
            if let Some(rest) = text.strip_prefix("http/1.1 ") {
                status = rest[..3].parse().expect("a status");
            }
            if let Some(rest) = text.strip_prefix("content-length: ") {
                length = rest.parse().expect("a length");
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("a body");
        (status, body)
    }
}

/// The n-th request of a fixed, mixed sequence.
fn path(base: &str, n: usize) -> String {
    let need = NEEDS[n % NEEDS.len()];
    let postcode = 1_067 + (n * 7_919) % 98_000;
    match n % 5 {
        0 => format!("{base}?words={need}"),
        1 => format!("{base}?words={need}&place=K%C3%B6ln"),
        2 => format!("{base}?place={postcode:05}"),
        _ => format!("{base}?words={need}&place={postcode:05}"),
    }
}

fn percentiles(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |share: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "an index into a list"
        )]
        let index = ((times.len() - 1) as f64 * share) as usize;
        times[index].as_secs_f64() * 1_000.0
    };
    format!("p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms, max {:.1} ms", at(0.5), at(0.95), at(0.99), at(1.0))
}

/// Requests at a fixed rate, whether or not earlier ones are answered; time counts from when each was due.
fn steady(address: &str, name: &str, base: &str) {
    let total = (RATE * SECONDS) as usize;
    let next = AtomicUsize::new(0);
    let begin = Instant::now() + Duration::from_millis(200);
    let times: Vec<Duration> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                scope.spawn(|| {
                    let mut connection = Connection::open(address);
                    let mut times = Vec::new();
                    loop {
                        let n = next.fetch_add(1, Ordering::Relaxed);
                        if n >= total {
                            return times;
                        }
                        let due =
                            begin + Duration::from_secs(1) * u32::try_from(n).expect("a small number") / RATE;
                        std::thread::sleep(due.saturating_duration_since(Instant::now()));
                        assert_eq!(connection.get(&path(base, n)), 200);
                        times.push(due.elapsed());
                    }
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker")).collect()
    });
    println!(
        "{name} at {RATE} requests/s for {SECONDS} s, 10,000 centres: {} (goal p99 < 50 ms)",
        percentiles(times)
    );
}

/// As many requests as go through.
fn flat_out(address: &str) {
    let counted = AtomicUsize::new(0);
    let begin = Instant::now();
    std::thread::scope(|scope| {
        for worker in 0..16 {
            let counted = &counted;
            scope.spawn(move || {
                let mut connection = Connection::open(address);
                let mut n = worker * 1_000;
                while begin.elapsed() < Duration::from_secs(8) {
                    assert_eq!(connection.get(&path("/api/v1/search", n)), 200);
                    n += 1;
                    counted.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    let count = u32::try_from(counted.load(Ordering::Relaxed)).expect("a small number");
    println!(
        "API flat out over 16 connections: {:.0} requests/s",
        f64::from(count) / begin.elapsed().as_secs_f64()
    );
}
