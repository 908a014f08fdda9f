//! The loop around the tries, its signals and its figures.

use std::{
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use kernel::{Clock, Ids};
use rand::{SeedableRng, rngs::StdRng};
use storekit::StoreError;
use tokio::{
    sync::Notify,
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{
    Author,
    breaker::Breaker,
    deliver::{LEASE, Outcome, deliver},
};
use crate::{Leased, MessageIds, Post, Problem, Queue};

/// So many mails at a time. Each is sent at once, so that none waits while its lease runs out.
const AT_A_TIME: u32 = 4;
/// How often the queue is looked at when nobody calls.
const LOOK: Duration = Duration::from_secs(5);
/// What is being sent when the process ends gets so long.
const FAREWELL: Duration = Duration::from_secs(10);
/// How long mails that were given up are remembered.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What a worker needs.
pub struct MailerParts {
    /// The service's name, for the figures.
    pub name: &'static str,
    /// The queue.
    pub queue: Queue,
    /// Who writes the mails.
    pub author: Arc<dyn Author>,
    /// How they leave.
    pub post: Arc<dyn Post>,
    /// Their Message-IDs.
    pub message_ids: MessageIds,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids of leases.
    pub ids: Arc<dyn Ids>,
    /// Seed of the jitter.
    pub seed: u64,
}

/// Empties one queue.
pub struct Mailer {
    shared: Arc<Shared>,
    breaker: Mutex<Breaker>,
    call: Arc<Notify>,
}

/// Calls the worker, so that a mail leaves at once. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Waker(Arc<Notify>);

/// What happened in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Round {
    /// Mails that were sent.
    pub sent: u32,
    /// Mails that were no longer wanted.
    pub not_wanted: u32,
    /// Mails to be tried again.
    pub postponed: u32,
    /// Mails that were given up.
    pub given_up: u32,
    /// Tries whose end could not be written down; they come back when their lease ends.
    pub unrecorded: u32,
}

pub(super) struct Shared {
    pub(super) queue: Queue,
    pub(super) author: Arc<dyn Author>,
    pub(super) post: Arc<dyn Post>,
    pub(super) message_ids: MessageIds,
    pub(super) clock: Arc<dyn Clock>,
    name: &'static str,
    ids: Arc<dyn Ids>,
    rng: Mutex<StdRng>,
}

impl Shared {
    pub(super) fn rng(&self) -> MutexGuard<'_, StdRng> {
        self.rng.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waker {
    /// To be called after the commit that queued a mail.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

impl Round {
    /// How many mails it was about.
    pub fn tried(&self) -> u32 {
        self.sent + self.not_wanted + self.postponed + self.given_up + self.unrecorded
    }
}

impl Mailer {
    /// A worker; it does nothing before [`Mailer::run`].
    pub fn new(parts: MailerParts) -> Self {
        let MailerParts { name, queue, author, post, message_ids, clock, ids, seed } = parts;
        let rng = Mutex::new(StdRng::seed_from_u64(seed));
        let shared = Arc::new(Shared { queue, author, post, message_ids, clock, name, ids, rng });
        Self { shared, breaker: Mutex::default(), call: Arc::default() }
    }

    /// The way to call this worker.
    pub fn waker(&self) -> Waker {
        Waker(Arc::clone(&self.call))
    }

    /// Works until `stop`. What is being sent then gets ten seconds; what is not finished comes back when its lease
    /// ends.
    pub async fn run(self, stop: impl Future<Output = ()> + Send) {
        let mut stop = pin!(stop);
        let mut store_answers = true;
        loop {
            let mut round = pin!(self.round());
            let result = tokio::select! {
                biased;
                () = &mut stop => {
                    // too late is no loss: the lease ends by itself
                    let _ = timeout(FAREWELL, round).await;
                    return;
                }
                result = &mut round => result,
            };
            if let (Err(error), true) = (&result, store_answers) {
                tracing::warn!(queue = self.shared.name, error.cause = %error, "the mail queue cannot be read");
            }
            store_answers = result.is_ok();
            if result.is_ok_and(|round| round.tried() > 0) {
                continue;
            }
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = self.call.notified() => {}
                () = sleep(LOOK) => {}
            }
        }
    }

    /// Takes a few due mails and tries each once.
    ///
    /// # Errors
    /// What the database says when nothing could be taken.
    pub async fn round(&self) -> Result<Round, StoreError> {
        let now = self.shared.clock.now();
        let waiting = self.shared.queue.waiting().await?;
        self.show(&waiting, now);
        if waiting.oldest_given_up_at.is_some_and(|ended| ended < now - REMEMBERED) {
            self.shared.queue.forget_given_up(now - REMEMBERED).await?;
        }
        let allowed = self.breaker().allows(now, AT_A_TIME);
        // looked at through a reader first: an idle queue never disturbs the writer
        if allowed == 0 || waiting.ready_at.is_none_or(|ready| ready > now) {
            return Ok(Round::default());
        }
        let lease_id = self.shared.ids.next(&*self.shared.clock);
        let leased = self.shared.queue.lease(allowed, now, now + LEASE, &lease_id).await?;
        Ok(self.try_each(leased).await)
    }

    async fn try_each(&self, leased: Vec<Leased>) -> Round {
        let mut tries = JoinSet::new();
        for leased in leased {
            let (id, kind) = (leased.intent.id.clone(), leased.intent.kind.clone());
            let trying = deliver(Arc::clone(&self.shared), leased);
            tries.spawn(async move { (id, kind, trying.await) });
        }
        let mut round = Round::default();
        while let Some(joined) = tries.join_next().await {
            match joined {
                Ok((id, kind, Ok(outcome))) => self.note(&mut round, &id, &kind, outcome),
                Ok((id, kind, Err(error))) => {
                    round.unrecorded += 1;
                    tracing::warn!(
                        mail.id = id,
                        mail.kind = kind,
                        error.cause = %error,
                        "how a mail went could not be written down; it comes back"
                    );
                }
                // the author or the post panicked; the panic itself was logged where it happened
                Err(_) => round.unrecorded += 1,
            }
        }
        round
    }

    fn note(&self, round: &mut Round, id: &str, kind: &str, outcome: Outcome) {
        let labels =
            [("queue", self.shared.name), ("outcome", outcome.as_str()), ("problem", outcome.problem())];
        metrics::counter!("mail_tries_total", &labels).increment(1);
        match outcome {
            Outcome::Sent => round.sent += 1,
            Outcome::NotWanted => round.not_wanted += 1,
            Outcome::Postponed(_) => round.postponed += 1,
            Outcome::GivenUp(_) => {
                round.given_up += 1;
                let problem = outcome.problem();
                tracing::warn!(mail.id = id, mail.kind = kind, problem, "a mail was given up");
            }
        }
        self.watch_the_relay(outcome);
    }

    fn watch_the_relay(&self, outcome: Outcome) {
        let problem = match outcome {
            Outcome::Sent => None,
            Outcome::Postponed(problem) | Outcome::GivenUp(Some(problem)) => Some(problem),
            Outcome::NotWanted | Outcome::GivenUp(None) => return,
        };
        let Some(problem) = problem.filter(|problem| problem.is_about_the_relay()) else {
            let answered = problem.is_none_or(Problem::is_an_answer_about_the_mail);
            if answered && self.breaker().answered() {
                tracing::info!(queue = self.shared.name, "the mail relay works again");
            }
            return;
        };
        let now = self.shared.clock.now();
        let opened = self.breaker().failed(now, &mut self.shared.rng());
        let (queue, class) = (self.shared.name, problem.as_str());
        if opened && problem.needs_the_operator() {
            tracing::error!(queue, problem = class, "the mail relay refuses us; check the mail settings");
        } else if opened {
            tracing::warn!(queue, problem = class, "the mail relay does not answer; mails wait");
        }
    }

    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn show(&self, waiting: &crate::Waiting, now: Timestamp) {
        let queue = [("queue", self.shared.name)];
        let overdue = waiting.oldest_due_at.map_or(0.0, |due| now.duration_since(due).as_secs_f64().max(0.0));
        metrics::gauge!("mail_waiting", &queue).set(waiting.waiting as f64);
        metrics::gauge!("mail_given_up", &queue).set(waiting.given_up as f64);
        metrics::gauge!("mail_oldest_due_seconds", &queue).set(overdue);
    }
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer").field("name", &self.shared.name).finish_non_exhaustive()
    }
}
