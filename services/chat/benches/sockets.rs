//! What a quiet socket costs, what a delivery costs, and how long it takes.
//!
//! The server is a process of its own (this program, started again), with the loop of the real one and its allocator. Memory is
//! the growth of its VmRSS, CPU that of its user and system time; clients are in the measuring process, on the same machine.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::large_futures,
    reason = "a measurement prints, and stops where something is wrong"
)]

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use chat::{Calling, Chat, Limits, Parts};
use contracts::talk::{Entry, RoomId, Seat, TalkRole, signing_key};
use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use jiff::Timestamp;
use kernel::{ServerKey, SystemClock};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    task::JoinSet,
    time::{interval_at, sleep},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{Message, client::IntoClientRequest, protocol::WebSocketConfig},
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Says to this program that it is the server.
const SERVER: &str = "TALK_BENCH_SERVER";
const IDLE: usize = 10_000;
const ROOMS: usize = 1_000;
const SECONDS: u64 = 15;
const GROUPS: usize = 50;
const IN_A_GROUP: usize = 8;
const EACH_SECOND: u64 = 20;
const RESUMES: usize = 500;
const SLOW: usize = 50;
const PART: usize = 88_000;
/// A short message as MLS seals it, in base64.
const BODY: usize = 440;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

fn main() {
    rlimit::increase_nofile_limit(u64::MAX).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    if std::env::var_os(SERVER).is_some() {
        runtime.block_on(serve());
    } else {
        runtime.block_on(measure());
    }
}

async fn serve() {
    let parts = Parts {
        key: key(),
        clock: Arc::new(SystemClock),
        base_url: "http://bench".into(),
        limits: Limits::default(),
        calling: Calling::default(),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    std::io::stdout().flush().unwrap();
    let routes = chat::api::routes(Chat::new(parts));
    webkit::serve::serve(listener, routes, std::future::pending()).await;
}

/// The server's process; it ends with this value.
struct Server {
    child: Child,
    address: String,
}

/// Whose server is measured.
#[derive(Clone, Copy)]
enum Whose {
    Ours,
    /// The least a relay can do, on node with the library `ws`.
    Node,
    /// The same on bun, whose sockets are those of µWebSockets.
    Bun,
}

const ALL: [Whose; 3] = [Whose::Ours, Whose::Node, Whose::Bun];

impl Whose {
    const fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Node => "node ws 8.23, least relay",
            Self::Bun => "bun 1.4, least relay",
        }
    }

    fn command(self) -> Command {
        let peers = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers");
        let mut command = match self {
            Self::Ours => Command::new(std::env::current_exe().unwrap()),
            Self::Node => Command::new("node"),
            Self::Bun => Command::new(format!("{peers}/node_modules/@oven/bun-linux-x64/bin/bun")),
        };
        match self {
            Self::Ours => command.env(SERVER, "1"),
            Self::Node | Self::Bun => command.arg(format!("{peers}/relay.mjs")),
        };
        command
    }
}

impl Server {
    fn start() -> Self {
        Self::of(Whose::Ours)
    }

