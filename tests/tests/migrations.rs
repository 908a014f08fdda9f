//! The migrations folders and what is compiled into the program are the same, and each file says why it exists.
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::path::Path;

use storekit::{Migration, Service};
use workspace_tests::{files, relative, root, text};

/// All services with a database.
const SERVICES: &[Service] = &[finder::store::SERVICE, accounts::store::SERVICE, booking::store::SERVICE];

#[test]
fn every_migration_begins_with_its_reason() {
    let all = files("migrations", "sql");
    assert!(!all.is_empty());
    for path in all {
        let text = text(&path);
        let first = text.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("-- ") && first.len() > 20,
            "{} must begin with its reason",
            relative(&path)
        );
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let named = name.len() > 9
            && name.as_bytes()[..4].iter().all(u8::is_ascii_digit)
            && name.as_bytes()[4] == b'_';
        assert!(named, "{} must be named NNNN_reason.sql", relative(&path));
    }
}

#[test]
fn every_migration_is_in_the_program() {
    for service in SERVICES {
        let folder = root().join("migrations").join(service.name);
        assert_same(&folder.join("sqlite"), service.sqlite);
        assert_same(&folder.join("postgres"), service.postgres);
        let reasons = |migrations: &[Migration]| -> Vec<(i64, &str)> {
            migrations.iter().map(|migration| (migration.version, migration.reason)).collect()
        };
        assert_eq!(
            reasons(service.sqlite),
            reasons(service.postgres),
            "{}: both engines, step by step",
            service.name
        );
    }
    let folders = std::fs::read_dir(root().join("migrations")).expect("the folder of migrations");
    let services = folders.flatten().filter(|entry| entry.path().is_dir()).count();
    assert_eq!(services, SERVICES.len(), "a service with migrations is missing in this test");
}

fn assert_same(folder: &Path, compiled: &[Migration]) {
    let written: Vec<(String, String)> = files(&relative(folder), "sql")
        .iter()
        .map(|path| (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text(path)))
        .collect();
    let compiled: Vec<(String, String)> = compiled
        .iter()
        .map(|migration| {
            (format!("{:04}_{}.sql", migration.version, migration.reason), migration.sql.to_owned())
        })
        .collect();
    assert_eq!(written, compiled, "{} and the service's list differ", relative(folder));
}
