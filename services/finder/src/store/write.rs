//! What the use cases about layers have in common on either engine: reading layers inside a transaction, drawing centres
//! anew, writing the trail.
//!
//! Stamped out per engine like [`directory_store`](super::shared); what really differs (`list`, the statements with lists,
//! `save_centres`, `save_records`, `save_lines` and their opposites) stands beside each use of this macro.

macro_rules! layer_writes {
    ($store:ident, $connection:ty) => {
        /// Waits until no other writer is at work. Everything that writes layers does so first, so that what it reads
        /// inside the transaction stays true until the commit.
        async fn lock(transaction: &mut $connection, head: Head, at: i64) -> Result<i64, StoreError> {
            append(transaction, head, at, &[]).await
        }

        async fn read_stacks(
            transaction: &mut $connection,
            centre_ids: &[String],
        ) -> Result<Vec<Stack>, StoreError> {
            let ids = list(centre_ids);
            let records =
                sqlx::query_as(RECORDS_OF_CENTRES).bind(ids.clone()).fetch_all(&mut *transaction).await?;
            let edits = sqlx::query_as(EDITS_OF_CENTRES).bind(ids).fetch_all(&mut *transaction).await?;
            layer_row::stacks(records, edits)
        }

        /// The layers of a centre that must be there.
        async fn layers_in(transaction: &mut $connection, id: &str) -> Result<Layers, StoreError> {
            let centre_id = centre_id_in(&mut *transaction, id).await?;
            let stack = read_stacks(transaction, &[centre_id]).await?.pop();
            stack.map(|stack| stack.layers).ok_or_else(|| missing("centre", id))
        }

        async fn centre_id_in(transaction: &mut $connection, id: &str) -> Result<String, StoreError> {
            let found: Option<String> =
                sqlx::query_scalar(sql::CENTRE_ID_OF).bind(id).fetch_optional(&mut *transaction).await?;
            found.ok_or_else(|| missing("centre", id))
        }

        /// Draws centres anew after their layers changed, with the events that follow; answers the new revision.
        async fn redraw(
            transaction: &mut $connection,
            ids: &[String],
            stamp: &Stamp,
            progress: &(dyn Fn(usize) + Sync),
        ) -> Result<i64, StoreError> {
            let at = stamp.at.as_microsecond();
            let mut number = 0;
            let mut done = 0;
            let mut revision = append(&mut *transaction, Head::Any, at, &[]).await?;
            for batch in ids.chunks(REDRAWN) {
                let stacks = read_stacks(&mut *transaction, batch).await?;
                let listed: Vec<(String, String)> =
                    sqlx::query_as(HASHES_OF).bind(list(batch)).fetch_all(&mut *transaction).await?;
                let listed = listed.into_iter().collect();
                let drawn = draw(batch, stacks, &listed, &stamp.id, number)?;
                remove_centres(&mut *transaction, &drawn.removed).await?;
                remove_lines(&mut *transaction, &drawn.dissolved).await?;
                save_centres(&mut *transaction, &drawn.saved, at).await?;
                save_lines(&mut *transaction, &drawn.lines).await?;
                number += drawn.events.len();
                revision = append(&mut *transaction, Head::Any, at, &drawn.events).await?;
                done += batch.len();
                progress(done);
            }
            Ok(revision)
        }

        async fn write_entry(transaction: &mut $connection, entry: &AuditEntry) -> Result<(), StoreError> {
            sqlx::query(sql::AUDIT)
                .bind(&entry.id)
                .bind(entry.at.as_microsecond())
                .bind(&entry.actor.person_id)
                .bind(&entry.actor.name)
                .bind(&entry.action)
                .bind(&entry.object.kind)
                .bind(&entry.object.id)
                .bind(&entry.object.name)
                .bind(&entry.detail)
                .execute(transaction)
                .await?;
            Ok(())
        }

        async fn write_edit(transaction: &mut $connection, edit: &ManualEdit) -> Result<(), StoreError> {
            sqlx::query(sql::SAVE_EDIT)
                .bind(&edit.centre_id)
                .bind(edit.field.to_string())
                .bind(edit.value.to_string())
                .bind(&edit.actor.person_id)
                .bind(&edit.actor.name)
                .bind(edit.at.as_microsecond())
                .bind(edit.list_value.to_string())
                .execute(transaction)
                .await?;
            Ok(())
        }

        async fn drop_edit(
            transaction: &mut $connection,
            centre_id: &str,
            field: &Field,
        ) -> Result<u64, StoreError> {
            let statement = sqlx::query(sql::DROP_EDIT).bind(centre_id).bind(field.to_string());
            Ok(statement.execute(transaction).await?.rows_affected())
        }

        async fn trace_edit(
            transaction: &mut $connection,
            run: &str,
            (centre_id, field): (&str, &Field),
            restored: bool,
        ) -> Result<(), StoreError> {
            let statement = sqlx::query(sql::TRACE_EDIT).bind(run).bind(i64::from(restored));
            statement.bind(centre_id).bind(field.to_string()).execute(transaction).await?;
            Ok(())
        }

        /// Gives edits up for the list's value, and with an address the point that followed from it.
        async fn drop_edits(
            transaction: &mut $connection,
            run: &str,
            dropped: &[(String, Field)],
        ) -> Result<(), StoreError> {
            for (centre_id, field) in dropped {
                trace_edit(&mut *transaction, run, (centre_id, field), false).await?;
                drop_edit(&mut *transaction, centre_id, field).await?;
                if *field == Field::Address {
                    let point =
                        sqlx::query_as(sql::EDIT).bind(centre_id).bind(Field::Coordinates.to_string());
                    let point: Option<layer_row::EditColumns> =
                        point.fetch_optional(&mut *transaction).await?;
                    let point = point.map(layer_row::edit).transpose()?;
                    if point.as_ref().is_some_and(is_derived_point) {
                        trace_edit(&mut *transaction, run, (centre_id, &Field::Coordinates), false).await?;
                        drop_edit(&mut *transaction, centre_id, &Field::Coordinates).await?;
                    }
                }
            }
            Ok(())
        }

        async fn record_run(transaction: &mut $connection, run: &ImportRun) -> Result<(), StoreError> {
            sqlx::query(sql::RECORD_RUN)
                .bind(&run.id)
                .bind(&run.source)
                .bind(&run.profile)
                .bind(run.started_at.as_microsecond())
                .bind(run.applied_at.as_microsecond())
                .bind(prepare::count(run.counts.new))
                .bind(prepare::count(run.counts.changed))
                .bind(prepare::count(run.counts.unchanged))
                .bind(prepare::count(run.counts.missing))
                .bind(prepare::count(run.counts.withdrawn))
                .bind(prepare::count(run.counts.rejected))
                .bind(run.kind.code())
                .bind(&run.actor.person_id)
                .bind(&run.actor.name)
                .bind(&run.rolled_back)
                .bind(run.agreed_by.as_ref().map(|actor| actor.person_id.as_str()))
                .bind(run.agreed_by.as_ref().map(|actor| actor.name.as_str()))
                .execute(transaction)
                .await?;
            Ok(())
        }

        /// Takes records out of their list and keeps what they said.
        async fn shelve(
            transaction: &mut $connection,
            run: &ImportRun,
            own_ids: &[String],
        ) -> Result<(), StoreError> {
            for own_id in own_ids {
                let log = sqlx::query(sql::LOG_SHELVED).bind(&run.id).bind(own_id).bind(&run.source);
                log.execute(&mut *transaction).await?;
                let shelved = sqlx::query(sql::SHELVE).bind(own_id).bind(&run.source);
                if shelved.execute(&mut *transaction).await?.rows_affected() != 1 {
                    return Err(missing("centre", own_id));
                }
            }
            Ok(())
        }

        async fn erase(
            transaction: &mut $connection,
            run: &ImportRun,
            own_ids: &[String],
        ) -> Result<(), StoreError> {
            for own_id in own_ids {
                let log = sqlx::query(sql::LOG_ERASED).bind(&run.id).bind(own_id).bind(&run.source);
                log.execute(&mut *transaction).await?;
                let erased = sqlx::query(sql::ERASE).bind(own_id).bind(&run.source);
                if erased.execute(&mut *transaction).await?.rows_affected() != 1 {
                    return Err(missing("centre", own_id));
                }
            }
            Ok(())
        }

        /// Gives records their new seats; `false` when one of them sits elsewhere than was thought.
        async fn move_records(
            transaction: &mut $connection,
            run: &ImportRun,
            moves: &[&Move],
        ) -> Result<bool, StoreError> {
            for Move { own_id, from, to } in moves {
                let moved = sqlx::query(sql::MOVE)
                    .bind(&to.centre_id)
                    .bind(to.priority)
                    .bind(own_id)
                    .bind(&from.centre_id)
                    .bind(from.priority)
                    .execute(&mut *transaction)
                    .await?;
                if moved.rows_affected() != 1 {
                    return Ok(false);
                }
                sqlx::query(sql::TRACE_MOVE)
                    .bind(&run.id)
                    .bind(own_id)
                    .bind(&from.centre_id)
                    .bind(from.priority)
                    .bind(&to.centre_id)
                    .bind(to.priority)
                    .execute(&mut *transaction)
                    .await?;
            }
            Ok(true)
        }

        /// Whether somebody keeps two apart that are to be merged.
        async fn any_kept_apart(
            transaction: &mut $connection,
            groups: &[Regroup],
        ) -> Result<bool, StoreError> {
            for group in groups.iter().filter(|group| group.merges()) {
                let Some(step) = group.moves.first() else { continue };
                let (a, b) = decide::pair(&step.from.centre_id, &step.to.centre_id);
                let kept: i64 = sqlx::query_scalar(sql::IS_KEPT_APART)
                    .bind(a)
                    .bind(b)
                    .fetch_one(&mut *transaction)
                    .await?;
                if kept > 0 {
                    return Ok(true);
                }
            }
            Ok(false)
        }

        /// Notes or forgets that two centres are not the same. What is so already is none of the run's doing.
        async fn note_apart(
            transaction: &mut $connection,
            run: &ImportRun,
            pair: &Apart,
            number: usize,
        ) -> Result<(), StoreError> {
            let text = if pair.noted { sql::KEEP_APART } else { sql::FORGET_APART };
            let mut statement = sqlx::query(text).bind(&pair.centre_a).bind(&pair.centre_b);
            if pair.noted {
                statement = statement
                    .bind(&run.actor.person_id)
                    .bind(&run.actor.name)
                    .bind(run.applied_at.as_microsecond());
            }
            if statement.execute(&mut *transaction).await?.rows_affected() != 1 {
                return Ok(());
            }
            sqlx::query(sql::TRACE_APART)
                .bind(&run.id)
                .bind(&pair.centre_a)
                .bind(&pair.centre_b)
                .bind(i64::from(pair.noted))
                .execute(&mut *transaction)
                .await?;
            write_entry(&mut *transaction, &run.kept_apart(pair, number)).await
        }

        /// The centres whose records or edits an import touches, the forgotten ones included.
        async fn touched(
            transaction: &mut $connection,
            change: &ImportChange,
        ) -> Result<Vec<String>, StoreError> {
            let records = change.saved.iter().chain(&change.shelved).map(|centre| centre.id.clone());
            let edits = change.dropped.iter().map(|(id, _)| id.clone());
            let edits = edits.chain(change.restored.iter().map(|edit| edit.centre_id.clone()));
            let own: BTreeSet<String> = records.chain(change.removed.iter().cloned()).chain(edits).collect();
            let own: Vec<String> = own.into_iter().collect();
            let mut centres: BTreeSet<String> = change.erased.iter().cloned().collect();
            for step in change.regrouped.iter().flat_map(|group| &group.moves) {
                centres.extend([step.from.centre_id.clone(), step.to.centre_id.clone()]);
            }
            for batch in own.chunks(REDRAWN) {
                let found: Vec<String> = sqlx::query_scalar(CENTRES_OF_MEMBERS)
                    .bind(list(batch))
                    .fetch_all(&mut *transaction)
                    .await?;
                centres.extend(found);
            }
            Ok(centres.into_iter().collect())
        }

        impl $store {
            /// Fills the staff's list where a migration or an older program left gaps.
            pub(super) async fn complete_lines(&self) -> Result<(), StoreError> {
                loop {
                    let mut transaction = self.begin().await?;
                    let ids: Vec<String> = sqlx::query_scalar(sql::UNLINED)
                        .bind(prepare::count(REDRAWN as u64))
                        .fetch_all(&mut *transaction)
                        .await?;
                    if ids.is_empty() {
                        return Ok(());
                    }
                    let stacks = read_stacks(&mut transaction, &ids).await?;
                    // Nothing about the centres themselves changes, so there are no events and no stamp.
                    let drawn = draw(&ids, stacks, &BTreeMap::new(), "", 0)?;
                    save_lines(&mut transaction, &drawn.lines).await?;
                    transaction.commit().await?;
                }
            }

            /// Changes edits of a centre by hand: reads the layers, lets `decide` say what to write and what to drop,
            /// draws the centre anew. Nothing decided is nothing done.
            async fn change_edits(
                &self,
                centre_id: &str,
                action: &str,
                stamp: &Stamp,
                decide: impl FnOnce(&Layers) -> Result<Decision, StoreError> + Send,
            ) -> Result<Saved, StoreError> {
                let at = stamp.at.as_microsecond();
                let mut transaction = self.begin().await?;
                let revision = lock(&mut transaction, Head::Any, at).await?;
                let layers = layers_in(&mut transaction, centre_id).await?;
                let decision = decide(&layers)?;
                if !decision.conflicts.is_empty() {
                    return Ok(Saved::Conflicts(decision.conflicts));
                }
                if decision.write.is_empty() && decision.drop.is_empty() {
                    return Ok(Saved::Done { revision });
                }
                for edit in &decision.write {
                    write_edit(&mut transaction, edit).await?;
                }
                for field in &decision.drop {
                    drop_edit(&mut transaction, &layers.centre_id, field).await?;
                }
                write_entry(&mut transaction, &decision.entry(&layers, action, stamp)).await?;
                let revision = redraw(&mut transaction, &[layers.centre_id], stamp, &|_| ()).await?;
                transaction.commit().await?;
                Ok(Saved::Done { revision })
            }
        }
    };
}

pub(super) use layer_writes;
