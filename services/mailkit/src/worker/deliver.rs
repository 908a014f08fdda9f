//! One try with one mail.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;
use storekit::StoreError;
use tokio::time::{sleep, timeout};

use super::{AuthorError, backoff::pause, mailer::Shared};
use crate::{Leased, Problem, SendError};

/// Nobody else touches a leased row for so long.
pub(super) const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// A try is broken off while the lease is still good.
const LONGEST_TRY: Duration = Duration::from_secs(4 * 60);

/// How a try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Sent,
    NotWanted,
    Postponed(Problem),
    GivenUp(Option<Problem>),
}

impl Outcome {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::NotWanted => "not_wanted",
            Self::Postponed(_) => "postponed",
            Self::GivenUp(_) => "given_up",
        }
    }

    pub(super) fn problem(self) -> &'static str {
        match self {
            Self::Sent | Self::NotWanted => "none",
            Self::GivenUp(None) => "expired",
            Self::Postponed(problem) | Self::GivenUp(Some(problem)) => problem.as_str(),
        }
    }
}

/// Tries one mail and writes down how it went.
pub(super) async fn deliver(shared: Arc<Shared>, leased: Leased) -> Result<Outcome, StoreError> {
    let now = shared.clock.now();
    if now >= leased.intent.give_up_at {
        shared.queue.give_up(&leased, None).await?;
        return Ok(Outcome::GivenUp(None));
    }
    let tried = timeout(LONGEST_TRY, write_and_send(&shared, &leased)).await;
    match tried.unwrap_or(Err(SendError::Retry(Problem::TimedOut))) {
        Ok(outcome) => {
            write_down(&shared, &leased).await?;
            Ok(outcome)
        }
        Err(SendError::Retry(problem)) => {
            let until = next_try(&leased, shared.clock.now(), &mut shared.rng());
            shared.queue.postpone(&leased, until, problem.as_str()).await?;
            Ok(Outcome::Postponed(problem))
        }
        Err(SendError::Fail(problem)) => {
            shared.queue.give_up(&leased, Some(problem.as_str())).await?;
            Ok(Outcome::GivenUp(Some(problem)))
        }
    }
}

async fn write_and_send(shared: &Shared, leased: &Leased) -> Result<Outcome, SendError> {
    let intent = &leased.intent;
    let mail = match shared.author.write(intent).await {
        Ok(Some(mail)) => mail,
        Ok(None) => return Ok(Outcome::NotWanted),
        Err(AuthorError::Unavailable { reason }) => {
            tracing::warn!(
                mail.id = intent.id,
                mail.kind = intent.kind,
                reason,
                "a mail could not be written yet"
            );
            return Err(SendError::Retry(Problem::AuthorUnavailable));
        }
        Err(AuthorError::Broken { reason }) => {
            tracing::error!(mail.id = intent.id, mail.kind = intent.kind, reason, "a mail cannot be written");
            return Err(SendError::Fail(Problem::AuthorBroken));
        }
    };
    shared.post.send(&mail, &shared.message_ids.of(&intent.id)).await?;
    Ok(Outcome::Sent)
}

/// The mail is gone; if that is not written down it goes a second time. So a store that stumbles gets more chances.
async fn write_down(shared: &Shared, leased: &Leased) -> Result<(), StoreError> {
    for seconds in [1, 3, 9] {
        match shared.queue.done(leased).await {
            Err(StoreError::Unavailable { .. }) => sleep(Duration::from_secs(seconds)).await,
            done => return done.map(drop),
        }
    }
    shared.queue.done(leased).await.map(drop)
}

/// Never later than the end, so that it is then given up and counted.
fn next_try(leased: &Leased, now: Timestamp, rng: &mut StdRng) -> Timestamp {
    (now + pause(leased.attempts, rng)).min(leased.intent.give_up_at)
}
