//! Puts booking together: its store, the keys that die, its pages, and what it does by itself.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context;
use axum::Router;
use booking::{
    calendar::fetch::Fetcher,
    letter::BookingMails,
    sealing::{FolderError, Found, KeyFolder},
    service::{Booking, Parts},
    store::Opened,
    web::{self, AppState},
};
use finder::{live::Live, log::DirectoryLog};
use kernel::{Clock, RandomIds, ServerKey};
use mailkit::{Mailer, MailerParts, MessageIds, Post, Queue};
use storekit::Database;
use webkit::{language, pages::Pages};

use crate::{cli::Arguments, composition::Ground, stores::place};

/// Booking while the program runs.
pub(crate) struct Bookings {
    /// What can be done.
    pub(crate) booking: Booking,
    database: Database,
    log: DirectoryLog,
    begun: Instant,
    alone: Option<booking::store::Alone>,
}

impl Bookings {
    /// Opens appointments and keys, and forgets what became due while the program did not run: to be called before
    /// anybody can ask.
    pub(crate) async fn open(
        arguments: &Arguments,
        ground: &Ground,
        key: ServerKey,
        clock: Arc<dyn Clock>,
    ) -> anyhow::Result<Self> {
        let begun = Instant::now();
        let Opened { store, database } = open_store(arguments).await?;
        let (keys, found) = keys(&arguments.data)?;
        say_what_was_found(&found);
        let alone =
            booking::store::Alone::take(&database).await.context("the appointments cannot be opened")?;
        let booking = Booking::guarded(Parts { store, keys: Arc::new(keys), key, clock }, begun);
        booking
            .forget_first(begun.elapsed())
            .await
            .context("appointments that are over cannot be forgotten")?;
        if ground.config.booking.read_calendars {
            booking.fetch_calendars(Fetcher::default());
        }
        let log = DirectoryLog::new(ground.store.clone());
        Ok(Self { booking, database, log, begun, alone })
    }

    /// The state of its pages.
    pub(crate) fn pages(&self, pages: &Pages, base_url: &str) -> AppState {
        AppState::new(web::Parts {
            booking: self.booking.clone(),
            pages: pages.clone(),
            clock: self.booking.clock(),
            ids: Arc::new(RandomIds),
            base_url: base_url.to_owned(),
        })
    }

    /// Sends the mails of booking.
    pub(crate) fn mailer(
        &self,
        (post, message_ids): (Arc<dyn Post>, MessageIds),
        base_url: &str,
    ) -> anyhow::Result<Mailer> {
        let author = BookingMails::new(self.booking.clone(), base_url)?;
        let mailer = Mailer::new(MailerParts {
            name: "booking",
            queue: Queue::new(self.database.clone()),
            author: Arc::new(author),
            post,
            message_ids,
            clock: self.booking.clock(),
            ids: Arc::new(RandomIds),
            seed: rand::random(),
        });
        self.booking.call_mailer(mailer.waker());
        Ok(mailer)
    }

    /// Ends when another program might serve the same appointments.
    pub(crate) fn watch_alone(&mut self) -> impl Future<Output = ()> + use<> {
        let alone = self.alone.take();
        async move {
            match alone {
                Some(alone) => alone.watch().await,
                None => std::future::pending().await,
            }
        }
    }

    /// Forgets as long as the program runs.
    pub(crate) fn forget(&self) -> impl Future<Output = ()> + use<> {
        let (booking, begun) = (self.booking.clone(), self.begun);
        async move { booking.forget(begun).await }
    }

    /// Reads counsellors' own calendars as long as the program runs.
    pub(crate) fn read_calendars(&self) -> impl Future<Output = ()> + use<> {
        let booking = self.booking.clone();
        async move { booking.read_calendars().await }
    }

    /// Follows the directory and tells people who wait, as long as the program runs. The first look at a large directory
    /// waits until people can search: they come first.
    pub(crate) async fn follow(self, live: Arc<Live>) {
        while live.snapshot().is_none() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        if let Err(error) = self.booking.catch_up(&self.log).await {
            tracing::warn!(error.cause = %error, "the directory could not be followed; trying again");
        }
        let booking = &self.booking;
        tokio::join!(booking.look_ahead(), booking.follow(&self.log), booking.watch_waiting());
    }
}

/// The appointments of this installation.
pub(crate) async fn open_store(arguments: &Arguments) -> anyhow::Result<Opened> {
    booking::store::open(&place(arguments, booking::store::SERVICE).address)
        .await
        .context("the appointments cannot be opened")
}

/// The pages of seekers, the feeds of counsellors, and the API.
pub(crate) fn public(state: &AppState) -> Router {
    let pages = language::below_prefixes(&web::seek::routes(), state.pages().langs());
    pages.merge(web::feed::routes()).merge(booking::api::routes()).with_state(state.clone())
}

/// The keys of what seekers say.
pub(crate) fn keys(data: &Path) -> anyhow::Result<(KeyFolder, Found)> {
    let folder = data.join("keys").join("booking");
    KeyFolder::at(&folder).map_err(|error| match error {
        FolderError::InUse => anyhow::anyhow!(
            "{} belongs to another running program: two must not share one data folder",
            folder.display()
        ),
        FolderError::Io(problem) => {
            anyhow::Error::new(problem).context(format!("{} cannot be used", folder.display()))
        }
    })
}

fn say_what_was_found(found: &Found) {
    if !found.strangers.is_empty() {
        tracing::error!(files = found.strangers.len(), "files that do not belong there lie among the keys");
    }
    if found.heartbeat_unreadable {
        tracing::error!("the keys' own clock could not be read; the machine's clock is believed");
    }
}
