//! Where in a long list somebody is.

/// Where in a long list somebody is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turned {
    size: usize,
    /// The page, from 1.
    pub(super) page: usize,
    /// The last page.
    pub(super) last: usize,
}

impl Turned {
    /// The wanted page of so many entries, `size` on each, or the nearest there is: the last one may be empty by now.
    pub(super) fn new(size: usize, wanted: Option<usize>, entries: usize) -> Self {
        let last = entries.div_ceil(size).max(1);
        Self { size, page: wanted.unwrap_or(1).clamp(1, last), last }
    }

    /// Entries before this page.
    pub(super) fn skip(&self) -> usize {
        (self.page - 1) * self.size
    }

    /// The page before.
    pub(super) fn previous(&self) -> Option<usize> {
        (self.page > 1).then(|| self.page - 1)
    }

    /// The page after.
    pub(super) fn next(&self) -> Option<usize> {
        (self.page < self.last).then(|| self.page + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_not_there_becomes_the_nearest() {
        let turned = |wanted, entries| {
            let turned = Turned::new(10, wanted, entries);
            (turned.page, turned.skip(), turned.previous(), turned.next())
        };
        assert_eq!(turned(None, 0), (1, 0, None, None));
        assert_eq!(turned(Some(2), 25), (2, 10, Some(1), Some(3)));
        assert_eq!(turned(Some(9), 25), (3, 20, Some(2), None));
        assert_eq!(turned(Some(0), 25), (1, 0, None, Some(2)));
    }
}
