//! An import on its way through its six steps: what was uploaded, how it is read, what was found, what was decided.
//!
//! A draft is a row of the store with everything but its step in one JSON document; this module is the only one that
//! reads and writes that document. A draft of a list somebody may not import answers like one that does not exist.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::PathBuf,
};

use contracts::staff::Actor;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use webkit::{error::PageError, staff::ImportSession};

use crate::{
    app::AppState,
    import::{
        InputFile, PairDecision, Profile, ProfileError, ReadError, Refusal, RowError, RowNote, Sniffed,
        suggest::Mapping,
    },
    layers::Field,
    store::{self, ImportCounts, Store, StoreError},
};

/// How long a draft nobody touches is kept, with its files.
pub(crate) const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24 * 14);

/// The step a draft is at. `…ing` states belong to a job; a draft in one without a job was interrupted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// The files are here.
    Uploaded,
    /// It is said how to read them.
    Mapped,
    /// They are being read.
    Checking,
    /// They were read; the findings are there.
    Checked,
    /// They are being compared with the directory.
    Comparing,
    /// The differences are there.
    Compared,
    /// A second administrator agreed to what the thresholds stop.
    Agreed,
    /// The differences are being written.
    Applying,
    /// The run is in the history.
    Applied,
    /// A job ended with an error; [`ImportDraft::failure`] says which.
    Failed,
}

impl State {
    /// The code in the store and in message ids.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Uploaded => "uploaded",
            Self::Mapped => "mapped",
            Self::Checking => "checking",
            Self::Checked => "checked",
            Self::Comparing => "comparing",
            Self::Compared => "compared",
            Self::Agreed => "agreed",
            Self::Applying => "applying",
            Self::Applied => "applied",
            Self::Failed => "failed",
        }
    }

    /// The state of this code.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        const ALL: [State; 10] = [
            State::Uploaded,
            State::Mapped,
            State::Checking,
            State::Checked,
            State::Comparing,
            State::Compared,
            State::Agreed,
            State::Applying,
            State::Applied,
            State::Failed,
        ];
        ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether a job should be at work.
    pub(crate) const fn is_running(self) -> bool {
        matches!(self, Self::Checking | Self::Comparing | Self::Applying)
    }
}

/// The pages of a draft, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// Which field each column is.
    Mapping,
    /// What cannot be used.
    Check,
    /// What would change.
    Differences,
    /// Writing it.
    Apply,
}

impl Step {
    /// The last part of the page's address.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Mapping => "zuordnung",
            Self::Check => "pruefung",
            Self::Differences => "unterschiede",
            Self::Apply => "anwendung",
        }
    }
}

/// A file of a draft. It lies in the draft's folder under a name of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DraftFile {
    /// The sender's name for it, for messages.
    pub(crate) name: String,
    /// Its name in the draft's folder.
    pub(crate) stored: String,
    /// How long it is.
    pub(crate) bytes: u64,
    /// What it seems to be; `None` when it could not even be looked at.
    pub(crate) found: Option<Sniffed>,
    /// Why it could not be looked at.
    pub(crate) unreadable: Option<ReadError>,
}

/// How the files are read: a profile as it is, or a mapping made on the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reading {
    /// The profile's name: a bundled one, a saved one, or empty for a mapping nobody saved.
    pub(crate) name: String,
    /// The profile itself as TOML. Empty until the mapping is confirmed.
    pub(crate) profile: String,
    /// What the mapping page shows; `None` while a profile is used as it is.
    pub(crate) mapping: Option<Mapping>,
}

/// What somebody decided about the differences.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Choices {
    /// Take all centres off the list that the files do not have.
    pub(crate) withdraw_missing: bool,
    /// Take these off, by external id.
    pub(crate) withdraw: BTreeSet<String>,
    /// Fields where the list's value replaces an edit by hand.
    pub(crate) take_list: BTreeSet<Taken>,
    /// Possible duplicates that were decided; all others are decided later.
    pub(crate) pairs: Vec<PairDecision>,
}

/// A field of a record whose edit by hand is given up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Taken {
    /// The record.
    pub(crate) external_id: String,
    /// The field.
    pub(crate) field: Field,
}

/// Where something was found, to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Finding {
    /// A row or value that could not be used.
    Rejected(RowError),
    /// A value that was repaired or left out.
    Repaired(RowNote),
}

