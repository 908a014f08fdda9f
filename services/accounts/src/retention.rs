//! What is removed with time: sessions, links, invitations nobody accepted, browsers, the trail.

use std::{pin::pin, time::Duration};

use jiff::SignedDuration;

use crate::{
    Accounts, AccountsError,
    session::limits,
    store::{Cutoffs, Removed},
};

/// How often this is done.
const EVERY: Duration = Duration::from_secs(3600);
/// An invitation that ran out can be seen and sent again for so long.
const INVITATIONS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The addresses of a change are needed as long as its notices may be sent.
const MAIL_CHANGES: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Browsers keep a cookie no longer than this.
const DEVICES: SignedDuration = SignedDuration::from_hours(400 * 24);

impl Accounts {
    /// Removes what has ended, run out or is too old.
    pub async fn remove_outdated(&self) -> Result<Removed, AccountsError> {
        let now = self.now();
        let days = i64::from(self.settings().audit_days);
        let cutoffs = Cutoffs {
            now,
            sessions: limits(now),
            invitations: now - INVITATIONS,
            links: now - MAIL_CHANGES,
            devices: now - DEVICES,
            audit: now - SignedDuration::from_hours(days * 24),
        };
        self.store().remove_outdated(&cutoffs).await
    }
}

/// Removes what is outdated, at once and every hour, until `stop`.
pub async fn run(accounts: Accounts, stop: impl Future<Output = ()> + Send) {
    let mut stop = pin!(stop);
    loop {
        match accounts.remove_outdated().await {
            Ok(removed) if removed.total() > 0 => {
                tracing::info!(
                    rows = removed.total(),
                    "outdated sessions, links and lines of the trail were removed"
                );
            }
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "outdated sessions and links could not be removed");
            }
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}
