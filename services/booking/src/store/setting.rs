//! What centres set: the centre's own document, one for each offer, and one for each counsellor and room.

use async_trait::async_trait;
use contracts::audit::AuditEntry;

use super::{Furniture, PostgresStore, Resource, ResourceKind, Revised, SqliteStore, postgres, sqlite};
use crate::BookingError;

/// The part of the store that knows what centres set. Documents are JSON; what they mean is decided outside.
#[async_trait]
pub trait SettingStore: Send + Sync {
    /// A centre's document; `None` while nobody has saved one.
    async fn centre_setting(&self, centre_id: &str) -> Result<Option<Revised<String>>, BookingError>;

    /// Saves a centre's document over the revision that was read, 0 for none.
    ///
    /// # Errors
    /// [`BookingError::Changed`] when somebody else saved meanwhile.
    async fn save_centre_setting(
        &self,
        centre_id: &str,
        document: &Revised<String>,
        audit: &AuditEntry,
    ) -> Result<(), BookingError>;

    /// An offer's document and whether it can be booked.
    async fn offer_setting(&self, offer_id: &str) -> Result<Option<(Revised<String>, bool)>, BookingError>;

    /// The ids of all offers that can be booked: what the list of hits asks.
    async fn bookable_offers(&self) -> Result<Vec<String>, BookingError>;

    /// Saves an offer's document over the revision that was read, 0 for none.
    ///
    /// # Errors
    /// [`BookingError::Changed`] when somebody else saved meanwhile.
    async fn save_offer_setting(
        &self,
        centre_id: &str,
        offer_id: &str,
        bookable: bool,
        document: &Revised<String>,
        audit: &AuditEntry,
    ) -> Result<(), BookingError>;

    /// The counsellors and rooms of a centre, by name.
    async fn resources(&self, centre_id: &str) -> Result<Vec<Revised<Resource>>, BookingError>;

    /// One of them.
    async fn resource(&self, id: &str) -> Result<Option<Revised<Resource>>, BookingError>;

    /// Those of a person, in all her centres.
    async fn resources_of_person(&self, person_id: &str) -> Result<Vec<Revised<Resource>>, BookingError>;

    /// Saves a counsellor or a room over the revision that was read, 0 for a new one.
    ///
    /// # Errors
    /// [`BookingError::Changed`] when somebody else saved meanwhile, or when the person is a counsellor there already.
    async fn save_resource(
        &self,
        resource: &Revised<Resource>,
        audit: &AuditEntry,
    ) -> Result<(), BookingError>;

    /// Puts offers and counsellors in that nobody has set yet, and leaves the others alone.
    async fn furnish(&self, furniture: &[Furniture]) -> Result<(), BookingError>;

    /// Removes counts of days before this one.
    async fn prune_tally(&self, before: jiff::civil::Date) -> Result<u64, BookingError>;

    /// Counts of a centre's offers from a day to a day: day, offer, what, how many.
    async fn tally(
        &self,
        centre_id: &str,
        from: jiff::civil::Date,
        to: jiff::civil::Date,
    ) -> Result<Vec<(String, String, String, u64)>, BookingError>;
}

const CENTRE_SETTING: &str = "SELECT revision, body FROM centre_setting WHERE centre_id = $1";

const ADD_CENTRE_SETTING: &str = "INSERT INTO centre_setting (centre_id, revision, body) VALUES ($1, 1, $2)
    ON CONFLICT (centre_id) DO NOTHING";

const SAVE_CENTRE_SETTING: &str = "UPDATE centre_setting SET revision = revision + 1, body = $2
    WHERE centre_id = $1 AND revision = $3";

const OFFER_SETTING: &str = "SELECT revision, body, bookable FROM offer_setting WHERE offer_id = $1";

const BOOKABLE: &str = "SELECT offer_setting.offer_id FROM offer_setting
    JOIN offer ON offer.id = offer_setting.offer_id
    WHERE offer_setting.bookable = 1 ORDER BY offer_setting.offer_id";

const ADD_OFFER_SETTING: &str = "INSERT INTO offer_setting (offer_id, centre_id, bookable, revision, body)
    VALUES ($1, $2, $3, 1, $4) ON CONFLICT (offer_id) DO NOTHING";

const SAVE_OFFER_SETTING: &str =
    "UPDATE offer_setting SET revision = revision + 1, centre_id = $2, bookable = $3, body = $4
    WHERE offer_id = $1 AND revision = $5";

macro_rules! select_resource {
    ($end:expr) => {
        concat!("SELECT id, centre_id, kind, person_id, name, active, revision, body FROM resource ", $end)
    };
}