/// Errors of one kind, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FindingGroup {
    /// Whether the rows or values were left out (else: repaired).
    pub(crate) rejected: bool,
    /// Whether somebody meant to leave them out.
    pub(crate) intended: bool,
    /// The code of the problem or repair.
    pub(crate) code: String,
    /// The column it is about; empty for whole rows.
    pub(crate) column: String,
    /// How many rows.
    pub(crate) rows: u64,
    /// The first of them.
    pub(crate) examples: Vec<Finding>,
}

/// What came out of reading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReadingSummary {
    /// Rows of all files.
    pub(crate) rows: u64,
    /// Centres that can be imported.
    pub(crate) centres: u64,
    /// Rows lost though nobody meant to.
    pub(crate) lost: u64,
    /// What was found, most rows first, what was left out before what was repaired.
    pub(crate) groups: Vec<FindingGroup>,
    /// How many findings of how many kinds are not among the groups.
    pub(crate) more_groups: u64,
}

/// What a comparison found, on which state of the directory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Comparison {
    /// The directory's revision.
    pub(crate) revision: i64,
    /// The figures.
    pub(crate) counts: ImportCounts,
    /// Conflicts with edits by hand.
    pub(crate) conflicts: u64,
    /// Possible duplicates of centres from other lists.
    #[serde(default)]
    pub(crate) pairs: u64,
    /// Why it must not be applied without a second administrator.
    pub(crate) refusals: Vec<Refusal>,
}

/// The question to a second administrator, and the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Agreement {
    /// Who asked.
    pub(crate) asked_by: Actor,
    /// When.
    pub(crate) asked_at: Timestamp,
    /// Who agreed: never who asked.
    pub(crate) agreed_by: Option<Actor>,
    /// When.
    pub(crate) agreed_at: Option<Timestamp>,
}

/// Why a job ended, for the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Failure {
    /// A file cannot be read as the mapping says.
    Read {
        /// What is wrong with it.
        error: ReadError,
    },
    /// The mapping does not fit together.
    Profile {
        /// What the profile's check says.
        problem: String,
    },
    /// The directory moved again and again while it was compared.
    Moved,
    /// The uploaded files are gone.
    FilesGone,
    /// Something of ours failed; logged under the reference.
    Internal {
        /// The reference in the log.
        reference: String,
    },
}

/// Everything about a draft but its step: the document in the store.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ImportDraft {
    /// The files in the order they were sent.
    pub(crate) files: Vec<DraftFile>,
    /// How they are read.
    pub(crate) reading: Reading,
    /// What was found when they were read.
    pub(crate) summary: Option<ReadingSummary>,
    /// What was decided about the differences.
    pub(crate) choices: Choices,
    /// What the last comparison found.
    pub(crate) comparison: Option<Comparison>,
    /// The second administrator's agreement.
    pub(crate) agreement: Option<Agreement>,
    /// The run, once it is in the history.
    pub(crate) run: Option<String>,
    /// Why the last job ended, in [`State::Failed`].
    pub(crate) failure: Option<Failure>,
    /// What later steps keep beside, by their own names.
    pub(crate) notes: BTreeMap<String, serde_json::Value>,
}

/// A draft as it stands in the store.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Draft {
    /// Its id, which becomes the id of the run.
    pub(crate) id: String,
    /// Who began it.
    pub(crate) owner: Actor,
    /// The list it is for.
    pub(crate) source: String,
    /// The step it is at.
    pub(crate) state: State,
    /// Everything else.
    pub(crate) body: ImportDraft,
    /// When it was begun.
    pub(crate) created_at: Timestamp,
    /// When it was saved last; `None` before the first time.
    pub(crate) changed_at: Option<Timestamp>,
}

impl Draft {
    /// A draft that begins now; nothing is stored yet.
    pub(crate) fn begin(app: &AppState, owner: Actor, source: String) -> Self {
        Self {
            id: app.ids().next(app.clock()),
            owner,
            source,
            state: State::Uploaded,
            body: ImportDraft::default(),
            created_at: app.now(),
            changed_at: None,
        }
    }

    /// The draft of this id, for a job.
    pub(crate) async fn load(store: &dyn Store, id: &str) -> Result<Option<Self>, StoreError> {
        Ok(store.draft(id).await?.and_then(Self::read))
    }

