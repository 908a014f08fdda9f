//! From layers to the record that seekers see.

use std::collections::BTreeSet;

use contracts::directory::{Centre, LocationBasis, Offer};
use serde_json::Value;

use super::{Composed, Field, Layers, ManualEdit, Origin, Part, Provenance, SourceRecord, Standing};
use crate::slug::slugify;

/// Puts the layers together.
///
/// The leading record is the ground; the others, each with the edits it had before it was absorbed, fill what it leaves
/// empty and add offers it lacks; the centre's own edits lie on top. Equal layers give an equal record.
pub fn compose(layers: &Layers) -> Composed {
    let gone = layers.records().all(|record| !record.present);
    let mut used = layers.records().filter(|record| record.present || gone);
    let (mut centre, mut provenance) = member(layers, used.next().unwrap_or(&layers.first));
    for record in used {
        let (other, origins) = member(layers, record);
        fill(&mut centre, &mut provenance, other, &origins);
    }
    let keeper = layers.records().find(|record| record.own_id == layers.centre_id);
    if let Some(keeper) = keeper {
        centre.slug.clone_from(&keeper.body.slug);
    }
    centre.id.clone_from(&layers.centre_id);
    apply(&mut centre, &mut provenance, layers.own_edits());
    let withdrawn = layers.edit(&Field::Listed).is_some_and(|edit| edit.value == Value::Bool(false));
    let standing = match (gone, withdrawn) {
        (_, true) => Standing::Withdrawn,
        (true, false) => Standing::Gone,
        (false, false) => Standing::Listed,
    };
    Composed { centre, provenance, standing }
}

/// A record with the edits that were made on it while it stood alone. Those of the centre itself come later.
fn member(layers: &Layers, record: &SourceRecord) -> (Centre, Provenance) {
    let mut centre = record.body.clone();
    let mut provenance = Provenance::default();
    let origin = origin(record);
    for field in Field::FIXED {
        if !field.get(&centre).is_null() {
            provenance.0.insert(field, origin.clone());
        }
    }
    for offer in &centre.offers {
        provenance.0.insert(Field::Offer(offer.id.clone()), origin.clone());
    }
    if record.own_id != layers.centre_id {
        apply(&mut centre, &mut provenance, layers.edits_of(&record.own_id));
    }
    (centre, provenance)
}

fn origin(record: &SourceRecord) -> Origin {
    let at = record.imported_at;
    match &record.actor {
        Some(actor) if record.source == SourceRecord::MANUAL => Origin::Person { actor: actor.clone(), at },
        _ => Origin::List { source: record.source.clone(), run_id: record.run_id.clone(), at },
    }
}

/// Takes from another record what this one lacks.
fn fill(centre: &mut Centre, provenance: &mut Provenance, other: Centre, origins: &Provenance) {
    for field in Field::FIXED {
        if !lacks(centre, &field, &other) {
            continue;
        }
        let value = field.get(&other);
        if !value.is_null() && field.set(centre, &value).is_ok() {
            match origins.of(&field) {
                Some(origin) => drop(provenance.0.insert(field, origin.clone())),
                None => drop(provenance.0.remove(&field)),
            }
        }
    }
    for offer in other.offers {
        if centre.offers.iter().any(|known| known.id == offer.id || is_equal(known, &offer)) {
            continue;
        }
        let of_offer = origins.0.iter().filter(|(field, _)| field.offer_id() == Some(&offer.id));
        provenance.0.extend(of_offer.map(|(field, origin)| (field.clone(), origin.clone())));
        centre.offers.push(offer);
    }
}

/// Whether a field is empty, so that another record may fill it. A point guessed from the postcode counts as empty when
/// the other record knows the building in the same postcode.
fn lacks(centre: &Centre, field: &Field, other: &Centre) -> bool {
    if *field == Field::Coordinates
        && let (Some(guess), Some(better)) = (&centre.coordinates, &other.coordinates)
    {
        return guess.basis == LocationBasis::Postcode
            && better.basis == LocationBasis::Given
            && centre.address.postcode == other.address.postcode;
    }
    field.get(centre).is_null()
}

/// Whether two offers are the same service under the same name.
fn is_equal(one: &Offer, other: &Offer) -> bool {
    let topics = |offer: &Offer| offer.topics.iter().cloned().collect::<BTreeSet<String>>();
    slugify(&one.name) == slugify(&other.name) && topics(one) == topics(other)
}

/// Lays edits on top, whole offers before their parts.
fn apply<'a>(centre: &mut Centre, provenance: &mut Provenance, edits: impl Iterator<Item = &'a ManualEdit>) {
    let mut edits: Vec<&ManualEdit> = edits.collect();
    edits.sort_by(|one, other| one.field.cmp(&other.field));
    for edit in edits {
        if edit.field == Field::Listed || is_outdated_confirmation(centre, edit) {
            continue;
        }
        let sleeps = matches!(&edit.field, Field::OfferPart(id, _) if !centre.offers.iter().any(|offer| offer.id == *id));
        // Values were checked when they were read; one that does not fit cannot come this far.
        if sleeps || edit.field.set(centre, &edit.value).is_err() {
            continue;
        }
        if let Field::Offer(id) = &edit.field {
            provenance.0.retain(|field, _| field.offer_id() != Some(id));
            if edit.value.is_null() {
                continue;
            }
        }
        let origin = Origin::Person { actor: edit.actor.clone(), at: edit.at };
        provenance.0.insert(edit.field.clone(), origin);
    }
}

/// The later of two confirmations holds: a list that was confirmed after somebody did it by hand knows more.
fn is_outdated_confirmation(centre: &Centre, edit: &ManualEdit) -> bool {
    let Some(listed) = centre.confirmed_on.filter(|_| edit.field == Field::ConfirmedOn) else { return false };
    edit.value
        .as_str()
        .and_then(|day| day.parse().ok())
        .is_some_and(|edited: jiff::civil::Date| edited < listed)
}

impl Part {
    /// The field of this part of an offer.
    pub fn of(self, offer_id: &str) -> Field {
        Field::OfferPart(offer_id.to_owned(), self)
    }
}
