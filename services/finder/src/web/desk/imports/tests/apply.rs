//! From the comparison to the roll-back.

use contracts::staff::Actor;
use serde_json::json;

use super::*;
use crate::{
    layers::Field,
    store::{EditChange, FieldEdit, Saved, Stamp},
};

const HEADER: &str = "Nr.;Einrichtung;PLZ;Ort;Telefon\n";
const MAPPING: &str = "feld-0=external-id&feld-1=name&feld-2=postcode&feld-3=city&feld-4=phone";
pub(super) const TWO: &str =
    "1;Rat und Tat;79100;Freiburg;0761 23125001\n2;Offenes Ohr;50968;Köln;0221 23125002\n";

impl Desk {
    /// Uploads, maps, checks and compares a list; answers the address of its differences.
    pub(super) async fn compared(&self, who: &str, rows: &str) -> String {
        self.compared_as(who, "liste", rows).await
    }

    /// The same for any list.
    pub(super) async fn compared_as(&self, who: &str, source: &str, rows: &str) -> String {
        let text = format!("{HEADER}{rows}");
        let (_, mapping) = self.upload(who, source, &[("liste.csv", text.as_bytes())]).await;
        let (status, check) = self.post(who, &mapping, MAPPING).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{check}");
        assert_eq!(self.settled(&check).await.state, State::Checked);
        let (_, to) = self.post(who, &mapping.replace("zuordnung", "vergleich"), "").await;
        let draft = self.settled(&to).await;
        assert_eq!(draft.state, State::Compared, "{:?}", draft.body.failure);
        to
    }

