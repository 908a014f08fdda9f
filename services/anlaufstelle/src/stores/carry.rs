//! From one store into another, and proof that everything arrived.

use storekit::{
    Database, StoreError,
    transfer::{Checksum, Reading, Table, Writing},
};

/// A table that was carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Carried {
    /// Its name.
    pub(crate) table: String,
    /// How many rows.
    pub(crate) rows: u64,
}

/// Why a store was not carried.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CarryError {
    /// One of the two could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was read back is not what was read first.
    #[error("the table {0} is not the same there as here; nothing was kept")]
    Different(String),
}

/// Carries everything, reads it back and compares.
pub(crate) async fn carry(from: &Database, to: &Database) -> Result<Vec<Carried>, CarryError> {
    let mut reading = Reading::begin(from).await?;
    let mut writing = Writing::begin(to).await?;
    let mut sums = Vec::new();
    for table in reading.tables().await? {
        let mut sum = Checksum::default();
        let row = reading.rows(&table, async |row| {
            sum.add(&row);
            writing.row(&table, row).await
        });
        row.await?;
        sums.push((table, sum));
    }
    writing.commit().await?;
    compare(to, sums).await
}

/// Reads every table and compares it with what it should hold.
pub(super) async fn compare(
    database: &Database,
    sums: Vec<(Table, Checksum)>,
) -> Result<Vec<Carried>, CarryError> {
    let mut reading = Reading::begin(database).await?;
    let mut carried = Vec::new();
    for (table, expected) in sums {
        let mut sum = Checksum::default();
        let read: Result<(), StoreError> = reading
            .rows(&table, async |row| {
                sum.add(&row);
                Ok(())
            })
            .await;
        read?;
        if sum != expected {
            return Err(CarryError::Different(table.name));
        }
        carried.push(Carried { table: table.name, rows: sum.rows() });
    }
    Ok(carried)
}