    /// The draft of this id if the person may import its list.
    pub(crate) async fn find(app: &AppState, session: &ImportSession, id: &str) -> Result<Self, PageError> {
        let found = Self::load(app.store(), id).await.map_err(super::unanswered)?;
        found.filter(|draft| session.may_import(&draft.source)).ok_or(PageError::NotFound)
    }

    /// All drafts of lists the person may import, newest first.
    pub(crate) async fn all(app: &AppState, session: &ImportSession) -> Result<Vec<Self>, PageError> {
        let rows = app.store().drafts().await.map_err(super::unanswered)?;
        let mut drafts: Vec<_> =
            rows.into_iter().filter(|row| session.may_import(&row.source)).filter_map(Self::read).collect();
        drafts.sort_by(|a, b| (b.created_at, &b.id).cmp(&(a.created_at, &a.id)));
        Ok(drafts)
    }

    /// A document an older version wrote may not be readable; such a draft is gone.
    pub(crate) fn read(row: store::ImportDraft) -> Option<Self> {
        Some(Self {
            state: State::from_code(&row.state)?,
            body: serde_json::from_str(&row.body).ok()?,
            id: row.id,
            owner: row.owner,
            source: row.source,
            created_at: row.created_at,
            changed_at: Some(row.changed_at),
        })
    }

    /// Stores the draft unless somebody else did since it was read.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody did.
    pub(crate) async fn save(&mut self, app: &AppState) -> Result<(), StoreError> {
        let before = self.changed_at;
        let now = app.now();
        // Two changes within the same instant must still differ.
        let next = before.map_or(now, |before| now.max(before + SignedDuration::from_micros(1)));
        let body = serde_json::to_string(&self.body)
            .map_err(|problem| StoreError::Refused { constraint: format!("import_draft.body: {problem}") })?;
        let row = store::ImportDraft {
            id: self.id.clone(),
            owner: self.owner.clone(),
            source: self.source.clone(),
            state: self.state.code().to_owned(),
            body,
            created_at: self.created_at,
            changed_at: next,
        };
        app.store().save_draft(&row, before).await?;
        self.changed_at = Some(next);
        Ok(())
    }

    /// Removes the draft and its files.
    pub(crate) async fn delete(self, app: &AppState) -> Result<(), StoreError> {
        app.store().delete_draft(&self.id).await?;
        super::upload::remove_folder(app, &self.id).await;
        Ok(())
    }

    /// The folder with its files and with what jobs keep beside them.
    pub(crate) fn folder(&self, app: &AppState) -> PathBuf {
        super::upload::folder(app, &self.id)
    }

    /// The files, opened.
    ///
    /// # Errors
    /// What the system says when one is gone.
    pub(crate) fn input_files(&self, app: &AppState) -> io::Result<Vec<InputFile>> {
        let folder = self.folder(app);
        self.body
            .files
            .iter()
            .map(|file| {
                let content = std::fs::File::open(folder.join(&file.stored))?;
                Ok(InputFile::from_reader(file.name.clone(), content))
            })
            .collect()
    }

    /// How the files are read, once that is settled. The source is the draft's.
    ///
    /// # Errors
    /// What does not fit together.
    pub(crate) fn profile(&self) -> Result<Profile, ProfileError> {
        let name = if self.body.reading.name.is_empty() { &self.source } else { &self.body.reading.name };
        let mut profile = Profile::parse(name, &self.body.reading.profile)?;
        profile.source.clone_from(&self.source);
        Ok(profile)
    }

    /// The address of one of its pages, without the language's prefix.
    pub(crate) fn path(&self, step: Step) -> String {
        format!("/arbeitsplatz/import/{}/{}", self.id, step.path())
    }

    /// The page the draft is at.
    pub(crate) const fn step(&self) -> Step {
        match self.state {
            State::Uploaded => Step::Mapping,
            State::Mapped | State::Checking | State::Checked => Step::Check,
            State::Comparing | State::Compared | State::Agreed => Step::Differences,
            State::Applying | State::Applied => Step::Apply,
            State::Failed => {
                if self.body.comparison.is_some() {
                    Step::Differences
                } else {
                    Step::Check
                }
            }
        }
    }
}
