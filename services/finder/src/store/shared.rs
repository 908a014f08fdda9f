//! The store on either engine: the same use cases in the same words.
//!
//! The text is stamped out per engine instead of made generic, because the bounds of generic sqlx code are longer than
//! the code. What really differs (`append`, `save_centres`, `remove_centres`, `save_places`, `begin`, `snapshot`)
//! stands beside each use of this macro; what several use cases have in common is in `write`.

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
                Ok(rows.into_iter().map(layer_row::key).collect())
            }

            async fn slugs(&self) -> Result<Vec<String>, StoreError> {
                Ok(sqlx::query_scalar(sql::SLUGS).fetch_all(self.readers()).await?)
            }

            async fn sources(&self) -> Result<Vec<SourceSummary>, StoreError> {
                let rows = sqlx::query_as(sql::SOURCES).fetch_all(self.readers()).await?;
                rows.into_iter().map(row::source).collect()
            }

            async fn layers(&self, centre_id: &str) -> Result<Option<Layers>, StoreError> {
                let mut snapshot = self.snapshot().await?;
                match layers_in(&mut snapshot, centre_id).await {
                    Ok(layers) => Ok(Some(layers)),
                    Err(StoreError::Missing { .. }) => Ok(None),
                    Err(error) => Err(error),
                }
            }

            async fn layers_of(&self, centre_ids: &[String]) -> Result<Vec<Layers>, StoreError> {
                let mut snapshot = self.snapshot().await?;
                let centres: Vec<String> = sqlx::query_scalar(CENTRES_OF_MEMBERS)
                    .bind(list(centre_ids))
                    .fetch_all(&mut *snapshot)
                    .await?;
                let stacks = read_stacks(&mut snapshot, &centres).await?;
                Ok(stacks.into_iter().map(|stack| stack.layers).collect())
            }

            async fn records_of(
                &self,
                source: &str,
                external_ids: &[String],
            ) -> Result<Vec<SourceRecord>, StoreError> {
                let query = sqlx::query_as(RECORDS_OF_SOURCE).bind(source).bind(list(external_ids));
                query.fetch_all(self.readers()).await?.into_iter().map(layer_row::record).collect()
            }

            async fn centres_page(&self, filter: &CentreFilter) -> Result<CentrePage, StoreError> {
                let [one, two, three, four] = patterns(&filter.text);
                let ids = list(filter.ids.as_deref().unwrap_or_default());
                let all = i64::from(filter.ids.is_none());
                let standing = filter.standing.map_or("", Standing::code);
                let mut snapshot = self.snapshot().await?;
                let total: i64 = sqlx::query_scalar(COUNT_LINES)
                    .bind(&one)
                    .bind(&two)
                    .bind(&three)
                    .bind(&four)
                    .bind(all)
                    .bind(ids.clone())
                    .bind(standing)
                    .fetch_one(&mut *snapshot)
                    .await?;
                let lines = sqlx::query_as(LINES)
                    .bind(&one)
                    .bind(&two)
                    .bind(&three)
                    .bind(&four)
                    .bind(all)
                    .bind(ids)
                    .bind(standing)
                    .bind(i64::from(filter.limit))
                    .bind(prepare::count(filter.offset))
                    .fetch_all(&mut *snapshot)
                    .await?;
                let lines = lines.into_iter().map(layer_row::line).collect::<Result<_, _>>()?;
                Ok(CentrePage { lines, total: total.unsigned_abs() })
            }

            async fn edited_fields(&self) -> Result<Vec<EditedField>, StoreError> {
                let rows = sqlx::query_as(sql::EDITED_FIELDS).fetch_all(self.readers()).await?;
                rows.into_iter().map(layer_row::edited).collect()
            }

            async fn save_edits(&self, change: &EditChange, stamp: &Stamp) -> Result<Saved, StoreError> {
                let decide = |layers: &Layers| decide::edits(layers, change, stamp);
                self.change_edits(&change.centre_id, "centre.edited", stamp, decide).await
            }

            async fn revert_edits(
                &self,
                centre_id: &str,
                fields: &[Field],
                stamp: &Stamp,
            ) -> Result<i64, StoreError> {
                let decide = |layers: &Layers| Ok(decide::reversal(layers, fields));
                decide::revision(&self.change_edits(centre_id, "centre.reverted", stamp, decide).await?)
            }

            async fn withdraw_centre(&self, centre_id: &str, stamp: &Stamp) -> Result<i64, StoreError> {
                let decide = |layers: &Layers| Ok(decide::withdrawal(layers, stamp));
                decide::revision(&self.change_edits(centre_id, "centre.withdrawn", stamp, decide).await?)
            }

            async fn restore_centre(&self, centre_id: &str, stamp: &Stamp) -> Result<i64, StoreError> {
                let decide = |layers: &Layers| Ok(decide::restoration(layers));
                decide::revision(&self.change_edits(centre_id, "centre.restored", stamp, decide).await?)
            }

            async fn confirm_centre(
                &self,
                centre_id: &str,
                on: Date,
                stamp: &Stamp,
            ) -> Result<i64, StoreError> {
                let decide = |layers: &Layers| Ok(decide::confirmation(layers, on, stamp));
                decide::revision(&self.change_edits(centre_id, "centre.confirmed", stamp, decide).await?)
            }

            async fn create_centre(&self, centre: &Centre, stamp: &Stamp) -> Result<i64, StoreError> {
                let made = Centre {
                    source: SourceRecord::MANUAL.to_owned(),
                    external_id: centre.id.clone(),
                    ..centre.clone()
                };
                let records = [Record::new(&made, true)?];
                let mut transaction = self.begin().await?;
                lock(&mut transaction, Head::Any, stamp.at.as_microsecond()).await?;
                if centre_id_in(&mut transaction, &made.id).await.is_ok() {
                    return Err(StoreError::NotUnique { constraint: String::from("source_record.own_id") });
                }
                save_records(&mut transaction, stamp, None, &records).await?;
                let entry = stamp.entry("centre.created", decide::centre_object(&made), String::new());
                write_entry(&mut transaction, &entry).await?;
                let revision = redraw(&mut transaction, &[made.id], stamp, &|_| ()).await?;
                transaction.commit().await?;
                Ok(revision)
            }

            async fn merge(&self, keep: &str, absorb: &str, stamp: &Stamp) -> Result<i64, StoreError> {
                let mut transaction = self.begin().await?;
                lock(&mut transaction, Head::Any, stamp.at.as_microsecond()).await?;
                let kept = layers_in(&mut transaction, keep).await?;
                let absorbed = layers_in(&mut transaction, absorb).await?;
                let (keep, absorb) = (kept.centre_id.clone(), absorbed.centre_id.clone());
                if keep == absorb {
                    return Err(prepare::refused("the centres are one already"));
                }
                let last: i64 =
                    sqlx::query_scalar(sql::LAST_PRIORITY).bind(&keep).fetch_one(&mut *transaction).await?;
                let moved = sqlx::query(sql::ABSORB).bind(&keep).bind(last + 1).bind(&absorb);
                moved.execute(&mut *transaction).await?;
                let (a, b) = decide::pair(&keep, &absorb);
                sqlx::query(sql::FORGET_APART).bind(a).bind(b).execute(&mut *transaction).await?;
                let absorbed = compose(&absorbed).centre;
                let detail = format!("absorbed: {}", absorbed.name);
                let entry =
                    stamp.entry("centre.merged", decide::centre_object(&compose(&kept).centre), detail);
                write_entry(&mut transaction, &entry).await?;
                let revision = redraw(&mut transaction, &[keep, absorb], stamp, &|_| ()).await?;
                transaction.commit().await?;
                Ok(revision)
            }

            async fn unmerge(
                &self,
                source: &str,
                external_id: &str,
                stamp: &Stamp,
            ) -> Result<i64, StoreError> {
                let mut transaction = self.begin().await?;
                lock(&mut transaction, Head::Any, stamp.at.as_microsecond()).await?;
                let record: Option<(String, String)> = sqlx::query_as(sql::CENTRE_OF_RECORD)
                    .bind(source)
                    .bind(external_id)
                    .fetch_optional(&mut *transaction)
                    .await?;
                let (own_id, centre_id) =
                    record.ok_or_else(|| prepare::missing("source_record", external_id))?;
                let layers = layers_in(&mut transaction, &centre_id).await?;
                let Some(other) = layers.records().find(|record| record.own_id != own_id) else {
                    return Err(prepare::refused("the record stands alone"));
                };
                // The record that gave the centre its id stays, so it is the others that leave.
                let leaving = if own_id == centre_id { other.own_id.clone() } else { own_id.clone() };
                if own_id == centre_id {
                    let moved = sqlx::query(sql::MOVE_OTHERS).bind(&leaving).bind(&centre_id);
                    moved.execute(&mut *transaction).await?;
                } else {
                    sqlx::query(sql::STAND_ALONE).bind(&own_id).execute(&mut *transaction).await?;
                }
                let detail = format!("record: {source} {external_id}");
                let named = decide::centre_object(&compose(&layers).centre);
                write_entry(&mut transaction, &stamp.entry("centre.unmerged", named, detail)).await?;
                let revision = redraw(&mut transaction, &[centre_id, leaving], stamp, &|_| ()).await?;
                transaction.commit().await?;
                Ok(revision)
            }

            async fn keep_apart(&self, one: &str, other: &str, stamp: &Stamp) -> Result<(), StoreError> {
                let at = stamp.at.as_microsecond();
                let mut transaction = self.begin().await?;
                lock(&mut transaction, Head::Any, at).await?;
                let (one, other) =
                    (layers_in(&mut transaction, one).await?, layers_in(&mut transaction, other).await?);
                let (a, b) = decide::pair(&one.centre_id, &other.centre_id);
                if a == b {
                    return Err(prepare::refused("the centres are one already"));
                }
                let noted = sqlx::query(sql::KEEP_APART)
                    .bind(a)
                    .bind(b)
                    .bind(&stamp.actor.person_id)
                    .bind(&stamp.actor.name)
                    .bind(at)
                    .execute(&mut *transaction)
                    .await?;
                if noted.rows_affected() == 1 {
                    let detail = format!("from: {}", compose(&other).centre.name);
                    let named = decide::centre_object(&compose(&one).centre);
                    write_entry(&mut transaction, &stamp.entry("centre.kept-apart", named, detail)).await?;
                }
                Ok(transaction.commit().await?)
            }

            async fn forget_apart(&self, one: &str, other: &str, stamp: &Stamp) -> Result<(), StoreError> {
                let (a, b) = decide::pair(one, other);
                let mut transaction = self.begin().await?;
                let gone = sqlx::query(sql::FORGET_APART).bind(a).bind(b).execute(&mut *transaction).await?;
                if gone.rows_affected() == 1 {
                    let object =
                        AuditObject { kind: String::from("centre"), id: one.to_owned(), name: String::new() };
                    let detail = format!("from: {other}");
                    let entry = stamp.entry("centre.no-longer-kept-apart", object, detail);
                    write_entry(&mut transaction, &entry).await?;
                }
                Ok(transaction.commit().await?)
            }

            async fn kept_apart(&self) -> Result<Vec<KeptApart>, StoreError> {
                let rows = sqlx::query_as(sql::KEPT_APART).fetch_all(self.readers()).await?;
                rows.into_iter().map(layer_row::apart).collect()
            }

            async fn apply_import_with(
                &self,
                change: &ImportChange,
                progress: &dyn Progress,
            ) -> Result<i64, StoreError> {
                prepare::check_import(change)?;
                let (run, stamp) = (&change.run, change.run.stamp());
                let all = change.saved.iter().map(|centre| (centre, true));
                let all: Vec<(&Centre, bool)> =
                    all.chain(change.shelved.iter().map(|centre| (centre, false))).collect();
                let records = all.len() + change.removed.len() + change.erased.len();
                let step = |done: usize| {
                    progress.step(Stage::Applying, done as u64, 2 * records as u64);
                };
                let mut transaction = self.begin().await?;
                let revision =
                    lock(&mut transaction, Head::Is(change.expected_revision), stamp.at.as_microsecond())
                        .await?;
                let moved_meanwhile =
                    || StoreError::Conflict { expected: change.expected_revision, found: revision };
                record_run(&mut transaction, run).await?;
                shelve(&mut transaction, run, &change.removed).await?;
                // What is forgotten stands alone before; what is saved is there before it moves.
                let (arriving, there) = change.moves();
                if any_kept_apart(&mut transaction, &change.regrouped).await?
                    || !move_records(&mut transaction, run, &there).await?
                {
                    return Err(moved_meanwhile());
                }
                erase(&mut transaction, run, &change.erased).await?;
                for (number, batch) in all.chunks(REDRAWN).enumerate() {
                    step(number * REDRAWN);
                    let batch = batch.iter().map(|(centre, present)| Record::new(centre, *present));
                    let batch = batch.collect::<Result<Vec<_>, _>>()?;
                    save_records(&mut transaction, &stamp, Some(&run.id), &batch).await?;
                }
                drop_edits(&mut transaction, &run.id, &change.dropped).await?;
                for edit in &change.restored {
                    write_edit(&mut transaction, edit).await?;
                    trace_edit(&mut transaction, &run.id, (&edit.centre_id, &edit.field), true).await?;
                }
                if !move_records(&mut transaction, run, &arriving).await? {
                    return Err(moved_meanwhile());
                }
                for (number, pair) in change.apart.iter().enumerate() {
                    note_apart(&mut transaction, run, pair, number).await?;
                }
                for (number, group) in change.regrouped.iter().enumerate() {
                    write_entry(&mut transaction, &run.regrouped(group, number)).await?;
                }
                let (action, object, detail) = run.trail(change);
                write_entry(&mut transaction, &stamp.entry(action, object, detail)).await?;
                let touched = touched(&mut transaction, change).await?;
                let revision =
                    redraw(&mut transaction, &touched, &stamp, &|done| step(records + done)).await?;
                transaction.commit().await?;
                Ok(revision)
            }

            async fn import_runs(&self, limit: u32) -> Result<Vec<ImportRun>, StoreError> {
                let rows =
                    sqlx::query_as(sql::IMPORT_RUNS).bind(i64::from(limit)).fetch_all(self.readers()).await?;
                rows.into_iter().map(layer_row::run).collect()
            }

            async fn import_run(&self, id: &str) -> Result<Option<ImportRun>, StoreError> {
                let row = sqlx::query_as(sql::IMPORT_RUN).bind(id).fetch_optional(self.readers()).await?;
                row.map(layer_row::run).transpose()
            }

            async fn import_changes(
                &self,
                run_id: &str,
                after: Option<&str>,
                limit: u32,
            ) -> Result<Vec<RecordChange>, StoreError> {
                let query = sqlx::query_as(sql::IMPORT_CHANGES).bind(run_id).bind(after.unwrap_or_default());
                let rows = query.bind(i64::from(limit)).fetch_all(self.readers()).await?;
                rows.into_iter().map(layer_row::change).collect()
            }

            async fn import_edits(&self, run_id: &str) -> Result<Vec<EditTrace>, StoreError> {
                let rows = sqlx::query_as(sql::IMPORT_EDITS).bind(run_id).fetch_all(self.readers()).await?;
                rows.into_iter().map(layer_row::trace).collect()
            }

            async fn import_moves(&self, run_id: &str) -> Result<Vec<Move>, StoreError> {
                let rows = sqlx::query_as(sql::IMPORT_MOVES).bind(run_id).fetch_all(self.readers()).await?;
                Ok(rows.into_iter().map(layer_row::moved).collect())
            }

            async fn import_aparts(&self, run_id: &str) -> Result<Vec<Apart>, StoreError> {
                let rows = sqlx::query_as(sql::IMPORT_APARTS).bind(run_id).fetch_all(self.readers()).await?;
                Ok(rows.into_iter().map(layer_row::import_apart).collect())
            }

            async fn prune_import_changes(&self, before: Timestamp) -> Result<u64, StoreError> {
                let before = before.as_microsecond();
                let mut transaction = self.begin().await?;
                for detail in [sql::PRUNE_EDIT_TRACES, sql::PRUNE_MOVES, sql::PRUNE_APARTS] {
                    sqlx::query(detail).bind(before).execute(&mut *transaction).await?;
                }
                let gone = sqlx::query(sql::PRUNE_CHANGES).bind(before).execute(&mut *transaction).await?;
                transaction.commit().await?;
                Ok(gone.rows_affected())
            }

            async fn save_draft(
                &self,
                draft: &ImportDraft,
                expected: Option<Timestamp>,
            ) -> Result<(), StoreError> {
                let mut transaction = self.begin().await?;
                let text = if expected.is_some() { sql::UPDATE_DRAFT } else { sql::INSERT_DRAFT };
                let mut statement = sqlx::query(text)
                    .bind(&draft.id)
                    .bind(&draft.owner.person_id)
                    .bind(&draft.owner.name)
                    .bind(&draft.source)
                    .bind(&draft.state)
                    .bind(&draft.body)
                    .bind(draft.created_at.as_microsecond())
                    .bind(draft.changed_at.as_microsecond());
                if let Some(expected) = expected {
                    statement = statement.bind(expected.as_microsecond());
                }
                let saved = statement.execute(&mut *transaction).await?.rows_affected();
                if let Some(expected) = expected
                    && saved != 1
                {
                    let found: Option<i64> = sqlx::query_scalar(sql::DRAFT_CHANGED_AT)
                        .bind(&draft.id)
                        .fetch_optional(&mut *transaction)
                        .await?;
                    let found = found.ok_or_else(|| prepare::missing("import_draft", &draft.id))?;
                    return Err(StoreError::Conflict { expected: expected.as_microsecond(), found });
                }
                Ok(transaction.commit().await?)
            }

            async fn draft(&self, id: &str) -> Result<Option<ImportDraft>, StoreError> {
                let row = sqlx::query_as(sql::DRAFT).bind(id).fetch_optional(self.readers()).await?;
                row.map(layer_row::draft).transpose()
            }

            async fn drafts(&self) -> Result<Vec<ImportDraft>, StoreError> {
                let rows = sqlx::query_as(sql::DRAFTS).fetch_all(self.readers()).await?;
                rows.into_iter().map(layer_row::draft).collect()
            }

            async fn delete_draft(&self, id: &str) -> Result<bool, StoreError> {
                let mut transaction = self.begin().await?;
                let gone = sqlx::query(sql::DELETE_DRAFT).bind(id).execute(&mut *transaction).await?;
                transaction.commit().await?;
                Ok(gone.rows_affected() == 1)
            }

            async fn prune_drafts(&self, before: Timestamp) -> Result<Vec<String>, StoreError> {
                let mut transaction = self.begin().await?;
                let gone = sqlx::query_scalar(sql::PRUNE_DRAFTS).bind(before.as_microsecond());
                let gone = gone.fetch_all(&mut *transaction).await?;
                transaction.commit().await?;
                Ok(gone)
            }

            async fn save_profile(&self, profile: &StoredProfile, stamp: &Stamp) -> Result<(), StoreError> {
                let mut transaction = self.begin().await?;
                sqlx::query(sql::SAVE_PROFILE)
                    .bind(&profile.name)
                    .bind(&profile.source)
                    .bind(&profile.body)
                    .bind(&profile.saved_by.person_id)
                    .bind(&profile.saved_by.name)
                    .bind(profile.saved_at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                let entry =
                    stamp.entry("mapping.saved", decide::mapping_object(&profile.name), String::new());
                write_entry(&mut transaction, &entry).await?;
                Ok(transaction.commit().await?)
            }

            async fn profile(&self, name: &str) -> Result<Option<StoredProfile>, StoreError> {
                let row = sqlx::query_as(sql::PROFILE).bind(name).fetch_optional(self.readers()).await?;
                row.map(layer_row::profile).transpose()
            }

            async fn profiles(&self) -> Result<Vec<StoredProfile>, StoreError> {
                let rows = sqlx::query_as(sql::PROFILES).fetch_all(self.readers()).await?;
                rows.into_iter().map(layer_row::profile).collect()
            }

            async fn delete_profile(&self, name: &str, stamp: &Stamp) -> Result<bool, StoreError> {
                let mut transaction = self.begin().await?;
                let gone = sqlx::query(sql::DELETE_PROFILE).bind(name).execute(&mut *transaction).await?;
                if gone.rows_affected() == 1 {
                    let entry = stamp.entry("mapping.deleted", decide::mapping_object(name), String::new());
                    write_entry(&mut transaction, &entry).await?;
                }
                transaction.commit().await?;
                Ok(gone.rows_affected() == 1)
            }

            async fn audit_entries(
                &self,
                before: Option<(Timestamp, &str)>,
                limit: u32,
            ) -> Result<Vec<AuditEntry>, StoreError> {
                let (at, id) = before.map_or((i64::MAX, ""), |(at, id)| (at.as_microsecond(), id));
                let query = sqlx::query_as(sql::AUDIT_ENTRIES).bind(at).bind(id).bind(i64::from(limit));
                query.fetch_all(self.readers()).await?.into_iter().map(layer_row::entry).collect()
            }

            async fn record_audit(&self, entry: &AuditEntry) -> Result<(), StoreError> {
                let mut transaction = self.begin().await?;
                write_entry(&mut transaction, entry).await?;
                Ok(transaction.commit().await?)
            }

            async fn prune_audit(&self, before: Timestamp) -> Result<u64, StoreError> {
                let mut transaction = self.begin().await?;
                let gone = sqlx::query(sql::PRUNE_AUDIT).bind(before.as_microsecond());
                let gone = gone.execute(&mut *transaction).await?;
                transaction.commit().await?;
                Ok(gone.rows_affected())
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
