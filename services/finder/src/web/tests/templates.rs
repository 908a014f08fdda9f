//! The templates' source: all words come from messages.

use super::scan::{between, files};

/// A template without comments, statements, expressions and tags: what is left would be shown as it is.
fn fixed_text(template: &str) -> String {
    let mut text = template.to_owned();
    for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<", ">")] {
        let mut rest = text.as_str();
        let mut kept = String::with_capacity(rest.len());
        while let Some((before, after)) = rest.split_once(open) {
            kept.push_str(before);
            kept.push(' ');
            rest = after.split_once(close).map_or("", |(_, after)| after);
        }
        kept.push_str(rest);
        text = kept;
    }
    text
}

#[test]
fn no_template_has_words_of_its_own() {
    for file in files("templates", ".html") {
        let text = fixed_text(&file.text);
        assert!(
            !text.contains(char::is_alphabetic),
            "{}: {:?}",
            file.path,
            text.split_whitespace().collect::<Vec<_>>()
        );
        for attribute in ["aria-label=\"", "title=\"", "alt=\"", "placeholder=\""] {
            for value in between(&file.text, attribute, "\"") {
                assert!(value.is_empty() || value.starts_with("{{"), "{}: {attribute}{value}", file.path);
            }
        }
    }
}

#[test]
fn words_in_a_template_would_be_found() {
    assert!(fixed_text("<p class=\"a\">{{ t(\"x\") }} Hallo</p>").contains("Hallo"));
    assert!(
        !fixed_text("{# note #}<p class=\"a\">{{ t(\"x\") }}</p>{% if a %}").contains(char::is_alphabetic)
    );
}

#[test]
fn nothing_is_styled_or_scripted_inline() {
    for file in files("templates", ".html") {
        for forbidden in [" style=", "onclick", "onload", "javascript:", "http://", "https://"] {
            assert!(!file.text.contains(forbidden), "{}: {forbidden}", file.path);
        }
        for script in between(&file.text, "<script", ">") {
            assert_eq!(script, " type=\"application/ld+json\"", "{}", file.path);
        }
    }
}
