//! Chooses for everybody which layer of which picture she gets.

use std::{collections::HashMap, time::Instant};

use contracts::media::{CallHear, Member, Source};

use super::{
    Call,
    people::{Origin, Person, kind},
};
use crate::{
    budget::{self, Seen, Wanted},
    sdp::Kind,
};

/// Even a still picture costs something.
const LEAST: f64 = 20_000.0;
/// A layer is good enough if it has this share of the drawn height.
const ENOUGH: f64 = 0.8;

/// A layer that flows.
#[derive(Clone, Copy)]
struct Flowing {
    index: usize,
    height: u16,
    cost: f64,
}

/// A picture somebody draws.
struct Picture {
    slot: usize,
    member: Member,
    source: Source,
    layers: Vec<Flowing>,
}

impl Call {
    pub(super) fn choose(&mut self, now: Instant) {
        self.hurry = false;
        let mut flowing: HashMap<(u64, Source), Vec<Flowing>> = HashMap::new();
        for (leg, person) in &mut self.people {
            for origin in person.sending.iter_mut().flat_map(|sending| &mut sending.origins) {
                if kind(origin.source) == Kind::Video {
                    flowing.insert((*leg, origin.source), layers(now, origin));
                }
            }
        }
        let mut wanted = Vec::new();
        for person in self.people.values_mut() {
            person.choose(now, &flowing, &mut wanted);
        }
        for (from, source, layer) in wanted {
            self.asks(now, from, source, layer);
        }
    }
}

fn layers(now: Instant, origin: &mut Origin) -> Vec<Flowing> {
    let heights: Vec<u16> = (0..origin.layers.len()).map(|layer| origin.height(layer)).collect();
    let mut layers: Vec<Flowing> = origin
        .layers
        .iter_mut()
        .enumerate()
        .filter(|(_, layer)| layer.meter.flows(now))
        .map(|(index, layer)| Flowing {
            index,
            height: heights[index],
            cost: layer.meter.rate(now).max(LEAST),
        })
        .collect();
    layers.sort_by_key(|layer| layer.height);
    layers
}

/// How many of the layers, smallest first, are of use at a drawn height.
fn useful(layers: &[Flowing], height: u16) -> usize {
    let enough = layers.iter().position(|layer| f64::from(layer.height) >= f64::from(height) * ENOUGH);
    enough.map_or(layers.len(), |index| index + 1)
}

impl Person {
    fn choose(
        &mut self,
        now: Instant,
        flowing: &HashMap<(u64, Source), Vec<Flowing>>,
        asks: &mut Vec<(u64, Source, usize)>,
    ) {
        let mut pictures = Vec::new();
        let mut wanted = Vec::new();
        let slots = self.receiving.iter().flat_map(|receiving| receiving.slots.iter().enumerate());
        for (slot, serves) in
            slots.filter_map(|(slot, served)| served.serves.as_ref().map(|serves| (slot, serves)))
        {
            let Some(layers) = flowing.get(&(serves.leg, serves.source)) else { continue };
            let drawn = self.draws(serves.member, serves.source).filter(|_| serves.agreed.is_some());
            let Some(height) = drawn else {
                pictures.push(Picture {
                    slot,
                    member: serves.member,
                    source: serves.source,
                    layers: Vec::new(),
                });
                wanted.push(Wanted { costs: Vec::new(), height: 0, now: None });
                continue;
            };
            let layers = &layers[..useful(layers, height)];
            let kept = serves.layer.and_then(|index| layers.iter().position(|layer| layer.index == index));
            wanted.push(Wanted { costs: layers.iter().map(|layer| layer.cost).collect(), height, now: kept });
            let (member, source) = (serves.member, serves.source);
            pictures.push(Picture { slot, member, source, layers: layers.to_vec() });
        }
        let Some(receiving) = &mut self.receiving else { return };
        if !receiving.connection.secured() {
            return;
        }
        let (sent, sound) = (receiving.meter.rate(now), receiving.sound.rate(now));
        if receiving.budget.looks(now) {
            let (estimate, lost) = receiving.chain.seen();
            // what was sent before her side had the keys is lost, and says nothing of the way
            let lost = if receiving.connection.young(now) { 0.0 } else { lost };
            let (_, next) = budget::choose(receiving.budget.carries(), sound, &wanted);
            receiving.budget.sees(now, Seen { sent, estimate, lost, next });
        }
        let (chosen, _) = budget::choose(receiving.budget.carries(), sound, &wanted);
        let mut held = Vec::new();
        for (picture, chosen) in pictures.iter().zip(chosen) {
            let Some(serves) = receiving.slots.get_mut(picture.slot).and_then(|slot| slot.serves.as_mut())
            else {
                continue;
            };
            serves.target = chosen.and_then(|layer| picture.layers.get(layer)).map(|layer| layer.index);
            match serves.target {
                None => {
                    serves.layer = None;
                    if !picture.layers.is_empty() {
                        held.push((picture.member, picture.source));
                    }
                }
                Some(target) if serves.layer != Some(target) => {
                    asks.push((serves.leg, serves.source, target))
                }
                Some(_) => {}
            }
        }
        held.sort_unstable();
        if held != self.held {
            self.held.clone_from(&held);
            self.hears(CallHear::Held { pictures: held });
        }
    }
}
