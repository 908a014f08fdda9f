//! What somebody sends: her offer, and the engine's answer.

use std::time::Instant;

use contracts::media::{CallHear, Direction, LONGEST_SDP, Sending as Sends};
use webrtc::peer_connection::RTCSessionDescription;

use super::{
    Call,
    people::{Origin, Sending, kind},
};
use crate::{
    meter::Meter,
    peer::{Connection, Up, up_connection},
    sdp::{self, Description, Flow, Line, Nonsense},
};

/// A person has a voice, a face, a screen, and what the screen plays.
const MOST_SOURCES: usize = 4;

impl Call {
    /// Takes an offer and answers it.
    pub(super) fn offered(
        &mut self,
        now: Instant,
        leg: u64,
        text: &str,
        sends: &[Sends],
    ) -> Result<(), Nonsense> {
        if text.len() > LONGEST_SDP {
            return Err(Nonsense);
        }
        let offer = Description::read(text)?;
        check(&offer, sends)?;
        if self.people.get(&leg).is_some_and(|person| person.sending.is_none()) {
            let sending = self.begin_sending(now, leg)?;
            if let Some(person) = self.people.get_mut(&leg) {
                person.sending = Some(sending);
            }
        }
        let Some(person) = self.people.get_mut(&leg) else { return Ok(()) };
        let Some(sending) = &mut person.sending else { return Ok(()) };
        sending.dirty = true;
        let answered = sending.connection.negotiate(|pc| {
            pc.set_remote_description(now, RTCSessionDescription::offer(text.to_owned())?)?;
            let answer = pc.create_answer(None)?;
            pc.set_local_description(now, answer)?;
            Ok(pc.local_description().map(|description| description.sdp))
        });
        let agreed =
            answered.ok().flatten().and_then(|sdp| Description::read(&sdp).ok().map(|read| (sdp, read)));
        let Some((answer, read)) = agreed else {
            // half a negotiation is none: the connection begins anew with the next offer
            if let Some(broken) = person.sending.take() {
                self.whose.remove(&broken.id);
                broken.connection.close(now);
            }
            self.everybody_but(leg);
            return Err(Nonsense);
        };
        sending.connection.answers_to(now, &read.name);
        let lines = agreed_lines(&offer, &read);
        sending.chain.agree(&lines);
        let mut before = std::mem::take(&mut sending.origins);
        for send in sends {
            let Some(line) = lines.iter().find(|line| line.mid == send.mid) else { continue };
            let known = before.iter().position(|origin| {
                origin.source == send.source
                    && origin.line == send.mid
                    && origin.layers.iter().filter(|layer| layer.name.is_some()).count() == line.layers.len()
            });
            sending.origins.push(match known {
                Some(index) => before.swap_remove(index),
                None => Origin::new(now, send.source, &send.mid, &line.layers),
            });
        }
        let sdp = sdp::finish_answer(&answer, &offer, self.shared.settings.most_up);
        person.hears(CallHear::Answer { sdp });
        self.everybody_but(leg);
        self.changed.insert(leg);
        self.begin_receiving(now, leg)
    }

    fn begin_sending(&mut self, now: Instant, leg: u64) -> Result<Sending, Nonsense> {
        let chain = Up::default();
        let pc = up_connection(now, chain.chain()).map_err(|_| Nonsense)?;
        let (id, listed) = self.list(leg, Direction::Up);
        let connection = Connection::new(pc, self.shared.net.clone(), listed).map_err(|_| {
            self.whose.remove(&id);
            Nonsense
        })?;
        Ok(Sending { id, connection, chain, origins: Vec::new(), meter: Meter::new(now), dirty: true })
    }
}

/// Whether an offer makes sense and says what it sends.
fn check(offer: &Description, sends: &[Sends]) -> Result<(), Nonsense> {
    let only_sends = offer.lines.iter().all(|line| line.refused || line.flow != Flow::Receives);
    if !only_sends || sends.len() > MOST_SOURCES {
        return Err(Nonsense);
    }
    for (index, send) in sends.iter().enumerate() {
        let again = sends[..index].iter().any(|other| other.mid == send.mid || other.source == send.source);
        let line = offer.line(&send.mid).ok_or(Nonsense)?;
        if again || line.kind != kind(send.source) {
            return Err(Nonsense);
        }
    }
    Ok(())
}

/// Lines on which both agree: streams and layers as offered, numbers as answered.
fn agreed_lines(offer: &Description, answer: &Description) -> Vec<Line> {
    let agreed = |line: &Line| {
        let answered = answer.line(&line.mid)?;
        let open = !line.refused && !answered.refused && matches!(line.flow, Flow::Sends | Flow::Both);
        (open && answered.codec.is_some()).then(|| Line {
            codec: answered.codec,
            repair: answered.repair,
            extensions: answered.extensions,
            ..line.clone()
        })
    };
    offer.lines.iter().filter_map(agreed).collect()
}
