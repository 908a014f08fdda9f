//! Forwards sound and pictures of calls of three to eight people, encrypted from end to end, over one UDP port.
//!
//! Owns the connections between browsers and the engine: the way (ICE-lite), the transport's encryption (DTLS-SRTP), what is
//! repeated when it was lost, and which of a picture's layers goes to whom. It sees who sends to whom and how much; what is
//! said and shown was encrypted in the browser under keys it does not have. It keeps nothing and writes down no address.
//!
//! A call is one task that owns all its connections; what protocols need is computed without waiting (`rtc`, the core of
//! `webrtc`), so nothing is locked on the way of a packet but the map that finds its call.

mod budget;
mod call;
mod engine;
mod keyframes;
mod meter;
mod net;
mod peer;
mod rewrite;
mod sdp;
mod settings;
mod vp8;

pub use engine::{Census, Engine, StartError};
#[doc(hidden)]
pub use net::{Way, Weather};
pub use settings::{Settings, SettingsError};

/// Targets of log lines that the libraries below write and that may name addresses of people: they are to be switched off.
pub const NAMES_ADDRESSES: [&str; 8] =
    ["rtc", "rtc_ice", "rtc_dtls", "rtc_srtp", "rtc_interceptor", "rtc_sctp", "rtc_stun", "rtc_mdns"];

/// What reads bytes of strangers, for the fuzz targets.
#[doc(hidden)]
pub mod fuzzing {
    /// The demultiplexer's view of a datagram.
    pub fn demultiplex(datagram: &[u8]) {
        let _ = crate::net::called(datagram);
    }

    /// Reads a VP8 payload descriptor and writes it anew.
    pub fn picture(payload: &[u8], picture: u16, tl0: u8) {
        let bytes = bytes::Bytes::copy_from_slice(payload);
        if let Some(descriptor) = crate::vp8::read(payload) {
            let written = descriptor.write(&bytes, picture, tl0);
            assert_eq!(written.len(), payload.len());
            assert_eq!(written[descriptor.size..], payload[descriptor.size..]);
            assert_eq!(crate::vp8::read(&written).map(|again| again.size), Some(descriptor.size));
        }
    }

    /// Reads a description.
    pub fn description(text: &str) {
        let _ = crate::sdp::Description::read(text);
    }
}
