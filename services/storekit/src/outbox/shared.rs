//! What both engines do with the same text, stamped out for each.

macro_rules! read_and_reserve {
    ($pool:ty, $connection:ty) => {
        /// Up to `limit` events after `sequence`, in order.
        pub async fn read(pool: &$pool, sequence: i64, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
            let rows = sqlx::query_as(READ).bind(sequence).bind(i64::from(limit)).fetch_all(pool).await?;
            Ok(rows.into_iter().map(stored).collect())
        }

        /// Takes the next `count` sequences and answers the last of them.
        async fn reserve(transaction: &mut $connection, head: Head, count: i64) -> Result<i64, StoreError> {
            let moved: Option<i64> = match head {
                Head::Is(expected) => sqlx::query_scalar(MOVE_FROM).bind(count).bind(expected),
                Head::Any => sqlx::query_scalar(MOVE).bind(count),
            }
            .fetch_optional(&mut *transaction)
            .await?;
            match (moved, head) {
                (Some(last), _) => Ok(last),
                (None, Head::Is(expected)) => {
                    let found = sqlx::query_scalar(HEAD).fetch_one(transaction).await?;
                    Err(StoreError::Conflict { expected, found })
                }
                (None, Head::Any) => {
                    Err(StoreError::Missing { table: "outbox_head", row: String::from("1") })
                }
            }
        }
    };
}

pub(super) use read_and_reserve;
