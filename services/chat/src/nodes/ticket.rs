//! Tickets among several nodes: the node a room belongs to gives them out, whichever was asked.

use std::{collections::HashSet, sync::Arc, time::Duration};

use tokio::time::timeout;
use webkit::networks::Network;

use super::{
    claim::Whereabouts,
    names::{Domain, NodeId},
    node::Node,
    seal::{Seal, write_network},
    words::{Answer, No, Word},
};
use crate::{
    Chat,
    protocol::{Ending, Token},
    room::Holder,
    tickets::{Comer, NoTicket},
};

/// A node that gives no answer for so long is passed over. It may have to wait for others itself.
const PATIENCE: Duration = Duration::from_secs(2);
/// Nodes that are asked one after the other.
const TRIES: usize = 8;

impl Node {
    /// A ticket for a right, from the node its room belongs to.
    pub(crate) async fn ticket(
        self: &Arc<Self>,
        chat: &Chat,
        (text, comer): (&str, &Comer),
        network: Option<Network>,
    ) -> Result<Token, NoTicket> {
        let domain = Domain::of(&comer.entry);
        if self.ownership().holds(&domain) {
            // also while the bus is away
            return self.own_ticket(chat, comer, network).await;
        }
        let mut passed = HashSet::new();
        let mut next = None;
        for _ in 0..TRIES {
            let candidates = self.ownership().candidates(&domain);
            let Some(node) =
                next.take().or_else(|| candidates.into_iter().find(|node| !passed.contains(node)))
            else {
                break;
            };
            let answer = if node == self.me {
                self.give(chat, comer, network).await
            } else {
                self.ask_for_ticket(&node, (text, comer.holder), network).await
            };
            match answer {
                Answer::Ticket { ticket } => return Ok(Token(ticket)),
                Answer::Elsewhere { node } => next = node,
                Answer::NoTicket { why: No::Revoked } => return Err(NoTicket::Refused(Ending::Revoked)),
                Answer::NoTicket { why: No::TooMany } => return Err(NoTicket::TooMany),
                Answer::NoTicket { why: No::Full } => return Err(NoTicket::Full),
                _ => _ = passed.insert(node),
            }
        }
        Err(NoTicket::Unreachable)
    }

    /// Gives a ticket to another node, or to itself.
    pub(super) async fn give(
        self: &Arc<Self>,
        chat: &Chat,
        comer: &Comer,
        network: Option<Network>,
    ) -> Answer {
        match self.claim(&Domain::of(&comer.entry)).await {
            Whereabouts::Here => match self.own_ticket(chat, comer, network).await {
                Ok(ticket) => Answer::Ticket { ticket: ticket.0 },
                Err(NoTicket::Refused(Ending::Revoked)) => Answer::NoTicket { why: No::Revoked },
                Err(NoTicket::TooMany) => Answer::NoTicket { why: No::TooMany },
                Err(NoTicket::Full) => Answer::NoTicket { why: No::Full },
                Err(NoTicket::Refused(_) | NoTicket::Unreachable) => Answer::NoTicket { why: No::Unable },
            },
            Whereabouts::Elsewhere(node) => Answer::Elsewhere { node },
            Whereabouts::Draining => Answer::NoTicket { why: No::Draining },
            Whereabouts::Unknown => Answer::NoTicket { why: No::Unable },
        }
    }

    async fn own_ticket(
        &self,
        chat: &Chat,
        comer: &Comer,
        network: Option<Network>,
    ) -> Result<Token, NoTicket> {
        if let Some(why) = chat.rooms().refuses(&comer.entry) {
            return Err(NoTicket::Refused(why));
        }
        let ticket = chat.0.tickets.issue(comer.clone(), network, self.clock.now())?;
        Ok(self.named(&ticket))
    }

    async fn ask_for_ticket(
        &self,
        node: &NodeId,
        (entry, holder): (&str, Option<Holder>),
        network: Option<Network>,
    ) -> Answer {
        let subject = self.seal.one(node);
        let word = Word::Ticket {
            entry: entry.to_owned(),
            network: Some(write_network(network)),
            holder: holder.map(Holder::write),
        };
        let asked = async {
            let question = self.seal.close(&subject, &self.letter(word))?;
            let answering = Seal::answering(&question);
            let mut answers = self.bus.ask(&subject, question).await.ok()?;
            loop {
                let answer = answers.next().await?;
                if let Some(letter) = self.seal.open::<Answer>(&answering, &answer, self.clock.now()) {
                    return Some(letter.word);
                }
            }
        };
        let answer = timeout(PATIENCE, asked).await.ok().flatten();
        answer.unwrap_or(Answer::NoTicket { why: No::Unable })
    }
}
