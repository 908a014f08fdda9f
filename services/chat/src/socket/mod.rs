//! One socket: from the first word to the last. What is said goes to the room, what the room has for it goes out.
//!
//! Nothing said here, no room and no person ever reaches a log.

mod pace;

use std::{sync::Arc, time::Duration};

use axum::extract::ws::{Message, WebSocket};
use tokio::time::{Instant, sleep_until, timeout};

use self::pace::Pace;
use crate::{
    Chat,
    nodes::{NodeId, carry},
    places::Place,
    protocol::{Ending, Resume, Say, Token, VERSION},
    room::Frame,
    rooms::{Door, Word, outbox::Outbox, over},
};

/// How long browsers are waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// The first word comes within this time.
    pub hello: Duration,
    /// How often a browser is asked whether it is there.
    pub beat: Duration,
    /// Nothing was heard for so long: the connection is dead, even if nobody has closed it.
    pub dead: Duration,
}

/// How long a browser gets to hear the last word.
const GOODBYE: Duration = Duration::from_secs(2);
/// The largest frame: a commit with its welcomes.
pub(crate) const LARGEST: usize = 128 * 1024;
/// What is read at once. The default of 128 kB would be the most expensive thing about a quiet socket; with 4 kB it would still
/// be two of its ten kilobytes. A part of a file is read in some more steps by that.
pub(crate) const READ: usize = 2_048;
/// What is not taken by the network is kept as this at most: one frame and its head.
pub(crate) const WRITE: usize = 2 * LARGEST;

impl Default for Patience {
    fn default() -> Self {
        Self { hello: Duration::from_secs(5), beat: Duration::from_secs(20), dead: Duration::from_secs(50) }
    }
}

/// Who comes.
struct Hello {
    ticket: Token,
    resume: Option<Resume>,
}

/// Why a socket ends without the room having said so.
enum Broken {
    /// The browser closes it; the library's answer to that is on its way.
    Closing,
    /// It is gone; nothing can be said on it.
    Gone,
    /// It is told why.
    Told(Ending),
}

/// Where a socket that came belongs.
enum Way {
    /// In a room of this node.
    Here(Door),
    /// At another node, which is to hear the first word, too.
    Elsewhere(NodeId, Frame),
}

/// Lets a socket speak until it ends, here or at the node its ticket names.
pub(crate) fn serve(socket: WebSocket, chat: Chat, place: Place) {
    tokio::spawn(attend(socket, chat, place, true));
}

/// Lets a socket speak that another node has brought here: it is not led any further.
pub(crate) fn serve_brought(socket: WebSocket, chat: Chat, place: Place) {
    tokio::spawn(attend(socket, chat, place, false));
}

/// The whole life of a socket. What happens once is boxed, and this is no `async fn`, which would keep space for its arguments
/// twice: a quiet socket should cost little.
#[expect(clippy::manual_async_fn, reason = "an `async fn` of this is a kilobyte larger")]
fn attend(
    mut socket: WebSocket,
    chat: Chat,
    place: Place,
    may_lead: bool,
) -> impl Future<Output = ()> + Send {
    async move {
        let outbox = Arc::new(Outbox::default());
        let ended = match Box::pin(come(&mut socket, &chat, &outbox, may_lead)).await {
            Ok(Way::Elsewhere(node, text)) => {
                Box::pin(carry(socket, &text, &chat, &node, place.network())).await;
                return drop(place);
            }
            Ok(Way::Here(door)) => {
                let ended = talk(&mut socket, &door, &outbox, chat.patience()).await;
                // the room may be gone already
                let _left = door.words.send(Word::Lost(door.socket)).await;
                ended
            }
            Err(broken) => Err(broken),
        };
        Box::pin(part(&mut socket, ended)).await;
        drop(place);
    }
}

/// From the first word to where it leads.
async fn come(
    socket: &mut WebSocket,
    chat: &Chat,
    outbox: &Arc<Outbox>,
    may_lead: bool,
) -> Result<Way, Broken> {
    let (hello, text) = hello(socket, chat).await?;
    match chat.leads_to(&hello.ticket).filter(|_| may_lead) {
        Some(node) => Ok(Way::Elsewhere(node, text)),
        None => enter(chat, hello, outbox).await.map(Way::Here),
    }
}

/// Says the last word, where there is one and somebody to hear it.
async fn part(socket: &mut WebSocket, ended: Result<(), Broken>) {
    let last = match ended {
        Ok(()) => Frame::default(),
        Err(Broken::Told(why)) => over(why),
        Err(Broken::Closing) => {
            let _answered = timeout(GOODBYE, async { while let Some(Ok(_)) = socket.recv().await {} }).await;
            return;
        }
        Err(Broken::Gone) => return,
    };
    // whoever does not listen any more has lost nothing that resuming would not bring
    let _heard = timeout(GOODBYE, goodbye(socket, last)).await;
}

