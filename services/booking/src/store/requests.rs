//! Requests that wait for an answer. An appointment has no time of creation; the mail that is to remind the centre has.

use async_trait::async_trait;
use jiff::Timestamp;
use storekit::StoreError;

use super::{PostgresStore, SqliteStore, row};
use crate::BookingError;

/// The part of the store that knows since when requests wait.
#[async_trait]
pub trait RequestStore: Send + Sync {
    /// Since when the requests of a centre wait, as long as it was not reminded of them.
    async fn waiting_since(&self, centre_id: &str) -> Result<Vec<(String, Timestamp)>, BookingError>;
}

const WAITING_SINCE: &str = "SELECT mail.object_id, mail.created_at FROM mail
    JOIN appointment ON appointment.id = mail.object_id
    WHERE appointment.centre_id = $1 AND appointment.state = 'requested' AND mail.kind = 'centre-unanswered'
    ORDER BY mail.object_id, mail.id";

macro_rules! request_store {
    ($store:ty) => {
        #[async_trait]
        impl RequestStore for $store {
            async fn waiting_since(&self, centre_id: &str) -> Result<Vec<(String, Timestamp)>, BookingError> {
                let query = sqlx::query_as(WAITING_SINCE).bind(centre_id);
                let rows: Vec<(String, i64)> = query.fetch_all(self.readers()).await?;
                let read = |(id, since): (String, i64)| {
                    let since = row::time("mail", "created_at", &id, since)?;
                    Ok((id, since))
                };
                Ok(rows.into_iter().map(read).collect::<Result<_, StoreError>>()?)
            }
        }
    };
}

request_store!(SqliteStore);
request_store!(PostgresStore);
