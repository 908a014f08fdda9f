//! What somebody does with her own appointment, the same for pages and programs: she gets in, and she moves it.
//!
//! Each code has its tries, and so has each network. The network is asked before the code, so what it reads then says
//! nothing about the code. Links are not counted: nobody guesses one.

use contracts::directory::Mode;
use jiff::Timestamp;

use super::{AppState, caller::Caller};
use crate::{
    BookingError,
    appointment::Appointment,
    guard::Limited,
    service::{Bookable, By, Knock, KnockError},
};

/// Why somebody does not get in.
pub(crate) enum EntryError {
    /// Too many wrong tries from her network.
    Limited(Limited),
    /// What she shows opens nothing.
    Knock(KnockError),
}

/// Why an appointment stays where it is.
pub(crate) enum MoveError {
    /// It was moved too often today.
    Limited(Limited),
    /// The time is taken, or something else is in the way.
    Booking(BookingError),
}

/// The appointment that `knock` opens.
pub(crate) async fn enter(app: &AppState, caller: Caller, knock: &Knock) -> Result<Appointment, EntryError> {
    if matches!(knock, Knock::Link(_)) {
        return app.booking().knock(knock).await.map_err(EntryError::Knock);
    }
    app.guard().try_pin(caller.0).map_err(EntryError::Limited)?;
    let entered = app.booking().knock(knock).await;
    if !matches!(entered, Err(KnockError::Wrong | KnockError::Over)) {
        app.guard().right_pin(caller.0);
    }
    entered.map_err(EntryError::Knock)
}

/// Moves an appointment. Where it is already, it may be moved any number of times: a form was sent twice.
pub(crate) async fn move_own(
    app: &AppState,
    bookable: &Bookable,
    appointment: &Appointment,
    mode: Mode,
    start: Timestamp,
) -> Result<Appointment, MoveError> {
    if start == appointment.span.from && mode == appointment.mode {
        return Ok(appointment.clone());
    }
    app.guard().move_appointment(&appointment.id).map_err(MoveError::Limited)?;
    let moved = app.booking().move_to(bookable, appointment, mode, start, By::Seeker).await;
    moved.map_err(|error| {
        app.guard().not_moved(&appointment.id);
        MoveError::Booking(error)
    })
}
