//! The whole program under test: started as an operator starts it, spoken to as a browser does.

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use kernel::{Clock as _, SystemClock};
use tempfile::TempDir;

/// An installation in a folder of its own.
pub(crate) struct Installation {
    folder: TempDir,
    clock: Option<FakeClock>,
}

/// A clock of the test's own, for whatever an installation starts. It goes on from where it is set, at the usual pace; how
/// long something has been running, it does not change.
pub(crate) struct FakeClock {
    /// How far it is ahead of the machine's, in seconds.
    ahead: PathBuf,
    library: String,
}

impl FakeClock {
    fn in_folder(folder: &Path) -> Self {
        let shown = Command::new("faketime").args(["-f", "+0s", "env"]).output();
        let shown = shown.expect("this test needs faketime: apt-get install faketime");
        let shown = String::from_utf8(shown.stdout).unwrap();
        let library = shown.lines().find_map(|line| line.strip_prefix("LD_PRELOAD=")).unwrap().to_owned();
        Self { ahead: folder.join("clock"), library }
    }

    /// Sets it, also while somebody goes by it.
    pub(crate) fn set(&self, to: Timestamp) {
        let ahead = to.duration_since(SystemClock.now()).as_secs_f64();
        // whoever looks meanwhile finds the old or the new, never half of it
        let next = self.ahead.with_extension("next");
        std::fs::write(&next, format!("{ahead:+.3}\n")).unwrap();
        std::fs::rename(next, &self.ahead).unwrap();
    }

    /// What it shows.
    pub(crate) fn now(&self) -> Timestamp {
        let ahead: f64 = std::fs::read_to_string(&self.ahead).unwrap().trim().parse().unwrap();
        SystemClock.now() + SignedDuration::from_secs_f64(ahead)
    }

    fn show_to(&self, command: &mut Command) {
        command
            .env("LD_PRELOAD", &self.library)
            .env("FAKETIME_TIMESTAMP_FILE", &self.ahead)
            .env("FAKETIME_NO_CACHE", "1")
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .env("NO_FAKE_STAT", "1");
    }
}

impl Installation {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), clock: None }
    }

    /// An empty one with a clock of its own.
    pub(crate) fn at(now: Timestamp) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = FakeClock::in_folder(folder.path());
        clock.set(now);
        Self { folder, clock: Some(clock) }
    }

    /// Its own clock.
    pub(crate) fn clock(&self) -> &FakeClock {
        self.clock.as_ref().expect("an installation with a clock of its own")
    }

    /// Its data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A file beside the data folder, with content.
    pub(crate) fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// The program with arguments, ready to be started.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_anlaufstelle"));
        command.arg("--data").arg(self.data()).args(arguments).env_remove("ANLAUFSTELLE_STORE");
        if let Some(clock) = &self.clock {
            clock.show_to(&mut command);
        }
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that must succeed and answers what it printed.
    pub(crate) fn succeed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let complained = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?} failed\n{printed}\n{complained}");
        printed
    }

    /// Starts the server with everything logged and waits until it is ready.
    pub(crate) fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    /// The same, with more arguments.
    pub(crate) fn serve_with(&self, more: &[&str]) -> Server {
        let arguments = [
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--metrics-listen",
            "127.0.0.1:0",
            "--engine-listen",
            "127.0.0.1:0",
            "--relay-listen",
            "127.0.0.1:0",
            "--developer",
        ];
        let mut child = self
            .command(&arguments)
            .args(more)
            .env("ANLAUFSTELLE_LOG", "trace")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let written = Arc::new(Mutex::new(Vec::new()));
        collect(child.stderr.take().unwrap(), written.clone());
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut address = |start: &str| {
            let line = lines.next().expect("the server said where it listens").unwrap();
            line.strip_prefix(start).unwrap_or_else(|| panic!("unexpected line: {line}")).to_owned()
        };
        let (public, metrics) = (address("listening on "), address("metrics on "));
        let said = Arc::new(Mutex::new(String::new()));
        gather(lines, said.clone());
        let server = Server { child, public, metrics, written, said };
        server.wait_until("the server is ready", Duration::from_secs(20), || {
            server.get("/readyz").status == 200
        });
        server
    }
}

