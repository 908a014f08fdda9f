//! What a PostgreSQL server writes about statements into its own log. What they carry is sealed or hashed, and would outlive
//! every deletion there all the same. Only the server's administrator can change that; the program says what is to be done.

use sqlx::PgPool;
use storekit::StoreError;

/// Settings, and the values under which nothing that a statement carries is logged.
const QUIET: [(&str, &[&str]); 7] = [
    ("log_statement", &["none", "ddl"]),
    ("log_min_duration_statement", &["-1"]),
    ("log_min_duration_sample", &["-1"]),
    ("log_transaction_sample_rate", &["0"]),
    ("log_min_error_statement", &["log", "fatal", "panic"]),
    ("log_parameter_max_length_on_error", &["0"]),
    // the details of a refused row repeat its values
    ("log_error_verbosity", &["terse"]),
];

const SETTINGS: &str = "SELECT name, setting FROM pg_settings WHERE name LIKE 'log\\_%' ORDER BY name";

/// Tells the operator about each setting that makes the server log too much.
pub(super) async fn warn(pool: &PgPool) -> Result<(), StoreError> {
    for (setting, value) in loud(pool).await? {
        tracing::warn!(
            postgres.setting = setting,
            postgres.value = value,
            "PostgreSQL's log repeats what statements carry; see docs/OPERATING.md"
        );
    }
    Ok(())
}

async fn loud(pool: &PgPool) -> Result<Vec<(String, String)>, StoreError> {
    let mut settings: Vec<(String, String)> = sqlx::query_as(SETTINGS).fetch_all(pool).await?;
    settings.retain(|(name, value)| {
        let quiet = QUIET.iter().find(|(setting, _)| setting == name);
        quiet.is_some_and(|(_, values)| !values.contains(&value.as_str()))
    });
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use storekit::{Database, testing::Scratch};

    use super::*;

    const MAKE_LOUD: [&str; 2] = [
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET log_min_duration_statement = 5', current_database()); END $$",
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET log_error_verbosity = verbose', current_database()); END $$",
    ];

    async fn pool(scratch: &Scratch) -> PgPool {
        let Database::Postgres(pool) = crate::store::open(scratch.address()).await.unwrap().database else {
            panic!("this is PostgreSQL");
        };
        pool
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_server_that_logs_what_statements_carry_is_noticed() {
        let scratch = Scratch::postgres().await;
        let quiet = pool(&scratch).await;
        assert_eq!(loud(&quiet).await.unwrap(), []);
        for statement in MAKE_LOUD {
            sqlx::query(statement).execute(&quiet).await.unwrap();
        }
        let found = loud(&pool(&scratch).await).await.unwrap();
        let found: Vec<_> = found.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(found, [("log_error_verbosity", "verbose"), ("log_min_duration_statement", "5")]);
    }
}
