//! The way of a socket whose room is on another node: what is said is carried there, what is heard is carried back, one frame at a
//! time, so that who reads slowly slows down who writes. Nothing is looked at and nothing is kept.

use std::time::Duration;

use axum::extract::ws::{self, WebSocket};
use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{
        Message,
        client::IntoClientRequest,
        protocol::{CloseFrame, WebSocketConfig},
    },
};
use webkit::networks::Network;

use super::{door::PATH, names::NodeId};
use crate::{
    Chat,
    protocol::Ending,
    room::Frame,
    rooms::over,
    socket::{LARGEST, READ, WRITE},
};

/// The header with the pass.
pub(super) const PASS: &str = "anlaufstelle-pass";
/// Another node takes a socket within this time, or does not.
const CONNECT: Duration = Duration::from_secs(3);
/// How long both sides get to hear the last word.
const GOODBYE: Duration = Duration::from_secs(2);
/// What one frame of ours can be at most: everybody in a room with letters.
const LARGEST_HEARD: usize = 4 * 1024 * 1024;

type Owner = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Why it ended.
enum Ended {
    /// A side has said so; the other one was told.
    Properly,
    /// The browser is gone.
    Browser,
    /// The node is gone, or this one goes.
    Node,
}

/// Carries a socket to the node its ticket names, until one side ends it.
pub(crate) async fn carry(
    mut browser: WebSocket,
    hello: &Frame,
    chat: &Chat,
    to: &NodeId,
    network: Option<Network>,
) {
    let Some(mut owner) = connect(chat, to, network).await else {
        metrics::counter!("talk_bridges_failed_total").increment(1);
        let _told = timeout(GOODBYE, say_over(&mut browser)).await;
        return;
    };
    metrics::gauge!("talk_bridges").increment(1);
    let _counted = Counted;
    let handed = owner.send(Message::text(hello.as_str())).await.is_ok();
    let dead = chat.patience().dead;
    let (mut to_browser, mut from_browser) = browser.split();
    let (mut to_owner, mut from_owner) = owner.split();
    let ended = if handed {
        tokio::select! {
            ended = up(&mut from_browser, &mut to_owner, dead) => ended,
            ended = down(&mut from_owner, &mut to_browser, dead) => ended,
            () = chat.closing() => Ended::Node,
        }
    } else {
        Ended::Node
    };
    let goodbye = async {
        match ended {
            Ended::Properly => {
                // what was said last still has to arrive
                let browser_is_done = async { while let Some(Ok(_)) = from_browser.next().await {} };
                let owner_is_done = async { while let Some(Ok(_)) = from_owner.next().await {} };
                tokio::join!(browser_is_done, owner_is_done);
            }
            Ended::Browser => {
                let _gone = to_owner.send(Message::Close(None)).await;
            }
            Ended::Node => {
                let _told = to_browser.send(ws::Message::Text(over(Ending::Restart))).await;
                if to_browser.send(ws::Message::Close(None)).await.is_ok() {
                    while let Some(Ok(_)) = from_browser.next().await {}
                }
            }
        }
    };
    let _heard = timeout(GOODBYE, goodbye).await;
}

async fn connect(chat: &Chat, to: &NodeId, network: Option<Network>) -> Option<Owner> {
    let node = chat.node()?;
    let address = node.ownership().peers().get(to).map(|peer| peer.address.clone())?;
    let mut request = format!("ws://{address}{PATH}").into_client_request().ok()?;
    let pass = node.seal.pass(to, network, node.clock.now());
    request.headers_mut().insert(PASS, pass.parse().ok()?);
    let config = WebSocketConfig::default()
        .read_buffer_size(READ)
        .write_buffer_size(0)
        .max_write_buffer_size(WRITE)
        .max_message_size(Some(LARGEST_HEARD))
        .max_frame_size(Some(LARGEST_HEARD));
    let connecting = connect_async_with_config(request, Some(config), true);
    let (socket, _) = timeout(CONNECT, connecting).await.ok()?.ok()?;
    Some(socket)
}

/// What the browser says. The owner asks it regularly whether it is there, so a silent one is gone.
async fn up(from: &mut SplitStream<WebSocket>, to: &mut SplitSink<Owner, Message>, dead: Duration) -> Ended {
    loop {
        let message = match timeout(dead, from.next()).await {
            Ok(Some(Ok(ws::Message::Text(text)))) if text.len() <= LARGEST => Message::text(text.as_str()),
            Ok(Some(Ok(ws::Message::Binary(bytes)))) => Message::Binary(bytes),
            // the owner's question was answered by this node
            Ok(Some(Ok(ws::Message::Ping(_) | ws::Message::Pong(_)))) => continue,
            Ok(Some(Ok(ws::Message::Close(frame)))) => {
                let frame = frame.map(|frame| CloseFrame {
                    code: frame.code.into(),
                    reason: frame.reason.as_str().into(),
                });
                let _gone = to.send(Message::Close(frame)).await;
                return Ended::Properly;
            }
            Ok(Some(Ok(ws::Message::Text(_)) | Err(_)) | None) | Err(_) => return Ended::Browser,
        };
        // a sender that has to wait is not read
        if to.send(message).await.is_err() {
            return Ended::Node;
        }
    }
}

/// What the owner says.
async fn down(
    from: &mut SplitStream<Owner>,
    to: &mut SplitSink<WebSocket, ws::Message>,
    dead: Duration,
) -> Ended {
    loop {
        let message = match timeout(dead, from.next()).await {
            Ok(Some(Ok(Message::Text(text)))) => ws::Message::Text(text.as_str().into()),
            Ok(Some(Ok(Message::Binary(bytes)))) => ws::Message::Binary(bytes),
            Ok(Some(Ok(Message::Ping(bytes)))) => ws::Message::Ping(bytes),
            Ok(Some(Ok(Message::Pong(_) | Message::Frame(_)))) => continue,
            Ok(Some(Ok(Message::Close(frame)))) => {
                let frame = frame.map(|frame| ws::CloseFrame {
                    code: frame.code.into(),
                    reason: frame.reason.as_str().into(),
                });
                let _gone = to.send(ws::Message::Close(frame)).await;
                return Ended::Properly;
            }
            Ok(Some(Err(_)) | None) | Err(_) => return Ended::Node,
        };
        match timeout(dead, to.send(message)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) | Err(_) => return Ended::Browser,
        }
    }
}

async fn say_over(browser: &mut WebSocket) {
    let told = browser.send(ws::Message::Text(over(Ending::Restart))).await;
    if told.is_ok() && browser.send(ws::Message::Close(None)).await.is_ok() {
        while let Some(Ok(_)) = browser.recv().await {}
    }
}

struct Counted;

impl Drop for Counted {
    fn drop(&mut self) {
        metrics::gauge!("talk_bridges").decrement(1);
    }
}
