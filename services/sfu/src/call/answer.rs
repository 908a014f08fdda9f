//! What somebody receives: the engine's offers, and her answers.

use std::time::{Duration, Instant};

use contracts::media::{CallHear, Direction, Drawn, Forwarding, LONGEST_SDP, Member, Source};
use rtc::{
    interceptor::{RTCPFeedback, RTPHeaderExtension, StreamInfo},
    media_stream::MediaStreamTrack,
    peer_connection::configuration::RTCOfferOptions,
    rtp_transceiver::{
        RTCRtpTransceiverDirection, RTCRtpTransceiverInit,
        rtp_sender::{RTCRtpCodingParameters, RTCRtpEncodingParameters, RTCRtpRtxParameters, RtpCodecKind},
    },
};
use webrtc::peer_connection::RTCSessionDescription;

use super::{
    Call,
    people::{Receiving, Slot, Subscription, kind},
};
use crate::{
    budget::Budget,
    meter::Meter,
    net::Listed,
    peer::{Connection, Down, OPUS, Order, PICTURES, VP8, down_connection, opus, vp8},
    rewrite::Rewriter,
    sdp::{ARRIVAL, Description, Flow, Kind, Line, MOST_LINES, Nonsense},
};

/// So long an offer waits for its answer before a newer one takes its place.
const PATIENCE: Duration = Duration::from_secs(3);
/// Most pictures a browser may say it draws.
const MOST_DRAWN: usize = 256;

impl Call {
    pub(super) fn list(&mut self, leg: u64, direction: Direction) -> (u64, Listed) {
        let id = self.shared.connections.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        self.whose.insert(id, (leg, direction));
        (id, self.shared.net.board.list(id, self.inbox.clone()))
    }

    pub(super) fn begin_receiving(&mut self, now: Instant, leg: u64) -> Result<(), Nonsense> {
        if self.people.get(&leg).is_none_or(|person| person.receiving.is_some()) {
            return Ok(());
        }
        let most = f64::from(self.shared.settings.most_down) * 1_000.0;
        let chain = Down::default();
        let pc = down_connection(now, chain.chain(most)).map_err(|_| Nonsense)?;
        let (id, listed) = self.list(leg, Direction::Down);
        let connection = Connection::new(pc, self.shared.net.clone(), listed).map_err(|_| {
            self.whose.remove(&id);
            Nonsense
        })?;
        let receiving = Receiving {
            id,
            connection,
            chain,
            slots: Vec::new(),
            by: std::collections::HashMap::new(),
            revision: 0,
            unanswered: None,
            stale: false,
            budget: Budget::new(most),
            meter: Meter::new(now),
            sound: Meter::new(now),
            dirty: true,
        };
        if let Some(person) = self.people.get_mut(&leg) {
            person.receiving = Some(receiving);
        }
        self.changed.insert(leg);
        Ok(())
    }

    pub(super) fn draws(&mut self, now: Instant, leg: u64, pictures: Vec<Drawn>) -> Result<(), Nonsense> {
        if pictures.len() > MOST_DRAWN {
            return Err(Nonsense);
        }
        if let Some(person) = self.people.get_mut(&leg) {
            let heights = pictures.into_iter().map(|drawn| ((drawn.from, drawn.source), drawn.height));
            person.drawn = Some(heights.collect());
        }
        self.hurry = true;
        // who has neither microphone nor camera listens
        self.begin_receiving(now, leg)
    }

    pub(super) fn restarts(&mut self, now: Instant, leg: u64) -> Result<(), Nonsense> {
        self.begin_receiving(now, leg)?;
        self.offer(now, leg, true)
    }

    /// Brings the lines of everybody for whom something changed in accord with what is sent.
    pub(super) fn renegotiate(&mut self, now: Instant) {
        for leg in std::mem::take(&mut self.changed) {
            self.fill(leg);
        }
        let waits = |receiving: &Receiving| {
            receiving.stale
                && receiving.unanswered.is_none_or(|since| now.saturating_duration_since(since) >= PATIENCE)
        };
        let due: Vec<u64> = self
            .people
            .iter()
            .filter(|(_, person)| person.receiving.as_ref().is_some_and(waits))
            .map(|(leg, _)| *leg)
            .collect();
        for leg in due {
            if self.offer(now, leg, false).is_err() {
                self.failed(now, leg, Direction::Down);
            }
        }
    }

