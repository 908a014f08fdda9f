//! Possible duplicates, decided in the import.

use contracts::directory::Centre;
use serde_json::json;

use super::{
    apply::{TWO, stand},
    *,
};
use crate::{import::Verdict, layers::Field};

const ONE: &str = "7;Rat und Tat;79100;Freiburg;0761 23125001\n";

impl Desk {
    async fn of(&self, source: &str, external_id: &str) -> Centre {
        self.app.store().centre_by_external(source, external_id).await.unwrap().unwrap()
    }

    /// Another association's list with one centre that [`TWO`] has, too.
    async fn other_list(&self, rows: &str) {
        let first = self.compared_as("admin", "andere", rows).await;
        assert_eq!(self.applied("admin", &first).await.state, State::Applied);
    }

    /// Says about pairs of a record and another centre what shall become of them.
    async fn decided(
        &self,
        who: &str,
        differences: &str,
        pairs: &[(&str, &str, Verdict)],
    ) -> (StatusCode, String) {
        let page = self.get(who, &format!("{differences}?art=dubletten")).await.1;
        let mut form = vec![("art", "dubletten".to_owned()), ("stand", stand(&page))];
        for (record, other, verdict) in pairs {
            form.push(("gezeigt", json!([null, record, other]).to_string()));
            form.push(("gewaehlt", json!([verdict, record, other]).to_string()));
        }
        self.post(who, differences, &serde_urlencoded::to_string(form).unwrap()).await
    }

    async fn rolled_back(&self, run: &str) -> String {
        let preview = format!("/arbeitsplatz/import/verlauf/{run}/ruecknahme");
        let page = self.sound("admin", &preview).await;
        let (_, to) = self.post("admin", &preview, &format!("stand={}", stand(&page))).await;
        assert!(to.ends_with("zurueckgenommen"), "{to}");
        page
    }
}

#[tokio::test]
async fn a_pair_is_merged_with_the_import_and_taken_apart_with_it() {
    let desk = desk().await;
    desk.other_list(ONE).await;
    let before = desk.centres().await;
    let other = desk.of("andere", "7").await;
    let list = desk.compared("admin", TWO).await;
    let page = desk.sound("admin", &format!("{list}?art=dubletten")).await;
    for said in ["Vermutlich dieselbe Stelle", "Der Name ist derselbe.", "Später entscheiden", &other.id] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("Offenes Ohr"), "nobody else has that one: {page}");
    let (_, english) = desk.get("admin", &format!("/en{list}?art=dubletten")).await;
    assert!(english.contains("Probably the same centre") && english.contains("Decide later"), "{english}");

    let (_, to) = desk.decided("admin", &list, &[("1", &other.id, Verdict::CentreLeads)]).await;
    assert!(to.ends_with("getan=gemerkt"), "{to}");
    assert!(desk.sound("admin", &to).await.contains(" selected>Zusammenführen: Das Verzeichnis gilt"));
    let apply = desk.sound("admin", &list.replace("unterschiede", "anwendung")).await;
    assert!(apply.contains("Eine Stelle wird mit einer Stelle einer anderen Liste"), "{apply}");
    let draft = desk.applied("admin", &list).await;
    assert_eq!(draft.state, State::Applied, "{:?}", draft.body.failure);
    assert_eq!((desk.of("liste", "1").await.id, desk.centres().await.len()), (other.id.clone(), 2));
    let run = desk.sound("admin", &format!("/arbeitsplatz/import/verlauf/{}", draft.id)).await;
    assert!(run.contains("Eine Stelle wurde mit einer anderen zusammengeführt."), "{run}");
    let trail = desk.app.store().audit_entries(None, 50).await.unwrap();
    let said: Vec<_> = trail.iter().map(|entry| (entry.action.as_str(), entry.detail.as_str())).collect();
    let both = [
        ("import.applied", "new: 2, changed: 0, withdrawn: 0, merged: 1"),
        ("centre.merged", "absorbed: Rat und Tat"),
    ];
    assert!(both.iter().all(|one| said.contains(one)), "{said:?}");

    let preview = desk.rolled_back(&draft.id).await;
    assert!(preview.contains("Eine Zusammenführung dieses Imports wird gelöst."), "{preview}");
    assert_eq!(desk.centres().await, before);
}

