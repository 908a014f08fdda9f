//! The whole program under test: started as an operator starts it, spoken to as a browser does.

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// An installation in a folder of its own.
pub(crate) struct Installation {
    folder: TempDir,
}

impl Installation {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
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
        let arguments =
            ["serve", "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--developer"];
        let mut child = self
            .command(&arguments)
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