    /// Goes ahead as the page of the last step offers it; answers the draft once it is settled.
    pub(super) async fn applied(&self, who: &str, differences: &str) -> Draft {
        let apply = differences.replace("unterschiede", "anwendung");
        let (status, page) = self.get(who, &apply).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        let body = format!("stand={}", stand(&page));
        let (first, again) = tokio::join!(self.post(who, &apply, &body), self.post(who, &apply, &body));
        assert_eq!((first.0, again.0), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
        self.settled(&apply).await
    }

    async fn phone(&self, external_id: &str) -> Option<String> {
        let found = self.app.store().centre_by_external("liste", external_id).await.unwrap();
        found.and_then(|centre| centre.contacts.phone).map(|phone| phone.to_string())
    }

    pub(super) async fn edit(&self, external_id: &str, field: Field, value: serde_json::Value) {
        let centre = self.app.store().centre_by_external("liste", external_id).await.unwrap().unwrap();
        let edits = vec![FieldEdit { base: field.get(&centre), field, value }];
        let actor = Actor { person_id: "eva".into(), name: "Eva Eins".into() };
        let stamp = Stamp::new(actor, self.app.ids(), self.app.clock());
        let change = EditChange { centre_id: centre.id, edits };
        assert!(matches!(self.app.store().save_edits(&change, &stamp).await.unwrap(), Saved::Done { .. }));
    }

    pub(super) async fn centres(&self) -> Vec<contracts::directory::Centre> {
        self.app.store().centres_after(None, 100).await.unwrap()
    }

    /// A page in every language, with one heading and every id once.
    pub(super) async fn sound(&self, who: &str, address: &str) -> String {
        for lang in Lang::ALL {
            let (status, html) = self.get(who, &format!("{}{address}", lang.path_prefix())).await;
            assert_eq!(status, StatusCode::OK, "{lang} {address}: {html}");
            assert_eq!(html.matches("<h1").count(), 1, "{address}");
            for leak in [">none<", "=\"none\"", "undefined", "{{", "desk-import-"] {
                assert!(!html.contains(leak), "{address}: {leak}");
            }
            let ids: Vec<&str> =
                html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            for id in &ids {
                assert_eq!(ids.iter().filter(|other| *other == id).count(), 1, "{address}: {id}");
            }
        }
        self.get(who, address).await.1
    }
}

/// What a form of the page sends back about what was seen.
pub(super) fn stand(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"stand\" value=\"").unwrap_or_else(|| panic!("{page}"));
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_list_is_applied_once_and_taken_back() {
    let desk = desk().await;
    let first = desk.compared("admin", TWO).await;
    let page = desk.sound("admin", &first).await;
    assert!(page.contains("Rat und Tat") && page.contains("Weiter zur Übernahme"), "{page}");
    let page = desk.sound("admin", &format!("{first}?art=neu&q=ohr+K%C3%96LN")).await;
    assert!(page.contains("Offenes Ohr") && !page.contains("Rat und Tat"), "{page}");
    desk.sound("admin", &first.replace("unterschiede", "anwendung")).await;
    let draft = desk.applied("admin", &first).await;
    assert_eq!((draft.state, draft.body.run.as_deref()), (State::Applied, Some(draft.id.as_str())));
    assert_eq!(desk.app.store().import_runs(10).await.unwrap().len(), 1, "sent twice, applied once");
    assert_eq!((desk.centres().await.len(), desk.uploads()), (2, 0), "the files are not needed any more");
    let page = desk.sound("admin", &first.replace("unterschiede", "anwendung")).await;
    assert!(page.contains("2 neue Stellen") && page.contains("/stelle/"), "{page}");

    let before = desk.centres().await;
    let second =
        desk.compared("liste", "1;Rat und Tat;79100;Freiburg;0761 999999\n3;Neu;20095;Hamburg;\n").await;
    for tab in ["neu", "geaendert", "konflikte", "fehlend", "dubletten"] {
        desk.sound("liste", &format!("{second}?art={tab}")).await;
    }
    let page = desk.sound("liste", &format!("{second}?art=geaendert")).await;
    assert!(page.contains("23125001") && page.contains("999999"), "old and new: {page}");
    let draft = desk.applied("liste", &second).await;
    assert_eq!(desk.centres().await.len(), 3, "what the list lacks stays");
    let history = "/arbeitsplatz/import/verlauf";
    let run = format!("{history}/{}", draft.id);
    assert!(desk.sound("liste", history).await.contains(&run));
    assert!(desk.sound("liste", &run).await.contains("999999"));
    let preview = desk.sound("liste", &format!("{run}/ruecknahme")).await;
    assert!(preview.contains("Eine Stelle verschwindet wieder."), "{preview}");
    let body = format!("stand={}", stand(&preview));
    let (status, to) = desk.post("liste", &format!("{run}/ruecknahme"), &body).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(to.ends_with("?getan=zurueckgenommen"), "{to}");
    assert!(desk.sound("liste", &to).await.contains("Suchende sehen wieder den Stand von vorher."));
    let (_, again) = desk.post("liste", &format!("{run}/ruecknahme"), &body).await;
    assert!(again.ends_with("?getan=bewegt"), "a second time nothing is left: {again}");
    assert_eq!(desk.centres().await, before, "all is as it was");
    assert!(desk.sound("liste", history).await.contains("zurückgenommen"));
}

#[tokio::test]
async fn an_edit_by_hand_stays_unless_the_list_is_chosen() {
    let desk = desk().await;
    let first = desk.compared("admin", TWO).await;
    desk.applied("admin", &first).await;
    desk.edit("1", Field::Phone, json!("0761 55555")).await;
    desk.edit("2", Field::Phone, json!("0221 66666")).await;
    let (one, two) = (desk.phone("1").await, desk.phone("2").await);
    let rows = "1;Rat und Tat;79100;Freiburg;0761 11111\n2;Offenes Ohr;50968;Köln;0221 22222\n";
    let second = desk.compared("admin", rows).await;
    let page = desk.sound("admin", &format!("{second}?art=konflikte")).await;
    assert!(page.contains("Eva Eins") && page.contains("55555") && page.contains("11111"), "{page}");
    let choice = [
        ("art", "konflikte".to_owned()),
        ("stand", stand(&page)),
        ("gezeigt", json!(["1", "contacts.phone"]).to_string()),
        ("gezeigt", json!(["2", "contacts.phone"]).to_string()),
        ("gewaehlt", json!(["1", "contacts.phone"]).to_string()),
    ];
    let (_, to) = desk.post("admin", &second, &serde_urlencoded::to_string(choice.clone()).unwrap()).await;
    assert!(to.ends_with("getan=gemerkt"), "{to}");
    let (_, to) = desk.post("admin", &second, &serde_urlencoded::to_string(choice).unwrap()).await;
    assert!(to.ends_with("getan=veraltet"), "decided on an older page: {to}");
    let page = desk.sound("admin", &to).await;
    assert_eq!(page.matches(" checked>").count(), 1, "{page}");
    let draft = desk.applied("admin", &second).await;
    assert_eq!(draft.state, State::Applied, "{:?}", draft.body.failure);
    assert!(desk.phone("1").await.unwrap().contains("11111"), "the list's value was chosen");
    assert_eq!(desk.phone("2").await, two, "the other edit stays");
    let preview = format!("/arbeitsplatz/import/verlauf/{}/ruecknahme", draft.id);
    let body = format!("stand={}", stand(&desk.sound("admin", &preview).await));
    desk.post("admin", &preview, &body).await;
    assert_eq!((desk.phone("1").await, desk.phone("2").await), (one, two), "the edit is back");
}

#[tokio::test]
async fn nobody_agrees_with_herself() {
    let desk = desk().await;
    let first = desk.compared("admin", TWO).await;
    desk.applied("admin", &first).await;
    let second = desk.compared("admin", "3;Neu;20095;Hamburg;\n").await;
    let page = desk.get("admin", &format!("{second}?art=fehlend")).await.1;
    let all = format!("art=fehlend&alle=ja&stand={}", stand(&page));
    assert!(desk.post("admin", &second, &all).await.1.ends_with("getan=gemerkt"));
    let page = desk.sound("admin", &format!("{second}?art=fehlend")).await;
    assert!(page.contains("Um Zustimmung bitten") && !page.contains("Weiter zur Übernahme"), "{page}");
    let apply = second.replace("unterschiede", "anwendung");
    let (_, to) = desk.post("admin", &apply, &format!("stand={}", stand(&page))).await;
    assert!(to.ends_with("getan=zustimmung"), "{to}");

    let agree = second.replace("unterschiede", "zustimmung");
    let seen = async |who: &str| stand(&desk.get(who, &format!("{second}?art=fehlend")).await.1);
    let was = async |who: &str, what: &str, stand: &str| {
        desk.post(who, &agree, &format!("was={what}&stand={stand}")).await
    };
    let now = seen("admin").await;
    assert!(was("zweite", "ja", &now).await.1.ends_with("getan=zustimmung"), "nobody has asked");
    assert!(was("admin", "bitte", &now).await.1.ends_with("getan=gebeten"));
    let now = seen("admin").await;
    assert!(was("admin", "ja", &now).await.1.ends_with("getan=selbst"));
    assert_eq!(was("liste", "ja", &now).await.0, StatusCode::NOT_FOUND, "only an administrator agrees");
    assert!(!desk.get("admin", &second).await.1.contains("Ich stimme zu"));
    assert!(desk.sound("zweite", &second).await.contains("Ich stimme zu"));
    assert!(was("zweite", "ja", &now).await.1.ends_with("getan=zugestimmt"));
    desk.sound("admin", &format!("{second}?getan=zugestimmt")).await;
    let draft = desk.applied("admin", &second).await;
    assert_eq!(draft.state, State::Applied, "{:?}", draft.body.failure);
    assert_eq!(desk.centres().await.len(), 1);
    let run = desk.app.store().import_run(&draft.id).await.unwrap().unwrap();
    assert_eq!(run.agreed_by.unwrap().person_id, "zweite");
}

#[tokio::test]
async fn a_choice_after_the_agreement_takes_it_away() {
    let desk = desk().await;
    let first = desk.compared("admin", TWO).await;
    desk.applied("admin", &first).await;
    let second = desk.compared("admin", "3;Neu;20095;Hamburg;\n").await;
    let missing = format!("{second}?art=fehlend");
    let seen = async || stand(&desk.get("admin", &missing).await.1);
    let tick = format!("art=fehlend&gezeigt=1&gezeigt=2&gewaehlt=1&stand={}", seen().await);
    desk.post("admin", &second, &tick).await;
    let agree = second.replace("unterschiede", "zustimmung");
    desk.post("admin", &agree, &format!("was=bitte&stand={}", seen().await)).await;
    desk.post("zweite", &agree, &format!("was=ja&stand={}", seen().await)).await;
    assert_eq!(desk.settled(&second).await.state, State::Agreed);
    desk.post("admin", &second, &format!("art=fehlend&alle=ja&stand={}", seen().await)).await;
    let draft = desk.settled(&second).await;
    assert_eq!((draft.state, draft.body.agreement), (State::Compared, None));
    assert_eq!(draft.body.comparison.unwrap().counts.withdrawn, 2);
}

#[tokio::test]
async fn differences_that_moved_are_shown_again_before_anything_is_written() {
    let desk = desk().await;
    let first = desk.compared("admin", TWO).await;
    desk.applied("admin", &first).await;
    let rows = "1;Rat und Tat;79100;Freiburg;0761 11111\n2;Offenes Ohr;50968;Köln;0221 23125002\n";
    let second = desk.compared("admin", rows).await;
    // Something that does not matter to this list's differences stops nothing; an edit of the same field does.
    desk.edit("2", Field::Name, json!("Ganz Ohr")).await;
    desk.edit("1", Field::Phone, json!("0761 55555")).await;
    let draft = desk.applied("admin", &second).await;
    assert_eq!(draft.state, State::Compared, "{:?}", draft.body.failure);
    assert_eq!(draft.body.comparison.as_ref().unwrap().conflicts, 1);
    assert!(desk.phone("1").await.unwrap().contains("55555"), "nothing was written");
    let apply = second.replace("unterschiede", "anwendung");
    assert_eq!(desk.get("admin", &apply).await.0, StatusCode::SEE_OTHER, "they are looked at first");
    let page = desk.sound("admin", &second).await;
    assert!(page.contains("Das Verzeichnis hat sich inzwischen geändert"), "{page}");
    let (_, page) = desk.get("admin", &format!("{apply}?gesehen={}", stand(&page))).await;
    desk.edit("2", Field::Name, json!("Offenes Ohr Köln")).await;
    desk.post("admin", &apply, &format!("stand={}", stand(&page))).await;
    assert_eq!(desk.settled(&apply).await.state, State::Applied, "an edit elsewhere does not matter");
}

#[tokio::test]
async fn a_foreign_import_and_its_run_are_not_there() {
    let desk = desk().await;
    let first = desk.compared("liste", TWO).await;
    let step = |name: &str| first.replace("unterschiede", name);
    for who in ["andere", "manager"] {
        for address in [first.clone(), step("anwendung")] {
            assert_eq!(desk.get(who, &address).await.0, StatusCode::NOT_FOUND, "{who} {address}");
        }
        for (address, body) in [
            (first.clone(), ""),
            (step("vergleich"), ""),
            (step("zustimmung"), "was=bitte&stand=1"),
            (step("anwendung"), "stand=1"),
        ] {
            assert_eq!(desk.post(who, &address, body).await.0, StatusCode::NOT_FOUND, "{who} {address}");
        }
    }
    let draft = desk.applied("liste", &first).await;
    let run = format!("/arbeitsplatz/import/verlauf/{}", draft.id);
    for who in ["andere", "manager"] {
        for address in [run.clone(), format!("{run}/ruecknahme")] {
            assert_eq!(desk.get(who, &address).await.0, StatusCode::NOT_FOUND, "{who} {address}");
        }
        let (status, _) = desk.post(who, &format!("{run}/ruecknahme"), "stand=1").await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{who}");
    }
    assert!(!desk.get("andere", "/arbeitsplatz/import/verlauf").await.1.contains(&draft.id));
    assert_eq!(desk.get("admin", "/arbeitsplatz/import/verlauf/x").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_application_that_was_interrupted_happened_whole_or_not_at_all() {
    let desk = desk().await;
    let first = desk.compared("admin", TWO).await;
    let mut draft = desk.settled(&first).await;
    draft.state = State::Applying;
    draft.save(&desk.app).await.unwrap();
    let apply = first.replace("unterschiede", "anwendung");
    let page = desk.sound("admin", &apply).await;
    assert!(page.contains("Die Übernahme wurde unterbrochen"), "{page}");
    desk.post("admin", &apply, &format!("stand={}", stand(&page))).await;
    let mut draft = desk.settled(&apply).await;
    assert_eq!((draft.state, desk.centres().await.len()), (State::Applied, 2));
    // The program ended after the transaction and before the draft was saved.
    draft.state = State::Applying;
    draft.save(&desk.app).await.unwrap();
    assert!(desk.sound("admin", &apply).await.contains("2 neue Stellen"));
}
