//! One conversation of the mail server.

use std::{io, sync::Arc};

use data_encoding::BASE64;
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::sleep,
};

use super::sink::{Fault, ReceivedMail, Security, Shared, Step};

trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

struct Conversation {
    shared: Arc<Shared>,
    wire: BufReader<Box<dyn Wire>>,
    hello: String,
    from: String,
    to: String,
    encrypted: bool,
    signed_in: bool,
}

/// Leads a conversation to its end, whichever it is.
pub(super) async fn lead(shared: Arc<Shared>, stream: TcpStream) -> io::Result<()> {
    let tls_first = shared.setup.security == Security::Tls;
    let wire: Box<dyn Wire> =
        if tls_first { Box::new(shared.tls.accept(stream).await?) } else { Box::new(stream) };
    let mut conversation = Conversation {
        wire: BufReader::new(wire),
        hello: String::new(),
        from: String::new(),
        to: String::new(),
        encrypted: tls_first,
        signed_in: shared.setup.sign_in.is_none(),
        shared,
    };
    conversation.step(Step::Greeting, "", "220 sink.example ESMTP", |_| ()).await?;
    loop {
        let line = conversation.line().await?;
        let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let verb = verb.to_ascii_uppercase();
        conversation.shared.heard(&verb);
        conversation.answer(&verb, rest).await?;
        if verb == "QUIT" {
            return Ok(());
        }
        if verb == "STARTTLS" {
            conversation = conversation.upgraded().await?;
        }
    }
}

impl Conversation {
    async fn answer(&mut self, verb: &str, rest: &str) -> io::Result<()> {
        match verb {
            "EHLO" => {
                let hello = rest.to_owned();
                let offer = self.offer();
                self.step(Step::Hello, rest, &offer, |this| this.hello = hello).await.map(drop)
            }
            "STARTTLS" => {
                let answers = match self.shared.setup.security {
                    Security::StartTlsWithInjection => {
                        // EHLO, MAIL, RCPT, DATA, the text: all "answered" before TLS began
                        "220 go\r\n250-sink\r\n250 8BITMIME\r\n250 ok\r\n250 ok\r\n354 go\r\n250 taken"
                    }
                    _ => "220 go",
                };
                self.step(Step::StartTls, rest, answers, |_| ()).await.map(drop)
            }
            "AUTH" => self.sign_in(rest).await,
            "MAIL" if !self.signed_in => self.say("530 sign in first").await,
            "MAIL" => {
                let from = path(rest);
                self.step(Step::Sender, &from.clone(), "250 ok", |this| this.from = from).await.map(drop)
            }
            "RCPT" => {
                let to = path(rest);
                self.step(Step::Recipient, &to.clone(), "250 ok", |this| this.to = to).await.map(drop)
            }
            "DATA" => {
                if self.step(Step::Data, &self.to.clone(), "354 go", |_| ()).await? {
                    self.take_text().await?;
                }
                Ok(())
            }
            "QUIT" => self.step(Step::Quit, rest, "221 bye", |_| ()).await.map(drop),
            _ => self.say("500 what?").await,
        }
    }

    /// Does one thing and answers, or lets it go wrong. True if it was done and answered.
    async fn step(
        &mut self,
        step: Step,
        rest: &str,
        answer: &str,
        does: impl FnOnce(&mut Self),
    ) -> io::Result<bool> {
        let fault = (self.shared.setup.faults)(step, rest);
        match fault {
            Fault::Drop => return Err(io::ErrorKind::ConnectionAborted.into()),
            Fault::Reply(code) => {
                self.say(&format!("{code} as the test wants it <someone@example.org>")).await?;
                return Ok(false);
            }
            Fault::None | Fault::LoseAnswer | Fault::Slow(_) => does(self),
        }
        match fault {
            Fault::LoseAnswer => return Err(io::ErrorKind::ConnectionAborted.into()),
            Fault::Slow(pause) => sleep(pause).await,
            _ => {}
        }
        self.say(answer).await?;
        Ok(true)
    }

    async fn take_text(&mut self) -> io::Result<()> {
        let mut text = String::new();
        loop {
            let line = self.line().await?;
            if line == "." {
                break;
            }
            text.push_str(line.strip_prefix('.').unwrap_or(&line));
            text.push_str("\r\n");
        }
        let mail = ReceivedMail {
            hello: self.hello.clone(),
            from: std::mem::take(&mut self.from),
            to: self.to.clone(),
            encrypted: self.encrypted,
            signed_in: self.signed_in && self.shared.setup.sign_in.is_some(),
            text,
        };
        let to = std::mem::take(&mut self.to);
        self.step(Step::Text, &to, "250 taken", |this| this.shared.keep(mail)).await.map(drop)
    }

    async fn sign_in(&mut self, rest: &str) -> io::Result<()> {
        let Some((user, password, mechanism)) = self.shared.setup.sign_in else {
            return self.say("503 nobody asked").await;
        };
        let given = match rest.split_once(' ').unwrap_or((rest, "")) {
            ("PLAIN", first) if mechanism == "PLAIN" => decoded(first),
            ("LOGIN", _) if mechanism == "LOGIN" => {
                self.say("334 VXNlcm5hbWU6").await?;
                let name = decoded(&self.line().await?);
                self.say("334 UGFzc3dvcmQ6").await?;
                format!("\0{name}\0{}", decoded(&self.line().await?))
            }
            _ => return self.say("504 not that one").await,
        };
        if given != format!("\0{user}\0{password}") {
            return self.say("535 wrong").await;
        }
        self.step(Step::SignIn, "", "235 welcome", |this| this.signed_in = true).await.map(drop)
    }

    fn offer(&self) -> String {
        let mut lines = vec![String::from("sink.example"), String::from("8BITMIME")];
        let later =
            matches!(self.shared.setup.security, Security::StartTls | Security::StartTlsWithInjection);
        if later && !self.encrypted {
            lines.push(String::from("STARTTLS"));
        }
        if let Some((_, _, mechanism)) = self.shared.setup.sign_in {
            lines.push(format!("AUTH {mechanism}"));
        }
        let last = lines.pop().unwrap_or_default();
        let mut offer: String = lines.iter().map(|line| format!("250-{line}\r\n")).collect();
        offer.push_str(&format!("250 {last}"));
        offer
    }

    async fn upgraded(self) -> io::Result<Self> {
        let stream = self.shared.tls.accept(self.wire.into_inner()).await?;
        Ok(Self { wire: BufReader::new(Box::new(stream)), encrypted: true, ..self })
    }

    async fn say(&mut self, answer: &str) -> io::Result<()> {
        self.wire.write_all(format!("{answer}\r\n").as_bytes()).await?;
        self.wire.flush().await
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.wire.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    }
}

/// `FROM:<a@b>` and `TO:<a@b>` to `a@b`.
fn path(rest: &str) -> String {
    let inside = rest.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or(String::new(), |(path, _)| path.to_owned())
}

fn decoded(base64: &str) -> String {
    BASE64.decode(base64.as_bytes()).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
