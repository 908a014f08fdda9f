//! Which characters a mail may hold.

/// Characters nobody sees that end a line, change the direction of what follows, hide or join text.
pub(crate) fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// The marks that Fluent puts around what is filled in. On a page they keep a name from turning its surroundings
/// around; in a plain text they break links.
fn is_isolate(letter: char) -> bool {
    matches!(letter, '\u{2066}'..='\u{2069}')
}

/// One line for a header; `None` if something invisible is left in it.
pub(super) fn line(text: &str) -> Option<String> {
    let text: String = text.trim().chars().filter(|letter| !is_isolate(*letter)).collect();
    (!text.chars().any(is_invisible)).then_some(text)
}

/// The text of a mail: lines end in CR LF, and of the control characters only the tab is left.
pub(super) fn body(text: &str) -> String {
    let mut lines = String::with_capacity(text.len() + 64);
    for line in text.replace("\r\n", "\n").replace('\r', "\n").trim_end().split('\n') {
        let kept = |letter: &char| !is_isolate(*letter) && (*letter == '\t' || !letter.is_control());
        lines.extend(line.trim_end_matches([' ', '\t']).chars().filter(kept));
        lines.push_str("\r\n");
    }
    lines
}
