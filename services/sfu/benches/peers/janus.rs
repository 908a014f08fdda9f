//! Janus, for the same clients: an engine to them, and a room of its plugin behind it.
//!
//! It runs with the settings it comes with, from a folder of its own; the room stands in its configuration. What is said goes over
//! 127.0.0.1, media over the machine's own address, which loopback carries too: Janus takes no part of a call on 127.0.0.1.

use std::{
    collections::HashSet,
    io::ErrorKind,
    net::{IpAddr, TcpListener, UdpSocket},
    process::{Child, Command, Stdio},
    time::Duration,
};

use contracts::{
    media::{CallFull, CallHear, CallSay, Direction, Leg, Listener, MediaEngine, Member},
    talk::RoomId,
};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    net::TcpStream,
    sync::mpsc,
    time::{interval, sleep},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

/// Janus forgets a session after a minute of silence.
const KEEP_ALIVE: Duration = Duration::from_secs(25);

/// Only what is measured is loaded.
const CORE: &str = r#"
plugins: { disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,"
    "libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_streaming.so,libjanus_textroom.so,"
    "libjanus_videocall.so,libjanus_voicemail.so" }
transports: { disable = "libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,"
    "libjanus_rabbitmq.so" }
"#;
const ROOM: &str =
    r#"room-1: { publishers = 100, bitrate = 100000000, audiocodec = "opus", videocodec = "vp8" }"#;

/// Its process, which ends with this value.
pub(crate) struct Janus {
    child: Child,
    port: u16,
    _folder: TempDir,
}

/// The version of the Janus that is installed. Old ones say it before they refuse to know this argument.
pub(crate) fn version() -> Option<String> {
    let said = match Command::new("janus").arg("--version").output() {
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        said => String::from_utf8(said.unwrap().stdout).unwrap(),
    };
    let line = said.lines().find(|line| line.starts_with("Janus version:")).unwrap();
    Some(line.rsplit(['(', ')']).nth(1).unwrap().to_owned())
}

/// The machine's own address, from which the clients come.
pub(crate) fn address() -> IpAddr {
    let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
    // sends nothing; it is an address for documentation
    socket.connect("198.51.100.1:9").unwrap();
    socket.local_addr().unwrap().ip()
}

