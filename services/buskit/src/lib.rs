//! Short messages between the processes of an installation, over core NATS. Nothing of them is stored: who is away misses them,
//! and whoever needs an answer asks and waits for it.
//!
//! It owns the connection and what happens when it breaks, and knows nothing of what is said. With one process there is no bus.

use std::time::Duration;

use async_nats::{Client, ConnectOptions, Event, StatusCode, Subject, connection::State};
use bytes::Bytes;
use futures_util::StreamExt;

/// A connection that says nothing is asked so often whether it is there; two questions without an answer end it.
const PING: Duration = Duration::from_secs(5);
/// A server that does not take a connection within this time is not there.
const CONNECT: Duration = Duration::from_secs(3);
/// It is tried again after this time at most.
const AGAIN: Duration = Duration::from_secs(2);
/// What cannot be handed over in this time is not sent: a message that comes late answers a question nobody asks any more.
const HAND_OVER: Duration = Duration::from_millis(500);

/// Where the bus is. It has no `Debug`: it holds what opens it.
pub struct Settings {
    /// `nats://host:port` or `tls://host:port`; several with commas between them.
    pub servers: String,
    /// Name and password, if it asks for them.
    pub credentials: Option<(String, String)>,
}

/// The connection to the bus. It comes back by itself.
#[derive(Clone)]
pub struct Bus(Client);

/// What is said under one subject.
pub struct Messages(async_nats::Subscriber);

/// The answers to one question.
pub struct Answers(async_nats::Subscriber);

/// Something that was said.
pub struct Message {
    /// The bytes.
    pub payload: Bytes,
    reply: Option<Subject>,
}

/// The settings name no server that could be asked.
#[derive(Debug, thiserror::Error)]
#[error("the address of the bus cannot be used")]
pub struct BadAddress(#[source] Box<dyn std::error::Error + Send + Sync>);

/// The bus cannot be reached at the moment. It is tried again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the bus cannot be reached at the moment")]
pub struct BusAway;

impl Bus {
    /// Begins to connect. It does not wait for the server: whoever starts first waits for nobody.
    ///
    /// # Errors
    /// [`BadAddress`] when the address makes no sense.
    pub async fn connect(settings: Settings) -> Result<Self, BadAddress> {
        let mut options = ConnectOptions::new()
            .retry_on_initial_connect()
            .connection_timeout(CONNECT)
            .ping_interval(PING)
            .reconnect_delay_callback(delay)
            .event_callback(|event| async move { note(&event) });
        if let Some((user, password)) = settings.credentials {
            options = options.user_and_password(user, password);
        }
        let servers: Vec<_> = settings.servers.split(',').map(|server| server.trim().to_owned()).collect();
        let servers: Result<Vec<async_nats::ServerAddr>, _> =
            servers.iter().map(|server| server.parse()).collect();
        let servers = servers.map_err(|error| BadAddress(Box::new(error)))?;
        let client = options.connect(servers).await.map_err(|error| BadAddress(Box::new(error)))?;
        Ok(Self(client))
    }

    /// Whether the server is there, as far as is known: a broken way shows after some seconds only.
    pub fn is_connected(&self) -> bool {
        self.0.connection_state() == State::Connected
    }

    /// Says something to whoever listens.
    ///
    /// # Errors
    /// [`BusAway`]; then nobody has heard it.
    pub async fn tell(&self, subject: &str, payload: Bytes) -> Result<(), BusAway> {
        self.hand_over(self.0.publish(subject.to_owned(), payload)).await
    }

    /// Asks whoever listens.
    ///
    /// # Errors
    /// [`BusAway`]; then nobody was asked.
    pub async fn ask(&self, subject: &str, payload: Bytes) -> Result<Answers, BusAway> {
        let inbox = self.0.new_inbox();
        let answers = self.hand_over(self.0.subscribe(inbox.clone())).await?;
        self.hand_over(self.0.publish_with_reply(subject.to_owned(), inbox, payload)).await?;
        Ok(Answers(answers))
    }

    /// Answers a question; what was no question is not answered.
    ///
    /// # Errors
    /// [`BusAway`].
    pub async fn answer(&self, question: &Message, payload: Bytes) -> Result<(), BusAway> {
        match &question.reply {
            Some(reply) => self.hand_over(self.0.publish(reply.clone(), payload)).await,
            None => Ok(()),
        }
    }

    /// Listens. It holds over breaks of the connection; what is said meanwhile is missed.
    ///
    /// # Errors
    /// [`BusAway`] when the connection was given up for good.
    pub async fn listen(&self, subject: &str) -> Result<Messages, BusAway> {
        // the client keeps it and says it to each server it comes to
        let messages = self.0.subscribe(subject.to_owned()).await.map_err(|_| BusAway)?;
        Ok(Messages(messages))
    }

    /// Waits until everything said so far has left this process.
    ///
    /// # Errors
    /// [`BusAway`].
    pub async fn flush(&self) -> Result<(), BusAway> {
        self.hand_over(self.0.flush()).await
    }

    /// While the server is away the client would keep what is said and send it late.
    async fn hand_over<T, E>(&self, doing: impl Future<Output = Result<T, E>>) -> Result<T, BusAway> {
        if !self.is_connected() {
            return Err(BusAway);
        }
        let done = tokio::time::timeout(HAND_OVER, doing).await;
        done.map_err(|_| BusAway)?.map_err(|_| BusAway)
    }
}

impl Messages {
    /// The next message; nothing when the connection was given up for good.
    pub async fn next(&mut self) -> Option<Message> {
        let message = self.0.next().await?;
        Some(Message { payload: message.payload, reply: message.reply })
    }
}

impl Answers {
    /// The next answer; nothing when nobody listens. It waits for ever if somebody listens and does not answer.
    pub async fn next(&mut self) -> Option<Bytes> {
        let message = self.0.next().await?;
        (message.status != Some(StatusCode::NO_RESPONDERS)).then_some(message.payload)
    }
}

fn delay(tries: usize) -> Duration {
    let exponent = u32::try_from(tries.min(5)).unwrap_or(5);
    (Duration::from_millis(50) * 2_u32.pow(exponent)).min(AGAIN)
}

fn note(event: &Event) {
    match event {
        Event::Connected => tracing::info!("the bus is there"),
        Event::Disconnected => tracing::warn!("the bus is away; trying again"),
        Event::SlowConsumer(_) => tracing::warn!("more comes over the bus than is read"),
        // the rest repeats these, or quotes addresses
        _ => {}
    }
}
