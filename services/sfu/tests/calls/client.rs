//! A person as `webrtc` plays her: two connections, and what came over them.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
    time::Duration,
};

use bytes::Bytes;
use contracts::{
    media::{CallHear, CallSay, Direction, Drawn, Forwarding, Leg, MediaEngine, Member, Sending, Source},
    talk::RoomId,
};
use rtc::{
    media_stream::MediaStreamTrack,
    rtp::{Header, Packet},
    rtp_transceiver::{
        RTCRtpTransceiverDirection, RTCRtpTransceiverInit,
        rtp_sender::{
            RTCRtpCodec, RTCRtpCodecParameters, RTCRtpCodingParameters, RTCRtpEncodingParameters,
            RTCRtpHeaderExtensionCapability, RTCRtpRtxParameters, RtpCodecKind,
        },
    },
};
use tokio::sync::mpsc;
use webrtc::{
    media_stream::{
        track_local::{TrackLocal, static_rtp::TrackLocalStaticRTP},
        track_remote::{TrackRemote, TrackRemoteEvent},
    },
    peer_connection::{
        MediaEngine as Codecs, PeerConnection, PeerConnectionBuilder, PeerConnectionEventHandler,
        RTCPeerConnectionState, RTCSessionDescription, Registry, SettingEngineBuilder,
        register_default_interceptors,
    },
};

/// Layers of a camera, with their height.
pub(crate) const LAYERS: [(&str, u16); 3] = [("q", 180), ("h", 360), ("f", 720)];

/// What somebody saw and heard.
#[derive(Default)]
pub(crate) struct Seen {
    pub packets: HashMap<(Member, RtpCodecKind), Vec<Packet>>,
    pub opened: HashMap<(Member, RtpCodecKind), usize>,
    pub forwards: Vec<Forwarding>,
    pub held: Vec<(Member, Source)>,
    pub failed: Vec<Direction>,
    pub refused: usize,
    pub offers: u32,
    pub up: bool,
    pub down: bool,
    /// The answer to what she sends.
    pub answer: String,
}

#[derive(Clone)]
struct Watcher {
    seen: Arc<Mutex<Seen>>,
    direction: Direction,
}

#[async_trait::async_trait]
impl PeerConnectionEventHandler for Watcher {
    async fn on_connection_state_change(&self, state: RTCPeerConnectionState) {
        let mut seen = self.seen.lock().unwrap();
        let connected = state == RTCPeerConnectionState::Connected;
        match self.direction {
            Direction::Up => seen.up = connected,
            Direction::Down => seen.down = connected,
        }
    }

    async fn on_track(&self, track: Arc<dyn TrackRemote>) {
        let from: Member = track.stream_id().await.rsplit('-').next().unwrap().parse().unwrap();
        let key = (from, track.kind().await);
        let seen = Arc::clone(&self.seen);
        *seen.lock().unwrap().opened.entry(key).or_default() += 1;
        tokio::spawn(async move {
            while let Some(event) = track.poll().await {
                if let TrackRemoteEvent::OnRtpPacket(packet) = event {
                    seen.lock().unwrap().packets.entry(key).or_default().push(packet);
                }
            }
        });
    }
}

/// A person in a call.
pub(crate) struct Client {
    pub member: Member,
    pub leg: Arc<dyn Leg>,
    pub seen: Arc<Mutex<Seen>>,
    pub up: Arc<dyn PeerConnection>,
    pub down: Arc<dyn PeerConnection>,
    tracks: Arc<Mutex<HashMap<Source, Arc<TrackLocalStaticRTP>>>>,
    sends: Mutex<Vec<Sending>>,
    /// All lines there ever were, by what they were for.
    lines: Mutex<Vec<Source>>,
    streams: HashMap<(Source, usize), u32>,
    numbers: (u8, u8),
}

fn codec(mime: &str, clock_rate: u32, channels: u16) -> RTCRtpCodec {
    RTCRtpCodec {
        mime_type: mime.into(),
        clock_rate,
        channels,
        sdp_fmtp_line: String::new(),
        rtcp_feedback: vec![],
    }
}

