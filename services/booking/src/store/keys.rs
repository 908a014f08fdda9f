//! Which keys the rows need, and which folder they lie in.

use async_trait::async_trait;

use super::{PostgresStore, SqliteStore, row};
use crate::{
    BookingError,
    sealing::{KeyPlace, Purpose},
};

/// A key, and the record that it belongs to.
pub type KeyInUse = (String, Purpose, KeyPlace);

/// The part of the store that knows about keys.
#[async_trait]
pub trait KeyStore: Send + Sync {
    /// The name of the folder whose keys open what is sealed here; `None` before the first start.
    async fn key_folder(&self) -> Result<Option<String>, BookingError>;

    /// From now on the keys lie in the folder of this name.
    async fn save_key_folder(&self, name: &str) -> Result<(), BookingError>;

    /// Every key that a row still needs.
    async fn keys_in_use(&self) -> Result<Vec<KeyInUse>, BookingError>;
}

const KEY_FOLDER: &str = "SELECT name FROM key_folder WHERE one = 1";

const SAVE_KEY_FOLDER: &str = "INSERT INTO key_folder (one, name) VALUES (1, $1)
    ON CONFLICT (one) DO UPDATE SET name = excluded.name";

const KEYS_IN_USE: &str =
    "SELECT id, 'contact', contact_day, contact_slot FROM appointment WHERE contact_day IS NOT NULL
    UNION ALL SELECT id, 'notify', notify_day, notify_slot FROM appointment WHERE notify_day IS NOT NULL
    UNION ALL SELECT id, 'note', note_day, note_slot FROM appointment WHERE note_day IS NOT NULL
    UNION ALL SELECT id, 'waiting', notify_day, notify_slot FROM waiting WHERE notify_day IS NOT NULL";

fn key_in_use((record, whose, day, slot): (String, String, String, i64)) -> Result<KeyInUse, BookingError> {
    let (purpose, table, column) = match whose.as_str() {
        "contact" => (Purpose::Contact, "appointment", "contact_day"),
        "note" => (Purpose::Note, "appointment", "note_day"),
        "waiting" => (Purpose::Notify, "waiting", "notify_day"),
        _ => (Purpose::Notify, "appointment", "notify_day"),
    };
    let day = day.parse().map_err(|problem| row::corrupt(table, column, &record, &problem))?;
    Ok((record, purpose, KeyPlace { day, slot: row::number(slot) }))
}

macro_rules! key_store {
    ($store:ty) => {
        #[async_trait]
        impl KeyStore for $store {
            async fn key_folder(&self) -> Result<Option<String>, BookingError> {
                Ok(sqlx::query_scalar(KEY_FOLDER).fetch_optional(self.readers()).await?)
            }

            async fn save_key_folder(&self, name: &str) -> Result<(), BookingError> {
                let mut transaction = self.begin().await?;
                sqlx::query(SAVE_KEY_FOLDER).bind(name).execute(&mut *transaction).await?;
                Ok(transaction.commit().await?)
            }

            async fn keys_in_use(&self) -> Result<Vec<KeyInUse>, BookingError> {
                let rows = sqlx::query_as(KEYS_IN_USE).fetch_all(self.readers()).await?;
                rows.into_iter().map(key_in_use).collect()
            }
        }
    };
}

key_store!(SqliteStore);
key_store!(PostgresStore);
