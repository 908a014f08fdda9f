//! What is on its way to one socket: a short queue. Who reads too slowly for it is cut off and goes on by resuming; the queue
//! never grows.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use crate::{
    protocol::{Ending, Hear},
    room::{Frame, text},
};

/// Frames at most. What the room hands out ahead fits twice, so that only news of people can fill it.
pub(crate) const MOST_FRAMES: usize = 128;
/// The same in bytes; they are shared with the room's ring and with other sockets.
pub(crate) const MOST_BYTES: usize = 768 * 1024;

/// The queue of one socket.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    queue: Mutex<Queue>,
    filled: Notify,
    cut: Notify,
}

/// What is to be sent next.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) frames: VecDeque<Frame>,
    /// Nothing comes after it.
    pub(crate) is_last: bool,
}

#[derive(Debug, Default)]
struct Queue {
    batch: Batch,
    bytes: usize,
}

impl Outbox {
    /// Takes a frame; `false` when it does not fit, and then the socket ends.
    pub(crate) fn push(&self, frame: Frame) -> bool {
        let mut queue = self.queue();
        if queue.batch.is_last {
            return true;
        }
        let fits = queue.batch.frames.len() < MOST_FRAMES && queue.bytes + frame.len() <= MOST_BYTES;
        if fits {
            queue.add(frame);
        } else {
            queue.batch.frames.clear();
            queue.add(text(&Hear::Over { why: Ending::TooFast, letter: None }));
            queue.batch.is_last = true;
            // it may be stuck in the middle of a frame
            self.cut.notify_one();
        }
        drop(queue);
        self.filled.notify_one();
        fits
    }

    /// Takes the last frame.
    pub(crate) fn end(&self, frame: Frame) {
        let mut queue = self.queue();
        if !queue.batch.is_last {
            queue.add(frame);
            queue.batch.is_last = true;
        }
        drop(queue);
        self.filled.notify_one();
    }

    /// What is to be sent, as soon as there is something.
    pub(crate) async fn next(&self) -> Batch {
        loop {
            let batch = self.queue().take();
            if !batch.frames.is_empty() || batch.is_last {
                return batch;
            }
            self.filled.notified().await;
        }
    }

    /// Comes when the socket ends although it has not sent what it has.
    pub(crate) async fn cut(&self) {
        self.cut.notified().await;
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn add(&mut self, frame: Frame) {
        self.bytes += frame.len();
        self.batch.frames.push_back(frame);
    }

    fn take(&mut self) -> Batch {
        self.bytes = 0;
        let is_last = self.batch.is_last;
        Batch { frames: std::mem::take(&mut self.batch.frames), is_last }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_does_not_read_is_cut_off_and_holds_nothing() {
        for (frame, most) in [("x".to_owned(), MOST_FRAMES), ("x".repeat(MOST_BYTES / 4), 4)] {
            let outbox = Outbox::default();
            for _ in 0..most {
                assert!(outbox.push(Frame::from(frame.clone())));
            }
            assert!(!outbox.push(Frame::from(frame.clone())));
            assert!(outbox.push(Frame::from(frame.clone())), "it is over, and nothing is kept");
            outbox.cut().await;
            let batch = outbox.next().await;
            assert!(batch.is_last);
            assert_eq!(batch.frames.len(), 1);
            assert!(batch.frames[0].contains("too_fast"));
        }
    }

    #[tokio::test]
    async fn what_comes_is_sent_in_its_order_and_ends_once() {
        let outbox = Outbox::default();
        outbox.push("1".into());
        outbox.push("2".into());
        outbox.end("3".into());
        outbox.end("4".into());
        outbox.push("5".into());
        let batch = outbox.next().await;
        assert_eq!(batch.frames, ["1", "2", "3"].map(Frame::from));
        assert!(batch.is_last);
    }
}
