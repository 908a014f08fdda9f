//! The store on either engine: the same use cases in the same words.
//!
//! The text is stamped out per engine instead of made generic, because the bounds of generic sqlx code are longer than
//! the code. What really differs (`append`, `save_centres`, `remove_centres`, `save_places`, `begin`, `snapshot`)
//! stands beside each use of this macro.

macro_rules! directory_store {
    ($store:ident) => {
        #[async_trait]
        impl Store for $store {
            async fn ping(&self) -> Result<(), StoreError> {
                sqlx::query(sql::PING).execute(self.readers()).await?;
                Ok(())
            }

            async fn revision(&self) -> Result<i64, StoreError> {
                Ok(sqlx::query_scalar(sql::REVISION).fetch_one(self.readers()).await?)
            }

            async fn centre_by_id(&self, id: &str) -> Result<Option<Centre>, StoreError> {
                let row = sqlx::query_as(sql::CENTRE_BY_ID).bind(id).fetch_optional(self.readers()).await?;
                row.map(row::centre).transpose()
            }

            async fn centre_by_slug(&self, slug: &str) -> Result<Option<Centre>, StoreError> {
                let row =
                    sqlx::query_as(sql::CENTRE_BY_SLUG).bind(slug).fetch_optional(self.readers()).await?;
                row.map(row::centre).transpose()
            }

            async fn centre_by_external(&self, source: &str, id: &str) -> Result<Option<Centre>, StoreError> {
                let query = sqlx::query_as(sql::CENTRE_BY_EXTERNAL).bind(source).bind(id);
                query.fetch_optional(self.readers()).await?.map(row::centre).transpose()
            }

            async fn centres_after(
                &self,
                after_id: Option<&str>,
                limit: u32,
            ) -> Result<Vec<Centre>, StoreError> {
                let query = sqlx::query_as(sql::CENTRES_AFTER).bind(after_id.unwrap_or_default());
                let rows = query.bind(i64::from(limit)).fetch_all(self.readers()).await?;
                rows.into_iter().map(row::centre).collect()
            }

            async fn count(&self) -> Result<u64, StoreError> {
                let count: i64 = sqlx::query_scalar(sql::COUNT).fetch_one(self.readers()).await?;
                Ok(count.unsigned_abs())
            }

            async fn keys_of_source(&self, source: &str) -> Result<Vec<StoredKey>, StoreError> {
                let rows = sqlx::query_as(sql::KEYS_OF_SOURCE).bind(source).fetch_all(self.readers()).await?;
                Ok(rows.into_iter().map(row::key).collect())
            }

            async fn slugs(&self) -> Result<Vec<String>, StoreError> {
                Ok(sqlx::query_scalar(sql::SLUGS).fetch_all(self.readers()).await?)
            }

            async fn sources(&self) -> Result<Vec<SourceSummary>, StoreError> {
                let rows = sqlx::query_as(sql::SOURCES).fetch_all(self.readers()).await?;
                rows.into_iter().map(row::source).collect()
            }

            async fn apply_import(&self, change: &ImportChange) -> Result<i64, StoreError> {
                let prepared = prepare::import(change)?;
                let run = &change.run;
                let at = run.applied_at.as_microsecond();
                let mut transaction = self.begin().await?;
                let head = Head::Is(change.expected_revision);
                let revision = append(&mut transaction, head, at, &prepared.events).await?;
                remove_centres(&mut transaction, &run.source, &change.removed).await?;
                save_centres(&mut transaction, &prepared.records, at).await?;
                sqlx::query(sql::RECORD_RUN)
                    .bind(&run.id)
                    .bind(&run.source)
                    .bind(&run.profile)
                    .bind(run.started_at.as_microsecond())
                    .bind(at)
                    .bind(prepare::count(run.counts.new))
                    .bind(prepare::count(run.counts.changed))
                    .bind(prepare::count(run.counts.unchanged))
                    .bind(prepare::count(run.counts.missing))
                    .bind(prepare::count(run.counts.withdrawn))
                    .bind(prepare::count(run.counts.rejected))
                    .execute(&mut *transaction)
                    .await?;
                transaction.commit().await?;
                Ok(revision)
            }

            async fn import_runs(&self, limit: u32) -> Result<Vec<ImportRun>, StoreError> {
                let rows =
                    sqlx::query_as(sql::IMPORT_RUNS).bind(i64::from(limit)).fetch_all(self.readers()).await?;
                rows.into_iter().map(row::run).collect()
            }

            async fn replace_places(&self, change: &PlacesChange) -> Result<i64, StoreError> {
                let events = prepare::places(change)?;
                let at = change.at.as_microsecond();
                let mut transaction = self.begin().await?;
                let revision = append(&mut transaction, Head::Any, at, &events).await?;
                sqlx::query(sql::CLEAR_PLACES).execute(&mut *transaction).await?;
                save_places(&mut transaction, &change.rows).await?;
                let table = sqlx::query(sql::SET_PLACE_TABLE).bind(&change.notice).bind(at);
                table.execute(&mut *transaction).await?;
                transaction.commit().await?;
                Ok(revision)
            }

            async fn places(&self) -> Result<Option<PlaceTable>, StoreError> {
                let mut snapshot = self.snapshot().await?;
                let table: Option<(String, i64)> =
                    sqlx::query_as(sql::PLACE_TABLE).fetch_optional(&mut *snapshot).await?;
                let Some((notice, replaced_at)) = table else { return Ok(None) };
                let rows = sqlx::query_as(sql::PLACES).fetch_all(&mut *snapshot).await?;
                let at = row::time("place_table", "replaced_at", "1", replaced_at)?;
                Ok(Some(PlaceTable {
                    notice,
                    at,
                    rows: rows.into_iter().map(row::place).collect::<Result<_, _>>()?,
                }))
            }

            async fn events_after(
                &self,
                sequence: i64,
                limit: u32,
            ) -> Result<Vec<Envelope<DirectoryEvent>>, StoreError> {
                read(self.readers(), sequence, limit).await?.into_iter().map(row::event).collect()
            }

            async fn close(&self) {
                self.close_connections().await;
            }
        }
    };
}

pub(super) use directory_store;
