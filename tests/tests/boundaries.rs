//! Who may depend on whom. The table below is the architecture; `cargo metadata` says what is really so.
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// What the crates of the workspace may use of each other.
const MAY_USE: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("contracts", &["kernel"]),
    ("holidays", &["contracts"]),
    ("storekit", &["kernel"]),
    ("mailkit", &["kernel", "storekit"]),
    ("webkit", &["kernel", "contracts"]),
    ("search-index", &["kernel", "contracts"]),
    ("finder", &["kernel", "contracts", "holidays", "webkit", "storekit", "search-index"]),
    ("booking", &["kernel", "contracts", "holidays", "webkit", "storekit", "mailkit"]),
    ("chat", &["kernel", "contracts", "webkit", "buskit"]),
    ("relay", &["kernel", "contracts"]),
    ("sfu", &["kernel", "contracts"]),
    ("buskit", &[]),
    ("accounts", &["kernel", "contracts", "webkit", "storekit", "mailkit"]),
    (
        "anlaufstelle",
        &[
            "kernel",
            "contracts",
            "webkit",
            "storekit",
            "mailkit",
            "search-index",
            "finder",
            "booking",
            "chat",
            "relay",
            "sfu",
            "buskit",
            "accounts",
        ],
    ),
    (
        "workspace-tests",
        &[
            "kernel",
            "contracts",
            "webkit",
            "storekit",
            "mailkit",
            "search-index",
            "finder",
            "booking",
            "chat",
            "relay",
            "sfu",
            "buskit",
            "accounts",
        ],
    ),
];

/// What a crate must do without, so that it stays what it is.
const MUST_NOT_USE: &[(&str, &[&str])] = &[
    ("kernel", &["axum", "sqlx", "tokio", "tantivy"]),
    ("contracts", &["axum", "sqlx", "tokio", "tantivy"]),
    ("search-index", &["axum", "sqlx", "tokio"]),
    ("storekit", &["axum", "tantivy"]),
    ("webkit", &["sqlx", "tantivy"]),
    ("finder", &["tantivy"]),
    ("chat", &["sqlx"]),
];

/// Direct dependencies of each crate, without those of its tests.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = MetadataCommand::new()
        .manifest_path(workspace_tests::root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata answers");
    let of = |package: &cargo_metadata::Package| {
        let real =
            package.dependencies.iter().filter(|dependency| dependency.kind != DependencyKind::Development);
        real.map(|dependency| dependency.name.clone()).collect()
    };
    metadata.workspace_packages().into_iter().map(|package| (package.name.to_string(), of(package))).collect()
}

#[test]
fn crates_use_only_what_the_architecture_allows() {
    let dependencies = dependencies();
    let members: BTreeSet<&String> = dependencies.keys().collect();
    for (package, used) in &dependencies {
        let allowed = MAY_USE.iter().find(|(name, _)| name == package);
        let (_, allowed) =
            allowed.unwrap_or_else(|| panic!("{package} is new: say in MAY_USE what it may use"));
        for name in used.iter().filter(|name| members.contains(name)) {
            assert!(allowed.contains(&name.as_str()), "{package} must not depend on {name}");
        }
    }
}

#[test]
fn crates_do_without_what_is_not_their_business() {
    let dependencies = dependencies();
    for (package, unwanted) in MUST_NOT_USE {
        let Some(used) = dependencies.get(*package) else { continue };
        for name in *unwanted {
            assert!(!used.contains(*name), "{package} must not depend on {name}");
        }
    }
    assert!(dependencies.contains_key("kernel"), "the crates were not found");
}

#[test]
fn the_kernel_stays_small() {
    let lines: usize = workspace_tests::files("services/kernel/src", "rs")
        .iter()
        .map(|path| workspace_tests::text(path).lines().count())
        .sum();
    assert!(
        (1..=600).contains(&lines),
        "the kernel has {lines} lines, 600 are allowed: everyone pays for each"
    );
}
