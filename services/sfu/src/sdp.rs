//! What the engine needs to know of a description: its lines, their numbers, and who begins to talk by which name.
//!
//! The library negotiates; this reads what was agreed, so that packets can be sorted without asking it.

/// Most lines of a description.
pub(crate) const MOST_LINES: usize = 40;
const MOST_STREAMS: usize = 24;
const MOST_LAYERS: usize = 4;

/// It is no description the engine could follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Nonsense;

/// What a line carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Audio,
    Video,
}

/// Which way a line goes, as seen by who wrote the description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    Both,
    Sends,
    Receives,
    None,
}

/// One line of media.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub kind: Kind,
    pub mid: String,
    pub flow: Flow,
    /// Its port is nought: it is refused or over.
    pub refused: bool,
    /// Payload type of Opus or VP8.
    pub codec: Option<u8>,
    /// Payload type of its retransmissions (RFC 4588).
    pub repair: Option<u8>,
    /// Header extensions by number.
    pub extensions: Extensions,
    /// Streams it names, without retransmissions.
    pub streams: Vec<u32>,
    /// Streams and those of their retransmissions.
    pub repairs: Vec<(u32, u32)>,
    /// Names of layers.
    pub layers: Vec<String>,
}

/// Numbers of the header extensions that are of use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Extensions {
    pub mid: Option<u8>,
    pub layer: Option<u8>,
    pub repaired_layer: Option<u8>,
    pub arrival: Option<u8>,
}

/// Transport-wide sequence numbers, by which arrivals are reported.
pub(crate) const ARRIVAL: &str = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
/// To which line a packet belongs (RFC 9143).
pub(crate) const MID: &str = "urn:ietf:params:rtp-hdrext:sdes:mid";
/// To which layer a packet belongs (RFC 8852).
pub(crate) const LAYER: &str = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
/// Which layer a retransmission repairs (RFC 8852).
pub(crate) const REPAIRED: &str = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";

/// A description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Description {
    /// The ICE user name.
    pub name: String,
    pub lines: Vec<Line>,
}

impl Description {
    /// Reads a description; whatever is not of use is passed over.
    pub(crate) fn read(text: &str) -> Result<Self, Nonsense> {
        if !text.starts_with("v=0") {
            return Err(Nonsense);
        }
        let mut name = None;
        let mut lines: Vec<Line> = Vec::new();
        let mut whole = Flow::Both;
        for row in text.lines() {
            let row = row.trim_end();
            if let Some(media) = row.strip_prefix("m=") {
                if lines.len() == MOST_LINES {
                    return Err(Nonsense);
                }
                lines.push(Line::begin(media, whole)?);
                continue;
            }
            let Some(attribute) = row.strip_prefix("a=") else { continue };
            let (key, value) = attribute.split_once(':').unwrap_or((attribute, ""));
            if key == "ice-ufrag" && name.is_none() {
                name = Some(value.to_owned());
            }
            match lines.last_mut() {
                Some(line) => line.take(key, value)?,
                None => whole = flow(key).unwrap_or(whole),
            }
        }
        let name = name.filter(|name| (4..=256).contains(&name.len())).ok_or(Nonsense)?;
        let known = |line: &Line| !line.mid.is_empty() && line.mid.len() <= 16;
        if lines.is_empty() || !lines.iter().all(known) {
            return Err(Nonsense);
        }
        let mut mids: Vec<&str> = lines.iter().map(|line| line.mid.as_str()).collect();
        mids.sort_unstable();
        mids.dedup();
        if mids.len() < lines.len() {
            return Err(Nonsense);
        }
        for line in &mut lines {
            let repairs = &line.repairs;
            line.streams.retain(|stream| !repairs.iter().any(|(_, repair)| repair == stream));
        }
        Ok(Self { name, lines })
    }

    pub(crate) fn line(&self, mid: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.mid == mid)
    }
}

fn flow(key: &str) -> Option<Flow> {
    match key {
        "sendrecv" => Some(Flow::Both),
        "sendonly" => Some(Flow::Sends),
        "recvonly" => Some(Flow::Receives),
        "inactive" => Some(Flow::None),
        _ => None,
    }
}

