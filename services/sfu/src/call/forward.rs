//! The way of a packet from her who sends it to all who get it.

use std::time::Instant;

use contracts::media::Source;
use rtc::rtcp::payload_feedbacks::picture_loss_indication::PictureLossIndication;

use super::Call;
use crate::{
    peer::{Arrived, Feedback},
    sdp::Kind,
    vp8,
};

impl Call {
    /// Forwards a packet.
    pub(super) fn forward(&mut self, now: Instant, from: u64, arrived: &Arrived) {
        let most = f64::from(self.shared.settings.most_up) * 1_500.0;
        let Some(sending) = self.people.get_mut(&from).and_then(|person| person.sending.as_mut()) else {
            return;
        };
        let Some(origin) = sending.origins.iter_mut().find(|origin| *origin.line == *arrived.line) else {
            return;
        };
        let source = origin.source;
        let Some(index) =
            origin.layers.iter().position(|layer| layer.name.as_deref() == arrived.layer.as_deref())
        else {
            return;
        };
        let pictures = super::people::kind(source) == Kind::Video;
        let packet = &arrived.packet;
        let bytes = packet.payload.len() + 12;
        sending.meter.add(now, bytes);
        if pictures && sending.meter.rate(now) > most {
            metrics::counter!("call_packets_dropped_total", "why" => "too much").increment(1);
            return;
        }
        let layer = &mut origin.layers[index];
        layer.meter.add(now, bytes);
        let descriptor = if pictures { vp8::read(&packet.payload) } else { None };
        if let Some(height) = descriptor.and_then(|descriptor| descriptor.height).filter(|height| *height > 0)
        {
            layer.height = Some(height);
        }
        // a packet that only fills the way has no descriptor; it goes along, so that numbers have no gap
        let key = descriptor.is_some_and(|descriptor| descriptor.key);
        let to = Packet { now, from, source, index, key, descriptor };
        for (leg, person) in &mut self.people {
            if *leg != from
                && let Some(receiving) = &mut person.receiving
            {
                self.forwarded += u64::from(receiving.gets(&to, arrived, pictures));
            }
        }
    }

    /// What somebody's browser says of what it gets.
    pub(super) fn listens(&mut self, now: Instant, leg: u64, feedback: &[Feedback]) {
        let mut wanted: Vec<(u64, Source, usize)> = Vec::new();
        if let Some(receiving) = self.people.get_mut(&leg).and_then(|person| person.receiving.as_mut()) {
            for Feedback::Key(ssrc) in feedback {
                let served = receiving.slots.iter_mut().filter_map(|slot| slot.serves.as_mut());
                for serves in served.filter(|serves| serves.out.ssrc() == *ssrc) {
                    if let Some(layer) = serves.layer
                        && serves.patience.hears(now)
                    {
                        wanted.push((serves.leg, serves.source, layer));
                    }
                }
            }
        }
        for (from, source, layer) in wanted {
            self.asks(now, from, source, layer);
        }
    }

    /// Asks for a whole picture, if that was not just done.
    pub(super) fn asks(&mut self, now: Instant, from: u64, source: Source, layer: usize) {
        let Some(sending) = self.people.get_mut(&from).and_then(|person| person.sending.as_mut()) else {
            return;
        };
        let Some(origin) = sending.origins.iter_mut().find(|origin| origin.source == source) else { return };
        let Some(layer) = origin.layers.get_mut(layer) else { return };
        let Some(media_ssrc) = sending.chain.stream_of(&origin.line, layer.name.as_deref()) else { return };
        if sending.connection.secured() && layer.requests.may(now) {
            sending.connection.report(now, Box::new(PictureLossIndication { sender_ssrc: 1, media_ssrc }));
            sending.dirty = true;
            metrics::counter!("call_keyframes_asked_total").increment(1);
        }
    }
}

/// A packet, and where it belongs.
struct Packet {
    now: Instant,
    from: u64,
    source: Source,
    index: usize,
    key: bool,
    descriptor: Option<vp8::Descriptor>,
}

impl super::people::Receiving {
    /// Sends a packet on, if she is to get it.
    fn gets(&mut self, packet: &Packet, arrived: &Arrived, pictures: bool) -> bool {
        let Some(&slot) = self.by.get(&(packet.from, packet.source)) else { return false };
        let Some(serves) = self.slots.get_mut(slot).and_then(|slot| slot.serves.as_mut()) else {
            return false;
        };
        if serves.agreed.is_none() || !self.connection.secured() {
            return false;
        }
        let begins = packet.key || !pictures;
        let input = Some(arrived.packet.header.ssrc);
        if serves.layer == Some(packet.index) && serves.input != input {
            // she sends it anew; a whole picture of it will be asked for
            serves.layer = None;
        }
        if serves.target == Some(packet.index) && serves.layer != serves.target && begins {
            serves.out.begin(packet.now, &arrived.packet.header, packet.descriptor.as_ref());
            serves.layer = serves.target;
            serves.input = input;
        }
        if serves.layer != Some(packet.index) {
            return false;
        }
        let Some(written) = serves.out.write(packet.now, &arrived.packet, packet.descriptor.as_ref()) else {
            return false;
        };
        let bytes = written.payload.len() + 12;
        self.meter.add(packet.now, bytes);
        if !pictures {
            self.sound.add(packet.now, bytes);
        }
        self.connection.write(packet.now, written);
        self.dirty = true;
        true
    }
}
