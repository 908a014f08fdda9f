//! Booking's own copy of the directory.

use async_trait::async_trait;
use contracts::directory::{Centre, DirectoryEvent};
use kernel::Envelope;
use storekit::StoreError;

use super::{PostgresStore, SqliteStore, row};
use crate::BookingError;

/// The part of the store that knows centres and offers.
#[async_trait]
pub trait DirectoryStore: Send + Sync {
    /// The sequence of the last event that was taken over.
    async fn cursor(&self) -> Result<i64, BookingError>;

    /// Takes events over, in their order; those at or before the cursor are known already.
    async fn follow(&self, events: &[Envelope<DirectoryEvent>]) -> Result<(), BookingError>;

    /// The centre with this id, if it is listed.
    async fn centre(&self, id: &str) -> Result<Option<Centre>, BookingError>;

    /// The centre with this offer, if it is listed.
    async fn centre_of_offer(&self, offer_id: &str) -> Result<Option<Centre>, BookingError>;

    /// The centre with this id, also when it is no longer listed: its people may still have appointments.
    async fn kept_centre(&self, id: &str) -> Result<Option<Centre>, BookingError>;

    /// The centre with this offer, likewise.
    async fn kept_centre_of_offer(&self, offer_id: &str) -> Result<Option<Centre>, BookingError>;
}

const CURSOR: &str = "SELECT sequence FROM directory_cursor WHERE one = 1";

const MOVE_CURSOR: &str = "UPDATE directory_cursor SET sequence = $1 WHERE one = 1 AND sequence < $1";

const SAVE_CENTRE: &str = "INSERT INTO centre (id, slug, listed, body) VALUES ($1, $2, 1, $3)
    ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, listed = 1, body = excluded.body";

const UNLIST_CENTRE: &str = "UPDATE centre SET listed = 0 WHERE id = $1";

const DROP_OFFERS: &str = "DELETE FROM offer WHERE centre_id = $1";

/// An offer keeps its id when it goes to another centre, as it does when two are merged.
const SAVE_OFFER: &str = "INSERT INTO offer (id, centre_id) VALUES ($1, $2)
    ON CONFLICT (id) DO UPDATE SET centre_id = excluded.centre_id";

const CENTRE: &str = "SELECT id, body FROM centre WHERE id = $1 AND listed = 1";

const CENTRE_OF_OFFER: &str = "SELECT centre.id, centre.body FROM offer
    JOIN centre ON centre.id = offer.centre_id WHERE offer.id = $1 AND centre.listed = 1";

const KEPT_CENTRE: &str = "SELECT id, body FROM centre WHERE id = $1";

const KEPT_CENTRE_OF_OFFER: &str = "SELECT centre.id, centre.body FROM offer
    JOIN centre ON centre.id = offer.centre_id WHERE offer.id = $1";

fn read(row: Option<(String, String)>) -> Result<Option<Centre>, BookingError> {
    let Some((id, body)) = row else { return Ok(None) };
    let centre = serde_json::from_str(&body);
    Ok(Some(centre.map_err(|problem| row::corrupt("centre", "body", &id, &problem))?))
}

macro_rules! directory_store {
    ($store:ty) => {
        #[async_trait]
        impl DirectoryStore for $store {
            async fn cursor(&self) -> Result<i64, BookingError> {
                Ok(sqlx::query_scalar(CURSOR).fetch_one(self.readers()).await?)
            }

            async fn follow(&self, events: &[Envelope<DirectoryEvent>]) -> Result<(), BookingError> {
                let Some(last) = events.last() else { return Ok(()) };
                let mut transaction = self.begin().await?;
                let known: i64 = sqlx::query_scalar(CURSOR).fetch_one(&mut *transaction).await?;
                for event in events.iter().filter(|event| event.sequence > known) {
                    match &event.event {
                        DirectoryEvent::CentreSaved { centre } => {
                            let body = serde_json::to_string(centre).map_err(|_| StoreError::Unexpected {
                                code: String::from("a centre cannot be written"),
                            })?;
                            let save =
                                sqlx::query(SAVE_CENTRE).bind(&centre.id).bind(&centre.slug).bind(body);
                            save.execute(&mut *transaction).await?;
                            sqlx::query(DROP_OFFERS).bind(&centre.id).execute(&mut *transaction).await?;
                            for offer in &centre.offers {
                                let save = sqlx::query(SAVE_OFFER).bind(&offer.id).bind(&centre.id);
                                save.execute(&mut *transaction).await?;
                            }
                        }
                        DirectoryEvent::CentreRemoved { centre_id } => {
                            sqlx::query(UNLIST_CENTRE).bind(centre_id).execute(&mut *transaction).await?;
                        }
                        DirectoryEvent::PlacesReplaced => {}
                    }
                }
                sqlx::query(MOVE_CURSOR).bind(last.sequence).execute(&mut *transaction).await?;
                Ok(transaction.commit().await?)
            }

            async fn centre(&self, id: &str) -> Result<Option<Centre>, BookingError> {
                read(sqlx::query_as(CENTRE).bind(id).fetch_optional(self.readers()).await?)
            }

            async fn centre_of_offer(&self, offer_id: &str) -> Result<Option<Centre>, BookingError> {
                read(sqlx::query_as(CENTRE_OF_OFFER).bind(offer_id).fetch_optional(self.readers()).await?)
            }

            async fn kept_centre(&self, id: &str) -> Result<Option<Centre>, BookingError> {
                read(sqlx::query_as(KEPT_CENTRE).bind(id).fetch_optional(self.readers()).await?)
            }

            async fn kept_centre_of_offer(&self, offer_id: &str) -> Result<Option<Centre>, BookingError> {
                let centre = sqlx::query_as(KEPT_CENTRE_OF_OFFER).bind(offer_id);
                read(centre.fetch_optional(self.readers()).await?)
            }
        }
    };
}

directory_store!(SqliteStore);
directory_store!(PostgresStore);