async fn connection(
    seen: &Arc<Mutex<Seen>>,
    direction: Direction,
    numbers: (u8, u8),
    address: IpAddr,
) -> Arc<dyn PeerConnection> {
    let mut codecs = Codecs::default();
    let (vp8, opus) = numbers;
    let mut rtx = codec("video/rtx", 90_000, 0);
    rtx.sdp_fmtp_line = format!("apt={vp8}");
    for (rtp_codec, payload_type, kind) in [
        (codec("video/VP8", 90_000, 0), vp8, RtpCodecKind::Video),
        (rtx, vp8 + 1, RtpCodecKind::Video),
        (codec("audio/opus", 48_000, 2), opus, RtpCodecKind::Audio),
    ] {
        codecs.register_codec(RTCRtpCodecParameters { rtp_codec, payload_type }, kind).unwrap();
    }
    for uri in ["mid", "rtp-stream-id", "repaired-rtp-stream-id"] {
        let uri = format!("urn:ietf:params:rtp-hdrext:sdes:{uri}");
        codecs
            .register_header_extension(RTCRtpHeaderExtensionCapability { uri }, RtpCodecKind::Video, None)
            .unwrap();
    }
    let registry = register_default_interceptors(Registry::new(), &mut codecs).unwrap();
    let settings = SettingEngineBuilder::new()
        .with_include_loopback_candidate(true)
        .with_multicast_dns_mode(rtc::ice::mdns::MulticastDnsMode::Disabled)
        .build();
    let pc = PeerConnectionBuilder::new()
        .with_media_engine(codecs)
        .with_interceptor_registry(registry)
        .with_setting_engine(settings)
        .with_handler(Arc::new(Watcher { seen: Arc::clone(seen), direction }))
        .with_udp_addrs(vec![SocketAddr::new(address, 0)])
        .build()
        .await
        .unwrap();
    Arc::new(pc)
}

impl Client {
    pub(crate) async fn join(engine: &impl MediaEngine, room: &str, member: Member) -> Self {
        Self::join_with(engine, room, member, (96, 111)).await
    }

    /// Comes with other payload types for VP8 and Opus.
    pub(crate) async fn join_with(
        engine: &impl MediaEngine,
        room: &str,
        member: Member,
        numbers: (u8, u8),
    ) -> Self {
        Self::join_from(Ipv4Addr::LOCALHOST.into(), engine, room, member, numbers).await
    }

    /// Comes from another address of this machine.
    pub(crate) async fn join_from(
        address: IpAddr,
        engine: &impl MediaEngine,
        room: &str,
        member: Member,
        numbers: (u8, u8),
    ) -> Self {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (tell, hears) = mpsc::unbounded_channel();
        let listener = Box::new(move |hear| {
            let _ = tell.send(hear);
        });
        let leg: Arc<dyn Leg> = engine.join(&RoomId(room.into()), member, listener).unwrap().into();
        let up = connection(&seen, Direction::Up, numbers, address).await;
        let down = connection(&seen, Direction::Down, (96, 111), address).await;
        tokio::spawn(listen(
            hears,
            Arc::clone(&seen),
            Arc::clone(&up),
            Arc::clone(&down),
            Arc::downgrade(&leg),
        ));
        let (tracks, sends, lines) = (Arc::default(), Mutex::default(), Mutex::default());
        Self { member, leg, seen, up, down, tracks, sends, lines, streams: HashMap::new(), numbers }
    }

    /// Adds a source and offers it; a camera has layers.
    pub(crate) async fn show(&mut self, source: Source, layers: bool) {
        let mid = self.lines.lock().unwrap().len().to_string();
        self.add(source, layers, mid).await;
    }

