//! A page as a person reads it: headings, links and words, without markup.

use super::scan::between;

/// Elements that begin a new line.
const BLOCKS: [&str; 25] = [
    "p",
    "li",
    "dt",
    "dd",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "section",
    "article",
    "form",
    "legend",
    "label",
    "option",
    "summary",
    "nav",
    "caption",
    "figcaption",
    "header",
    "footer",
    "main",
    "address",
    "desc",
    "title",
];

/// The text of a page: one line for each block, `#` before headings, links and fields with where they lead.
pub(super) fn outline(html: &str) -> String {
    let title = between(html, "<title>", "</title>").next().unwrap_or_default();
    let mut out = format!("{title}\n");
    // Header and footer are the same everywhere and belong to the design system.
    let mut rest = html
        .split_once("<main")
        .map_or(html, |(_, main)| main.split_once("</main>").map_or(main, |(main, _)| main));
    rest = rest.split_once('>').map_or(rest, |(_, main)| main);
    while let Some((text, after)) = rest.split_once('<') {
        out.push_str(text);
        let Some((tag, after)) = after.split_once('>') else { break };
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if BLOCKS.contains(&name) && !out.ends_with('\n') {
            out.push('\n');
        }
        match (name, tag.starts_with('/')) {
            ("h1", false) => out.push_str("# "),
            ("h2", false) => out.push_str("## "),
            ("h3", false) => out.push_str("### "),
            ("li", false) => out.push_str("- "),
            ("br", _) => out.push('\n'),
            ("td", false) => out.push_str(" | "),
            ("a", false) => out.push_str(&format!("[{}](", attribute(tag, "href"))),
            ("a", true) => out.push(')'),
            ("input", false) if attribute(tag, "type") != "hidden" => {
                out.push_str(&format!(
                    " <{} {}={}>",
                    attribute(tag, "type"),
                    attribute(tag, "name"),
                    attribute(tag, "value")
                ));
            }
            _ => {}
        }
        rest = after;
        // Long lists to choose from are tested elsewhere; what is in a script is read by no person.
        for skipped in ["select", "script"] {
            if name == skipped && !tag.starts_with('/') {
                let end = format!("</{skipped}>");
                rest = rest.split_once(&end).map_or("", |(_, after)| after);
                if name == "select" {
                    out.push_str(&format!(" <select {}>", attribute(tag, "name")));
                }
            }
        }
    }
    let lines = out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty() && line != "-").collect::<Vec<_>>().join("\n")
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let value = tag.split_once(&format!("{name}=\"")).map(|(_, rest)| rest);
    value.and_then(|rest| rest.split_once('"')).map_or("", |(value, _)| value)
}

#[test]
fn an_outline_has_headings_links_and_no_markup() {
    let html = "<main><h1>Hilfe</h1><p>Rufen Sie <a href=\"tel:112\"><b>112</b></a> an.</p><select name=\"a\"><option>x</option></select></main>";
    assert_eq!(outline(html), "# Hilfe\nRufen Sie [tel:112](112) an.\n<select a>");
}
