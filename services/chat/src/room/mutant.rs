//! The same room with one promise broken, for the tests that prove that its tests would notice. Outside of tests nothing is
//! ever broken, and the compiler takes the questions out.

use super::Room;

/// A promise that can be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    /// What is said twice is delivered twice.
    Repeats,
    /// After a lost connection it goes on with what comes next.
    Forgets,
    /// What was on its way when nothing fitted is taken, and what did not fit is skipped.
    Early,
    /// The ring takes everything.
    Boundless,
    /// What is for one is for all.
    Aloud,
    /// Who waits hears the group.
    Eavesdropped,
    /// Every host commits, after whichever epoch.
    Forks,
    /// Who comes gets what somebody who has gone had not taken.
    Inherits,
    /// Who takes nothing is waited for for ever.
    Patient,
    /// Each is handed out everything at once.
    Floods,
    /// A link that is good for one browser is good for all.
    Twice,
}

impl Room {
    #[cfg(test)]
    pub(super) fn is_broken(&self, promise: Broken) -> bool {
        self.broken == Some(promise)
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, reason = "the tests' version looks")]
    pub(super) const fn is_broken(&self, _promise: Broken) -> bool {
        false
    }
}