    async fn add(&mut self, source: Source, layers: bool, mid: String) {
        let sound = matches!(source, Source::Microphone | Source::ScreenSound);
        let kind = if sound { RtpCodecKind::Audio } else { RtpCodecKind::Video };
        let names: &[&str] = if layers { &["q", "h", "f"] } else { &[""] };
        let mut codings = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let ssrc = rand::random::<u32>();
            self.streams.insert((source, index), ssrc);
            codings.push(RTCRtpEncodingParameters {
                rtp_coding_parameters: RTCRtpCodingParameters {
                    rid: (*name).to_owned(),
                    ssrc: Some(ssrc),
                    rtx: (!sound).then(|| RTCRtpRtxParameters { ssrc: rand::random() }),
                    ..RTCRtpCodingParameters::default()
                },
                codec: if sound { codec("audio/opus", 48_000, 2) } else { codec("video/VP8", 90_000, 0) },
                ..RTCRtpEncodingParameters::default()
            });
        }
        let id = format!("{source:?}");
        let track = MediaStreamTrack::new("mine".into(), id, String::new(), kind, codings.clone());
        let track = Arc::new(TrackLocalStaticRTP::new(track));
        self.tracks.lock().unwrap().insert(source, Arc::clone(&track));
        let init = RTCRtpTransceiverInit {
            direction: RTCRtpTransceiverDirection::Sendonly,
            streams: vec!["mine".into()],
            send_encodings: codings,
        };
        self.up.add_transceiver_from_track(track as Arc<dyn TrackLocal>, Some(init)).await.unwrap();
        self.lines.lock().unwrap().push(source);
        self.sends.lock().unwrap().push(Sending { mid, source });
        self.offer().await;
    }

    /// Sends a source on another line from now on.
    pub(crate) async fn again(&mut self, source: Source) {
        let line = self.lines.lock().unwrap().len().to_string();
        self.sends.lock().unwrap().retain(|sending| sending.source != source);
        self.add(source, false, line).await;
    }

    pub(crate) async fn offer(&self) {
        let offer = self.up.create_offer(None).await.unwrap();
        self.up.set_local_description(offer.clone()).await.unwrap();
        let before = std::mem::take(&mut self.seen.lock().unwrap().answer);
        let sends = self.sends.lock().unwrap().clone();
        assert!(self.leg.say(CallSay::Offer { sdp: offer.sdp, sends }));
        wait("an answer", || {
            let answer = &self.seen.lock().unwrap().answer;
            !answer.is_empty() && *answer != before
        })
        .await;
    }

    pub(crate) fn draw(&self, pictures: &[(Member, u16)]) {
        let pictures = pictures.iter().map(|(from, height)| Drawn {
            from: *from,
            source: Source::Camera,
            height: *height,
        });
        assert!(self.leg.say(CallSay::Draw { pictures: pictures.collect() }));
    }

    /// Sends a packet; a picture's begins and ends a frame.
    pub(crate) async fn send(&self, source: Source, layer: usize, number: u32, key: bool, size: usize) {
        let sound = matches!(source, Source::Microphone | Source::ScreenSound);
        let mut header = Header {
            version: 2,
            ssrc: self.streams[&(source, layer)],
            payload_type: if sound { self.numbers.1 } else { self.numbers.0 },
            sequence_number: u16::try_from(number % 65_536).unwrap(),
            timestamp: number * if sound { 960 } else { 3_000 },
            marker: !sound,
            ..Header::default()
        };
        if self.streams.contains_key(&(source, 1)) {
            let answer = self.seen.lock().unwrap().answer.clone();
            let id = |name: &str| -> u8 {
                let line = answer.lines().rfind(|line| line.ends_with(name)).unwrap();
                line.trim_start_matches("a=extmap:").split([' ', '/']).next().unwrap().parse().unwrap()
            };
            let sends = self.sends.lock().unwrap();
            let mid = sends.iter().find(|sending| sending.source == source).unwrap().mid.clone();
            header.set_extension(id("sdes:mid"), Bytes::from(mid.into_bytes())).unwrap();
            header
                .set_extension(id("sdes:rtp-stream-id"), Bytes::from_static(LAYERS[layer].0.as_bytes()))
                .unwrap();
        }
        let payload =
            if sound { voice(self.member, number, size) } else { picture(layer, number, key, size) };
        let track = Arc::clone(&self.tracks.lock().unwrap()[&source]);
        // before the way is found, packets are lost
        let _ = track.write_rtp(Packet { header, payload }).await;
    }

    pub(crate) fn got(&self, from: Member, kind: RtpCodecKind) -> Vec<Packet> {
        self.seen.lock().unwrap().packets.get(&(from, kind)).cloned().unwrap_or_default()
    }

    pub(crate) fn count(&self, from: Member, kind: RtpCodecKind) -> usize {
        self.seen.lock().unwrap().packets.get(&(from, kind)).map_or(0, Vec::len)
    }

    pub(crate) async fn leave(self) {
        let _ = self.up.close().await;
        let _ = self.down.close().await;
    }
}