const RESOURCES: &str = select_resource!("WHERE centre_id = $1 ORDER BY kind, name, id");
const RESOURCE: &str = select_resource!("WHERE id = $1");
const RESOURCES_OF_PERSON: &str = select_resource!("WHERE person_id = $1 ORDER BY centre_id, id");

const ADD_RESOURCE: &str =
    "INSERT INTO resource (id, centre_id, kind, person_id, name, active, revision, body)
    VALUES ($1, $2, $3, $4, $5, $6, 1, $7) ON CONFLICT DO NOTHING";

const SAVE_RESOURCE: &str = "UPDATE resource SET revision = revision + 1, name = $2, active = $3, body = $4
    WHERE id = $1 AND revision = $5";

const TALLY: &str = "SELECT tally.day, tally.offer_id, tally.what, tally.count FROM tally
    JOIN offer_setting ON offer_setting.offer_id = tally.offer_id
    WHERE offer_setting.centre_id = $1 AND tally.day >= $2 AND tally.day <= $3
    ORDER BY tally.day, tally.offer_id, tally.what";

const PRUNE_TALLY: &str = "DELETE FROM tally WHERE day < $1";

type ResourceColumns = (String, String, String, Option<String>, String, i64, i64, String);

fn resource(columns: ResourceColumns) -> Revised<Resource> {
    let (id, centre_id, _, person_id, name, active, revision, body) = columns;
    // a counsellor is a person, and only she is; the table says so
    let kind = person_id.map_or(ResourceKind::Room, ResourceKind::Counsellor);
    Revised { revision, value: Resource { id, centre_id, kind, name, active: active != 0, body } }
}