    /// Gives each source of others a line, and frees the lines of those that are gone.
    fn fill(&mut self, leg: u64) {
        let sent: Vec<(u64, Member, Source)> = self
            .people
            .iter()
            .filter(|(other, _)| **other != leg)
            .flat_map(|(other, person)| {
                let origins = person.sending.iter().flat_map(|sending| &sending.origins);
                origins.map(|origin| (*other, person.member, origin.source))
            })
            .collect();
        let Some(receiving) = self.people.get_mut(&leg).and_then(|person| person.receiving.as_mut()) else {
            return;
        };
        receiving.free(&sent);
        for (other, member, source) in sent {
            if !receiving.by.contains_key(&(other, source)) && receiving.serve(other, member, source).is_err()
            {
                metrics::counter!("call_lines_refused_total").increment(1);
            }
        }
    }

    fn offer(&mut self, now: Instant, leg: u64, restart: bool) -> Result<(), Nonsense> {
        let Some(person) = self.people.get_mut(&leg) else { return Ok(()) };
        let Some(receiving) = &mut person.receiving else { return Ok(()) };
        receiving.stale = false;
        receiving.dirty = true;
        if receiving.slots.is_empty() {
            return Ok(());
        }
        // a way that was never begun needs no new one
        let restart = restart && receiving.revision > 0;
        let offered = receiving.connection.negotiate(|pc| {
            let offer = pc.create_offer(Some(RTCOfferOptions { ice_restart: restart }))?;
            pc.set_local_description(now, offer)?;
            Ok(pc.local_description().map(|description| description.sdp))
        });
        let sdp = offered.ok().flatten().filter(|sdp| sdp.len() <= LONGEST_SDP).ok_or(Nonsense)?;
        let read = Description::read(&sdp)?;
        receiving.connection.answers_to(now, &read.name);
        receiving.revision += 1;
        receiving.unanswered = Some(now);
        let forwards = receiving.forwards();
        let offer = CallHear::Offer { revision: receiving.revision, sdp, forwards };
        person.hears(offer);
        Ok(())
    }

    /// Takes an answer; one that answers an older offer is passed over.
    pub(super) fn answered(
        &mut self,
        now: Instant,
        leg: u64,
        revision: u32,
        text: &str,
    ) -> Result<(), Nonsense> {
        if text.len() > LONGEST_SDP {
            return Err(Nonsense);
        }
        let Some(receiving) = self.people.get_mut(&leg).and_then(|person| person.receiving.as_mut()) else {
            return Err(Nonsense);
        };
        if revision > receiving.revision {
            return Err(Nonsense);
        }
        if revision < receiving.revision || receiving.unanswered.is_none() {
            return Ok(());
        }
        let read = Description::read(text)?;
        receiving.dirty = true;
        let taken = receiving
            .connection
            .negotiate(|pc| pc.set_remote_description(now, RTCSessionDescription::answer(text.to_owned())?));
        taken.map_err(|_| Nonsense)?;
        receiving.unanswered = None;
        receiving.agree(&read);
        self.hurry = true;
        Ok(())
    }
}

impl Receiving {
    fn free(&mut self, sent: &[(u64, Member, Source)]) {
        for slot in &mut self.slots {
            let Some(serves) = &slot.serves else { continue };
            if sent.iter().any(|(leg, _, source)| (*leg, *source) == (serves.leg, serves.source)) {
                continue;
            }
            self.by.remove(&(serves.leg, serves.source));
            if let Some(info) = &serves.agreed {
                self.chain.order(Order::End(info.clone()));
            }
            let transceiver = slot.transceiver;
            let freed = self.connection.negotiate(|pc| {
                match pc.rtp_transceiver(transceiver).and_then(|t| t.sender()) {
                    Some(sender) => pc.remove_track(sender),
                    None => Ok(()),
                }
            });
            let _ = freed;
            slot.serves = None;
            slot.rested = false;
            self.stale = true;
        }
    }