impl Janus {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let sockets = format!(r#"general: {{ ws = true, ws_ip = "127.0.0.1", ws_port = {port} }}"#);
        for (name, text) in
            [("janus", CORE), ("janus.plugin.videoroom", ROOM), ("janus.transport.websockets", &sockets)]
        {
            std::fs::write(folder.path().join(format!("{name}.jcfg")), text).unwrap();
        }
        let child = Command::new("janus")
            .arg("--configs-folder")
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let started = Self { child, port, _folder: folder };
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return started;
            }
            sleep(Duration::from_millis(50)).await;
        }
        panic!("Janus does not start");
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Janus {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl MediaEngine for Janus {
    fn join(&self, _: &RoomId, member: Member, listener: Listener) -> Result<Box<dyn Leg>, CallFull> {
        let (say, says) = mpsc::unbounded_channel();
        tokio::spawn(take_part(self.port, member, listener, says));
        Ok(Box::new(Seat(say)))
    }
}

struct Seat(mpsc::UnboundedSender<CallSay>);

impl Leg for Seat {
    fn say(&self, say: CallSay) -> bool {
        self.0.send(say).is_ok()
    }
}

/// A person's socket: one handle sends, the other receives, as her two connections do.
struct Session {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    id: Value,
    up: Value,
    down: Value,
}

impl Session {
    async fn open(port: u16) -> Self {
        let mut request = format!("ws://127.0.0.1:{port}").into_client_request().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", "janus-protocol".parse().unwrap());
        let (socket, _) = connect_async(request).await.unwrap();
        let mut session = Self { socket, id: Value::Null, up: Value::Null, down: Value::Null };
        session.id = session.make(json!({"janus": "create"})).await;
        let attach = json!({"janus": "attach", "plugin": "janus.plugin.videoroom"});
        session.up = session.make(attach.clone()).await;
        session.down = session.make(attach).await;
        session
    }

    /// Asks for something new, and returns its id.
    async fn make(&mut self, ask: Value) -> Value {
        self.write(ask).await;
        loop {
            let mut told = self.read().await.unwrap();
            if told["janus"] == "success" {
                return told["data"]["id"].take();
            }
        }
    }

    async fn write(&mut self, mut say: Value) {
        say["transaction"] = "bench".into();
        if !self.id.is_null() {
            say["session_id"] = self.id.clone();
        }
        self.socket.send(Message::text(say.to_string())).await.unwrap();
    }

    /// Says something to the room, with a description or without.
    async fn say(&mut self, on: Direction, body: &Value, jsep: Value) {
        let handle = match on {
            Direction::Up => &self.up,
            Direction::Down => &self.down,
        };
        let mut say = json!({"janus": "message", "handle_id": handle, "body": body});
        if !jsep.is_null() {
            say["jsep"] = jsep;
        }
        self.write(say).await;
    }

    /// What Janus says next; nothing once it is gone.
    async fn read(&mut self) -> Option<Value> {
        loop {
            if let Message::Text(text) = self.socket.next().await?.ok()? {
                let told: Value = serde_json::from_str(&text).unwrap();
                let failed = told["janus"] == "error" || !told["plugindata"]["data"]["error"].is_null();
                assert!(!failed, "Janus refuses: {told}");
                return Some(told);
            }
        }
    }
}

async fn take_part(
    port: u16,
    member: Member,
    listener: Listener,
    mut says: mpsc::UnboundedReceiver<CallSay>,
) {
    let mut session = Session::open(port).await;
    let join = json!({"request": "join", "ptype": "publisher", "room": 1, "id": member});
    session.say(Direction::Up, &join, Value::Null).await;
    let mut wanted = Wanted::default();
    let mut revision = 0;
    let mut alive = interval(KEEP_ALIVE);
    loop {
        tokio::select! {
            _ = alive.tick() => session.write(json!({"janus": "keepalive"})).await,
            said = says.recv() => match said {
                Some(CallSay::Offer { sdp, .. }) => {
                    let offer = json!({"type": "offer", "sdp": sdp});
                    session.say(Direction::Up, &json!({"request": "configure"}), offer).await;
                }
                Some(CallSay::Answer { sdp, .. }) => {
                    let answer = json!({"type": "answer", "sdp": sdp});
                    session.say(Direction::Down, &json!({"request": "start"}), answer).await;
                }
                Some(_) => {}
                None => return,
            },
            told = session.read() => {
                let Some(told) = told else { return };
                let data = &told["plugindata"]["data"];
                wanted.hear(data);
                let sdp = told["jsep"]["sdp"].as_str();
                match (sdp, told["jsep"]["type"] == "offer") {
                    (Some(sdp), true) => {
                        revision += 1;
                        let sdp = named(sdp, &data["streams"]);
                        listener(CallHear::Offer { revision, sdp, forwards: Vec::new() });
                    }
                    (Some(sdp), false) => listener(CallHear::Answer { sdp: sdp.to_owned() }),
                    (None, _) => {}
                }
                if let Some(body) = wanted.next() {
                    session.say(Direction::Down, &body, Value::Null).await;
                }
            }
        }
    }
}

/// What others send, and how far the asking for it is.
#[derive(Default)]
struct Wanted {
    known: HashSet<String>,
    /// Not asked for yet.
    new: Vec<Value>,
    joined: bool,
    /// One asking at a time: the next one after the answer to an offer was taken.
    busy: bool,
}

impl Wanted {
    fn hear(&mut self, data: &Value) {
        self.busy &= data["started"] != "ok";
        for publisher in data["publishers"].as_array().into_iter().flatten() {
            for stream in publisher["streams"].as_array().into_iter().flatten() {
                let wanted = json!({"feed": publisher["id"], "mid": stream["mid"]});
                if self.known.insert(wanted.to_string()) {
                    self.new.push(wanted);
                }
            }
        }
    }

    /// Asks for all that is new.
    fn next(&mut self) -> Option<Value> {
        if self.busy || self.new.is_empty() {
            return None;
        }
        self.busy = true;
        let new = std::mem::take(&mut self.new);
        Some(if std::mem::replace(&mut self.joined, true) {
            json!({"request": "update", "subscribe": new})
        } else {
            json!({"request": "join", "ptype": "subscriber", "room": 1, "streams": new})
        })
    }
}

/// The same offer, in which each line names whose it is as the clients read it.
fn named(sdp: &str, streams: &Value) -> String {
    let mut lines = String::new();
    let mut line = 0;
    for text in sdp.lines() {
        line += usize::from(text.starts_with("m="));
        if text.starts_with("a=msid:") {
            let from = &streams[line - 1]["feed_id"];
            lines.push_str(&format!("a=msid:from-{from} from-{from}-{line}\r\n"));
        } else if !(text.starts_with("a=ssrc:") && text.contains(" msid:")) {
            lines.push_str(text);
            lines.push_str("\r\n");
        }
    }
    lines
}