fn collect(mut from: impl Read + Send + 'static, into: Arc<Mutex<Vec<u8>>>) {
    std::thread::spawn(move || {
        let mut buffer = [0; 8192];
        while let Ok(length @ 1..) = from.read(&mut buffer) {
            into.lock().unwrap().extend_from_slice(&buffer[..length]);
        }
    });
}

fn gather(lines: impl Iterator<Item = std::io::Result<String>> + Send + 'static, into: Arc<Mutex<String>>) {
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            let mut said = into.lock().unwrap();
            said.push_str(&line);
            said.push('\n');
        }
    });
}

/// A running server; it ends with the test.
pub(crate) struct Server {
    child: Child,
    public: String,
    metrics: String,
    written: Arc<Mutex<Vec<u8>>>,
    said: Arc<Mutex<String>>,
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Reply {
    /// What a client got.
    pub(crate) fn of(mut response: ureq::http::Response<ureq::Body>) -> Self {
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| {
                (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect();
        let status = response.status().as_u16();
        Self { status, headers, body: response.body_mut().read_to_string().unwrap_or_default() }
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The values of a header.
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }
}

impl Server {
    /// Asks for an address of the public listener.
    pub(crate) fn get(&self, path: &str) -> Reply {
        get(&format!("{}{path}", self.public))
    }

    /// Searches by the API; words and place are encoded here.
    pub(crate) fn search(&self, words: &str, place: &str, more: &str) -> serde_json::Value {
        let encode = |text| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
        };
        let reply =
            self.get(&format!("/api/v1/search?words={}&place={}{more}", encode(words), encode(place)));
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.json()
    }

    /// The page for metrics collectors.
    pub(crate) fn metrics(&self) -> String {
        get(&self.metrics).body
    }

    /// The mails that stayed on this machine, the newest first.
    pub(crate) fn mails(&self) -> Vec<serde_json::Value> {
        let reply = get(&self.metrics.replace("/metrics", "/mails.json"));
        serde_json::from_str(&reply.body).unwrap()
    }

    /// What it printed after it began to listen.
    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// An address of the public listener.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.public)
    }

    /// A client that follows nothing and keeps nothing.
    pub(crate) fn agent(&self) -> ureq::Agent {
        agent()
    }

    /// Host and port of the public listener.
    pub(crate) fn authority(&self) -> &str {
        self.public.trim_start_matches("http://")
    }

    /// Everything the server has logged so far.
    pub(crate) fn logged(&self) -> Vec<u8> {
        self.written.lock().unwrap().clone()
    }

    /// Whether it has logged this.
    pub(crate) fn has_logged(&self, text: &str) -> bool {
        String::from_utf8_lossy(&self.logged()).contains(text)
    }

    /// Waits until something holds; the time is a limit, not a measurement.
    pub(crate) fn wait_until(&self, what: &str, limit: Duration, mut holds: impl FnMut() -> bool) {
        let started = Instant::now();
        while !holds() {
            assert!(
                started.elapsed() < limit,
                "{what}: not within {limit:?}\n{}",
                String::from_utf8_lossy(&self.logged())
            );
            std::thread::sleep(Duration::from_millis(30));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
        // what a fake clock shares in memory stays behind when its process is killed
        for name in ["faketime_shm_", "sem.faketime_sem_"] {
            let _there_or_not = std::fs::remove_file(format!("/dev/shm/{name}{}", self.child.id()));
        }
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(Duration::from_secs(20)))
        .build()
        .into()
}

fn get(address: &str) -> Reply {
    Reply::of(agent().get(address).call().unwrap_or_else(|error| panic!("{address}: {error}")))
}

/// Every regular file below a folder.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}