    fn serve(&mut self, leg: u64, member: Member, source: Source) -> Result<(), Nonsense> {
        let kind = kind(source);
        let (ssrc, repair) = (rand::random::<u32>(), rand::random::<u32>());
        let sound = kind == Kind::Audio;
        // voice and face belong together, so that lips fit; so do a screen and what it plays
        let stream = match source {
            Source::Microphone | Source::Camera => format!("person-{member}"),
            Source::Screen | Source::ScreenSound => format!("screen-{member}"),
        };
        let coding = RTCRtpEncodingParameters {
            rtp_coding_parameters: RTCRtpCodingParameters {
                ssrc: Some(ssrc),
                rtx: (!sound).then_some(RTCRtpRtxParameters { ssrc: repair }),
                ..RTCRtpCodingParameters::default()
            },
            codec: if sound { opus() } else { vp8() },
            ..RTCRtpEncodingParameters::default()
        };
        let of = if sound { RtpCodecKind::Audio } else { RtpCodecKind::Video };
        let track = MediaStreamTrack::new(
            stream.clone(),
            format!("{stream}-{ssrc:08x}"),
            String::new(),
            of,
            vec![coding],
        );
        let mut free = self.slots.iter().filter(|slot| slot.kind == kind && slot.serves.is_none()).peekable();
        let again =
            free.peek().is_some() && (free.all(|slot| slot.rested) || self.slots.len() + 4 >= MOST_LINES);
        if !again && self.slots.len() == MOST_LINES {
            return Err(Nonsense);
        }
        let transceiver = self.connection.negotiate(|pc| {
            if again {
                return pc.add_track(track).map(usize::from);
            }
            let init = RTCRtpTransceiverInit {
                direction: RTCRtpTransceiverDirection::Sendonly,
                streams: vec![stream],
                send_encodings: vec![],
            };
            pc.add_transceiver_from_track(track, Some(init))
        });
        let transceiver = transceiver.map_err(|_| Nonsense)?;
        let (payload_type, clock) = if sound { (OPUS, 48_000) } else { (VP8, PICTURES) };
        let subscription = Subscription {
            leg,
            member,
            source,
            repair,
            out: Rewriter::new(ssrc, payload_type, clock),
            agreed: None,
            layer: None,
            input: None,
            target: sound.then_some(0),
            patience: crate::keyframes::Patience::default(),
        };
        let index = match self.slots.iter().position(|slot| slot.transceiver == transceiver) {
            Some(index) => index,
            None => {
                self.slots.push(Slot { transceiver, kind, serves: None, rested: false });
                self.slots.len() - 1
            }
        };
        self.slots[index].serves = Some(subscription);
        self.by.insert((leg, source), index);
        self.stale = true;
        Ok(())
    }

    fn mid(&mut self, transceiver: usize) -> Option<String> {
        let mid =
            self.connection.negotiate(|pc| Ok(pc.rtp_transceiver(transceiver).and_then(|t| t.mid().clone())));
        mid.ok().flatten()
    }

    fn forwards(&mut self) -> Vec<Forwarding> {
        let served: Vec<(usize, Member, Source)> = self
            .slots
            .iter()
            .filter_map(|slot| {
                slot.serves.as_ref().map(|serves| (slot.transceiver, serves.member, serves.source))
            })
            .collect();
        served
            .into_iter()
            .filter_map(|(transceiver, from, source)| {
                self.mid(transceiver).map(|mid| Forwarding { mid, from, source })
            })
            .collect()
    }

    /// Takes over the numbers under which her browser knows codecs and extensions.
    fn agree(&mut self, answer: &Description) {
        for index in 0..self.slots.len() {
            let Some(mid) = self.mid(self.slots[index].transceiver) else { continue };
            let Some(line) = answer.line(&mid) else { continue };
            let slot = &mut self.slots[index];
            let Some(serves) = &mut slot.serves else {
                slot.rested = true;
                continue;
            };
            let open = !line.refused && matches!(line.flow, Flow::Receives | Flow::Both);
            let info = line.codec.filter(|_| open).map(|codec| info(serves, line, codec));
            let same = match (&serves.agreed, &info) {
                (Some(before), Some(now)) => {
                    before.payload_type == now.payload_type && before.ssrc == now.ssrc
                }
                (None, None) => true,
                _ => false,
            };
            if same {
                continue;
            }
            if let Some(before) = serves.agreed.take() {
                self.chain.order(Order::End(before));
            }
            if let Some(info) = info {
                serves.out.set_payload_type(info.payload_type);
                self.chain.order(Order::Begin(info.clone()));
                serves.agreed = Some(info);
            }
        }
    }
}

fn info(serves: &Subscription, line: &Line, codec: u8) -> StreamInfo {
    let feedback = |typ: &str| RTCPFeedback { typ: typ.into(), parameter: String::new() };
    let arrival = line.extensions.arrival.map(|id| RTPHeaderExtension { uri: ARRIVAL.into(), id: id.into() });
    let sound = line.kind == Kind::Audio;
    StreamInfo {
        ssrc: serves.out.ssrc(),
        ssrc_rtx: line.repair.map(|_| serves.repair),
        payload_type: codec,
        payload_type_rtx: line.repair,
        rtp_header_extensions: arrival.into_iter().collect(),
        mime_type: if sound { "audio/opus".into() } else { "video/VP8".into() },
        clock_rate: if sound { 48_000 } else { PICTURES },
        rtcp_feedback: if sound {
            vec![feedback("transport-cc")]
        } else {
            vec![feedback("nack"), feedback("transport-cc")]
        },
        ..StreamInfo::default()
    }
}