#[tokio::test]
async fn the_list_may_lead_and_its_way_back_is_the_same() {
    let desk = desk().await;
    desk.other_list(ONE).await;
    let (before, other) = (desk.centres().await, desk.of("andere", "7").await);
    let list = desk.compared("admin", TWO).await;
    desk.decided("admin", &list, &[("1", &other.id, Verdict::RecordLeads)]).await;
    let draft = desk.applied("admin", &list).await;
    let one = desk.of("andere", "7").await;
    assert_ne!(one.id, other.id, "the list's record gives id and address");
    assert_eq!(one, desk.of("liste", "1").await);
    let by_slug = desk.app.store().centre_by_slug(&other.slug).await.unwrap();
    assert_eq!(by_slug, Some(one), "the old address leads on");
    desk.rolled_back(&draft.id).await;
    assert_eq!(desk.centres().await, before);
}

#[tokio::test]
async fn a_pair_kept_apart_is_not_shown_again_until_that_is_taken_back() {
    let desk = desk().await;
    desk.other_list(ONE).await;
    let other = desk.of("andere", "7").await;
    let list = desk.compared("admin", TWO).await;
    desk.decided("admin", &list, &[("1", &other.id, Verdict::KeepApart)]).await;
    let draft = desk.applied("admin", &list).await;
    assert_eq!((desk.centres().await.len(), desk.app.store().kept_apart().await.unwrap().len()), (3, 1));
    let again = desk.compared("admin", &TWO.replace("Freiburg;0761 2312", "Freiburg i. Br.;0761 2312")).await;
    let page = desk.sound("admin", &format!("{again}?art=dubletten")).await;
    assert!(!page.contains("name=\"gezeigt\""), "{page}");
    let preview = desk.rolled_back(&draft.id).await;
    assert!(preview.contains("Ein getrennt gelassenes Paar wird wieder geprüft."), "{preview}");
    assert_eq!(desk.app.store().kept_apart().await.unwrap(), []);
}

#[tokio::test]
async fn a_changed_record_is_compared_as_the_list_has_it_now() {
    let desk = desk().await;
    desk.other_list(ONE).await;
    let first = desk.compared("admin", "1;Ganz anders;20095;Hamburg;040 23125009\n").await;
    desk.applied("admin", &first).await;
    let list = desk.compared("liste", "1;Rat und Tat;79100;Freiburg;0761 23125001\n").await;
    let page = desk.sound("liste", &format!("{list}?art=dubletten")).await;
    let other = desk.of("andere", "7").await;
    assert!(page.contains(&other.id), "{page}");
    desk.decided("liste", &list, &[("1", &other.id, Verdict::CentreLeads)]).await;
    let draft = desk.applied("liste", &list).await;
    assert_eq!(draft.state, State::Applied, "{:?}", draft.body.failure);
    assert_eq!(desk.of("liste", "1").await.id, other.id);
    desk.rolled_back(&draft.id).await;
    assert_eq!(desk.of("liste", "1").await.name, "Ganz anders");
}

#[tokio::test]
async fn nobody_gives_up_what_is_not_hers() {
    let desk = desk().await;
    desk.other_list(ONE).await;
    let other = desk.of("andere", "7").await;
    let list = desk.compared("liste", TWO).await;
    let page = desk.sound("liste", &format!("{list}?art=dubletten")).await;
    assert!(page.contains("Das Verzeichnis gilt") && !page.contains("Diese Liste gilt"), "{page}");
    desk.decided("liste", &list, &[("1", &other.id, Verdict::RecordLeads)]).await;
    assert_eq!(desk.settled(&list).await.body.choices.pairs, []);
    desk.decided("liste", &list, &[("2", &other.id, Verdict::CentreLeads)]).await;
    assert_eq!(desk.settled(&list).await.body.choices.pairs, [], "no such pair");
    desk.decided("liste", &list, &[("1", &other.id, Verdict::CentreLeads)]).await;
    assert_eq!(desk.settled(&list).await.body.choices.pairs.len(), 1);
}

