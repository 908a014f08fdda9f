//! The offers of an invented centre.

use contracts::directory::{Area, Mode, Offer};

use super::{
    dice::Dice,
    kinds::{Kind, ONLINE, Template},
};

/// The main offer of a kind and some further ones, all for the same areas.
pub(super) fn offers(kind: &Kind, areas: &[Area], dice: &mut Dice) -> Vec<Offer> {
    let mut templates = vec![dice.pick(kind.main)];
    templates.extend(kind.further.iter().filter(|_| dice.chance(30)));
    let far = areas.iter().any(|area| matches!(area, Area::Land(_)));
    let modes = |dice: &mut Dice| if far { Mode::ALL.to_vec() } else { modes(dice) };
    templates.into_iter().map(|template| offer(template, areas.to_vec(), modes(dice), dice)).collect()
}

/// The offer of a centre that works online only, for everyone.
pub(super) fn online(dice: &mut Dice) -> Offer {
    let modes = if dice.chance(50) {
        vec![Mode::Phone, Mode::Video, Mode::Chat]
    } else {
        vec![Mode::Phone, Mode::Chat]
    };
    offer(dice.pick(ONLINE), vec![Area::Nationwide], modes, dice)
}

fn offer(template: &Template, areas: Vec<Area>, modes: Vec<Mode>, dice: &mut Dice) -> Offer {
    Offer {
        id: super::build::id(dice),
        name: template.name.to_owned(),
        description: Some(template.text.to_owned()),
        topics: owned(template.topics),
        leika: None,
        target_groups: owned(template.groups),
        // Not every centre writes its list of keywords with care.
        keywords: template.keywords.iter().filter(|_| dice.chance(75)).map(|&word| word.to_owned()).collect(),
        languages: if dice.chance(6) { vec![String::from("ku")] } else { Vec::new() },
        modes,
        areas,
        link: None,
    }
}

fn modes(dice: &mut Dice) -> Vec<Mode> {
    let mut modes = vec![Mode::InPerson];
    for (mode, percent) in [(Mode::Phone, 75), (Mode::Video, 22), (Mode::Chat, 18)] {
        if dice.chance(percent) {
            modes.push(mode);
        }
    }
    modes
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}
