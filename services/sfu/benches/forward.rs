//! What forwarding a packet costs, here and in Janus, and how many of thirty connect when every fifth datagram is lost.
//!
//! The server is a process of its own (this program, started again) with the allocator of the real one. CPU is its user and system
//! time; clients are `webrtc` in the measuring process, on the same machine over loopback, and busy it more than the server.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::large_futures,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    dead_code,
    reason = "a measurement prints, and stops where something is wrong; it uses part of what tests do with a client"
)]

#[path = "../tests/calls/client.rs"]
mod client;
#[path = "peers/janus.rs"]
mod janus;
#[path = "../tests/calls/weather.rs"]
mod weather;

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Write},
    net::{IpAddr, Ipv4Addr},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use contracts::{
    media::{CallFull, CallHear, CallSay, Leg, Listener, MediaEngine, Member, Source},
    talk::RoomId,
};
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind::{Audio, Video};
use serde_json::{Value, json};
use sfu::{Engine, Settings, Way, Weather};
use tokio::time::sleep;

use client::Client;
use janus::Janus;
use weather::{Chosen, Rain};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Says to this program that it is the server, and how many percent it loses.
const SERVER: &str = "CALL_BENCH_SERVER";
const SECONDS: u64 = 15;
/// Pictures of a thousand bytes and sounds of a hundred, each second.
const PICTURES: u64 = 100;
const SOUNDS: u64 = 50;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    match std::env::var(SERVER) {
        Ok(percent) => runtime.block_on(serve(percent.parse().unwrap())),
        Err(_) => runtime.block_on(measure()),
    }
}

async fn serve(percent: u64) {
    let settings = Settings {
        listen: ([127, 0, 0, 1], 0).into(),
        most_people: 100,
        most_up: 100_000,
        most_down: 100_000,
        ..Settings::default()
    };
    let rain = Rain::new(percent, None, std::process::id().into());
    // the handshake of the clients has the library's defect and no guard of ours
    let weather = Chosen(move |way, peer, datagram: &[u8]| {
        (way == Way::In && matches!(datagram.first(), Some(20..=25))) || rain.passes(way, peer, datagram)
    });
    let weather = (percent > 0).then(|| Box::new(weather) as Box<dyn Weather>);
    let engine = Engine::start_in(settings, weather).unwrap();
    let mut legs: HashMap<u64, Box<dyn Leg>> = HashMap::new();
    let (read, mut lines) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            read.send(line).unwrap();
        }
    });
    while let Some(line) = lines.recv().await {
        let said: Value = serde_json::from_str(&line).unwrap();
        let leg = said["leg"].as_u64().unwrap();
        if said["gone"].is_boolean() {
            legs.remove(&leg);
            continue;
        }
        let member = said["member"].as_u64().unwrap() as Member;
        let room = RoomId(said["room"].as_str().unwrap().to_owned());
        let tell = move |hear: CallHear| println!("{}", json!({"leg": leg, "hear": hear}));
        let joined = legs.entry(leg).or_insert_with(|| engine.join(&room, member, Box::new(tell)).unwrap());
        if let Ok(say) = serde_json::from_value(said["say"].clone()) {
            assert!(joined.say(say));
        }
    }
}

/// The server's process; it ends with this value.
struct Server {
    child: Mutex<Child>,
    process: u32,
    listeners: Arc<Mutex<HashMap<u64, Listener>>>,
    input: Arc<Mutex<std::process::ChildStdin>>,
    next: Mutex<u64>,
}

struct Remote {
    leg: u64,
    room: RoomId,
    member: Member,
    input: Arc<Mutex<std::process::ChildStdin>>,
}

impl Server {
    fn start(percent: u64) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .env(SERVER, percent.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let listeners: Arc<Mutex<HashMap<u64, Listener>>> = Arc::default();
        let output = BufReader::new(child.stdout.take().unwrap());
        let known = Arc::clone(&listeners);
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let mut told: Value = serde_json::from_str(&line).unwrap();
                let hear = serde_json::from_value(told["hear"].take()).unwrap();
                if let Some(listener) = known.lock().unwrap().get(&told["leg"].as_u64().unwrap()) {
                    listener(hear);
                }
            }
        });
        let input = Arc::new(Mutex::new(child.stdin.take().unwrap()));
        Self { process: child.id(), child: Mutex::new(child), listeners, input, next: Mutex::new(0) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut child = self.child.lock().unwrap();
        let _ = child.kill();
        let _ = child.wait();
    }
}

impl MediaEngine for Server {
    fn join(&self, room: &RoomId, member: Member, listener: Listener) -> Result<Box<dyn Leg>, CallFull> {
        let mut next = self.next.lock().unwrap();
        *next += 1;
        self.listeners.lock().unwrap().insert(*next, listener);
        let remote = Remote { leg: *next, room: room.clone(), member, input: Arc::clone(&self.input) };
        Ok(Box::new(remote))
    }
}

impl Remote {
    fn write(&self, mut line: Value) {
        line["leg"] = self.leg.into();
        line["member"] = self.member.into();
        line["room"] = self.room.0.clone().into();
        // at the end the server is gone first
        let _ = writeln!(self.input.lock().unwrap(), "{line}");
    }
}

