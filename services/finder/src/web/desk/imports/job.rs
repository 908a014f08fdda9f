//! The long work of imports: one job at a time in this process, its progress in memory.
//!
//! A job belongs to a draft. The draft's state says that it should run; this table says that it does. After a restart
//! the table is empty, so a draft that is still in a running state shows that it was interrupted.

use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Semaphore;

use crate::import::{Progress, Stage};

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct JobProgress {
    /// What it does; `None` while it waits for another one to end.
    pub(crate) stage: Option<Stage>,
    /// How much of it is done.
    pub(crate) done: u64,
    /// Of how much; 0 while nobody knows.
    pub(crate) total: u64,
}

/// The jobs of this process. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Jobs {
    running: Arc<Mutex<HashMap<String, JobProgress>>>,
    turn: Arc<Semaphore>,
}

impl Default for Jobs {
    fn default() -> Self {
        Self { running: Arc::default(), turn: Arc::new(Semaphore::new(1)) }
    }
}

impl Jobs {
    /// Starts `work` for a draft unless there is a job for it already: then nothing happens and the answer is `false`.
    ///
    /// The work goes on when nobody looks; it waits until the job before it has ended.
    pub(crate) fn start<W, F>(&self, draft: &str, work: W) -> bool
    where
        W: FnOnce(Arc<dyn Progress>) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let waiting = JobProgress { stage: None, done: 0, total: 0 };
        {
            let mut running = self.table();
            if running.contains_key(draft) {
                return false;
            }
            running.insert(draft.to_owned(), waiting);
        }
        // Dropped even when the work panics, so that no draft is locked for ever.
        let entry = Entry { jobs: self.clone(), draft: draft.to_owned() };
        let turn = self.turn.clone();
        tokio::spawn(async move {
            let entry: Arc<Entry> = Arc::new(entry);
            let Ok(_turn) = turn.acquire_owned().await else { return };
            // Held to the end: the work may give its own handle away before its last step.
            let held = entry.clone();
            work(entry).await;
            drop(held);
        });
        true
    }

    /// How far the job of a draft is; `None` when there is none.
    pub(crate) fn progress(&self, draft: &str) -> Option<JobProgress> {
        self.table().get(draft).copied()
    }

    /// Whether any job waits or runs.
    #[cfg(test)]
    pub(crate) fn is_idle(&self) -> bool {
        self.table().is_empty()
    }

    fn table(&self) -> MutexGuard<'_, HashMap<String, JobProgress>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A job's place in the table.
struct Entry {
    jobs: Jobs,
    draft: String,
}

impl Progress for Entry {
    fn step(&self, stage: Stage, done: u64, total: u64) {
        if let Some(progress) = self.jobs.table().get_mut(&self.draft) {
            *progress = JobProgress { stage: Some(stage), done, total };
        }
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.jobs.table().remove(&self.draft);
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn one_job_runs_at_a_time_and_each_draft_has_one() {
        let jobs = Jobs::default();
        let (go, wait) = oneshot::channel::<()>();
        let (say, started) = oneshot::channel();
        assert!(jobs.start("a", |progress| async move {
            progress.step(Stage::Reading, 1, 2);
            say.send(()).unwrap();
            let _told = wait.await;
        }));
        started.await.unwrap();
        assert!(!jobs.start("a", |_| async { panic!("a second job for the same draft") }));
        let (done, finished) = oneshot::channel();
        assert!(jobs.start("b", |_| async move { done.send(()).unwrap() }));
        let reading = JobProgress { stage: Some(Stage::Reading), done: 1, total: 2 };
        assert_eq!(jobs.progress("a"), Some(reading));
        assert_eq!(jobs.progress("b").unwrap().stage, None, "it waits");
        go.send(()).unwrap();
        finished.await.unwrap();
        while !jobs.is_idle() {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn a_job_that_panics_leaves_nothing_behind() {
        let jobs = Jobs::default();
        assert!(jobs.start("a", |_| async { panic!("on purpose") }));
        while jobs.progress("a").is_some() {
            tokio::task::yield_now().await;
        }
        let (done, finished) = oneshot::channel();
        assert!(jobs.start("a", |_| async move { done.send(()).unwrap() }));
        finished.await.unwrap();
    }
}
