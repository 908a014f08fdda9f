//! Facts about a centre that pages list: getting in, ways of counselling.

use contracts::directory::{Access, Mode, Wheelchair};
use serde::Serialize;

use crate::web::say::Say;

/// Whether a person can get in and get by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct AccessView {
    /// How far a wheelchair gets; `None` when nobody has said.
    pub wheelchair: Option<Say>,
    /// Concrete facts in the centre's words.
    pub facts: Vec<String>,
    /// How to get there, in the centre's words.
    pub directions: Option<String>,
}

/// What is known about getting in.
pub(crate) fn access_facts(access: &Access) -> AccessView {
    AccessView {
        wheelchair: access.wheelchair.map(|wheelchair| {
            Say::new(match wheelchair {
                Wheelchair::Full => "wheelchair-full",
                Wheelchair::Partial => "wheelchair-partial",
                Wheelchair::No => "wheelchair-no",
            })
        }),
        facts: access.facts.clone(),
        directions: access.directions.clone(),
    }
}

/// The name of a way of counselling.
pub(crate) const fn mode_in_words(mode: Mode) -> Say {
    Say::new(match mode {
        Mode::InPerson => "mode-in-person",
        Mode::Phone => "mode-phone",
        Mode::Video => "mode-video",
        Mode::Chat => "mode-chat",
    })
}

/// The ways of counselling in the order pages show them, each once.
pub(crate) fn modes_in_words(modes: &[Mode]) -> Vec<Say> {
    Mode::ALL.into_iter().filter(|mode| modes.contains(mode)).map(mode_in_words).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_come_in_the_order_of_pages_and_once() {
        let told = modes_in_words(&[Mode::Chat, Mode::InPerson, Mode::Chat]);
        assert_eq!(told.iter().map(Say::id).collect::<Vec<_>>(), ["mode-in-person", "mode-chat"]);
    }

    #[test]
    fn silence_about_wheelchairs_is_not_a_no() {
        assert_eq!(access_facts(&Access::default()).wheelchair, None);
        let no = Access { wheelchair: Some(Wheelchair::No), ..Access::default() };
        assert_eq!(access_facts(&no).wheelchair.unwrap().id(), "wheelchair-no");
    }
}
