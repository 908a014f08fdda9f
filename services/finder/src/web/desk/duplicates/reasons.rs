//! Reasons in words.

use crate::{
    duplicates::{Candidate, Reason},
    web::say::Say,
};

/// What speaks for a pair being one centre, and what against it, the weightiest first.
pub(crate) fn in_words(candidate: &Candidate) -> (Vec<Say>, Vec<Say>) {
    let (mut speaks_for, mut against) = (Vec::new(), Vec::new());
    for evidence in &candidate.evidence {
        let said = if evidence.points < 0 { &mut against } else { &mut speaks_for };
        said.push(say(evidence.reason));
    }
    (speaks_for, against)
}

/// One reason.
pub(crate) fn say(reason: Reason) -> Say {
    let said = match reason {
        Reason::SameName => Say::new("desk-duplicates-same-name"),
        Reason::SimilarName(_) => Say::new("desk-duplicates-similar-name"),
        Reason::OtherName => Say::new("desk-duplicates-other-name"),
        Reason::SameAddress => Say::new("desk-duplicates-same-address"),
        Reason::SimilarAddress => Say::new("desk-duplicates-similar-address"),
        Reason::OtherNumber => Say::new("desk-duplicates-other-number"),
        Reason::OtherStreet => Say::new("desk-duplicates-other-street"),
        Reason::SameTown => Say::new("desk-duplicates-same-town"),
        Reason::OtherTown => Say::new("desk-duplicates-other-town"),
        Reason::Near(_) => Say::new("desk-duplicates-near"),
        Reason::FarApart(_) => Say::new("desk-duplicates-far-apart"),
        Reason::SamePhone => Say::new("desk-duplicates-same-phone"),
        Reason::SharedPhone => Say::new("desk-duplicates-shared-phone"),
        Reason::SameExchange => Say::new("desk-duplicates-same-exchange"),
        Reason::OtherPhone => Say::new("desk-duplicates-other-phone"),
        Reason::SameMail => Say::new("desk-duplicates-same-mail"),
        Reason::SharedMail => Say::new("desk-duplicates-shared-mail"),
        Reason::SamePage => Say::new("desk-duplicates-same-page"),
        Reason::SameHost => Say::new("desk-duplicates-same-host"),
        Reason::SameTopics => Say::new("desk-duplicates-same-topics"),
        Reason::OtherTopics => Say::new("desk-duplicates-other-topics"),
        Reason::OtherService => Say::new("desk-duplicates-other-service"),
        Reason::NarrowerService => Say::new("desk-duplicates-narrower-service"),
        Reason::SameCarrier => Say::new("desk-duplicates-same-carrier"),
        Reason::OtherCarrier => Say::new("desk-duplicates-other-carrier"),
        Reason::Outpost => Say::new("desk-duplicates-outpost"),
    };
    match reason.amount() {
        Some(amount) => said.with("amount", amount),
        None => said,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_reason_has_words_of_its_own() {
        let ids: BTreeSet<_> = Reason::ALL.iter().map(|reason| say(*reason).id()).collect();
        assert_eq!(ids.len(), Reason::ALL.len());
    }
}
