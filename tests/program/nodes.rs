//! Conversations as processes of their own: one is killed, one is told to stop, and people go on.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use contracts::talk::{Entry, RoomId, Seat, TalkRole, signing_key};
use futures_util::{SinkExt, StreamExt};
use kernel::{Clock as _, ServerKey, SystemClock};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::harness::Reply;

const PATIENCE: Duration = Duration::from_secs(30);

/// A process that ends with the test.
struct Process {
    child: Child,
    /// What it said first, by the first word.
    lines: Vec<String>,
}

impl Process {
    fn start(command: &mut Command, lines: usize) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        let lines = said.take(lines).map(Result::unwrap).collect();
        Self { child, lines }
    }

    fn address(&self) -> &str {
        self.lines[0].strip_prefix("listening on http://").unwrap()
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

struct Town {
    folder: tempfile::TempDir,
    key: ServerKey,
    nats: String,
    _nats: Process,
}

impl Town {
    fn new() -> Self {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let key = ServerKey::new([9; 32]);
        let file = folder.path().join("server.key");
        std::fs::write(&file, key.expose()).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut command = Command::new("nats-server");
        command.args(["--addr", "127.0.0.1", "--port", &free.port().to_string()]);
        let nats = Process::start(command.current_dir(folder.path()), 0);
        Self { folder, key, nats: format!("nats://{free}"), _nats: nats }
    }

    fn config(&self, name: &str) -> PathBuf {
        let file = self.folder.path().join(format!("{name}.toml"));
        let text = format!(
            "key_file = \"server.key\"\n[bus]\nnats = \"{}\"\n[node]\nname = \"{name}\"\ndrain_seconds = 1\n[calls]\ngroups = false\n",
            self.nats
        );
        std::fs::write(&file, text).unwrap();
        file
    }

    fn command(&self, name: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_anlaufstelle"));
        command.arg("--data").arg(self.folder.path().join(name)).arg("--config").arg(self.config(name));
        command.args(arguments).env_remove("ANLAUFSTELLE_STORE");
        command
    }

    fn serve(&self, name: &str, roles: &str, lines: usize) -> Process {
        let free = "127.0.0.1:0";
        let listen = [
            "serve",
            "--listen",
            free,
            "--metrics-listen",
            free,
            "--node-listen",
            free,
            "--engine-listen",
            free,
            "--relay-listen",
            free,
            "--roles",
            roles,
        ];
        Process::start(&mut self.command(name, &listen), lines)
    }

    fn right(&self, room: &str, seat: &str, role: TalkRole) -> String {
        let now = SystemClock.now().as_second();
        let entry = Entry {
            room: RoomId(room.into()),
            seat: Seat(seat.into()),
            role,
            opens: now - 60,
            closes: now + 3_600,
            issued: now - 60,
            queue: None,
            once: None,
            phone: None,
        };
        entry.sign(&signing_key(&self.key))
    }
}

fn ask(at: &Process, right: &str) -> Reply {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let body = json!({"entry": right}).to_string();
    let asked = agent
        .post(format!("http://{}/api/v1/talk/tickets", at.address()))
        .header("content-type", "application/json")
        .send(body);
    Reply::of(asked.unwrap())
}

/// A ticket, as soon as somebody gives one.
async fn ticket(at: &Process, right: &str) -> String {
    for _ in 0..150 {
        let reply = ask(at, right);
        if reply.status == 201 {
            return reply.json()["ticket"].as_str().unwrap().to_owned();
        }
        assert_eq!(reply.status, 503, "{}", reply.body);
        assert!(!reply.header("retry-after").is_empty());
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("nobody gives a ticket");
}

struct Browser(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Browser {
    async fn come(at: &Process, ticket: &str) -> (Self, Value) {
        let path = format!("ws://{}/api/v1/talk/socket", at.address());
        let mut request = path.into_client_request().unwrap();
        request.headers_mut().insert("origin", format!("http://{}", at.address()).parse().unwrap());
        let (socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        let mut browser = Self(socket);
        let hello = json!({"say": "hello", "version": 1, "ticket": ticket});
        browser.0.send(Message::text(hello.to_string())).await.unwrap();
        let inside = browser.hear().await.unwrap();
        (browser, inside)
    }

    async fn hear(&mut self) -> Option<Value> {
        loop {
            match tokio::time::timeout(PATIENCE, self.0.next()).await.expect("nothing comes") {
                Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    /// The last word, if there is one before the socket ends.
    async fn over(&mut self) -> Option<String> {
        while let Some(heard) = self.hear().await {
            if heard["hear"] == "over" {
                return Some(heard["why"].as_str().unwrap().to_owned());
            }
        }
        None
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_is_killed_or_stopped_loses_nobody() {
    let town = Town::new();
    let (mut anna, bert) = (town.serve("anna", "chat", 3), town.serve("bert", "chat", 3));
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    // a room that is anna's
    let mut rooms = (0..200).map(|number| format!("room-{number}"));
    let room = loop {
        let room = rooms.next().expect("anna gets a room");
        let right = town.right(&room, "nobody", TalkRole::Guest);
        if ticket(&bert, &right).await.starts_with("anna.") {
            break room;
        }
    };
    let host = town.right(&room, "host", TalkRole::Host);
    let seeker = town.right(&room, "seeker", TalkRole::Seeker);
    let (mut led, inside) = Browser::come(&bert, &ticket(&bert, &host).await).await;
    assert_eq!(inside["hear"], "inside");
    let (mut direct, _) = Browser::come(&anna, &ticket(&anna, &seeker).await).await;
    let heard = led.hear().await.unwrap();
    assert_eq!((&heard["hear"], &heard["role"]), (&json!("person"), &json!("seeker")));

    anna.kill();
    assert_eq!(led.over().await.as_deref(), Some("restart"), "the node between tells it");
    assert_eq!(direct.over().await, None, "who was there directly sees that the connection breaks");
    let again = ticket(&bert, &host).await;
    assert!(again.starts_with("bert."), "{again}");
    let (mut led, inside) = Browser::come(&bert, &again).await;
    assert_eq!((&inside["hear"], &inside["resumed"]), (&json!("inside"), &json!(false)));
    let (mut direct, inside) = Browser::come(&bert, &ticket(&bert, &seeker).await).await;
    assert_eq!(inside["people"].as_array().unwrap().len(), 2, "both are in one fresh room");

    // a new one comes, and the one that has the room is told to stop
    let cora = town.serve("cora", "chat", 3);
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let told = town.command("bert", &["drain", "--node", "bert"]).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    assert_eq!(led.over().await.as_deref(), Some("restart"));
    assert_eq!(direct.over().await.as_deref(), Some("restart"));
    let again = ticket(&bert, &host).await;
    assert!(again.starts_with("cora."), "{again}");
    let (_led, inside) = Browser::come(&bert, &again).await;
    assert_eq!(inside["hear"], "inside");
    drop(cora);
    let nobody = town.command("bert", &["drain", "--node", "nobody"]).output().unwrap();
    assert!(!nobody.status.success());
    // it has left nothing behind
    for name in ["anna", "bert", "cora"] {
        assert!(!town.folder.path().join(name).exists(), "{name} wrote something");
    }
}

#[test]
fn pages_without_conversations_need_a_bus_and_find_nodes_by_it() {
    let town = Town::new();
    let chat = town.serve("anna", "chat", 3);
    let mut pages = town.serve("pages", "finder,booking,accounts", 2);
    let get = |path: &str| {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        Reply::of(agent.get(format!("http://{}{path}", pages.address())).call().unwrap()).status
    };
    assert_eq!(get("/healthz"), 200);
    assert_eq!(get("/gespraech"), 200, "the page needs no rooms");
    assert_eq!(get("/api/v1/talk/socket"), 404, "rooms are elsewhere");
    let ready = |process: &Process| {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        Reply::of(agent.get(format!("http://{}/readyz", process.address())).call().unwrap()).status == 200
    };
    for _ in 0..200 {
        if ready(&chat) {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(ready(&chat));
    pages.kill();
    for (roles, needs) in [("finder", "finder,booking,accounts"), ("finder,chat", "finder,booking,accounts")]
    {
        let refused = town.command("x", &["serve", "--roles", roles]).output().unwrap();
        assert!(!refused.status.success());
        assert!(String::from_utf8_lossy(&refused.stderr).contains(needs));
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_anlaufstelle"));
    command.arg("--data").arg(town.folder.path().join("y")).args(["serve", "--roles", "chat"]);
    assert!(!command.output().unwrap().status.success(), "no key and no bus");
}
