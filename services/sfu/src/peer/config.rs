//! What the engine offers and takes: VP8 with retransmissions, Opus, and the few header extensions it needs.

use rtc::{
    ice::mdns::MulticastDnsMode,
    interceptor::{Interceptor, Registry, Slot},
    peer_connection::{RTCPeerConnectionBuilder, transport::RTCDtlsRole},
    rtp_transceiver::rtp_sender::{
        RTCPFeedback, RTCRtpCodec, RTCRtpCodecParameters, RTCRtpHeaderExtensionCapability, RtpCodecKind,
    },
    shared::error::Error,
};
// the connection as `webrtc` drives it; the engine drives it itself
use webrtc::peer_connection::{MediaEngine, RTCPeerConnection, SettingEngineBuilder};

use crate::sdp;

/// Ticks per second of pictures.
pub(crate) const PICTURES: u32 = 90_000;
/// Payload type of Opus in the engine's offers.
pub(crate) const OPUS: u8 = 111;
/// Payload type of VP8 in the engine's offers.
pub(crate) const VP8: u8 = 96;
const REPAIR: u8 = 97;

fn feedback(typ: &str, parameter: &str) -> RTCPFeedback {
    RTCPFeedback { typ: typ.into(), parameter: parameter.into() }
}

/// VP8 as it stands in descriptions.
pub(crate) fn vp8() -> RTCRtpCodec {
    RTCRtpCodec {
        mime_type: "video/VP8".into(),
        clock_rate: PICTURES,
        channels: 0,
        sdp_fmtp_line: String::new(),
        rtcp_feedback: vec![
            feedback("ccm", "fir"),
            feedback("nack", ""),
            feedback("nack", "pli"),
            feedback("transport-cc", ""),
        ],
    }
}

/// Opus as it stands in descriptions.
pub(crate) fn opus() -> RTCRtpCodec {
    RTCRtpCodec {
        mime_type: "audio/opus".into(),
        clock_rate: 48_000,
        channels: 2,
        sdp_fmtp_line: "minptime=10;useinbandfec=1;usedtx=1".into(),
        rtcp_feedback: vec![feedback("transport-cc", "")],
    }
}

fn media(extensions: &[(&str, RtpCodecKind)]) -> Result<MediaEngine, Error> {
    let mut media = MediaEngine::default();
    let repair = RTCRtpCodec {
        mime_type: "video/rtx".into(),
        clock_rate: PICTURES,
        channels: 0,
        sdp_fmtp_line: format!("apt={VP8}"),
        rtcp_feedback: vec![],
    };
    media
        .register_codec(RTCRtpCodecParameters { rtp_codec: vp8(), payload_type: VP8 }, RtpCodecKind::Video)?;
    media.register_codec(
        RTCRtpCodecParameters { rtp_codec: repair, payload_type: REPAIR },
        RtpCodecKind::Video,
    )?;
    media.register_codec(
        RTCRtpCodecParameters { rtp_codec: opus(), payload_type: OPUS },
        RtpCodecKind::Audio,
    )?;
    for (uri, kind) in extensions {
        let uri = RTCRtpHeaderExtensionCapability { uri: (*uri).into() };
        media.register_header_extension(uri, *kind, None)?;
    }
    Ok(media)
}

/// A connection on which a browser sends.
pub(crate) fn up<I: Interceptor + 'static>(
    now: std::time::Instant,
    chain: I,
) -> Result<RTCPeerConnection, Error> {
    let pictures = RtpCodecKind::Video;
    let extensions = [
        (sdp::MID, pictures),
        (sdp::LAYER, pictures),
        (sdp::REPAIRED, pictures),
        (sdp::ARRIVAL, pictures),
        (sdp::MID, RtpCodecKind::Audio),
        (sdp::ARRIVAL, RtpCodecKind::Audio),
    ];
    build(now, chain, &extensions)
}

/// A connection on which a browser receives.
pub(crate) fn down<I: Interceptor + 'static>(
    now: std::time::Instant,
    chain: I,
) -> Result<RTCPeerConnection, Error> {
    build(now, chain, &[(sdp::ARRIVAL, RtpCodecKind::Video), (sdp::ARRIVAL, RtpCodecKind::Audio)])
}

fn build<I: Interceptor + 'static>(
    now: std::time::Instant,
    chain: I,
    extensions: &[(&str, RtpCodecKind)],
) -> Result<RTCPeerConnection, Error> {
    let settings = SettingEngineBuilder::new()
        .with_lite(true)
        .with_answering_dtls_role(RTCDtlsRole::Server)
        .with_multicast_dns_mode(MulticastDnsMode::Disabled)
        .with_include_loopback_candidate(true)
        .build();
    RTCPeerConnectionBuilder::new()
        .with_media_engine(media(extensions)?)
        .with_setting_engine(settings)
        .with_interceptor_registry(Registry::new().with(Slot::NackGenerator, chain))
        .build(now)
}
