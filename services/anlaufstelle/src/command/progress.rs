//! A bar that shows how far a long piece of work is; nothing where nobody watches.

use std::sync::Mutex;

use finder::import::{Progress, Stage};
use indicatif::{ProgressBar, ProgressStyle};

use crate::words::Words;

/// A bar on standard error.
pub(super) struct Bar<'a> {
    bar: ProgressBar,
    stage: Mutex<Option<Stage>>,
    words: &'a Words,
}

impl<'a> Bar<'a> {
    /// A bar that appears with the first step.
    pub(super) fn new(words: &'a Words) -> Self {
        let style = ProgressStyle::with_template("{msg:14} {bar:36} {pos}/{len}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        Self { bar: ProgressBar::new(0).with_style(style), stage: Mutex::new(None), words }
    }
}

impl Progress for Bar<'_> {
    fn step(&self, stage: Stage, done: u64, total: u64) {
        let mut current = self.stage.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if current.replace(stage) != Some(stage) {
            self.bar.set_message(self.words.say(stage_message(stage)));
        }
        self.bar.set_length(total);
        self.bar.set_position(done);
    }
}

impl Drop for Bar<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

const fn stage_message(stage: Stage) -> &'static str {
    match stage {
        Stage::Reading => "cli-stage-reading",
        Stage::Mapping => "cli-stage-mapping",
        Stage::Comparing => "cli-stage-comparing",
        Stage::Applying => "cli-stage-applying",
        Stage::Walking => "cli-stage-walking",
    }
}
