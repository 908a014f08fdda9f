//! Taking a domain to this node, if nobody has it.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::time::{Instant, timeout, timeout_at};

use super::{
    names::{Domain, NodeId},
    node::Node,
    ownership::{Outcome, Stamp, Want},
    seal::Seal,
    words::{Answer, Word},
};

/// Nodes that do not answer within this time are taken for gone. They answer in a millisecond.
const PATIENCE: Duration = Duration::from_millis(700);
/// A question that was decided otherwise is asked again so often.
const TRIES: usize = 8;

/// Where a domain is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Whereabouts {
    /// Here.
    Here,
    /// There, or it has to be asked again.
    Elsewhere(Option<NodeId>),
    /// Nowhere, and this node takes nothing new.
    Draining,
    /// That cannot be found out.
    Unknown,
}

impl Node {
    /// Finds out where a domain is, and takes it if it is nowhere.
    pub(super) async fn claim(self: &Arc<Self>, domain: &Domain) -> Whereabouts {
        for _ in 0..TRIES {
            let decided = self.decided.notified();
            let wall = Timestamp::as_microsecond(self.clock.now());
            let want = self.ownership().want(domain, wall, self.now());
            match want {
                Want::Held => return Whereabouts::Here,
                Want::Draining => return Whereabouts::Draining,
                Want::Asking => {
                    // whoever was asked meanwhile is asked again
                    let _late = timeout(PATIENCE, decided).await;
                }
                Want::Ask(stamp) => {
                    // to the end, even if who wanted it is gone
                    let (node, domain) = (self.clone(), domain.clone());
                    let asked = tokio::spawn(async move {
                        let outcome = node.ask_all(&domain, &stamp).await;
                        node.decided.notify_waiters();
                        outcome
                    });
                    return match asked.await {
                        Ok(Outcome::Held) => Whereabouts::Here,
                        Ok(Outcome::Elsewhere(node)) => Whereabouts::Elsewhere(node),
                        Ok(Outcome::Deaf) | Err(_) => Whereabouts::Unknown,
                    };
                }
            }
        }
        Whereabouts::Unknown
    }

    async fn ask_all(&self, domain: &Domain, stamp: &Stamp) -> Outcome {
        let subject = self.seal.all();
        let word = Word::Whose { domain: domain.clone(), stamp: stamp.clone() };
        let waited = || self.ownership().waited(domain, stamp, self.now());
        let Some(question) = self.seal.close(&subject, &self.letter(word)) else { return waited() };
        let answering = Seal::answering(&question);
        let Ok(mut answers) = self.bus.ask(&subject, question).await else { return waited() };
        let deadline = Instant::now() + PATIENCE;
        while let Ok(Some(answer)) = timeout_at(deadline, answers.next()).await {
            let Some(answer) = self.seal.open::<Answer>(&answering, &answer, self.clock.now()) else {
                continue;
            };
            let (Some(from), Answer::Holds { holds }) = (answer.from, answer.word) else { continue };
            let decided = self.ownership().answered(domain, stamp, (&from, holds), self.now());
            if let Some(outcome) = decided {
                return outcome;
            }
        }
        waited()
    }
}
