//! Deliberate breaches of the ranking promises, one each, so that every property test proves that it can fail.

use std::cell::Cell;

/// A broken engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mutant {
    /// Centres with chat rank higher.
    FavoursChat,
    /// Equals are ordered by name.
    OrdersByName,
    /// Equals are ordered as they were added.
    OrdersByInsertion,
    /// The fields matched count before the units covered.
    ForgetsCoverage,
    /// Umlauts are taken literally.
    TakesUmlautsLiterally,
    /// Only the first word is looked at.
    ReadsFirstWordOnly,
    /// A page begins one hit early.
    OverlapsPages,
    /// Long texts are cut in the middle of a letter.
    CutsLetters,
}

thread_local! {
    static ACTIVE: Cell<Option<Mutant>> = const { Cell::new(None) };
}

/// Whether this mutant is under test in this thread.
pub(crate) fn is_active(mutant: Mutant) -> bool {
    ACTIVE.get() == Some(mutant)
}

/// Runs something on a broken engine.
pub(crate) fn with_mutant<T>(mutant: Mutant, run: impl FnOnce() -> T) -> T {
    ACTIVE.set(Some(mutant));
    let result = run();
    ACTIVE.set(None);
    result
}
