//! From the driver's errors to situations. Only codes and names of columns and constraints are taken over.

use sqlx::{
    error::{DatabaseError, ErrorKind},
    postgres::PgDatabaseError,
};

use super::StoreError;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) => from_database(error.as_ref()),
            sqlx::Error::PoolTimedOut => unavailable("no connection became free in time"),
            sqlx::Error::PoolClosed => unavailable("the store was closed"),
            sqlx::Error::WorkerCrashed => unavailable("the connection's thread ended"),
            sqlx::Error::Io(error) => unavailable(&error.kind().to_string()),
            sqlx::Error::Tls(_) => unavailable("no secure connection could be made"),
            sqlx::Error::Configuration(_) => {
                StoreError::Address { reason: String::from("it cannot be read") }
            }
            sqlx::Error::ColumnDecode { index, .. } => {
                unexpected(&format!("column {index} has another type"))
            }
            sqlx::Error::ColumnNotFound(column) => unexpected(&format!("there is no column {column}")),
            sqlx::Error::RowNotFound => unexpected("a row that is always there is missing"),
            sqlx::Error::Protocol(_) => unexpected("the server does not speak the protocol"),
            _ => unexpected("the driver refused the statement"),
        }
    }
}

fn from_database(error: &dyn DatabaseError) -> StoreError {
    match error.kind() {
        ErrorKind::UniqueViolation => return StoreError::NotUnique { constraint: constraint(error) },
        ErrorKind::ForeignKeyViolation | ErrorKind::NotNullViolation | ErrorKind::CheckViolation => {
            return StoreError::Refused { constraint: constraint(error) };
        }
        _ => {}
    }
    let code = error.code().unwrap_or_default().into_owned();
    match error.try_downcast_ref::<PgDatabaseError>() {
        Some(_) => from_sqlstate(&code, error),
        None => from_sqlite_code(&code, error),
    }
}

/// Classes of SQLSTATE: 22 data exception, 23 integrity; 08 connection, 25006 read-only, 40 rolled back, 53 resources,
/// 55 locks, 57 stopped by the operator or a timeout, 58 system; XX damaged.
fn from_sqlstate(code: &str, error: &dyn DatabaseError) -> StoreError {
    match code.get(..2).unwrap_or_default() {
        "22" | "23" => StoreError::Refused { constraint: format!("{} (SQLSTATE {code})", constraint(error)) },
        "08" | "25" | "40" | "53" | "55" | "57" | "58" | "28" | "3D" => {
            unavailable(&format!("SQLSTATE {code}"))
        }
        "XX" => StoreError::Damaged { code: format!("SQLSTATE {code}") },
        _ => unexpected(&format!("SQLSTATE {code}")),
    }
}

/// The low byte is the result code: 5 busy, 6 locked, 8 read-only, 10 I/O, 13 full, 14 cannot open, 9 interrupted;
/// 11 and 26 damaged; 18 too big, 19 constraint, 20 wrong type.
fn from_sqlite_code(code: &str, error: &dyn DatabaseError) -> StoreError {
    let extended: i32 = code.parse().unwrap_or_default();
    let named = format!("SQLite code {code}");
    match extended & 0xff {
        5 | 6 | 8 | 9 | 10 | 13 | 14 => unavailable(&named),
        11 | 26 => StoreError::Damaged { code: named },
        18..=20 => StoreError::Refused { constraint: constraint(error) },
        _ => unexpected(&named),
    }
}

/// PostgreSQL names the constraint. SQLite writes "UNIQUE constraint failed: table.column", in which no value occurs.
fn constraint(error: &dyn DatabaseError) -> String {
    if let Some(postgres) = error.try_downcast_ref::<PgDatabaseError>() {
        let table = postgres.table().unwrap_or("unnamed table");
        return match (postgres.constraint(), postgres.column()) {
            (Some(name), _) => name.to_owned(),
            (None, Some(column)) => format!("{table}.{column}"),
            (None, None) => table.to_owned(),
        };
    }
    let message = error.message();
    message.rsplit_once("failed: ").map_or(message, |(_, name)| name).to_owned()
}

fn unavailable(reason: &str) -> StoreError {
    StoreError::Unavailable { reason: reason.to_owned() }
}

fn unexpected(code: &str) -> StoreError {
    StoreError::Unexpected { code: code.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_without_a_free_connection_is_unavailable() {
        assert!(matches!(StoreError::from(sqlx::Error::PoolTimedOut), StoreError::Unavailable { .. }));
    }

    #[test]
    fn a_broken_address_is_not_repeated() {
        let error: sqlx::Error =
            "postgres://user:hunter2@host:port/x".parse::<sqlx::postgres::PgConnectOptions>().unwrap_err();
        let text = StoreError::from(error).to_string();
        assert!(!text.contains("hunter2"), "{text}");
    }
}
