//! Somebody in a call: what she sends and what she gets.

use std::{collections::HashMap, time::Instant};

use contracts::media::{CallHear, Listener, Member, Source};
use rtc::interceptor::StreamInfo;

use crate::{
    budget::Budget,
    keyframes::{Patience, Requests},
    meter::Meter,
    peer::{Connection, Down, Up},
    rewrite::Rewriter,
    sdp::Kind,
};

/// One person.
pub(super) struct Person {
    pub member: Member,
    listener: Listener,
    pub sending: Option<Sending>,
    pub receiving: Option<Receiving>,
    /// Heights of pictures as she draws them; before the first word all are small.
    pub drawn: Option<HashMap<(Member, Source), u16>>,
    pub held: Vec<(Member, Source)>,
}

/// The connection on which she sends.
pub(super) struct Sending {
    pub id: u64,
    pub connection: Connection,
    pub chain: Up,
    pub origins: Vec<Origin>,
    pub meter: Meter,
    pub dirty: bool,
}

/// A medium she sends.
pub(super) struct Origin {
    pub source: Source,
    pub line: String,
    /// Layers, smallest first as far as known; a medium without layers has one without a name.
    pub layers: Vec<Layer>,
}

/// One layer of a picture.
pub(super) struct Layer {
    pub name: Option<String>,
    pub meter: Meter,
    pub height: Option<u16>,
    pub requests: Requests,
}

/// The connection on which she receives.
pub(super) struct Receiving {
    pub id: u64,
    pub connection: Connection,
    pub chain: Down,
    pub slots: Vec<Slot>,
    pub by: HashMap<(u64, Source), usize>,
    /// Number of the newest offer.
    pub revision: u32,
    /// Since when it has not been answered.
    pub unanswered: Option<Instant>,
    /// The lines changed since then.
    pub stale: bool,
    pub budget: Budget,
    pub meter: Meter,
    pub sound: Meter,
    pub dirty: bool,
}

/// A line of hers.
pub(super) struct Slot {
    pub transceiver: usize,
    pub kind: Kind,
    pub serves: Option<Subscription>,
    /// Her browser knows that the line is free.
    pub rested: bool,
}

/// A medium she gets.
pub(super) struct Subscription {
    pub leg: u64,
    pub member: Member,
    pub source: Source,
    pub repair: u32,
    pub out: Rewriter,
    /// Set once her browser agreed.
    pub agreed: Option<StreamInfo>,
    /// The layer that is forwarded.
    pub layer: Option<usize>,
    /// The stream it comes from; another one begins as another layer does.
    pub input: Option<u32>,
    /// The layer that is to be forwarded.
    pub target: Option<usize>,
    pub patience: Patience,
}

impl Person {
    pub(super) fn new(member: Member, listener: Listener) -> Self {
        Self { member, listener, sending: None, receiving: None, drawn: None, held: Vec::new() }
    }

    pub(super) fn hears(&self, hear: CallHear) {
        (self.listener)(hear);
    }

    /// How large she draws a picture; `None` if not at all.
    pub(super) fn draws(&self, from: Member, source: Source) -> Option<u16> {
        match &self.drawn {
            None => Some(1),
            Some(drawn) => drawn.get(&(from, source)).copied().filter(|height| *height > 0),
        }
    }
}

/// What kind of line a source needs.
pub(super) fn kind(source: Source) -> Kind {
    match source {
        Source::Microphone | Source::ScreenSound => Kind::Audio,
        Source::Camera | Source::Screen => Kind::Video,
    }
}

impl Origin {
    pub(super) fn new(now: Instant, source: Source, line: &str, names: &[String]) -> Self {
        let layer = |name: Option<String>| Layer {
            name,
            meter: Meter::new(now),
            height: None,
            requests: Requests::default(),
        };
        let mut layers: Vec<Layer> = names.iter().map(|name| layer(Some(name.clone()))).collect();
        // browsers of ours name them quarter, half and full; others list the smallest or the largest first and tell by pictures
        layers.sort_by_key(|layer| {
            ["q", "h", "f"].iter().position(|name| layer.name.as_deref() == Some(*name))
        });
        if layers.is_empty() {
            layers.push(layer(None));
        }
        Self { source, line: line.to_owned(), layers }
    }

    /// Height of a layer in pixels; guessed until a whole picture told it.
    pub(super) fn height(&self, layer: usize) -> u16 {
        let guess = 720_u16 >> (self.layers.len() - 1 - layer).min(4);
        self.layers[layer].height.unwrap_or(guess)
    }
}
