//! Mails: which ones an appointment causes, and what they say.
//!
//! What is queued says only what about. Address, text, link and calendar file are made when the mail leaves, from the
//! appointment as it is then: what was cancelled, moved or forgotten meanwhile is not sent. Subject and sender never say
//! what the appointment is about, nor where; the text names a street and a town where somebody has to find the way.
//! A centre hears when and with whom. What the seeker said of herself stands in no mail.

mod author;
mod intents;
mod kind;
mod waiting;
mod words;

pub(crate) use self::intents::{To, answer_by, intents};
pub use self::{
    author::{APPOINTMENT_PAGE, BookingMails},
    kind::Kind,
    waiting::{WAITING_PAGE, WaitKind},
};