macro_rules! setting_store {
    ($store:ty, $engine:ident, $connection:ty) => {
        const _: () = {
            /// Inserts a counsellor or a room that is not there; answers how many rows that were.
            async fn insert(connection: &mut $connection, resource: &Resource) -> Result<u64, BookingError> {
                let (kind, person) = match &resource.kind {
                    ResourceKind::Counsellor(person) => ("counsellor", Some(person)),
                    ResourceKind::Room => ("room", None),
                };
                let inserted = sqlx::query(ADD_RESOURCE)
                    .bind(&resource.id)
                    .bind(&resource.centre_id)
                    .bind(kind)
                    .bind(person)
                    .bind(&resource.name)
                    .bind(i64::from(resource.active))
                    .bind(&resource.body)
                    .execute(connection)
                    .await?;
                Ok(inserted.rows_affected())
            }

            #[async_trait]
            impl SettingStore for $store {
                async fn centre_setting(
                    &self,
                    centre_id: &str,
                ) -> Result<Option<Revised<String>>, BookingError> {
                    let query = sqlx::query_as(CENTRE_SETTING).bind(centre_id);
                    let row: Option<(i64, String)> = query.fetch_optional(self.readers()).await?;
                    Ok(row.map(|(revision, value)| Revised { revision, value }))
                }

                async fn save_centre_setting(
                    &self,
                    centre_id: &str,
                    document: &Revised<String>,
                    audit: &AuditEntry,
                ) -> Result<(), BookingError> {
                    let mut transaction = self.begin().await?;
                    let saved = match document.revision {
                        0 => sqlx::query(ADD_CENTRE_SETTING).bind(centre_id).bind(&document.value),
                        revision => sqlx::query(SAVE_CENTRE_SETTING)
                            .bind(centre_id)
                            .bind(&document.value)
                            .bind(revision),
                    };
                    let saved = saved.execute(&mut *transaction).await?.rows_affected();
                    Self::record_change(&mut transaction, saved, audit).await?;
                    Ok(transaction.commit().await?)
                }

                async fn offer_setting(
                    &self,
                    offer_id: &str,
                ) -> Result<Option<(Revised<String>, bool)>, BookingError> {
                    let query = sqlx::query_as(OFFER_SETTING).bind(offer_id);
                    let row: Option<(i64, String, i64)> = query.fetch_optional(self.readers()).await?;
                    Ok(row.map(|(revision, value, bookable)| (Revised { revision, value }, bookable != 0)))
                }

                async fn bookable_offers(&self) -> Result<Vec<String>, BookingError> {
                    Ok(sqlx::query_scalar(BOOKABLE).fetch_all(self.readers()).await?)
                }

                async fn save_offer_setting(
                    &self,
                    centre_id: &str,
                    offer_id: &str,
                    bookable: bool,
                    document: &Revised<String>,
                    audit: &AuditEntry,
                ) -> Result<(), BookingError> {
                    let mut transaction = self.begin().await?;
                    let statement =
                        if document.revision == 0 { ADD_OFFER_SETTING } else { SAVE_OFFER_SETTING };
                    let mut saved = sqlx::query(statement)
                        .bind(offer_id)
                        .bind(centre_id)
                        .bind(i64::from(bookable))
                        .bind(&document.value);
                    if document.revision != 0 {
                        saved = saved.bind(document.revision);
                    }
                    let saved = saved.execute(&mut *transaction).await?.rows_affected();
                    Self::record_change(&mut transaction, saved, audit).await?;
                    Ok(transaction.commit().await?)
                }

                async fn resources(&self, centre_id: &str) -> Result<Vec<Revised<Resource>>, BookingError> {
                    let query = sqlx::query_as(RESOURCES).bind(centre_id);
                    let rows: Vec<ResourceColumns> = query.fetch_all(self.readers()).await?;
                    Ok(rows.into_iter().map(resource).collect())
                }

                async fn resource(&self, id: &str) -> Result<Option<Revised<Resource>>, BookingError> {
                    let query = sqlx::query_as(RESOURCE).bind(id);
                    let row: Option<ResourceColumns> = query.fetch_optional(self.readers()).await?;
                    Ok(row.map(resource))
                }

                async fn resources_of_person(
                    &self,
                    person_id: &str,
                ) -> Result<Vec<Revised<Resource>>, BookingError> {
                    let query = sqlx::query_as(RESOURCES_OF_PERSON).bind(person_id);
                    let rows: Vec<ResourceColumns> = query.fetch_all(self.readers()).await?;
                    Ok(rows.into_iter().map(resource).collect())
                }

                async fn save_resource(
                    &self,
                    resource: &Revised<Resource>,
                    audit: &AuditEntry,
                ) -> Result<(), BookingError> {
                    let Revised { revision, value } = resource;
                    let mut transaction = self.begin().await?;
                    let saved = if *revision == 0 {
                        $engine::nobody_books(&mut transaction, &value.kind).await?;
                        let inserted = insert(&mut transaction, value).await?;
                        let copy = sqlx::query(super::claims::COPY_CLAIMS).bind(&value.id);
                        copy.execute(&mut *transaction).await?;
                        inserted
                    } else {
                        let save = sqlx::query(SAVE_RESOURCE)
                            .bind(&value.id)
                            .bind(&value.name)
                            .bind(i64::from(value.active))
                            .bind(&value.body)
                            .bind(*revision);
                        save.execute(&mut *transaction).await?.rows_affected()
                    };
                    Self::record_change(&mut transaction, saved, audit).await?;
                    Ok(transaction.commit().await?)
                }

                async fn furnish(&self, furniture: &[Furniture]) -> Result<(), BookingError> {
                    let mut transaction = self.begin().await?;
                    for piece in furniture {
                        let offer = sqlx::query(ADD_OFFER_SETTING)
                            .bind(&piece.offer_id)
                            .bind(&piece.centre_id)
                            .bind(1i64)
                            .bind(&piece.setting);
                        if offer.execute(&mut *transaction).await?.rows_affected() == 0 {
                            continue;
                        }
                        for resource in &piece.resources {
                            $engine::nobody_books(&mut transaction, &resource.kind).await?;
                            insert(&mut transaction, resource).await?;
                            let copy = sqlx::query(super::claims::COPY_CLAIMS).bind(&resource.id);
                            copy.execute(&mut *transaction).await?;
                        }
                    }
                    Ok(transaction.commit().await?)
                }

                async fn prune_tally(&self, before: jiff::civil::Date) -> Result<u64, BookingError> {
                    let mut transaction = self.begin().await?;
                    let prune = sqlx::query(PRUNE_TALLY).bind(before.to_string());
                    let pruned = prune.execute(&mut *transaction).await?.rows_affected();
                    transaction.commit().await?;
                    Ok(pruned)
                }

                async fn tally(
                    &self,
                    centre_id: &str,
                    from: jiff::civil::Date,
                    to: jiff::civil::Date,
                ) -> Result<Vec<(String, String, String, u64)>, BookingError> {
                    let rows: Vec<(String, String, String, i64)> = sqlx::query_as(TALLY)
                        .bind(centre_id)
                        .bind(from.to_string())
                        .bind(to.to_string())
                        .fetch_all(self.readers())
                        .await?;
                    let count = |count: i64| u64::try_from(count).unwrap_or(0);
                    Ok(rows.into_iter().map(|(day, offer, what, n)| (day, offer, what, count(n))).collect())
                }
            }
        };
    };
}

setting_store!(SqliteStore, sqlite, sqlx::SqliteConnection);
setting_store!(PostgresStore, postgres, sqlx::PgConnection);
