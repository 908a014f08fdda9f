//! Every dependency is declared once and says what it is for.
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use workspace_tests::{files, relative, root, text};

#[test]
fn every_dependency_says_what_it_is_for() {
    let manifest = text(&root().join("Cargo.toml"));
    let lines: Vec<&str> = manifest.lines().collect();
    let start =
        lines.iter().position(|line| *line == "[workspace.dependencies]").expect("the table of dependencies");
    let mut seen = 0;
    for (number, line) in lines.iter().enumerate().skip(start + 1) {
        if line.starts_with('[') {
            break;
        }
        let declares = line.starts_with(|first: char| first.is_ascii_alphabetic()) && line.contains('=');
        // our own crates stand in one block and say it themselves
        if !declares || line.contains("path = ") {
            continue;
        }
        seen += 1;
        let above = lines[number - 1];
        let explained = above.starts_with("# ") && !above.starts_with("# --");
        assert!(explained, "Cargo.toml:{}: a line above {line:?} must say what it is for", number + 1);
    }
    assert!(seen > 10, "only {seen} dependencies were looked at");
}

#[test]
fn crates_take_dependencies_from_the_workspace() {
    let manifests: Vec<_> =
        files(".", "toml").into_iter().filter(|path| path.ends_with("Cargo.toml")).collect();
    let mut seen = 0;
    for path in manifests {
        // fuzz targets are no members: they are built by another tool chain
        if path.parent() == Some(root()) || path.components().any(|part| part.as_os_str() == "fuzz") {
            continue;
        }
        seen += 1;
        let manifest = text(&path);
        let mut in_dependencies = false;
        for line in manifest.lines() {
            if line.starts_with('[') {
                in_dependencies = line.ends_with("dependencies]");
            } else if in_dependencies && line.contains('=') && !line.starts_with('#') {
                assert!(
                    line.contains("workspace"),
                    "{}: {line:?} is not declared in the workspace",
                    relative(&path)
                );
            }
        }
    }
    assert!(seen >= 8, "only {seen} manifests were found");
}
