//! What goes to a browser: numbered for reports of arrival, repeated on request, and what the browser says of it.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use rtc::{
    interceptor::{
        BandwidthEstimator, BoxedInterceptor, CongestionControlBuilder, EstimatorStats, Gcc, Interceptor,
        NackResponderBuilder, Packet, PacketReport, Registry, SenderReportBuilder, Slot, StreamInfo,
        TaggedPacket, TwccSenderBuilder,
    },
    rtcp::{
        payload_feedbacks::{
            full_intra_request::FullIntraRequest, picture_loss_indication::PictureLossIndication,
        },
        receiver_report::ReceiverReport,
    },
    sansio::Protocol,
    shared::error::Error,
};

/// Packets kept for repetition, per stream: about a second of a good picture.
const KEPT: u16 = 256;
const MOST_FEEDBACK: usize = 64;

/// What a browser says of what it gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feedback {
    /// It needs a whole picture of this stream.
    Key(u32),
}

/// A stream begins or ends.
pub(crate) enum Order {
    Begin(StreamInfo),
    End(StreamInfo),
}

#[derive(Default)]
struct State {
    orders: Vec<Order>,
    feedback: Vec<Feedback>,
    estimate: Option<f64>,
    /// Share lost: out of reports of arrival, else out of receiver reports.
    lost: f64,
    lost_reported: bool,
}

/// The connection's hold on its chain.
#[derive(Clone, Default)]
pub(crate) struct Down(Arc<Mutex<State>>);

impl Down {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn order(&self, order: Order) {
        self.lock().orders.push(order);
    }

    pub(crate) fn feedback(&self) -> Vec<Feedback> {
        std::mem::take(&mut self.lock().feedback)
    }

    /// What is held for possible in bits per second, if the browser reports arrivals, and the share that was lost.
    pub(crate) fn seen(&self) -> (Option<f64>, f64) {
        let mut state = self.lock();
        let lost = state.lost;
        if !state.lost_reported {
            // a report that stays away says nothing for long
            state.lost *= 0.8;
        }
        state.lost_reported = false;
        (state.estimate, lost)
    }

    pub(crate) fn chain(&self, most: f64) -> Chain {
        let estimator =
            Watched { gcc: Gcc::new(1_000_000.0_f64.min(most), 60_000.0, most), state: self.clone() };
        // no pacer: senders pace, and sound must not wait behind pictures
        let chain = Registry::new()
            .with(Slot::CongestionControl, CongestionControlBuilder::new(estimator).build())
            .with(Slot::TwccSender, TwccSenderBuilder::new().build())
            .with(Slot::NackResponder, NackResponderBuilder::new().with_size(KEPT).build())
            .with(Slot::SenderReport, SenderReportBuilder::new().build())
            .build();
        Chain { state: self.clone(), chain: Box::new(chain), none: VecDeque::new() }
    }
}

/// The congestion control, with its result where the call sees it.
struct Watched {
    gcc: Gcc,
    state: Down,
}

impl BandwidthEstimator for Watched {
    fn on_reports(&mut self, now: Instant, reports: &[PacketReport]) {
        self.gcc.on_reports(now, reports);
        if reports.is_empty() {
            return;
        }
        let lost = reports.iter().filter(|report| !report.arrived).count();
        #[expect(clippy::cast_precision_loss, reason = "counts of one report")]
        let share = lost as f64 / reports.len() as f64;
        let mut state = self.state.lock();
        state.estimate = Some(self.gcc.target_bitrate());
        state.lost = state.lost * 0.8 + share * 0.2;
        state.lost_reported = true;
    }

    fn target_bitrate(&self) -> f64 {
        self.gcc.target_bitrate()
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.gcc.handle_timeout(now);
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.gcc.poll_timeout()
    }

    fn stats(&self) -> EstimatorStats {
        self.gcc.stats()
    }
}

/// The chain of interceptors of such a connection.
pub(crate) struct Chain {
    state: Down,
    chain: BoxedInterceptor,
    none: VecDeque<TaggedPacket>,
}

impl Chain {
    fn obey(&mut self) {
        let orders = std::mem::take(&mut self.state.lock().orders);
        for order in orders {
            match order {
                Order::Begin(info) => self.chain.bind_local_stream(&info),
                Order::End(info) => self.chain.unbind_local_stream(&info),
            }
        }
    }

    fn listen(&self, packet: &Packet) {
        let Packet::Rtcp(packets) = packet else { return };
        let mut state = self.state.lock();
        for packet in packets.iter().map(|packet| packet.as_any()) {
            if let Some(wanted) = packet.downcast_ref::<PictureLossIndication>() {
                state.feedback.push(Feedback::Key(wanted.media_ssrc));
            } else if let Some(wanted) = packet.downcast_ref::<FullIntraRequest>() {
                state.feedback.extend(wanted.fir.iter().map(|one| Feedback::Key(one.ssrc)));
            } else if let Some(report) = packet.downcast_ref::<ReceiverReport>()
                && state.estimate.is_none()
                && let Some(worst) = report.reports.iter().map(|one| one.fraction_lost).max()
            {
                state.lost = state.lost * 0.5 + f64::from(worst) / 512.0;
                state.lost_reported = true;
            }
        }
        state.feedback.truncate(MOST_FEEDBACK);
    }
}

impl Protocol<TaggedPacket, TaggedPacket, ()> for Chain {
    type Rout = TaggedPacket;
    type Wout = TaggedPacket;
    type Eout = ();
    type Error = Error;
    type Time = Instant;

    fn handle_read(&mut self, msg: TaggedPacket) -> Result<(), Error> {
        self.obey();
        self.listen(&msg.message.packet);
        if matches!(msg.message.packet, Packet::Rtcp(_)) {
            self.chain.handle_read(msg)?;
            while self.chain.poll_read().is_some() {}
        }
        Ok(())
    }

    fn poll_read(&mut self) -> Option<TaggedPacket> {
        self.none.pop_front()
    }

    fn handle_write(&mut self, msg: TaggedPacket) -> Result<(), Error> {
        self.obey();
        self.chain.handle_write(msg)
    }

    fn poll_write(&mut self) -> Option<TaggedPacket> {
        self.chain.poll_write()
    }

    fn handle_timeout(&mut self, now: Instant) -> Result<(), Error> {
        self.obey();
        self.chain.handle_timeout(now)
    }

    fn poll_timeout(&mut self) -> Option<Instant> {
        self.chain.poll_timeout()
    }
}

/// Streams are bound by [`Order`]s, with the numbers of the browser's answer.
impl Interceptor for Chain {
    fn bind_local_stream(&mut self, _: &StreamInfo) {}
    fn unbind_local_stream(&mut self, _: &StreamInfo) {}
    fn bind_remote_stream(&mut self, _: &StreamInfo) {}
    fn unbind_remote_stream(&mut self, _: &StreamInfo) {}
}
