//! What both engines do with the same text, stamped out for each.

macro_rules! queue_on {
    ($database:ty, $readers:expr, $connection:ty) => {
        /// Queues a mail inside the caller's transaction.
        ///
        /// # Errors
        /// [`StoreError::NotUnique`] when the id is queued already, [`StoreError::Refused`] for an empty or overlong
        /// field or an end before the due time.
        pub async fn enqueue(transaction: &mut $connection, intent: &Intent) -> Result<(), StoreError> {
            let statement = sqlx::query(ENQUEUE)
                .bind(&intent.id)
                .bind(&intent.kind)
                .bind(&intent.object_id)
                .bind(intent.lang.tag())
                .bind(intent.detail.as_deref())
                .bind(intent.created_at.as_microsecond())
                .bind(intent.due_at.as_microsecond())
                .bind(intent.give_up_at.as_microsecond());
            statement.execute(transaction).await?;
            Ok(())
        }

        /// Takes back everything queued or given up about an object, inside the caller's transaction; answers how
        /// much. A mail that is being sent at this moment may still leave.
        ///
        /// # Errors
        /// What the database says.
        pub async fn withdraw(transaction: &mut $connection, object_id: &str) -> Result<u64, StoreError> {
            Ok(sqlx::query(WITHDRAW).bind(object_id).execute(transaction).await?.rows_affected())
        }

        /// Whether a mail about an object was given up and is still remembered.
        ///
        /// # Errors
        /// What the database says.
        pub async fn is_given_up(connection: &mut $connection, object_id: &str) -> Result<bool, StoreError> {
            let count: i64 = sqlx::query_scalar(IS_GIVEN_UP).bind(object_id).fetch_one(connection).await?;
            Ok(count > 0)
        }

        pub(super) async fn lease(
            database: &$database,
            limit: i64,
            now: i64,
            until: i64,
            lease_id: &str,
        ) -> Result<Vec<Row>, StoreError> {
            let mut transaction = database.begin().await?;
            let statement = sqlx::query_as(LEASE).bind(until).bind(lease_id).bind(now).bind(limit);
            let rows = statement.fetch_all(&mut *transaction).await?;
            transaction.commit().await?;
            Ok(rows)
        }

        pub(super) async fn done(database: &$database, id: &str, lease: &str) -> Result<bool, StoreError> {
            let mut transaction = database.begin().await?;
            let changed = sqlx::query(DONE).bind(id).bind(lease).execute(&mut *transaction).await?;
            transaction.commit().await?;
            Ok(changed.rows_affected() == 1)
        }

        pub(super) async fn postpone(
            database: &$database,
            id: &str,
            lease: &str,
            until: i64,
            problem: &'static str,
        ) -> Result<bool, StoreError> {
            let mut transaction = database.begin().await?;
            let statement = sqlx::query(POSTPONE).bind(id).bind(lease).bind(until).bind(problem);
            let changed = statement.execute(&mut *transaction).await?;
            transaction.commit().await?;
            Ok(changed.rows_affected() == 1)
        }

        pub(super) async fn give_up(
            database: &$database,
            id: &str,
            lease: &str,
            problem: Option<&'static str>,
        ) -> Result<bool, StoreError> {
            let mut transaction = database.begin().await?;
            let statement = sqlx::query(GIVE_UP).bind(id).bind(lease).bind(problem);
            let changed = statement.execute(&mut *transaction).await?;
            transaction.commit().await?;
            Ok(changed.rows_affected() == 1)
        }

        pub(super) async fn forget(database: &$database, before: i64) -> Result<u64, StoreError> {
            let mut transaction = database.begin().await?;
            let forgotten = sqlx::query(FORGET).bind(before).execute(&mut *transaction).await?;
            transaction.commit().await?;
            Ok(forgotten.rows_affected())
        }

        pub(super) async fn waiting(database: &$database) -> Result<Vec<Counted>, StoreError> {
            Ok(sqlx::query_as(WAITING).fetch_all($readers(database)).await?)
        }
    };
}

/// state, count, oldest due, next that can be leased, oldest end
pub(super) type Counted = (String, i64, Option<i64>, Option<i64>, Option<i64>);

pub(super) use queue_on;
