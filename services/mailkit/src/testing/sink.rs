//! A mail server on this machine that takes everything and forwards nothing.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    net::TcpListener,
    task::{JoinHandle, JoinSet},
};
use tokio_rustls::TlsAcceptor;

use super::{authority, conversation};

/// A mail server for tests. It ends when dropped.
pub struct SmtpSink {
    shared: Arc<Shared>,
    address: SocketAddr,
    authority: String,
    accepting: JoinHandle<()>,
}

/// A mail the server took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedMail {
    /// What EHLO said.
    pub hello: String,
    /// The sender in the envelope.
    pub from: String,
    /// The recipient in the envelope.
    pub to: String,
    /// Whether it came through TLS.
    pub encrypted: bool,
    /// Whether the client had signed in.
    pub signed_in: bool,
    /// Headers and text, lines ending in CR LF.
    pub text: String,
}

/// How the server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Not at all; nor does it offer STARTTLS.
    None,
    /// It offers STARTTLS.
    StartTls,
    /// It offers STARTTLS, and somebody on the line adds answers to the later commands to its answer.
    StartTlsWithInjection,
    /// TLS from the first byte.
    Tls,
}

/// Where in a conversation something goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Before the greeting.
    Greeting,
    /// EHLO.
    Hello,
    /// STARTTLS.
    StartTls,
    /// AUTH.
    SignIn,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA.
    Data,
    /// The end of the text.
    Text,
    /// QUIT.
    Quit,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// This answer, and nothing is done.
    Reply(u16),
    /// The connection ends, and nothing is done.
    Drop,
    /// The thing is done, and the connection ends before the answer.
    LoseAnswer,
    /// The thing is done, and the answer comes late.
    Slow(Duration),
}

/// Decides what goes wrong, given the step and what stands behind the command.
pub type Faults = Arc<dyn Fn(Step, &str) -> Fault + Send + Sync>;

/// What a server is to be like.
#[derive(Clone)]
pub struct Setup {
    /// How it is protected.
    pub security: Security,
    /// User and password it insists on, and the mechanism it offers (`PLAIN` or `LOGIN`).
    pub sign_in: Option<(&'static str, &'static str, &'static str)>,
    /// What goes wrong.
    pub faults: Faults,
}

pub(super) struct Shared {
    pub(super) setup: Setup,
    pub(super) tls: TlsAcceptor,
    mails: Mutex<Vec<ReceivedMail>>,
    verbs: Mutex<Vec<String>>,
}

impl Setup {
    /// A server that works.
    pub fn new(security: Security) -> Self {
        Self { security, sign_in: None, faults: Arc::new(|_, _| Fault::None) }
    }

    /// Insists on a user, offering one mechanism.
    #[must_use]
    pub fn with_sign_in(self, user: &'static str, password: &'static str, mechanism: &'static str) -> Self {
        Self { sign_in: Some((user, password, mechanism)), ..self }
    }

    /// Lets things go wrong.
    #[must_use]
    pub fn with_faults(self, faults: impl Fn(Step, &str) -> Fault + Send + Sync + 'static) -> Self {
        Self { faults: Arc::new(faults), ..self }
    }
}

impl SmtpSink {
    /// Starts a server on a free port.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn start(setup: Setup) -> Self {
        let (tls, authority) = authority::server();
        let shared = Arc::new(Shared { setup, tls, mails: Mutex::default(), verbs: Mutex::default() });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let for_all = Arc::clone(&shared);
        let accepting = tokio::spawn(async move {
            // the conversations end with this task
            let mut conversations = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                conversations.spawn(conversation::lead(Arc::clone(&for_all), stream));
                while conversations.try_join_next().is_some() {}
            }
        });
        Self { shared, address, authority, accepting }
    }

    /// The address to write into [`crate::SmtpSettings`].
    pub fn url(&self) -> String {
        let scheme = match self.shared.setup.security {
            Security::None => "smtp+plain",
            Security::StartTls | Security::StartTlsWithInjection => "smtp",
            Security::Tls => "smtps",
        };
        format!("{scheme}://{}", self.address)
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The authority of its certificate, as PEM.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// What it took, in order.
    pub fn mails(&self) -> Vec<ReceivedMail> {
        locked(&self.shared.mails).clone()
    }

    /// The commands it heard, upper case, without what stands behind them.
    pub fn verbs(&self) -> Vec<String> {
        locked(&self.shared.verbs).clone()
    }
}

impl Shared {
    pub(super) fn keep(&self, mail: ReceivedMail) {
        locked(&self.mails).push(mail);
    }

    pub(super) fn heard(&self, verb: &str) {
        locked(&self.verbs).push(verb.to_owned());
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl ReceivedMail {
    /// The unfolded values of a header.
    pub fn header(&self, name: &str) -> Vec<String> {
        let head = self.text.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
        let matching = head.split("\r\n").filter_map(|line| line.split_once(": "));
        matching
            .filter(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.to_owned())
            .collect()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