#[tokio::test]
async fn decisions_that_contradict_each_other_are_not_kept() {
    let desk = desk().await;
    desk.other_list(&format!("{ONE}8;Rat und Tat;79100;Freiburg;0761 23125001\n")).await;
    let (seven, eight) = (desk.of("andere", "7").await, desk.of("andere", "8").await);
    let list = desk.compared("admin", TWO).await;
    let both = [("1", seven.id.as_str(), Verdict::CentreLeads), ("1", &eight.id, Verdict::CentreLeads)];
    let (status, page) = desk.decided("admin", &list, &both).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    assert!(page.contains("Kennung 1") && page.matches(" selected>Zusammenführen").count() == 2, "{page}");
    assert_eq!(desk.settled(&list).await.body.choices.pairs, []);
    let one = [("1", seven.id.as_str(), Verdict::CentreLeads), ("1", &eight.id, Verdict::KeepApart)];
    assert_eq!(desk.decided("admin", &list, &one).await.0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_decision_that_lost_its_ground_is_asked_for_again() {
    let desk = desk().await;
    desk.other_list(ONE).await;
    let other = desk.of("andere", "7").await;
    let list = desk.compared("admin", TWO).await;
    desk.decided("admin", &list, &[("1", &other.id, Verdict::RecordLeads)]).await;
    // Meanwhile a third list's record becomes part of the centre: nobody decided to give that up.
    let third = desk.compared_as("admin", "dritte", "9;Dritte;10115;Berlin;\n").await;
    desk.applied("admin", &third).await;
    let stamp = crate::store::Stamp::new(
        contracts::staff::Actor { person_id: "eva".into(), name: "Eva Eins".into() },
        desk.app.ids(),
        desk.app.clock(),
    );
    let ninth = desk.of("dritte", "9").await;
    desk.app.store().merge(&other.id, &ninth.id, &stamp).await.unwrap();
    let draft = desk.applied("admin", &list).await;
    assert_eq!(
        (draft.state, draft.body.choices.pairs.len()),
        (State::Compared, 0),
        "{:?}",
        draft.body.failure
    );
    assert_eq!(desk.of("andere", "7").await.id, other.id, "nothing was written");
    let page = desk.sound("admin", &format!("{list}?art=dubletten")).await;
    assert!(page.contains("Das Verzeichnis hat sich inzwischen geändert"), "{page}");
    // Decided once more, it is carried out as it was decided.
    desk.decided("admin", &list, &[("1", &other.id, Verdict::RecordLeads)]).await;
    let page = desk.get("admin", &format!("{list}?art=dubletten")).await.1;
    let apply = list.replace("unterschiede", "anwendung");
    desk.post("admin", &apply, &format!("stand={}", stand(&page))).await;
    let draft = desk.settled(&list).await;
    assert_eq!(draft.state, State::Applied, "{:?}", draft.body.failure);
    assert_eq!(desk.of("dritte", "9").await.id, desk.of("liste", "1").await.id);
}

#[tokio::test]
async fn what_somebody_built_on_a_merge_stays_when_the_import_is_taken_back() {
    let desk = desk().await;
    desk.other_list(ONE).await;
    let other = desk.of("andere", "7").await;
    let list = desk.compared("admin", TWO).await;
    desk.decided("admin", &list, &[("1", &other.id, Verdict::RecordLeads)]).await;
    let draft = desk.applied("admin", &list).await;
    desk.edit("1", Field::Phone, json!("0761 55555")).await;
    let preview = desk.rolled_back(&draft.id).await;
    assert!(preview.contains("seither von Hand geändert"), "{preview}");
    assert_eq!(desk.of("andere", "7").await.contacts.phone.as_deref(), Some("0761 55555"));
    assert_eq!(desk.centres().await.len(), 1, "the other new one is gone, the merged one stays");
}
