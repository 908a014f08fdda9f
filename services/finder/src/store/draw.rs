//! What a change of layers means for the records that seekers see, and what is written therefore.

use std::collections::BTreeMap;

use contracts::directory::{Centre, DirectoryEvent};
use storekit::{StoreError, outbox::NewEvent};

use super::{
    canonical_body,
    layer_row::Stack,
    model::hash_text,
    prepare::{self, new_event, refused, saved_event},
};
use crate::{
    layers::{Standing, compose},
    slug::slugify,
};

/// The longest text of a line that is searched, in bytes.
const LONGEST_LINE: usize = 400;

/// Rows and events that follow from layers.
#[derive(Default)]
pub(super) struct Drawn {
    /// Centres that are not listed any more.
    pub(super) removed: Vec<String>,
    /// Centres that are part of others now, or forgotten: they lose their line too.
    pub(super) dissolved: Vec<String>,
    /// Centres that changed, those already listed first: a key they give up is free for the others.
    pub(super) saved: Vec<CentreRow>,
    /// Lines of the staff's list.
    pub(super) lines: Vec<LineRow>,
    /// What others have to know.
    pub(super) events: Vec<NewEvent>,
}

/// A centre as its row.
pub(super) struct CentreRow {
    pub(super) centre: Centre,
    pub(super) body: String,
    pub(super) body_hash: String,
}

/// A centre's line in the staff's list.
pub(super) struct LineRow {
    pub(super) centre_id: String,
    pub(super) name: String,
    pub(super) place: String,
    pub(super) folded: String,
    pub(super) standing: Standing,
}

/// Draws the centres with these ids anew. `listed` are the hashes of those that seekers see so far; events are numbered
/// from `first` on.
pub(super) fn draw(
    ids: &[String],
    stacks: Vec<Stack>,
    listed: &BTreeMap<String, String>,
    change: &str,
    first: usize,
) -> Result<Drawn, StoreError> {
    let mut drawn = Drawn::default();
    let mut added = Vec::new();
    let mut stacks: BTreeMap<String, Stack> =
        stacks.into_iter().map(|stack| (stack.layers.centre_id.clone(), stack)).collect();
    for id in ids {
        let Some(stack) = stacks.remove(id) else {
            drawn.dissolved.push(id.clone());
            drawn.removed.extend(listed.contains_key(id).then(|| id.clone()));
            continue;
        };
        let composed = compose(&stack.layers);
        drawn.lines.push(line(&composed.centre, composed.standing));
        if composed.standing != Standing::Listed {
            drawn.removed.extend(listed.contains_key(id).then(|| id.clone()));
            continue;
        }
        let centre = composed.centre;
        let body = match stack.plain {
            Some(body) => body,
            None => canonical_body(&centre).map_err(|_| refused("centre.body"))?,
        };
        let body_hash = hash_text(&body);
        match listed.get(id) {
            Some(known) if *known == body_hash => {}
            Some(_) => drawn.saved.push(CentreRow { centre, body, body_hash }),
            None => added.push(CentreRow { centre, body, body_hash }),
        }
    }
    drawn.saved.extend(added);
    for id in &drawn.removed {
        let event = DirectoryEvent::CentreRemoved { centre_id: id.clone() };
        drawn.events.push(new_event(change, first + drawn.events.len(), &event)?);
    }
    for row in &drawn.saved {
        drawn.events.push(NewEvent {
            id: prepare::event_id(change, first + drawn.events.len()),
            kind: "centre_saved",
            body: saved_event(&row.body),
        });
    }
    Ok(drawn)
}

fn line(centre: &Centre, standing: Standing) -> LineRow {
    let place = format!("{} {}", centre.address.postcode, centre.address.city);
    LineRow {
        centre_id: centre.id.clone(),
        folded: folded(&[&centre.name, &place, &centre.slug]),
        name: centre.name.clone(),
        place,
        standing,
    }
}

fn folded(parts: &[&str]) -> String {
    let mut folded = parts.iter().map(|part| slugify(part)).collect::<Vec<_>>().join(" ");
    folded.truncate(LONGEST_LINE);
    folded
}

/// Patterns for the first four words of a filter; what is not asked for finds everything.
pub(super) fn patterns(text: &str) -> [String; 4] {
    let mut words =
        text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).map(slugify);
    std::array::from_fn(|_| words.next().map_or_else(|| String::from("%"), |word| format!("%{word}%")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_filter_are_found_however_they_are_written() {
        let line = folded(&["Schuldnerberatung Köln-Süd", "50968 Köln", "schuldnerberatung-koeln-sued"]);
        for text in ["köln", "KOELN süd", "50968 schuldner", "köln-süd", ""] {
            let all = patterns(text).iter().all(|pattern| line.contains(pattern.trim_matches('%')));
            assert!(all, "{text}");
        }
        assert!(!line.contains(patterns("Bonn")[0].trim_matches('%')));
        // what a person types is no pattern
        assert_eq!(patterns("100%_")[0], "%100%");
    }
}