/// The first word, also as it was said.
async fn hello(socket: &mut WebSocket, chat: &Chat) -> Result<(Hello, Frame), Broken> {
    let text =
        timeout(chat.patience().hello, first(socket)).await.map_err(|_| Broken::Told(Ending::Protocol))??;
    let Say::Hello { version, ticket, resume } = parse(&text)? else {
        return Err(Broken::Told(Ending::Protocol));
    };
    if version != VERSION {
        return Err(Broken::Told(Ending::Version));
    }
    Ok((Hello { ticket, resume }, text))
}

/// The way into the room.
async fn enter(chat: &Chat, hello: Hello, outbox: &Arc<Outbox>) -> Result<Door, Broken> {
    let Hello { ticket, resume } = hello;
    let comer = chat.redeem(&ticket).ok_or(Broken::Told(Ending::Ticket))?;
    if chat.node().is_some_and(|node| !node.holds(&comer.entry)) {
        // it has moved since the ticket was given out
        return Err(Broken::Told(Ending::Restart));
    }
    chat.rooms().come(comer, resume, outbox.clone()).await.map_err(Broken::Told)
}

async fn first(socket: &mut WebSocket) -> Result<Frame, Broken> {
    loop {
        if let Some(text) = understand(socket.recv().await)? {
            return Ok(text);
        }
    }
}

/// Both directions, until one of them ends. `Ok` when the room has said the last word.
async fn talk(
    socket: &mut WebSocket,
    door: &Door,
    outbox: &Outbox,
    patience: Patience,
) -> Result<(), Broken> {
    let mut heard = Instant::now();
    let mut pace = Pace::new(heard);
    let mut beat = heard + patience.beat;
    let mut paused: Option<Instant> = None;
    let mut alarm = Box::pin(sleep_until(beat));
    loop {
        tokio::select! {
            batch = outbox.next() => {
                for frame in batch.frames {
                    write(socket, outbox, Message::Text(frame), patience).await?;
                }
                if batch.is_last {
                    return Ok(());
                }
            }
            came = socket.recv(), if paused.is_none() => {
                heard = Instant::now();
                let size = match &came {
                    Some(Ok(message)) => size(message),
                    _ => 0,
                };
                let Some(wait) = pace.take(size, heard) else {
                    metrics::counter!("talk_too_fast_total").increment(1);
                    return Err(Broken::Told(Ending::TooFast));
                };
                if !wait.is_zero() {
                    paused = Some(heard + wait);
                    alarm.as_mut().reset(beat.min(heard + wait));
                }
                if let Some(text) = understand(came)? {
                    let word = Word::Say(door.socket, Box::new(parse(&text)?));
                    // the text shares its memory with what is read next
                    drop(text);
                    door.words.send(word).await.map_err(|_| Broken::Told(Ending::Restart))?;
                }
            }
            () = &mut alarm => {
                let now = Instant::now();
                paused = paused.filter(|until| *until > now);
                if now >= heard + patience.dead {
                    return Err(Broken::Gone);
                }
                if now >= beat {
                    beat = now + patience.beat;
                    write(socket, outbox, Message::Ping(axum::body::Bytes::new()), patience).await?;
                }
                let next = beat.min(heard + patience.dead);
                alarm.as_mut().reset(paused.map_or(next, |until| next.min(until)));
            }
        }
    }
}

/// Writes one frame. A browser that does not read is left alone when its queue is full, or after a while.
async fn write(
    socket: &mut WebSocket,
    outbox: &Outbox,
    message: Message,
    patience: Patience,
) -> Result<(), Broken> {
    tokio::select! {
        biased;
        sent = timeout(patience.dead, socket.send(message)) => {
            let sent = sent.map_err(|_| Broken::Gone)?;
            sent.map_err(|_| Broken::Gone)
        }
        () = outbox.cut() => Err(Broken::Gone),
    }
}

/// The last word, if it was not said yet, and a little patience: a connection that is closed with something unread would take
/// back what was sent.
async fn goodbye(socket: &mut WebSocket, last: Frame) {
    if !last.is_empty() && socket.send(Message::Text(last)).await.is_err() {
        return;
    }
    if socket.send(Message::Close(None)).await.is_ok() {
        while let Some(Ok(_)) = socket.recv().await {}
    }
}

/// The text somebody has said, if it is one. Texts are all that is spoken here.
fn understand(came: Option<Result<Message, axum::Error>>) -> Result<Option<Frame>, Broken> {
    match came {
        Some(Ok(Message::Text(text))) => Ok(Some(text)),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
        Some(Ok(Message::Binary(_))) => Err(Broken::Told(Ending::Protocol)),
        // broken frames, or ones that are too large: perhaps the last word still arrives
        Some(Err(_)) => Err(Broken::Told(Ending::Protocol)),
        Some(Ok(Message::Close(_))) => Err(Broken::Closing),
        None => Err(Broken::Gone),
    }
}

fn parse(text: &str) -> Result<Say, Broken> {
    serde_json::from_str(text).map_err(|_| Broken::Told(Ending::Protocol))
}

fn size(message: &Message) -> usize {
    match message {
        Message::Text(text) => text.len(),
        Message::Binary(bytes) | Message::Ping(bytes) | Message::Pong(bytes) => bytes.len(),
        Message::Close(_) => 0,
    }
}
