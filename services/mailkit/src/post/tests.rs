use std::{path::PathBuf, sync::Arc, time::Duration};

use jiff::Timestamp;
use kernel::{FixedClock, ServerKey};
use tempfile::TempDir;

use super::*;
use crate::{
    MailAddress, MessageIds,
    testing::{Fault, Security, Setup, SmtpSink, Step},
};

fn clock() -> Arc<FixedClock> {
    Arc::new(FixedClock::at("2026-11-22T08:00:00Z".parse::<Timestamp>().unwrap()))
}

fn mail() -> Mail {
    let to = MailAddress::parse("anna@example.org").unwrap();
    Mail::new(to, "Ihr Termin", "Guten Tag,\n.\n..ein Punkt\n").unwrap()
}

fn id(intent: &str) -> MessageId {
    MessageIds::new(&ServerKey::new([7; 32]), &MailAddress::parse("nachricht@example.net").unwrap())
        .of(intent)
}

/// A folder with the files of an operator, and the settings that name them.
struct Operator {
    folder: TempDir,
    settings: SmtpSettings,
}

impl Operator {
    fn of(sink: &SmtpSink) -> Self {
        let settings = SmtpSettings {
            url: sink.url(),
            from: String::from("nachricht@example.net"),
            ..SmtpSettings::default()
        };
        Self { folder: tempfile::tempdir().unwrap(), settings }
    }

    fn trusting(sink: &SmtpSink) -> Self {
        let mut operator = Self::of(sink);
        operator.settings.ca_file = Some(operator.file("ca.pem", sink.authority()));
        operator
    }

