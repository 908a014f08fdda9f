//! A server with conversations, and browsers that speak to it over real sockets.

use std::{net::SocketAddr, num::NonZeroU32, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    middleware,
};
use chat::{Calling, Chat, Limits, Parts, room};
use contracts::talk::{Entry, RoomId, Seat, TalkRole, signing_key};
use futures_util::{SinkExt, StreamExt};
use http_body_util::BodyExt;
use jiff::SignedDuration;
use kernel::{Clock, ServerKey, SystemClock};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{self, Message, client::IntoClientRequest},
};
use tower::ServiceExt;
use webkit::{
    limits::{Policy, enforce},
    networks::Per,
};

/// Somebody who waits longer than this waits for something that does not come.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct House {
    pub(crate) chat: Chat,
    pub(crate) router: Router,
    address: SocketAddr,
}

/// A browser with an open socket.
pub(crate) struct Browser {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Who it is, after the first word.
    pub(crate) inside: Value,
    /// The highest number that has arrived.
    pub(crate) seen: u64,
}

pub(crate) fn key() -> ServerKey {
    ServerKey::new([7; 32])
}

/// A right that holds now.
pub(crate) fn entry(room: &str, seat: &str, role: TalkRole) -> Entry {
    entry_at(room, seat, role, -60, 3_600)
}

/// A right from and until so many seconds from now.
pub(crate) fn entry_at(room: &str, seat: &str, role: TalkRole, opens: i64, closes: i64) -> Entry {
    let now = SystemClock.now();
    let at = |seconds| (now + SignedDuration::from_secs(seconds)).as_second();
    Entry {
        room: RoomId(room.into()),
        seat: Seat(seat.into()),
        role,
        opens: at(opens),
        closes: at(closes),
        issued: at(opens),
        queue: None,
        once: None,
        phone: None,
    }
}

pub(crate) fn signed(entry: &Entry) -> String {
    entry.sign(&signing_key(&key()))
}

impl House {
    pub(crate) async fn open() -> Self {
        Self::with(Limits { sockets: Per { near: 3, wide: 3 }, ..Limits::default() }).await
    }

    pub(crate) async fn with_room(room: room::Limits) -> Self {
        Self::with(Limits { room, ..Limits::default() }).await
    }

    pub(crate) async fn with(limits: Limits) -> Self {
        Self::calling(limits, Calling::default()).await
    }

    pub(crate) async fn calling(limits: Limits, calling: Calling) -> Self {
        let chat = Chat::new(Parts {
            key: key(),
            clock: Arc::new(SystemClock),
            base_url: "https://hilfe.example".into(),
            limits,
            calling,
        });
        let policy = Policy { per_second: NonZeroU32::new(1_000).unwrap(), trusted_proxies: Vec::new() };
        let networks = webkit::limits::Limits::new(policy, Arc::new(SystemClock));
        let router = chat::api::routes(chat.clone()).layer(middleware::from_fn_with_state(networks, enforce));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(webkit::serve::serve(listener, router.clone(), std::future::pending()));
        Self { chat, router, address }
    }

    pub(crate) fn address(&self) -> std::net::SocketAddr {
        self.address
    }

