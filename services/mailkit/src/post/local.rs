//! For installations without SMTP: the last mails, in memory, to be looked at on the internal listener.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use jiff::Timestamp;
use kernel::Clock;
use serde::Serialize;

use super::{Post, SendError};
use crate::{Attachment, Mail, MessageId};

const KEPT: usize = 50;

/// Keeps the last 50 mails in memory. They never reach a disk and are gone when the process ends.
pub struct LocalPost {
    clock: Arc<dyn Clock>,
    mails: Mutex<VecDeque<LocalMail>>,
}

/// A mail that stayed here.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct LocalMail {
    /// Its Message-ID.
    pub message_id: String,
    /// When it would have left.
    pub at: Timestamp,
    /// The recipient's address.
    pub to: String,
    /// The recipient's name.
    pub to_name: Option<String>,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
    /// Names of the attached files.
    pub attachments: Vec<String>,
}

impl LocalPost {
    /// A box without mails.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, mails: Mutex::default() }
    }

    /// The mails, the newest first.
    pub fn list(&self) -> Vec<LocalMail> {
        self.mails().iter().cloned().collect()
    }

    /// The mails as JSON, the newest first.
    pub fn page_json(&self) -> String {
        serde_json::to_string(&self.list()).unwrap_or_else(|_| String::from("[]"))
    }

    fn mails(&self) -> MutexGuard<'_, VecDeque<LocalMail>> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Post for LocalPost {
    async fn send(&self, mail: &Mail, id: &MessageId) -> Result<(), SendError> {
        let attachments = mail.attachments().iter().map(|Attachment::Calendar(file)| file.name().to_owned());
        let kept = LocalMail {
            message_id: id.as_str().to_owned(),
            at: self.clock.now(),
            to: mail.to().as_str().to_owned(),
            to_name: mail.to_name().map(|name| name.as_str().to_owned()),
            subject: mail.subject().to_owned(),
            body: mail.body().to_owned(),
            attachments: attachments.collect(),
        };
        let mut mails = self.mails();
        // a second copy takes the place of the first, as in a mail program
        mails.retain(|earlier| earlier.message_id != kept.message_id);
        mails.push_front(kept);
        mails.truncate(KEPT);
        Ok(())
    }
}

impl std::fmt::Debug for LocalPost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LocalPost(…)")
    }
}

impl std::fmt::Debug for LocalMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LocalMail(…)")
    }
}
