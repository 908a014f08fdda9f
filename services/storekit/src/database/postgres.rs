//! PostgreSQL: a schema per service, limits on what one statement may take.

use std::time::Duration;

use sqlx::{
    ConnectOptions, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::StoreError;

const CONNECTIONS: u32 = 10;

/// Opens a pool whose connections see the schema named like the service and nothing else.
pub(super) async fn open(address: &str, service: &'static str) -> Result<PgPool, StoreError> {
    let options: PgConnectOptions = address.parse()?;
    let options = options
        .application_name(service)
        .options([
            ("search_path", service),
            ("statement_timeout", "60s"),
            ("lock_timeout", "20s"),
            ("idle_in_transaction_session_timeout", "60s"),
            ("client_min_messages", "warning"),
        ])
        .disable_statement_logging();
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(Duration::from_secs(10));
    Ok(pool.connect_with(options).await?)
}
