//! Mails by SMTP, one connection for each: ours are few, and a connection that was left open is one more thing that
//! can be broken.
//!
//! The conversation is led here step by step, because it matters at which step something goes wrong: what concerns
//! the relay is tried again, what concerns this mail may be final.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use kernel::Clock;
use lettre::transport::smtp::{
    Error,
    authentication::Mechanism,
    client::AsyncSmtpConnection,
    commands::{Data, Mail as MailFrom, Rcpt},
    extension::ClientId,
    response::Severity,
};
use tokio::{net::TcpStream, time::timeout};

use super::{Post, Problem, SendError, SmtpRelay, careful::Careful, relay::Security};
use crate::{
    Mail, MessageId,
    mail::{address, format},
};

/// For each step; there are seven at most.
const PATIENCE: Duration = Duration::from_secs(30);

/// Hands mails to a relay.
pub struct SmtpPost {
    relay: SmtpRelay,
    clock: Arc<dyn Clock>,
    patience: Duration,
}

/// The step of the conversation that failed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// With TLS from the beginning this includes the greeting.
    Connect,
    Greeting,
    StartTls,
    SignIn,
    Sender,
    Recipient,
    Text,
}

impl SmtpPost {
    /// Mails to this relay. The clock gives the Date header.
    pub fn new(relay: SmtpRelay, clock: Arc<dyn Clock>) -> Self {
        Self { relay, clock, patience: PATIENCE }
    }

    /// Waits less long for each answer; for tests.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// An answer in time, or the problem.
    async fn within<T>(
        &self,
        step: Step,
        answer: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, SendError> {
        match timeout(self.patience, answer).await {
            Ok(answer) => answer.map_err(|error| classify(step, &error)),
            Err(_) => Err(SendError::Retry(Problem::TimedOut)),
        }
    }

    /// A connection that is as secure as it has to be and signed in.
    async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        // the name in EHLO ends up in the mail's Received lines: the sender's domain, not this machine's name
        let hello = ClientId::Domain(self.relay.sender().domain().to_owned());
        let server = (self.relay.address.host.as_str(), self.relay.address.port);
        let mut connection = if self.relay.address.security == Security::Tls {
            let tls = self.relay.tls.clone();
            let connecting =
                AsyncSmtpConnection::connect_tokio1(server, Some(self.patience), &hello, tls, None);
            self.within(Step::Connect, connecting).await?
        } else {
            let stream = match timeout(self.patience, TcpStream::connect(server)).await {
                Ok(stream) => stream.map_err(|_| SendError::Retry(Problem::Unreachable))?,
                Err(_) => return Err(SendError::Retry(Problem::TimedOut)),
            };
            let stream = Box::new(Careful::new(stream));
            self.within(Step::Greeting, AsyncSmtpConnection::connect_with_transport(stream, &hello)).await?
        };
        if let (Security::StartTls, Some(tls)) = (self.relay.address.security, self.relay.tls.clone()) {
            if !connection.can_starttls() {
                return Err(SendError::Retry(Problem::TlsMissing));
            }
            self.within(Step::StartTls, connection.starttls(tls, &hello)).await?;
        }
        // whatever happened above, this is what must hold before anything is said
        if self.relay.tls.is_some() && !connection.is_encrypted() {
            return Err(SendError::Retry(Problem::TlsMissing));
        }
        if let Some(credentials) = &self.relay.credentials {
            let signing_in = connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials);
            self.within(Step::SignIn, signing_in).await?;
        }
        Ok(connection)
    }
}

impl std::fmt::Debug for SmtpPost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpPost").field("relay", &self.relay).finish_non_exhaustive()
    }
}

#[async_trait]
impl Post for SmtpPost {
    async fn send(&self, mail: &Mail, id: &MessageId) -> Result<(), SendError> {
        let unwritable = SendError::Fail(Problem::Unwritable);
        let text = format(mail, &self.relay.sender, id, self.clock.now()).ok_or(unwritable)?;
        let from = address(self.relay.sender()).ok_or(unwritable)?;
        let to = address(mail.to()).ok_or(unwritable)?;

        let mut connection = Box::pin(self.connect()).await?;
        self.within(Step::Sender, connection.command(MailFrom::new(Some(from), Vec::new()))).await?;
        self.within(Step::Recipient, connection.command(Rcpt::new(to, Vec::new()))).await?;
        self.within(Step::Text, connection.command(Data)).await?;
        self.within(Step::Text, connection.message(&text)).await?;
        // the mail is taken; saying goodbye must not delay writing that down
        tokio::spawn(timeout(Duration::from_secs(5), async move { connection.quit().await.is_ok() }));
        Ok(())
    }
}

fn classify(step: Step, error: &Error) -> SendError {
    let Some(code) = error.status() else {
        return SendError::Retry(without_answer(step, error));
    };
    let number = u16::from(code);
    let final_answer = code.severity == Severity::PermanentNegativeCompletion;
    match (step, number) {
        // 421: closing; 530, 534, 535, 538: sign-in is missing or wrong, whichever command it answers
        (_, 421) | (Step::Connect | Step::Greeting, _) => SendError::Retry(Problem::Closed),
        (_, 530 | 534 | 535 | 538) | (Step::SignIn, _) => SendError::Retry(Problem::SignInRefused),
        (Step::StartTls, _) => SendError::Retry(Problem::TlsMissing),
        _ if !final_answer => SendError::Retry(Problem::Later),
        // every mail has this sender, so a refusal is about the configuration and no reason to lose mails
        (Step::Sender, _) => SendError::Retry(Problem::SenderRefused),
        (Step::Recipient, _) => SendError::Fail(Problem::RecipientRefused),
        (Step::Text, _) => SendError::Fail(Problem::TextRefused),
    }
}

fn without_answer(step: Step, error: &Error) -> Problem {
    if error.is_timeout() {
        Problem::TimedOut
    } else if error.is_tls() || has_tls_cause(error) {
        Problem::TlsFailed
    } else if error.is_client() && step == Step::SignIn {
        // the relay offers no way to sign in that we know
        Problem::SignInRefused
    } else if step == Step::Connect && !error.is_response() {
        Problem::Unreachable
    } else if error.is_response() && !ended_early(error) {
        Problem::NotSmtp
    } else {
        Problem::Dropped
    }
}

/// A failed handshake comes as an I/O error of kind "invalid data" when the stream is wrapped.
fn has_tls_cause(error: &Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            return io.kind() == std::io::ErrorKind::InvalidData;
        }
        cause = error.source();
    }
    false
}

/// The library's word for a connection that was closed instead of answered.
fn ended_early(error: &Error) -> bool {
    std::error::Error::source(error).is_some_and(|cause| cause.to_string() == "incomplete response")
}
