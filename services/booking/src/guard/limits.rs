//! All limits in one place, each with its reason.
//!
//! One address is often many people: a shelter, a day centre, the social service of a prison, a mobile network. So limits
//! are far above what a busy house needs, and far below what a script takes.

use std::ops::Range;

use jiff::SignedDuration;
use webkit::networks::Per;

/// How much is allowed, and when work is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Times kept free at the same moment.
    pub open_holds: Per,
    /// Appointments booked within an hour.
    pub bookings_an_hour: Per,
    /// Wrong PINs within an hour, whatever the codes; each code has its own limit besides.
    pub wrong_pins_an_hour: Per,
    /// Entries in waiting lists within an hour.
    pub joins_an_hour: Per,
    /// Ways into open consultation hours within an hour.
    pub walk_ins_an_hour: Per,
    /// Forms within an hour that waited instead of working.
    pub waits_an_hour: Per,
    /// How often one appointment is moved within a day by the person whose it is.
    pub moves_a_day: u32,
    /// From when on work is asked for.
    pub busy: Busy,
    /// How much work that is.
    pub effort: Effort,
}

/// From when on a form has to work before it gets a time: any of these is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Busy {
    /// Holds within a minute in the whole installation.
    pub holds_a_minute: u32,
    /// Holds within ten minutes of one network.
    pub holds_of_a_network: Per,
    /// So many holds of one offer within an hour are looked at, the last ones …
    pub holds_of_an_offer: usize,
    /// … and so many of them at least should have become appointments.
    pub fewest_booked: usize,
}

/// What a form has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effort {
    /// Rounds of PBKDF2 for one try.
    pub rounds: u32,
    /// Tries until the solution: drawn from here, so nobody is unlucky for long.
    pub tries: Range<u32>,
    /// How long a form without script waits instead.
    pub wait: SignedDuration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // twenty people of one house at their forms within the same five minutes
            open_holds: Per { near: 20, wide: 100 },
            // a social service books for a whole floor in an hour
            bookings_an_hour: Per { near: 60, wide: 300 },
            // a PIN has 10,000 values and a code 268 million: guessing both at this speed takes ages
            wrong_pins_an_hour: Per { near: 20, wide: 100 },
            // an entry costs centres mails, and one is enough for a person
            joins_an_hour: Per { near: 20, wide: 100 },
            // a house with one computer for everybody; whoever lost her connection comes again
            walk_ins_an_hour: Per { near: 20, wide: 100 },
            // waiting costs a script nothing, so it gets less by it
            waits_an_hour: Per { near: 10, wide: 40 },
            // plans change, but five times a day is trade
            moves_a_day: 5,
            busy: Busy {
                // an ordinary day of a whole country has a few
                holds_a_minute: 60,
                // above it, a house is asked to work, which a browser does by itself
                holds_of_a_network: Per { near: 8, wide: 40 },
                // people who choose a time mostly book it: four of five who do not are a sign
                holds_of_an_offer: 20,
                fewest_booked: 4,
            },
            // 200,000 to 400,000 rounds: about a second on a slow phone, half a millisecond here for asking
            effort: Effort { rounds: 2_000, tries: 100..200, wait: SignedDuration::from_secs(30) },
        }
    }
}
