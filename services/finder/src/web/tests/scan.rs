//! Reading our own source files, for tests about all of them.

use std::{fs, path::Path};

/// A file with its path below the crate.
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
}

/// All files below a folder of the crate (or of a sibling of it) with this ending, in order of their paths.
pub(super) fn files(folder: &str, ending: &str) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut open = vec![root.join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                let text = fs::read_to_string(&path).unwrap();
                found.push(File { path: path.to_string_lossy().into_owned(), text });
            }
        }
    }
    assert!(!found.is_empty(), "no {ending} below {folder}");
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// Every text between `open` and the next `close`.
pub(super) fn between<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(open).skip(1).filter_map(move |rest| rest.split_once(close).map(|(inside, _)| inside))
}

/// The message ids that a template says: the literal in every `t("…")`.
pub(super) fn said(template: &str) -> impl Iterator<Item = &str> {
    // "input(" and "select(" end in the same letter and are not the same function.
    let calls = template.match_indices("t(\"").filter(|(at, _)| {
        !template[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
    });
    calls.filter_map(|(at, call)| template[at + call.len()..].split_once('"').map(|(id, _)| id))
}