impl Line {
    fn begin(media: &str, flow: Flow) -> Result<Self, Nonsense> {
        let mut words = media.split(' ');
        let kind = match words.next() {
            Some("audio") => Kind::Audio,
            Some("video") => Kind::Video,
            _ => return Err(Nonsense),
        };
        Ok(Self {
            kind,
            mid: String::new(),
            flow,
            refused: words.next() == Some("0"),
            codec: None,
            repair: None,
            extensions: Extensions::default(),
            streams: Vec::new(),
            repairs: Vec::new(),
            layers: Vec::new(),
        })
    }

    fn take(&mut self, key: &str, value: &str) -> Result<(), Nonsense> {
        match key {
            "mid" => value.clone_into(&mut self.mid),
            "rtpmap" => {
                let (number, codec) = value.split_once(' ').ok_or(Nonsense)?;
                let number = payload_type(number)?;
                let wanted = match self.kind {
                    Kind::Audio => "opus/48000",
                    Kind::Video => "vp8/90000",
                };
                if self.codec.is_none() && codec.to_ascii_lowercase().starts_with(wanted) {
                    self.codec = Some(number);
                }
            }
            "fmtp" => {
                // retransmissions follow what they repair in every description seen so far
                if let Some((number, repaired)) = value.split_once(" apt=")
                    && self.codec.is_some()
                    && repaired.trim().parse() == Ok(self.codec.unwrap_or(0))
                {
                    self.repair = Some(payload_type(number)?);
                }
            }
            "extmap" => self.extension(value),
            "ssrc" => {
                let stream = number(value.split(' ').next())?;
                if !self.streams.contains(&stream) {
                    self.streams.push(stream);
                }
            }
            "ssrc-group" => {
                let mut words = value.split(' ');
                if words.next() == Some("FID") {
                    self.repairs.push((number(words.next())?, number(words.next())?));
                }
            }
            "rid" => {
                if let Some((layer, "send" | "recv")) =
                    value.split_once(' ').map(|(layer, rest)| (layer, rest.split(' ').next().unwrap_or("")))
                    && layer.len() <= 16
                {
                    self.layers.push(layer.to_owned());
                }
            }
            _ => self.flow = flow(key).unwrap_or(self.flow),
        }
        let full = self.streams.len() > MOST_STREAMS
            || self.repairs.len() > MOST_STREAMS
            || self.layers.len() > MOST_LAYERS;
        if full { Err(Nonsense) } else { Ok(()) }
    }

    fn extension(&mut self, value: &str) {
        let mut words = value.split(' ');
        let number =
            words.next().and_then(|number| number.split('/').next()).and_then(|number| number.parse().ok());
        let number = number.filter(|number| (1..=14).contains(number));
        match words.next() {
            Some(MID) => self.extensions.mid = number,
            Some(LAYER) => self.extensions.layer = number,
            Some(REPAIRED) => self.extensions.repaired_layer = number,
            Some(ARRIVAL) => self.extensions.arrival = number,
            _ => {}
        }
    }
}

fn payload_type(text: &str) -> Result<u8, Nonsense> {
    text.parse().ok().filter(|number| *number < 128).ok_or(Nonsense)
}

fn number(text: Option<&str>) -> Result<u32, Nonsense> {
    text.and_then(|text| text.parse().ok()).ok_or(Nonsense)
}

