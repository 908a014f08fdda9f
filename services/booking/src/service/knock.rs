//! Opening an appointment by its code and PIN, or by its link.
//!
//! A wrong PIN and an unknown code take the same way and get the same answer, also once their day is over; both count
//! against the code and slow down whoever tries on. A try is counted before it is looked at, so that many at once are no
//! way around it. Counts live in memory, under hashes, and go after an hour.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use kernel::Secret;
use subtle::ConstantTimeEq;

use super::Booking;
use crate::{
    BookingError,
    appointment::{Appointment, State},
    availability::local_date,
    guard::Counts,
    receipt::{Code, CodeProblem, Hash, Pin, hash},
};

/// Tries of one code, or mails to one address that nobody confirmed, before it is slowed.
const TRIES: u32 = 5;
/// How long tries are remembered: who tried too often waits so long at most.
pub const REMEMBERED: SignedDuration = SignedDuration::from_hours(1);

/// What somebody shows to get in.
pub enum Knock {
    /// What she typed: code and PIN.
    Typed(Secret<String>, Secret<String>),
    /// The secret of her link.
    Link(Secret<String>),
}

/// Why an appointment does not open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KnockError {
    /// This cannot be a code.
    #[error("this is no code: {0}")]
    NoCode(CodeProblem),
    /// This cannot be a PIN.
    #[error("a PIN has four digits")]
    NoPin,
    /// There is no appointment with this code and this PIN.
    #[error("code and PIN do not belong together")]
    Wrong,
    /// The appointment is over and forgotten.
    #[error("the appointment is over")]
    Over,
    /// Too many wrong tries; wait.
    #[error("too many tries")]
    Slow,
    /// The store does not answer.
    #[error(transparent)]
    Booking(#[from] BookingError),
}

/// Counts tries of what stands behind a hash.
pub(super) struct Throttle(Mutex<Counts<Hash>>);

impl Booking {
    /// The appointment behind a code and a PIN, or a link. A cancelled one is answered too.
    ///
    /// # Errors
    /// [`KnockError`].
    pub async fn knock(&self, knock: &Knock) -> Result<Appointment, KnockError> {
        let now = self.now();
        let found = match knock {
            Knock::Link(link) => self.store().by_link(hash(link)).await?.ok_or(KnockError::Wrong)?,
            Knock::Typed(code, pin) => {
                let code = Code::typed(code.expose()).map_err(KnockError::NoCode)?;
                let pin = Pin::typed(pin.expose()).ok_or(KnockError::NoPin)?;
                let code_mac = self.0.receipts.code_mac(&code);
                if !self.0.knocks.try_once(code_mac, now) {
                    return Err(KnockError::Slow);
                }
                let pin_mac = self.0.receipts.pin_mac(&code, &pin);
                let found = self.store().by_code(code_mac).await;
                let found = found.inspect_err(|_| self.0.knocks.take_back(&code_mac))?;
                // compared in any case, with itself flipped where there is nothing to compare
                let stored = found.as_ref().map_or_else(|| pin_mac.map(|byte| !byte), |(_, pin)| *pin);
                let right: bool = stored.ct_eq(&pin_mac).into();
                match found {
                    Some((appointment, _)) if right => {
                        self.0.knocks.take_back(&code_mac);
                        appointment
                    }
                    // also with a code that is known: it may have been moved beyond the day it names
                    _ if code.is_over(local_date(now)) => return Err(KnockError::Over),
                    _ => return Err(KnockError::Wrong),
                }
            }
        };
        match found.state {
            State::Held { .. } => Err(KnockError::Wrong),
            _ if found.forget_at <= now => Err(KnockError::Over),
            _ => Ok(found),
        }
    }
}

impl Throttle {
    pub(super) fn try_once(&self, code: Hash, now: Timestamp) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take(code, now).is_ok()
    }

    pub(super) fn take_back(&self, code: &Hash) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).give_back(code);
    }

    pub(super) fn forget(&self, now: Timestamp) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).forget(now);
    }
}

impl Default for Throttle {
    fn default() -> Self {
        Self(Mutex::new(Counts::new(TRIES, REMEMBERED)))
    }
}
