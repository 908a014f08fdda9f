//! Keys and rows belong together: a program that is started on the wrong database, or with the wrong folder of keys, must
//! notice before it destroys what it does not know.

use super::{Booking, seal::unavailable};
use crate::{BookingError, sealing::Purpose};

impl Booking {
    /// Makes sure that the folder of keys is the one of these appointments: by its name, or because rows name keys that lie
    /// in it. A folder without keys may take the place of another: it was lost, and what it opened with it.
    pub(super) async fn match_keys(&self) -> Result<(), BookingError> {
        let known = self.store().key_folder().await?;
        let named = self.store().keys_in_use().await?;
        let keys = self.0.keys.clone();
        let found =
            tokio::task::spawn_blocking(move || (keys.identity(), keys.alive(), keys.alive_among(&named)))
                .await;
        let (name, alive, ours) = found.map_err(|_| unavailable())?;
        let name = name.map_err(|_| unavailable())?;
        if known.as_ref() == Some(&name) {
            return Ok(());
        }
        if alive > 0 && ours == 0 {
            return Err(BookingError::ForeignKeys);
        }
        if alive == 0 && known.is_some() {
            tracing::error!(
                "the folder of keys is another one: what earlier appointments say of people cannot be read"
            );
        }
        self.store().save_key_folder(&name).await
    }

    /// After a backup was brought back: takes away the rows whose keys were destroyed since it was made, because their time was over
    /// or somebody cancelled. Answers how many. Where the folder of keys is another one, nothing is known of them, and nothing
    /// is done.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn forget_destroyed(&self) -> Result<u64, BookingError> {
        let known = self.store().key_folder().await?;
        let named = self.store().keys_in_use().await?;
        let keys = self.0.keys.clone();
        let found = tokio::task::spawn_blocking(move || (keys.identity(), keys.destroyed_among(named))).await;
        let (name, destroyed) = found.map_err(|_| unavailable())?;
        if known != Some(name.map_err(|_| unavailable())?) {
            return Ok(0);
        }
        let (mut over, mut addresses) = (Vec::new(), Vec::new());
        for (record, purpose, _) in destroyed {
            match purpose {
                Purpose::Contact => over.push(record),
                Purpose::Notify => addresses.push(record),
                // the end of a note says nothing of its appointment
                Purpose::Note => {}
            }
        }
        for record in &addresses {
            self.store().forget_address(record).await?;
        }
        let appointments = self.store().forget(&over).await?;
        Ok(appointments + self.store().forget_waiting(&addresses).await?)
    }

    /// Destroys keys that no row names. Only before anybody can ask.
    pub(super) async fn destroy_unnamed(&self) -> Result<(), BookingError> {
        let named = self.store().keys_in_use().await?;
        let keys = self.0.keys.clone();
        let destroyed = tokio::task::spawn_blocking(move || keys.destroy_unnamed(&named)).await;
        let destroyed = destroyed.map_err(|_| unavailable())?.map_err(|_| unavailable())?;
        if destroyed > 0 {
            tracing::warn!(keys.destroyed = destroyed, "keys of changes that were cut off are destroyed");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use kernel::{FixedClock, Personal, ServerKey};
    use storekit::testing::Scratch;

    use super::*;
    use crate::{
        sealing::{KeyFolder, Plain, Purpose},
        service::Parts,
        store,
    };

    async fn on(scratch: &Scratch, keys: &Arc<KeyFolder>) -> Booking {
        let store = store::open(scratch.address()).await.unwrap().store;
        let clock = Arc::new(FixedClock::at("2026-11-22T08:00:00Z".parse().unwrap()));
        Booking::new(Parts { store, keys: keys.clone(), key: ServerKey::new([7; 32]), clock })
    }

    fn seal(keys: &KeyFolder) {
        let value = Personal::new(vec![1]);
        let due = "2026-12-01T08:00:00Z".parse().unwrap();
        keys.seal("somebody", &[Plain { purpose: Purpose::Contact, due, value: &value }]).unwrap();
    }

    #[tokio::test]
    async fn a_key_without_a_row_dies_at_the_start_and_the_wrong_database_is_refused_before() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Arc::new(KeyFolder::at(folder.path()).unwrap().0);
        let (ours, another) = (Scratch::sqlite(), Scratch::sqlite());
        let booking = on(&ours, &keys).await;
        booking.forget_first(Duration::ZERO).await.unwrap();
        seal(&keys);
        let elsewhere = on(&another, &keys).await.forget_first(Duration::ZERO).await;
        assert_eq!((elsewhere, keys.alive()), (Err(BookingError::ForeignKeys), 1), "nothing is destroyed");
        booking.forget_first(Duration::ZERO).await.unwrap();
        assert_eq!(keys.alive(), 0, "no row names it");
        on(&another, &keys).await.forget_first(Duration::ZERO).await.unwrap();
    }

    #[tokio::test]
    async fn a_folder_that_was_lost_is_replaced() {
        let (lost, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let scratch = Scratch::sqlite();
        for folder in [&lost, &new] {
            let keys = Arc::new(KeyFolder::at(folder.path()).unwrap().0);
            on(&scratch, &keys).await.forget_first(Duration::ZERO).await.unwrap();
            let name = keys.identity().unwrap();
            assert_eq!(on(&scratch, &keys).await.store().key_folder().await.unwrap(), Some(name));
        }
    }
}