    fn of(whose: Whose) -> Self {
        let mut child = whose.command().stdout(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { child, address: address.trim().to_owned() }
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
        let ticks: f64 = fields[11..13].iter().map(|field| field.parse::<f64>().unwrap()).sum();
        ticks * 10_000.0
    }

    async fn socket(&self) -> Socket {
        let mut request = format!("ws://{}/api/v1/talk/socket", self.address).into_client_request().unwrap();
        request.headers_mut().insert("origin", "http://bench".parse().unwrap());
        let config = WebSocketConfig::default().read_buffer_size(1_024).write_buffer_size(0);
        connect_async_with_config(request, Some(config), true).await.unwrap().0
    }

    async fn come(&self, asking: &mut TcpStream, room: &str, seat: &str, role: TalkRole) -> (Socket, Value) {
        self.come_back(asking, room, seat, role, Value::Null).await
    }

    async fn come_back(
        &self,
        asking: &mut TcpStream,
        room: &str,
        seat: &str,
        role: TalkRole,
        resume: Value,
    ) -> (Socket, Value) {
        let ticket = ticket(asking, room, seat, role).await;
        let mut socket = self.socket().await;
        say(&mut socket, &json!({"say": "hello", "version": 1, "ticket": ticket, "resume": resume})).await;
        let inside = until(&mut socket, "inside").await;
        (socket, inside)
    }

    /// A group in which everybody is inside; the host is the first.
    async fn group(&self, asking: &mut TcpStream, room: &str, people: usize) -> Vec<(Socket, Value)> {
        let mut group = vec![self.come(asking, room, "host", TalkRole::Host).await];
        for guest in 1..people {
            let (mut socket, inside) = self.come(asking, room, &guest.to_string(), TalkRole::Guest).await;
            say(&mut socket, &json!({"say": "knock", "letter": "A".repeat(1_000)})).await;
            say(&mut socket, &json!({"say": "beat"})).await;
            until(&mut socket, "beat").await;
            group.push((socket, inside));
        }
        let admit: Vec<Value> = group[1..]
            .iter()
            .map(|(_, inside)| json!({"member": inside["member"], "welcome": "A".repeat(2_000)}))
            .collect();
        let commit = json!({"say": "commit", "n": 1, "after": {"generation": 1, "epoch": 0}, "body": "",
            "admit": admit, "remove": []});
        say(&mut group[0].0, &commit).await;
        until(&mut group[0].0, "taken").await;
        for (socket, _) in &mut group[1..] {
            until(socket, "commit").await;
        }
        group
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

async fn measure() {
    println!(
        "{} CPUs, load before {}; clients on the same machine; body {BODY} B; receivers say seen after a quarter of a second\n",
        std::thread::available_parallelism().unwrap(),
        std::fs::read_to_string("/proc/loadavg").unwrap().split(' ').next().unwrap()
    );
    // one part alone: cargo bench --bench sockets -- idle
    let part = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let is_wanted = |name| part.as_deref().is_none_or(|part| part == name);
    for whose in ALL {
        println!("{}:", whose.name());
        if is_wanted("idle") {
            idle(whose).await;
        }
        if is_wanted("rooms") {
            rooms(whose).await;
        }
        if is_wanted("groups") {
            groups(whose).await;
        }
        println!();
    }
    if is_wanted("resumes") {
        resumes().await;
    }
    if is_wanted("slow") {
        slow().await;
    }
}

/// Pairs in rooms of their own, who say nothing.
async fn idle(whose: Whose) {
    let server = Server::of(whose);
    let mut asking = TcpStream::connect(&server.address).await.unwrap();
    let mut open = Vec::new();
    for pair in 0..100 {
        open.extend(server.group(&mut asking, &format!("warm-{pair}"), 2).await);
    }
    sleep(Duration::from_secs(2)).await;
    let (before, cpu) = (server.memory(), server.cpu());
    let mut people = Vec::new();
    for pair in 0..IDLE / 2 {
        let room = format!("idle-{pair}");
        people.push(server.come(&mut asking, &room, "host", TalkRole::Host).await);
        people.push(server.come(&mut asking, &room, "seeker", TalkRole::Seeker).await);
    }
    let cpu = (server.cpu() - cpu) / IDLE as f64;
    sleep(Duration::from_secs(3)).await;
    let each = (server.memory() - before) / IDLE as f64;
    println!(
        "{IDLE} quiet sockets in {} rooms: {each:.2} kB each with their rooms; {cpu:.0} us CPU to come in (ticket, socket, first word)",
        IDLE / 2
    );
    let idle = server.cpu();
    sleep(Duration::from_secs(20)).await;
    println!("  then {:.1} ms CPU a second for all of them together", (server.cpu() - idle) / 20_000.0);
    drop((people, open));
    sleep(Duration::from_secs(3)).await;
    println!(
        "  {:.1} MB after all have gone (before: {:.1} MB)",
        server.memory() / 1_024.0,
        before / 1_024.0
    );
}

/// Pairs who talk: one message a second in each room.
async fn rooms(whose: Whose) {
    let server = Server::of(whose);
    let mut asking = TcpStream::connect(&server.address).await.unwrap();
    let mut groups = Vec::new();
    for room in 0..ROOMS {
        groups.push(server.group(&mut asking, &format!("room-{room}"), 2).await);
    }
    let cpu = server.cpu();
    let mut waits = talk(groups, Duration::from_secs(1), SECONDS, 1).await;
    let cpu = (server.cpu() - cpu) / waits.len() as f64;
    println!(
        "{ROOMS} rooms x 1 message/s for {SECONDS} s: {} deliveries, {}; {cpu:.1} us CPU a delivery (with its taking, its answer and its seen)",
        waits.len(),
        quantiles(&mut waits)
    );
}

/// Groups of eight, in which one talks to seven.
async fn groups(whose: Whose) {
    let server = Server::of(whose);
    let mut asking = TcpStream::connect(&server.address).await.unwrap();
    let mut groups = Vec::new();
    for group in 0..GROUPS {
        groups.push(server.group(&mut asking, &format!("group-{group}"), IN_A_GROUP).await);
    }
    let cpu = server.cpu();
    let mut waits = talk(groups, Duration::from_millis(1_000 / EACH_SECOND), SECONDS, EACH_SECOND / 4).await;
    let cpu = (server.cpu() - cpu) / waits.len() as f64;
    println!(
        "{GROUPS} groups of {IN_A_GROUP}, {EACH_SECOND} messages/s in each for {SECONDS} s: {} deliveries, {}; {cpu:.1} us CPU a delivery",
        waits.len(),
        quantiles(&mut waits)
    );
}

/// A connection breaks: how long until its owner goes on, with a new ticket.
async fn resumes() {
    let server = Server::start();
    let mut asking = TcpStream::connect(&server.address).await.unwrap();
    let mut group = server.group(&mut asking, "room", 2).await;
    let (mut socket, inside) = group.pop().unwrap();
    let resume = json!({"member": inside["member"], "secret": inside["secret"], "seen": 1});
    let mut waits = Vec::new();
    for _ in 0..RESUMES {
        drop(socket);
        let start = Instant::now();
        let (back, inside) =
            server.come_back(&mut asking, "room", "1", TalkRole::Guest, resume.clone()).await;
        waits.push(start.elapsed());
        assert_eq!(inside["resumed"], true);
        socket = back;
    }
    println!(
        "{RESUMES} times from a lost connection to going on (ticket, socket, first word): {}",
        quantiles(&mut waits)
    );
}

/// Somebody does not read, and the other sends parts of a file until nothing fits, and then tries on.
async fn slow() {
    let server = Server::start();
    let mut asking = TcpStream::connect(&server.address).await.unwrap();
    let mut groups = Vec::new();
    for room in 0..SLOW {
        groups.push(server.group(&mut asking, &format!("slow-{room}"), 2).await);
    }
    let before = server.memory();
    let part = "A".repeat(PART);
    let (mut taken, mut full) = (0, Vec::new());
    for group in &mut groups {
        let mut n = 2;
        while send_part(&mut group[0].0, n, &part).await == "taken" {
            n += 1;
            taken += 1;
        }
        full.push(n);
    }
    let each = |now: f64| (now - before) / SLOW as f64 / 1_024.0;
    let first = each(server.memory());
    for _ in 0..20 {
        for (group, n) in groups.iter_mut().zip(&full) {
            assert_eq!(send_part(&mut group[0].0, *n, &part).await, "full");
        }
    }
    println!(
        "{SLOW} rooms in which one does not read: {:.1} parts of {PART} B taken, then full; {first:.2} MB a room, after 20 more tries {:.2} MB",
        f64::from(taken) / SLOW as f64,
        each(server.memory())
    );
}

async fn send_part(socket: &mut Socket, n: u32, part: &str) -> &'static str {
    say(socket, &json!({"say": "send", "n": n, "kind": "part", "body": part})).await;
    loop {
        if let Message::Text(text) = socket.next().await.unwrap().unwrap() {
            let heard: Value = serde_json::from_str(&text).unwrap();
            if heard["n"] == n {
                return if heard["hear"] == "taken" { "taken" } else { "full" };
            }
        }
    }
}

/// The first of each group talks at this pace, the others say "seen" after so many messages; how long each delivery took.
async fn talk(groups: Vec<Vec<(Socket, Value)>>, pace: Duration, seconds: u64, seen: u64) -> Vec<Duration> {
    let start = Instant::now();
    let (waits, mut waited) = mpsc::unbounded_channel();
    let mut senders = JoinSet::new();
    let mut listeners = JoinSet::new();
    let count = groups.len() as u32;
    for (at, mut group) in (0..).zip(groups) {
        let listening = group.split_off(1);
        let (mut says, mut hears) = group.pop().unwrap().0.split();
        for (socket, _) in listening {
            listeners.spawn(listen(socket, start, waits.clone(), seen));
        }
        listeners.spawn(async move { while let Some(Ok(_)) = hears.next().await {} });
        senders.spawn(async move {
            // spread over the second, as people are
            let first = tokio::time::Instant::now() + pace * at / count;
            let mut ticks = interval_at(first, pace);
            for n in 2..2 + (seconds * 1_000 / pace.as_millis() as u64) {
                ticks.tick().await;
                let body = format!("{:0BODY$}", start.elapsed().as_nanos());
                speak(&mut says, &json!({"say": "send", "n": n, "kind": "message", "body": body})).await;
            }
            says
        });
    }
    let mut open = Vec::new();
    while let Some(says) = senders.join_next().await {
        open.push(says.unwrap());
    }
    sleep(Duration::from_secs(1)).await;
    listeners.shutdown().await;
    drop(waits);
    let mut all = Vec::new();
    while let Some(wait) = waited.recv().await {
        all.push(wait);
    }
    all
}

async fn listen(socket: Socket, start: Instant, waits: mpsc::UnboundedSender<Duration>, seen: u64) {
    let (mut says, mut hears) = socket.split();
    let mut count = 0;
    while let Some(Ok(message)) = hears.next().await {
        let Message::Text(text) = message else { continue };
        let heard: Value = serde_json::from_str(&text).unwrap();
        if heard["hear"] == "message" {
            let sent: u64 = heard["body"].as_str().unwrap().parse().unwrap();
            waits.send(start.elapsed().saturating_sub(Duration::from_nanos(sent))).unwrap();
            count += 1;
            if count % seen == 0 {
                speak(&mut says, &json!({"say": "seen", "upto": heard["seq"]})).await;
            }
        }
    }
}

async fn ticket(asking: &mut TcpStream, room: &str, seat: &str, role: TalkRole) -> String {
    let now = Timestamp::now().as_second();
    let entry = Entry {
        room: RoomId(room.into()),
        seat: Seat(seat.into()),
        role,
        opens: now - 60,
        closes: now + 3_600,
        issued: now,
        queue: None,
        once: None,
        phone: None,
    };
    let body = json!({"entry": entry.sign(&signing_key(&key()))}).to_string();
    let length = body.len();
    let request = format!(
        "POST /api/v1/talk/tickets HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    asking.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // the answer ends with its object
    while answer.last() != Some(&b'}') {
        assert_ne!(asking.read_buf(&mut answer).await.unwrap(), 0, "the server has closed");
    }
    let answer = String::from_utf8(answer).unwrap();
    let answer: Value = serde_json::from_str(&answer[answer.find('{').unwrap()..]).unwrap();
    answer["ticket"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

async fn say(socket: &mut Socket, say: &Value) {
    socket.send(Message::text(say.to_string())).await.unwrap();
}

async fn speak(says: &mut SplitSink<Socket, Message>, say: &Value) {
    says.send(Message::text(say.to_string())).await.unwrap();
}

async fn until(socket: &mut Socket, kind: &str) -> Value {
    loop {
        if let Message::Text(text) = socket.next().await.unwrap().unwrap() {
            let heard: Value = serde_json::from_str(&text).unwrap();
            assert_ne!(heard["hear"], "over", "{heard}");
            if heard["hear"] == kind {
                return heard;
            }
        }
    }
}

fn quantiles(waits: &mut [Duration]) -> String {
    waits.sort_unstable();
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize].as_secs_f64() * 1_000.0;
    format!("p50 {:.2} ms, p99 {:.2} ms, longest {:.2} ms", at(0.5), at(0.99), at(1.0))
}

fn key() -> ServerKey {
    ServerKey::new([7; 32])
}