    fn signing_in(mut self, user: &str, password: &str) -> Self {
        self.settings.user = Some(user.to_owned());
        self.settings.password_file = Some(self.file("password", &format!("{password}\n")));
        self
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn post(&self) -> SmtpPost {
        SmtpPost::new(self.settings.check().unwrap(), clock())
    }

    async fn send(&self) -> Result<(), SendError> {
        self.post().send(&mail(), &id("1")).await
    }
}

#[tokio::test]
async fn a_mail_arrives_through_starttls_and_through_tls() {
    for security in [Security::StartTls, Security::Tls] {
        let sink = SmtpSink::start(Setup::new(security)).await;
        assert_eq!(Operator::trusting(&sink).send().await, Ok(()));
        let mails = sink.mails();
        assert_eq!(mails.len(), 1);
        let mail = &mails[0];
        assert!(mail.encrypted, "{security:?}");
        assert_eq!((mail.from.as_str(), mail.to.as_str()), ("nachricht@example.net", "anna@example.org"));
        assert_eq!(mail.hello, "example.net", "this machine's name stays here");
        assert_eq!(mail.header("Message-ID"), [id("1").as_str()]);
        assert_eq!(mail.header("Date"), ["Sun, 22 Nov 2026 08:00:00 +0000"]);
        assert_eq!(mail.header("User-Agent"), [] as [&str; 0]);
        assert!(mail.text.contains("\r\n\r\nGuten Tag,\r\n.\r\n..ein Punkt\r\n"), "{}", mail.text);
    }
}

#[tokio::test]
async fn a_mail_arrives_in_the_clear_only_when_asked_for() {
    let sink = SmtpSink::start(Setup::new(Security::None)).await;
    assert_eq!(Operator::of(&sink).send().await, Ok(()));
    assert!(!sink.mails()[0].encrypted);
}

#[tokio::test]
async fn nothing_is_said_when_starttls_was_stripped() {
    let sink = SmtpSink::start(Setup::new(Security::None).with_sign_in("user", "secret", "PLAIN")).await;
    let mut operator = Operator::of(&sink).signing_in("user", "secret");
    operator.settings.url = format!("smtp://127.0.0.1:{}", sink.port());
    assert_eq!(operator.send().await, Err(SendError::Retry(Problem::TlsMissing)));
    assert_eq!(sink.verbs(), ["EHLO"]);
}

#[tokio::test]
async fn answers_from_before_tls_are_not_heard_after_it() {
    let sink = SmtpSink::start(Setup::new(Security::StartTlsWithInjection)).await;
    let sent = Operator::trusting(&sink).send().await;
    assert!(matches!(sent, Err(SendError::Retry(Problem::TlsFailed | Problem::Dropped))), "{sent:?}");
    assert_eq!(sink.verbs(), ["EHLO", "STARTTLS"]);
}

#[tokio::test]
async fn nothing_is_said_to_a_stranger() {
    for security in [Security::StartTls, Security::Tls] {
        let sink = SmtpSink::start(Setup::new(security).with_sign_in("user", "secret", "PLAIN")).await;
        let stranger = SmtpSink::start(Setup::new(security)).await;
        // checked against the system's authorities, then against another private one
        let operators = [Operator::of(&sink), {
            let mut operator = Operator::trusting(&stranger);
            operator.settings.url = sink.url();
            operator
        }];
        for operator in operators {
            let sent = operator.signing_in("user", "secret").send().await;
            assert_eq!(sent, Err(SendError::Retry(Problem::TlsFailed)), "{security:?}");
        }
        assert!(!sink.verbs().iter().any(|verb| verb == "AUTH" || verb == "MAIL"), "{:?}", sink.verbs());
    }
}

#[tokio::test]
async fn signs_in_where_it_is_asked_to() {
    for mechanism in ["PLAIN", "LOGIN"] {
        let setup = Setup::new(Security::StartTls).with_sign_in("user", "pass word", mechanism);
        let sink = SmtpSink::start(setup).await;
        assert_eq!(Operator::trusting(&sink).signing_in("user", "pass word").send().await, Ok(()));
        assert!(sink.mails()[0].signed_in && sink.mails()[0].encrypted);
        let refused = Err(SendError::Retry(Problem::SignInRefused));
        assert_eq!(
            Operator::trusting(&sink).signing_in("user", "wrong").send().await,
            refused,
            "{mechanism}"
        );
        assert_eq!(Operator::trusting(&sink).send().await, refused, "{mechanism}");
        assert_eq!(sink.mails().len(), 1);
    }
    let setup = Setup::new(Security::StartTls).with_sign_in("user", "secret", "CRAM-MD5");
    let sink = SmtpSink::start(setup).await;
    let sent = Operator::trusting(&sink).signing_in("user", "secret").send().await;
    assert_eq!(sent, Err(SendError::Retry(Problem::SignInRefused)));
}

#[tokio::test]
async fn every_fault_at_every_step_has_its_class() {
    use Problem::{
        Closed, Dropped, Later, NotSmtp, RecipientRefused, SenderRefused, SignInRefused, TextRefused,
    };
    let retry = SendError::Retry;
    let fail = SendError::Fail;
    for (step, fault, expected) in [
        (Step::Greeting, Fault::Reply(554), retry(Closed)),
        (Step::Greeting, Fault::Drop, retry(Dropped)),
        (Step::Greeting, Fault::Reply(999), retry(NotSmtp)),
        (Step::Hello, Fault::Reply(421), retry(Closed)),
        (Step::Hello, Fault::Drop, retry(Dropped)),
        (Step::Sender, Fault::Reply(452), retry(Later)),
        (Step::Sender, Fault::Reply(550), retry(SenderRefused)),
        (Step::Sender, Fault::Reply(530), retry(SignInRefused)),
        (Step::Sender, Fault::Drop, retry(Dropped)),
        (Step::Recipient, Fault::Reply(421), retry(Closed)),
        (Step::Recipient, Fault::Reply(451), retry(Later)),
        (Step::Recipient, Fault::Reply(550), fail(RecipientRefused)),
        (Step::Recipient, Fault::Drop, retry(Dropped)),
        (Step::Data, Fault::Reply(451), retry(Later)),
        (Step::Data, Fault::Reply(554), fail(TextRefused)),
        (Step::Data, Fault::Drop, retry(Dropped)),
        (Step::Text, Fault::Reply(452), retry(Later)),
        (Step::Text, Fault::Reply(554), fail(TextRefused)),
        (Step::Text, Fault::Drop, retry(Dropped)),
        (Step::Text, Fault::LoseAnswer, retry(Dropped)),
    ] {
        let setup = Setup::new(Security::None);
        let sink =
            SmtpSink::start(setup.with_faults(move |at, _| if at == step { fault } else { Fault::None }))
                .await;
        assert_eq!(Operator::of(&sink).send().await, Err(expected), "{step:?} {fault:?}");
        assert_eq!(sink.mails().len(), usize::from(fault == Fault::LoseAnswer), "{step:?} {fault:?}");
    }
}

#[tokio::test]
async fn a_relay_that_does_not_answer_is_left() {
    for step in [Step::Greeting, Step::Sender, Step::Text] {
        let slow =
            move |at, _: &str| if at == step { Fault::Slow(Duration::from_secs(600)) } else { Fault::None };
        let sink = SmtpSink::start(Setup::new(Security::None).with_faults(slow)).await;
        let post = Operator::of(&sink).post().with_patience(Duration::from_millis(200));
        assert_eq!(post.send(&mail(), &id("1")).await, Err(SendError::Retry(Problem::TimedOut)), "{step:?}");
    }
}

#[tokio::test]
async fn a_relay_that_is_not_there_is_unreachable() {
    let sink = SmtpSink::start(Setup::new(Security::None)).await;
    let mut operator = Operator::trusting(&sink);
    drop(sink);
    for scheme in ["smtp+plain", "smtp", "smtps"] {
        // port 1 is never bound in tests
        operator.settings.url = format!("{scheme}://127.0.0.1:1");
        assert_eq!(operator.send().await, Err(SendError::Retry(Problem::Unreachable)), "{scheme}");
    }
}

#[tokio::test]
async fn a_mail_is_sent_even_if_nobody_says_goodbye() {
    for fault in [Fault::Drop, Fault::Reply(500), Fault::Slow(Duration::from_secs(600))] {
        let setup = Setup::new(Security::None);
        let sink = SmtpSink::start(
            setup.with_faults(move |at, _| if at == Step::Quit { fault } else { Fault::None }),
        )
        .await;
        assert_eq!(Operator::of(&sink).send().await, Ok(()));
        assert_eq!(sink.mails().len(), 1);
    }
}

#[tokio::test]
async fn a_local_post_keeps_the_last_fifty_and_a_copy_once() {
    let post = LocalPost::new(clock());
    for n in 0..60 {
        post.send(&mail(), &id(&n.to_string())).await.unwrap();
    }
    post.send(&mail(), &id("30")).await.unwrap();
    let mails = post.list();
    assert_eq!(mails.len(), 50);
    assert_eq!(mails[0].message_id, id("30").as_str());
    assert_eq!(mails[1].message_id, id("59").as_str());
    let page: serde_json::Value = serde_json::from_str(&post.page_json()).unwrap();
    assert_eq!(page[0]["to"], "anna@example.org");
    assert_eq!(page[0]["subject"], "Ihr Termin");
    assert_eq!(format!("{post:?} {:?}", mails[0]), "LocalPost(…) LocalMail(…)");
}

fn settings(text: &str) -> SmtpSettings {
    toml::from_str(text).unwrap()
}

#[test]
fn settings_that_are_right_are_taken() {
    for (url, port) in [
        ("smtp://mail.example.org", 587),
        ("smtps://mail.example.org", 465),
        ("smtp://Mail.Example.org:2525/", 2525),
        ("smtp+plain://127.0.0.1", 25),
        ("smtp+plain://localhost:2525", 2525),
        ("smtp+plain://[::1]:26", 26),
    ] {
        let relay =
            settings(&format!("url = '{url}'\nfrom = 'a@example.org'\nfrom_name = 'Termine'")).check();
        let relay = relay.unwrap();
        assert_eq!((relay.address.port, relay.sender().as_str()), (port, "a@example.org"));
        assert!(relay.address.host == relay.address.host.to_ascii_lowercase());
    }
    let trusted = "url = 'smtp+plain://mail.internal'\nfrom = 'a@example.org'\nallow_plain = true";
    assert!(settings(trusted).check().is_ok());
}

#[test]
fn settings_that_are_wrong_say_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (good, empty, two) = (file("good", "x"), file("empty", "\n"), file("two", "a\nb\n"));
    for (text, advice) in [
        ("url = 'mail.example.org'", "write smtp://HOST:587"),
        ("url = 'http://mail.example.org'", "write smtp://HOST:587"),
        ("url = 'smtp://u:p@mail.example.org'", "use user and password_file"),
        ("url = 'smtp://mail.example.org/?tls=none'", "something after the host"),
        ("url = 'smtp://mail.example.org:x'", "the port is none"),
        ("url = 'smtp://'", "the host is none"),
        ("url = 'smtp://[1.2.3.4]'", "no IPv6 address"),
        ("url = 'smtp+plain://mail.example.org'", "set allow_plain = true"),
        (
            "url = 'smtp+plain://h.example'\nallow_plain = true\nuser = 'u'\npassword_file = 'p'",
            "never sent without TLS",
        ),
        ("url = 'smtp://h.example'\nfrom = 'Anlaufstelle <a@example.org>'", "such as nachricht@example.org"),
        ("url = 'smtp://h.example'\nfrom_name = \"a\\nb\"", "short neutral name"),
        ("url = 'smtp://h.example'\nuser = 'u'", "set both or neither"),
        ("url = 'smtp://h.example'\nuser = 'u'\npassword_file = '/nowhere/p'", "check the path"),
        (&format!("url = 'smtp://h.example'\nuser = 'u'\npassword_file = '{empty}'"), "on one line"),
        (&format!("url = 'smtp://h.example'\nuser = 'u'\npassword_file = '{two}'"), "on one line"),
        (&format!("url = 'smtp://h.example'\nca_file = '{good}'"), "-----BEGIN CERTIFICATE-----"),
        ("url = 'smtp://h.example'\nca_file = '/nowhere/ca'", "check the path"),
    ] {
        let from = if text.contains("from = ") { "" } else { "\nfrom = 'a@example.org'" };
        let problem = settings(&format!("{text}{from}")).check().unwrap_err().to_string();
        assert!(problem.starts_with("mail ") && problem.contains(advice), "{text}: {problem}");
    }
    let unknown = toml::from_str::<SmtpSettings>("url = 'x'\nfrom = 'y'\npasswort = 'z'");
    assert!(unknown.is_err());
}

#[test]
fn a_checked_relay_does_not_print_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p");
    std::fs::write(&path, "hunter2\n").unwrap();
    let text = format!(
        "url = 'smtp://h.example'\nfrom = 'a@example.org'\nuser = 'u'\npassword_file = '{}'",
        path.display()
    );
    let post = SmtpPost::new(settings(&text).check().unwrap(), clock());
    assert!(!format!("{post:?}").contains("hunter2"));
}