/// The engine's answer as the browser gets it: no line that was refused comes back open, and none of pictures without a limit.
pub(crate) fn finish_answer(answer: &str, offer: &Description, kilobits: u32) -> String {
    let mut index = 0_usize;
    let mut finished = String::with_capacity(answer.len() + 128);
    let mut pictures = false;
    for row in answer.lines() {
        if let Some(media) = row.strip_prefix("m=") {
            let refused = offer.lines.get(index).is_some_and(|line| line.refused);
            index += 1;
            pictures = media.starts_with("video ");
            match media.split_once(" 9 ") {
                Some((kind, rest)) if refused => {
                    finished.push_str(&format!("m={kind} 0 {rest}\r\n"));
                    continue;
                }
                _ => {}
            }
        }
        finished.push_str(row);
        finished.push_str("\r\n");
        if pictures && row.starts_with("c=") {
            finished.push_str(&format!("b=AS:{kilobits}\r\n"));
            pictures = false;
        }
    }
    finished
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CHROMIUM: &str = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n\
        m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:abcd\r\na=ice-pwd:x\r\na=mid:0\r\n\
        a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=sendonly\r\na=rtpmap:111 opus/48000/2\r\n\
        a=ssrc:11 cname:c\r\na=ssrc:11 msid:- t\r\n\
        m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99\r\na=ice-ufrag:abcd\r\na=mid:1\r\na=sendonly\r\n\
        a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n\
        a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id\r\n\
        a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\n\
        a=rtpmap:98 VP9/90000\r\na=rtpmap:99 rtx/90000\r\na=fmtp:99 apt=98\r\n\
        a=rtpmap:96 VP8/90000\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n\
        a=rid:q send\r\na=rid:h send\r\na=rid:f send\r\na=simulcast:send q;h;f\r\n";

    #[test]
    fn what_chromium_offers_is_read() {
        let read = Description::read(CHROMIUM).unwrap();
        assert_eq!(read.name, "abcd");
        let voice = read.line("0").unwrap();
        assert_eq!(
            (voice.codec, voice.flow, voice.streams.as_slice()),
            (Some(111), Flow::Sends, [11].as_slice())
        );
        let picture = read.line("1").unwrap();
        assert_eq!((picture.codec, picture.repair), (Some(96), Some(97)));
        assert_eq!(picture.layers, ["q", "h", "f"]);
        let numbers = Extensions { mid: None, layer: Some(10), repaired_layer: Some(11), arrival: Some(3) };
        assert_eq!(picture.extensions, numbers);
    }

    #[test]
    fn retransmissions_are_no_streams_of_their_own() {
        let screen = CHROMIUM
            .replace("a=rid:q send\r\n", "a=ssrc-group:FID 5 6\r\na=ssrc:5 cname:c\r\na=ssrc:6 cname:c\r\n");
        let read = Description::read(&screen).unwrap();
        assert_eq!(read.line("1").unwrap().streams, [5]);
        assert_eq!(read.line("1").unwrap().repairs, [(5, 6)]);
    }

    #[test]
    fn nonsense_is_refused() {
        for nonsense in [
            "",
            "hello",
            "v=0\r\n",
            &CHROMIUM.replace("a=mid:1", "a=mid:0"),
            &CHROMIUM.replace("a=mid:1\r\n", ""),
            &CHROMIUM.replace("a=ice-ufrag:abcd\r\n", ""),
            &CHROMIUM.replace("m=video", "m=application"),
            &CHROMIUM.replace("a=rtpmap:96", "a=rtpmap:9600"),
            &CHROMIUM.replace("a=ssrc:11", "a=ssrc:x"),
            &format!(
                "{CHROMIUM}{}",
                (0..60).map(|mid| format!("m=audio 9 X 0\r\na=mid:m{mid}\r\n")).collect::<String>()
            ),
            &format!(
                "{CHROMIUM}{}",
                (0..60).map(|stream| format!("a=ssrc:{stream} x\r\n")).collect::<String>()
            ),
        ] {
            assert_eq!(Description::read(nonsense), Err(Nonsense), "{nonsense}");
        }
    }

    #[test]
    fn an_answer_opens_nothing_that_was_over_and_limits_pictures() {
        let mut offer = Description::read(CHROMIUM).unwrap();
        offer.lines[0].refused = true;
        let answer = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\nm=video 9 X 96\r\nc=IN IP4 0.0.0.0\r\n";
        assert_eq!(
            finish_answer(answer, &offer, 2_500),
            "v=0\r\nm=audio 0 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\nm=video 9 X 96\r\nc=IN IP4 0.0.0.0\r\nb=AS:2500\r\n"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(rows in proptest::collection::vec("(m=(audio|video) [0-9]{1,2} X|a=(mid|rid|ssrc|fmtp|rtpmap|extmap|ssrc-group):.{0,20}|.{0,30})", 0..40)) {
            let _ = Description::read(&format!("v=0\r\n{}", rows.join("\r\n")));
        }
    }
}
