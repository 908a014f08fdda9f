//! Possible duplicates on the page of differences: what they look like, and what somebody decides about them.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::json;
use webkit::staff::{ImportSession, Member, Need};

use super::{
    compare::given_up,
    draft::Choices,
    entries::{self, Pair, Pairs},
};
use crate::{
    duplicates::{Advice, Evidence},
    import::{PairDecision, Verdict},
    web::{
        desk::duplicates::{
            pair::{Row, rows},
            reasons,
        },
        say::Say,
    },
};

/// A pair on the page.
#[derive(Debug, Serialize)]
pub(super) struct PairView {
    name: String,
    place: String,
    source: String,
    /// The other centre's entry, for those who may open it.
    href: Option<String>,
    /// The message that says how sure it is, with the score.
    sure: &'static str,
    score: u8,
    rows: Vec<Row>,
    speaks_for: Vec<Say>,
    against: Vec<Say>,
    key: String,
    options: Vec<OptionView>,
}

/// What can be decided about a pair.
#[derive(Debug, Serialize)]
struct OptionView {
    value: String,
    text: &'static str,
    chosen: bool,
}

impl PairView {
    /// A pair in words, with what this person may decide about it.
    pub(super) fn new(pair: Pair, external_id: &str, choices: &Choices, session: &ImportSession) -> Self {
        let (good, bad): (Vec<_>, Vec<_>) = pair.evidence.iter().partition(|one| one.points >= 0);
        let say =
            |list: Vec<&Evidence>| list.into_iter().map(|one| reasons::say(one.reason)).collect::<Vec<_>>();
        let chosen = choices
            .pairs
            .iter()
            .find(|one| one.external_id == external_id && one.centre_id == pair.other.id)
            .map(|one| one.verdict);
        let sources = [pair.own_sources, pair.other_sources];
        let verdicts = [
            (None, "desk-import-apply-pair-later"),
            (Some(Verdict::CentreLeads), "desk-import-apply-pair-centre-leads"),
            (Some(Verdict::RecordLeads), "desk-import-apply-pair-record-leads"),
            (Some(Verdict::KeepApart), "desk-import-apply-pair-apart"),
        ];
        let options = verdicts
            .into_iter()
            .filter(|(verdict, _)| verdict.is_none_or(|verdict| may_decide(session, &sources, verdict)))
            .map(|(verdict, text)| OptionView {
                value: verdict
                    .map(|verdict| pair_key(Some(verdict), external_id, &pair.other.id))
                    .unwrap_or_default(),
                text,
                chosen: chosen == verdict,
            });
        Self {
            options: options.collect(),
            key: pair_key(None, external_id, &pair.other.id),
            href: session
                .signed_in()
                .meets(Need::Administrator)
                .then(|| format!("/arbeitsplatz/stellen/{}", pair.other.id)),
            sure: match pair.advice {
                Advice::Merge => "desk-import-apply-pair-probable",
                Advice::Look | Advice::KeepApart => "desk-import-apply-pair-possible",
            },
            score: pair.score,
            rows: rows(&pair.own, &pair.other),
            speaks_for: say(good),
            against: say(bad),
            place: entries::place_of(&pair.other),
            name: pair.other.name,
            source: pair.other.source,
        }
    }
}

/// What was decided about the pairs of one page. A decision that is not hers, or about a pair that is not there, is none.
pub(super) fn decide(
    choices: &mut Choices,
    [shown, chosen]: [&[String]; 2],
    pairs: &Pairs,
    session: &ImportSession,
) {
    let decided = &mut choices.pairs;
    for pair in shown {
        let Some((_, external_id, centre_id)) = pair_unkey(pair) else { continue };
        decided.retain(|one| (&one.external_id, &one.centre_id) != (&external_id, &centre_id));
    }
    for pair in chosen {
        let Some((Some(verdict), external_id, centre_id)) = pair_unkey(pair) else { continue };
        let shown = shown.contains(&pair_key(None, &external_id, &centre_id));
        let sources = pairs.get(&(external_id.clone(), centre_id.clone()));
        if let Some(sources) = sources.filter(|sources| shown && may_decide(session, sources, verdict)) {
            let gives_up = given_up(sources, verdict);
            decided.push(PairDecision { external_id, centre_id, verdict, gives_up });
        }
    }
}

/// Whether the person may decide so: she gives up entries of her own lists only.
fn may_decide(session: &ImportSession, sources: &[BTreeSet<String>; 2], verdict: Verdict) -> bool {
    given_up(sources, verdict).iter().all(|source| session.may_import(source))
}

/// A pair's name in a form, with what is decided about it.
fn pair_key(verdict: Option<Verdict>, external_id: &str, centre_id: &str) -> String {
    json!([verdict, external_id, centre_id]).to_string()
}

fn pair_unkey(key: &str) -> Option<(Option<Verdict>, String, String)> {
    serde_json::from_str(key).ok()
}