    /// What its own pages say they are from.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Asks for a ticket.
    pub(crate) async fn ask(&self, body: impl Into<Body>) -> (StatusCode, Value) {
        let request = Request::post("/api/v1/talk/tickets").header(header::CONTENT_TYPE, "application/json");
        let answer = self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let status = answer.status();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    pub(crate) async fn ticket(&self, entry: &Entry) -> String {
        let (status, answer) = self.ask(json!({"entry": signed(entry)}).to_string()).await;
        assert_eq!(status, StatusCode::CREATED, "{answer}");
        answer["ticket"].as_str().unwrap().to_owned()
    }

    /// Opens a socket from a page of this origin and an address of the internet.
    pub(crate) async fn socket(
        &self,
        origin: &str,
        from: Option<&str>,
    ) -> Result<Browser, tungstenite::Error> {
        let mut request = format!("ws://{}/api/v1/talk/socket", self.address).into_client_request()?;
        request.headers_mut().insert("origin", origin.parse().unwrap());
        if let Some(from) = from {
            request.headers_mut().insert("x-forwarded-for", from.parse().unwrap());
        }
        let (socket, _) = tokio_tungstenite::connect_async(request).await?;
        Ok(Browser { socket, inside: Value::Null, seen: 0 })
    }

    pub(crate) async fn open_socket(&self) -> Browser {
        self.socket(&format!("http://{}", self.address), None).await.unwrap()
    }

    /// Comes into a room.
    pub(crate) async fn come(&self, room: &str, seat: &str, role: TalkRole) -> Browser {
        self.come_with(&entry(room, seat, role), Value::Null).await
    }

    pub(crate) async fn come_with(&self, entry: &Entry, resume: Value) -> Browser {
        let ticket = self.ticket(entry).await;
        self.come_by(&ticket, resume).await
    }

    /// Comes by a ticket, perhaps one that another node gave.
    pub(crate) async fn come_by(&self, ticket: &str, resume: Value) -> Browser {
        let mut browser = self.open_socket().await;
        browser.say(json!({"say": "hello", "version": 1, "ticket": ticket, "resume": resume})).await;
        browser.inside = browser.next().await;
        browser
    }

    /// A host and a seeker who talk to each other.
    pub(crate) async fn conversation(&self, room: &str) -> (Browser, Browser) {
        let mut host = self.come(room, "host", TalkRole::Host).await;
        let mut seeker = self.come(room, "seeker", TalkRole::Seeker).await;
        let commit = json!({"say": "commit", "n": 1, "after": {"generation": 1, "epoch": 0}, "body": "",
            "admit": [{"member": seeker.member(), "welcome": "d2VsY29tZQ=="}], "remove": []});
        seeker.say(json!({"say": "knock", "letter": "bGV0dGVy"})).await;
        host.until(|heard| heard["letter"] == "bGV0dGVy").await;
        host.say(commit).await;
        host.until(|heard| heard["hear"] == "taken").await;
        seeker.until(|heard| heard["welcome"] == true).await;
        (host, seeker)
    }
}

impl Browser {
    pub(crate) fn member(&self) -> u64 {
        self.inside["member"].as_u64().unwrap_or_else(|| panic!("not in: {}", self.inside))
    }

    /// What it keeps to go on.
    pub(crate) fn resume(&self) -> Value {
        json!({"member": self.member(), "secret": self.inside["secret"], "seen": self.seen})
    }

    pub(crate) async fn say(&mut self, say: Value) {
        self.send(Message::text(say.to_string())).await;
    }

    pub(crate) async fn send(&mut self, message: Message) {
        // a server that has ended the socket says so in what is heard
        let _ended = self.socket.send(message).await;
    }

    pub(crate) async fn write(&mut self, n: u32, body: &str) {
        self.say(json!({"say": "send", "n": n, "kind": "message", "body": body})).await;
    }

    /// The next thing that is heard.
    #[track_caller]
    pub(crate) fn next(&mut self) -> impl Future<Output = Value> {
        let caller = std::panic::Location::caller();
        async move { self.hear().await.unwrap_or_else(|| panic!("the socket ended, asked at {caller}")) }
    }

    /// What comes next, or nothing when the socket has ended.
    pub(crate) async fn hear(&mut self) -> Option<Value> {
        loop {
            let heard = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("nothing comes");
            match heard {
                Some(Ok(Message::Text(text))) => {
                    let heard: Value = serde_json::from_str(&text).unwrap();
                    if let Some(seq) = heard["seq"].as_u64() {
                        assert!(seq > self.seen, "{heard} after {}", self.seen);
                        self.seen = seq;
                    }
                    return Some(heard);
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    /// Listens until something is heard; what comes before is passed over.
    #[track_caller]
    pub(crate) fn until(&mut self, is_it: impl Fn(&Value) -> bool) -> impl Future<Output = Value> {
        let caller = std::panic::Location::caller();
        async move {
            loop {
                let heard =
                    self.hear().await.unwrap_or_else(|| panic!("the socket ended, asked at {caller}"));
                if is_it(&heard) {
                    return heard;
                }
            }
        }
    }

    /// The bodies of the next messages.
    pub(crate) async fn messages(&mut self, most: usize) -> Vec<String> {
        let mut bodies = Vec::new();
        while bodies.len() < most {
            let heard = self.until(|heard| heard["hear"] == "message").await;
            bodies.push(heard["body"].as_str().unwrap().to_owned());
        }
        bodies
    }

    /// Why the socket ends; afterwards it has ended.
    pub(crate) async fn over(&mut self) -> String {
        let heard = self.until(|heard| heard["hear"] == "over").await;
        assert_eq!(self.hear().await, None, "over is the last word");
        heard["why"].as_str().unwrap().to_owned()
    }

    /// The network breaks without a word.
    pub(crate) fn break_off(self) -> Value {
        self.resume()
    }
}
