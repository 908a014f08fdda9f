//! What a person seeking help typed or is: it may be worked with, but never printed, logged or stored.

use zeroize::Zeroize;

/// A value about a person seeking help.
///
/// It has no `Display`, `Debug`, `Serialize` or `Clone` on purpose: a log line, a metric label or a JSON document with
/// it inside does not compile. The text is wiped when dropped.
///
/// ```compile_fail
/// let words = kernel::Personal::new(String::from("Schulden"));
/// println!("{words:?}");
/// ```
pub struct Personal<T: Zeroize>(T);

impl<T: Zeroize> Personal<T> {
    /// Marks a value as being about a person.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The bare value, to compute with.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> Drop for Personal<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