/// A packet of sound whose content says whose and which it is.
pub(crate) fn voice(member: Member, number: u32, size: usize) -> Bytes {
    let mut payload = format!("voice {member} {number} ").into_bytes();
    payload.resize(payload.len().max(size), 0x55);
    Bytes::from(payload)
}

/// A picture in one packet, as Chromium makes it: numbers in its descriptor, readable first bytes, the rest encrypted.
pub(crate) fn picture(layer: usize, number: u32, key: bool, size: usize) -> Bytes {
    let id = u16::try_from(number % 0x8000).unwrap() | 0x8000;
    let [high, low] = id.to_be_bytes();
    let mut payload = vec![0x90, 0xc0, high, low, u8::try_from(number % 256).unwrap(), u8::from(!key)];
    if key {
        let [low, high] = LAYERS[layer].1.to_le_bytes();
        payload.extend([0, 0, 0x9d, 0x01, 0x2a, 0, 1, low, high]);
    }
    payload.extend(format!("layer {layer} picture {number} ").into_bytes());
    payload.resize(payload.len().max(size), 0xaa);
    Bytes::from(payload)
}

/// Layer and number written into a picture.
pub(crate) fn read(packet: &Packet) -> (usize, u32) {
    let at = packet.payload.windows(6).position(|six| six == b"layer ").unwrap();
    let text: String = packet.payload[at..].iter().take(40).map(|byte| char::from(*byte)).collect();
    let words: Vec<&str> = text.split(' ').collect();
    (words[1].parse().unwrap(), words[3].parse().unwrap())
}

/// The rooms' part: brings words between engine and connections.
async fn listen(
    mut hears: mpsc::UnboundedReceiver<CallHear>,
    seen: Arc<Mutex<Seen>>,
    up: Arc<dyn PeerConnection>,
    down: Arc<dyn PeerConnection>,
    leg: std::sync::Weak<dyn Leg>,
) {
    while let Some(hear) = hears.recv().await {
        match hear {
            CallHear::Answer { sdp } => {
                up.set_remote_description(RTCSessionDescription::answer(sdp.clone()).unwrap()).await.unwrap();
                seen.lock().unwrap().answer = sdp;
            }
            CallHear::Offer { revision, sdp, forwards } => {
                down.set_remote_description(RTCSessionDescription::offer(sdp).unwrap()).await.unwrap();
                let answer = down.create_answer(None).await.unwrap();
                down.set_local_description(answer.clone()).await.unwrap();
                {
                    let mut seen = seen.lock().unwrap();
                    seen.forwards = forwards;
                    seen.offers += 1;
                }
                let Some(leg) = leg.upgrade() else { return };
                leg.say(CallSay::Answer { revision, sdp: answer.sdp });
            }
            CallHear::Held { pictures } => seen.lock().unwrap().held = pictures,
            CallHear::Failed { direction } => seen.lock().unwrap().failed.push(direction),
            CallHear::Refused {} => seen.lock().unwrap().refused += 1,
            CallHear::Full {} => {}
        }
    }
}

/// Waits with generous patience.
pub(crate) async fn wait(what: &str, mut until: impl FnMut() -> bool) {
    for _ in 0..4_000 {
        if until() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(15)).await;
    }
    panic!("waited in vain for {what}");
}
