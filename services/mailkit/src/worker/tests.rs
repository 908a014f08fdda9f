//! The worker against stores of both engines, posts that fail and a real SMTP conversation.

mod chaos;
mod rounds;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use kernel::{FixedClock, Lang, RandomIds, ServerKey};
use storekit::{Database, testing::Scratch};

use super::*;
use crate::{
    Intent, Mail, MailAddress, MessageId, MessageIds, Post, Problem, Queue, SendError, enqueue_postgres,
    enqueue_sqlite, testing::QUEUE_ALONE,
};

fn start() -> Timestamp {
    "2026-11-22T08:00:00Z".parse().unwrap()
}

/// A queue, a clock that stands, an author who knows what is still true.
struct Office {
    database: Database,
    queue: Queue,
    clock: Arc<FixedClock>,
    author: Arc<Knowing>,
}

impl Office {
    async fn open(scratch: &Scratch) -> Self {
        let database = Database::open(scratch.address(), &QUEUE_ALONE).await.unwrap();
        let queue = Queue::new(database.clone());
        Self { database, queue, clock: Arc::new(FixedClock::at(start())), author: Arc::default() }
    }

    fn mailer(&self, post: Arc<dyn Post>) -> Mailer {
        let key = ServerKey::new([7; 32]);
        Mailer::new(MailerParts {
            name: "test",
            queue: self.queue.clone(),
            author: Arc::clone(&self.author) as Arc<dyn Author>,
            post,
            message_ids: MessageIds::new(&key, &MailAddress::parse("nachricht@example.net").unwrap()),
            clock: Arc::clone(&self.clock) as Arc<dyn kernel::Clock>,
            ids: Arc::new(RandomIds),
            seed: 1,
        })
    }

    fn pass(&self, time: SignedDuration) {
        use kernel::Clock as _;
        self.clock.set(self.clock.now() + time);
    }

    /// Queues intents in one transaction, which may then be taken back.
    async fn queue(&self, intents: &[Intent], commit: bool) {
        match &self.database {
            Database::Sqlite(file) => {
                let mut transaction = file.begin().await.unwrap();
                for intent in intents {
                    enqueue_sqlite(&mut transaction, intent).await.unwrap();
                }
                if commit {
                    transaction.commit().await.unwrap();
                } else {
                    transaction.rollback().await.unwrap();
                }
            }
            Database::Postgres(pool) => {
                let mut transaction = pool.begin().await.unwrap();
                for intent in intents {
                    enqueue_postgres(&mut transaction, intent).await.unwrap();
                }
                if commit {
                    transaction.commit().await.unwrap();
                } else {
                    transaction.rollback().await.unwrap();
                }
            }
        }
    }

    async fn queue_some(&self, count: usize) {
        let intents: Vec<_> = (0..count).map(intent).collect();
        self.queue(&intents, true).await;
    }
}

fn intent(n: usize) -> Intent {
    Intent::now(format!("intent-{n:03}"), "greeting", format!("{n:03}"), Lang::De, start())
}

/// Writes to `<object>@example.org`, unless the object was cancelled or is unreadable for now.
#[derive(Default)]
struct Knowing {
    cancelled: Mutex<BTreeSet<String>>,
    errors: Mutex<BTreeMap<String, AuthorError>>,
}

impl Knowing {
    fn cancel(&self, object: &str) {
        self.cancelled.lock().unwrap().insert(object.to_owned());
    }

    fn fail(&self, object: &str, error: AuthorError) {
        self.errors.lock().unwrap().insert(object.to_owned(), error);
    }
}

#[async_trait]
impl Author for Knowing {
    async fn write(&self, intent: &Intent) -> Result<Option<Mail>, AuthorError> {
        if let Some(error) = self.errors.lock().unwrap().get(&intent.object_id) {
            return Err(error.clone());
        }
        if self.cancelled.lock().unwrap().contains(&intent.object_id) {
            return Ok(None);
        }
        let to = MailAddress::parse(&format!("u{}@example.org", intent.object_id)).unwrap();
        Ok(Some(Mail::new(to, "Ihre Nachricht", "Guten Tag").unwrap()))
    }
}

/// Answers as it is told and counts.
struct Told {
    answer: Mutex<Result<(), SendError>>,
    sent: Mutex<Vec<String>>,
    tries: Mutex<u32>,
}

impl Told {
    fn new(answer: Result<(), SendError>) -> Arc<Self> {
        Arc::new(Self { answer: Mutex::new(answer), sent: Mutex::default(), tries: Mutex::default() })
    }

    fn answer_from_now(&self, answer: Result<(), SendError>) {
        *self.answer.lock().unwrap() = answer;
    }

    fn sent(&self) -> Vec<String> {
        self.sent.lock().unwrap().clone()
    }
}

#[async_trait]
impl Post for Told {
    async fn send(&self, mail: &Mail, _: &MessageId) -> Result<(), SendError> {
        *self.tries.lock().unwrap() += 1;
        let answer = *self.answer.lock().unwrap();
        if answer.is_ok() {
            self.sent.lock().unwrap().push(mail.to().as_str().to_owned());
        }
        answer
    }
}

const DOWN: SendError = SendError::Retry(Problem::Unreachable);
const LATER: SendError = SendError::Retry(Problem::Later);
