//! What a node does with what it hears.

use std::{collections::HashSet, sync::Arc};

use buskit::Message;
use serde::Serialize;

use super::{
    node::Node,
    ownership::Compared,
    seal::{Seal, read_network},
    words::{Answer, Letter, MOST, No, Word},
};
use crate::{Chat, room::Holder, tickets::Comer};

impl Node {
    /// Hears something. What takes longer is done aside, so that questions of others never wait for it.
    pub(super) async fn hear(self: &Arc<Self>, chat: &Chat, subject: &str, message: Message) {
        let letter = self.seal.open::<Word>(subject, &message.payload, self.clock.now());
        let Some(Letter { from, word, .. }) = letter.filter(|letter| letter.word.is_sound()) else {
            metrics::counter!("talk_bus_refused_total").increment(1);
            return;
        };
        match (word, from) {
            (Word::Beat { life, address, draining }, Some(from)) => {
                if from == self.me {
                    if life != self.life() {
                        tracing::error!(node.name = %self.me, "another node has the same name; each needs its own");
                    }
                } else if self.ownership().heard_of(from.clone(), (life, address, draining), self.now()) {
                    let (node, chat) = (self.clone(), chat.clone());
                    tokio::spawn(async move { node.greet(&chat, &from).await });
                }
            }
            (Word::Gone {}, Some(from)) => self.ownership().gone(&from),
            (Word::Whose { domain, stamp }, _) => {
                let holds = self.ownership().asked(&domain, &stamp);
                self.answer(&message, Answer::Holds { holds }).await;
            }
            (Word::Ticket { entry, network, holder }, _) => {
                self.hear_ticket(chat, message, (&entry, network.as_deref(), holder.as_deref())).await;
            }
            (Word::Held { claims }, Some(from)) if from != self.me => {
                let Compared { yielded, kept } = self.ownership().compare(claims);
                for claims in kept.chunks(MOST) {
                    self.say(&self.seal.one(&from), Word::Held { claims: claims.to_vec() }).await;
                }
                if !yielded.is_empty() {
                    tracing::warn!(
                        rooms = yielded.len(),
                        "rooms were open on two nodes; the older ones stay"
                    );
                    let (chat, yielded) = (chat.clone(), HashSet::<_>::from_iter(yielded));
                    tokio::spawn(async move { chat.rooms().leave(|domain| yielded.contains(domain)).await });
                }
            }
            (Word::Revoked { ended }, _) => {
                let (node, chat) = (self.clone(), chat.clone());
                tokio::spawn(async move {
                    Self::end_all(&chat, &ended).await;
                    node.answer(&message, Answer::Done {}).await;
                });
            }
            (Word::News { rooms }, _) => {
                let news = rooms.into_iter().filter_map(|room| {
                    let news = chat.rooms().news(&room)?;
                    Some((room, news))
                });
                self.answer(&message, Answer::News { news: news.collect() }).await;
            }
            (Word::Queue { queue }, _) => {
                let mut waiters = chat.rooms().queue(&queue);
                waiters.truncate(MOST);
                self.answer(&message, Answer::Waiters { waiters }).await;
            }
            (Word::Attend { queue }, _) => {
                chat.rooms().attend(&queue);
                self.answer(&message, Answer::Done {}).await;
            }
            (Word::Drain {}, _) => {
                let (node, chat) = (self.clone(), chat.clone());
                tokio::spawn(async move { chat.drain(node.patience).await });
                self.answer(&message, Answer::Done {}).await;
            }
            (Word::Beat { .. } | Word::Gone {} | Word::Held { .. }, _) => {}
        }
    }

    /// Another node wants a ticket. It has checked the right; this one does, too.
    async fn hear_ticket(
        self: &Arc<Self>,
        chat: &Chat,
        message: Message,
        (entry, network, holder): (&str, Option<&str>, Option<&str>),
    ) {
        let network = network.map_or(Some(None), read_network);
        let holder = holder.map_or(Some(None), |text| Holder::read(text).map(Some));
        let (Ok(entry), Some(network), Some(holder)) = (chat.entry(entry), network, holder) else {
            return self.answer(&message, Answer::NoTicket { why: No::Unable }).await;
        };
        let Ok(place) = self.tickets.clone().try_acquire_owned() else {
            return self.answer(&message, Answer::NoTicket { why: No::Full }).await;
        };
        let (node, chat) = (self.clone(), chat.clone());
        tokio::spawn(async move {
            let answer = node.give(&chat, &Comer { entry, holder }, network).await;
            node.answer(&message, answer).await;
            drop(place);
        });
    }

    async fn answer(&self, question: &Message, answer: impl Serialize) {
        let answering = Seal::answering(&question.payload);
        if let Some(sealed) = self.seal.close(&answering, &self.letter(answer)) {
            // whoever asked asks again
            let _away = self.bus.answer(question, sealed).await;
        }
    }
}