impl Leg for Remote {
    fn say(&self, say: CallSay) -> bool {
        self.write(json!({"say": say}));
        true
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        self.write(json!({"gone": true}));
    }
}

/// User and system time of a process in microseconds; the kernel counts hundredths of a second.
fn cpu(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    fields[11..13].iter().map(|field| field.parse::<f64>().unwrap()).sum::<f64>() * 10_000.0
}

/// Its resident memory in kB.
fn memory(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().split(' ').next().unwrap().parse().unwrap()
}

async fn measure() {
    println!(
        "{} threads; {SECONDS} s each; a sender sends {PICTURES} pictures of 1000 B and {SOUNDS} sounds of 100 B a second",
        num()
    );
    println!("load before: {}", std::fs::read_to_string("/proc/loadavg").unwrap().trim());
    let janus = janus::version();
    if janus.is_none() {
        println!("Janus is missing — install with: apt-get install janus");
    }
    for (senders, receivers) in [(5, 0), (8, 0), (1, 60)] {
        let server = Server::start(0);
        forward("ours", server.process, server, Ipv4Addr::LOCALHOST.into(), senders, receivers).await;
        if let Some(version) = &janus {
            let (server, name) = (Janus::start().await, format!("Janus {version}"));
            forward(&name, server.process(), server, janus::address(), senders, receivers).await;
        }
    }
    connects().await;
}

fn num() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

async fn forward(
    name: &str,
    process: u32,
    server: impl MediaEngine,
    address: IpAddr,
    senders: u32,
    receivers: u32,
) {
    let mut clients = Vec::new();
    for member in 1..=senders + receivers {
        let mut client = Client::join_from(address, &server, "bench", member, (96, 111)).await;
        if member <= senders {
            client.show(Source::Microphone, false).await;
            client.show(Source::Camera, false).await;
        }
        client.draw(&(1..=senders).map(|from| (from, 720)).collect::<Vec<_>>());
        clients.push(client);
    }
    let clients = Arc::new(clients);
    let people = clients.len();
    client::wait("everybody connected", || {
        clients.iter().all(|client| client.seen.lock().unwrap().down || (senders == 1 && client.member == 1))
    })
    .await;
    let empty = memory(process);
    let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let mut tasks = Vec::new();
    for index in 0..senders as usize {
        let (clients, stop) = (Arc::clone(&clients), Arc::clone(&stop));
        tasks.push(tokio::spawn(async move {
            let mut clock = tokio::time::interval(Duration::from_millis(1_000 / PICTURES));
            for number in 0_u32.. {
                if stop.load(std::sync::atomic::Ordering::Relaxed) {
                    return;
                }
                clock.tick().await;
                let client = &clients[index];
                client.send(Source::Camera, 0, number, number.is_multiple_of(50), 1_000).await;
                if u64::from(number) % (PICTURES / SOUNDS) == 0 {
                    client.send(Source::Microphone, 0, number / 2, false, 100).await;
                }
            }
        }));
    }
    // until the ways are found wide enough for all pictures
    let expected = f64::from(senders) * (people as f64 - 1.0) * (PICTURES + SOUNDS) as f64;
    let received = |clients: &[Client]| -> usize {
        let count =
            |client: &Client| -> usize { client.seen.lock().unwrap().packets.values().map(Vec::len).sum() };
        clients.iter().map(count).sum()
    };
    for _ in 0..30 {
        let before = received(&clients);
        sleep(Duration::from_secs(2)).await;
        if (received(&clients) - before) as f64 / 2.0 > expected * 0.97 {
            break;
        }
    }
    let (before, count, began) = (cpu(process), received(&clients), Instant::now());
    sleep(Duration::from_secs(SECONDS)).await;
    let (cpu, count, took) =
        (cpu(process) - before, received(&clients) - count, began.elapsed().as_secs_f64());
    let rate = count as f64 / took;
    let note = if rate < expected * 0.97 {
        "; not comparable: not all came through, the clients may be too slow"
    } else {
        ""
    };
    println!(
        "{name}: {senders} senders, {people} people: {rate:.0} packets/s forwarded of {expected:.0}, {:.0} % of a core, {:.1} us of CPU each, {:.0} kB per person with the program itself{note}",
        cpu / took / 10_000.0,
        cpu / count as f64,
        (memory(process).max(empty)) / people as f64,
    );
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    for task in tasks {
        let _ = task.await;
    }
    // first who would still offer, then those who would burden what is measured next
    drop(server);
    for client in Arc::into_inner(clients).unwrap() {
        client.leave().await;
    }
}

async fn connects() {
    let server = Server::start(20);
    let (mut connected, mut times) = (0, Vec::new());
    for member in 1..=30 {
        let began = Instant::now();
        let mut client = Client::join(&server, &format!("room{member}"), member).await;
        client.show(Source::Microphone, false).await;
        while began.elapsed() < Duration::from_secs(20) {
            if client.seen.lock().unwrap().up {
                connected += 1;
                times.push(began.elapsed().as_secs_f64());
                break;
            }
            sleep(Duration::from_millis(20)).await;
        }
        client.leave().await;
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or(f64::NAN);
    println!(
        "every fifth datagram lost: {connected} of 30 connect, half within {:.1} s, the last after {:.1} s",
        at(0.5),
        times.last().copied().unwrap_or(f64::NAN),
    );
    let _ = (Audio, Video);
}
