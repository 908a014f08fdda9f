//! The pages of an import up to the check, behind the guard, with a real store and the real limited process.

mod apply;
mod pairs;

use axum::http::StatusCode;
use kernel::Lang;

use super::draft::{Draft, State};
use crate::{store, web::desk::testing::Desk};

async fn desk() -> Desk {
    Desk::open(super::routes()).await
}

impl Desk {
    async fn upload(&self, who: &str, source: &str, files: &[(&str, &[u8])]) -> (StatusCode, String) {
        let mut body = Vec::new();
        for (name, value) in [("csrf", "token"), ("quelle", source)] {
            body.extend(
                format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        for (name, content) in files {
            let head = format!(
                "--x\r\nContent-Disposition: form-data; name=\"dateien\"; filename=\"{name}\"\r\n\r\n"
            );
            body.extend(head.bytes());
            body.extend(*content);
            body.extend(b"\r\n");
        }
        body.extend(b"--x--\r\n");
        self.send(who, "/arbeitsplatz/import/neu", "multipart/form-data; boundary=x", body).await
    }

    /// The draft behind an address, once nobody works on it any more.
    async fn settled(&self, address: &str) -> Draft {
        let id = address.trim_start_matches("/arbeitsplatz/import/").split('/').next().unwrap();
        while self.app.jobs().progress(id).is_some() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        Draft::load(self.app.store(), id).await.unwrap().unwrap()
    }

    fn uploads(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("uploads")).map_or(0, |entries| {
            entries.filter(|entry| entry.as_ref().unwrap().file_name() != "incoming").count()
        })
    }
}

const LIST: &str = "Nr.;Einrichtung;PLZ;Ort;Thema;Intern\n1;Rat und Tat;79100;Freiburg;Schulden;x\n2;Offenes Ohr;;Köln;Schulden;y\n3;=Dritte;12;Ulm;Unbekanntes;z\n";

#[tokio::test]
async fn a_list_is_uploaded_mapped_and_checked_without_script() {
    let desk = desk().await;
    let (status, mapping) = desk.upload("admin", "liste", &[("liste.csv", LIST.as_bytes())]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{mapping}");
    assert!(mapping.ends_with("/zuordnung"), "{mapping}");
    for lang in ["", "/en", "/ar-x-pseudo"] {
        let (status, page) = desk.get("admin", &format!("{lang}{mapping}")).await;
        assert_eq!(status, StatusCode::OK, "{lang}: {page}");
        assert!(page.contains("windows-1252") || page.contains("UTF-8"), "{page}");
        assert!(page.contains("Rat und Tat") && page.contains("Intern"), "{page}");
    }
    let (_, page) = desk.get("admin", &mapping).await;
    assert!(page.contains("<option value=\"name\" selected>"), "{page}");
    assert!(page.contains("id=\"wert-4-0\""), "topics can be translated: {page}");

    let form = "feld-0=external-id&feld-1=name&feld-2=postcode&feld-3=city&feld-4=topics&feld-5=&wert-4-0=debt&wert-4-1=&name=meine-liste&weg=in_person";
    let (status, check) = desk.post("admin", &mapping, form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{check}");
    let draft = desk.settled(&check).await;
    assert_eq!(draft.state, State::Checked, "{:?}", draft.body.failure);
    let summary = draft.body.summary.clone().unwrap();
    assert_eq!((summary.rows, summary.centres, summary.lost), (3, 1, 2), "{summary:?}");
    for lang in ["", "/en", "/ar-x-pseudo"] {
        let (status, page) = desk.get("admin", &format!("{lang}{check}")).await;
        assert_eq!(status, StatusCode::OK, "{lang}: {page}");
        assert!(page.contains("liste.csv"), "{page}");
    }
    let (_, page) = desk.get("admin", &check).await;
    assert!(page.contains("Eine Pflichtangabe fehlt.") && page.contains("Tragen Sie die Angabe"), "{page}");
    let (status, table) = desk.get("admin", &format!("{check}/befunde.csv")).await;
    assert_eq!((status, table.lines().count()), (StatusCode::OK, 1 + 2), "{table}");

    // The same columns come again: the saved mapping is proposed.
    let (_, again) = desk.upload("admin", "liste", &[("neu.csv", LIST.as_bytes())]).await;
    let draft = desk.settled(&again).await;
    assert_eq!(draft.body.reading.name, "meine-liste");
    assert_eq!(draft.body.reading.mapping.unwrap().columns[4].map["Schulden"], "debt");
}

#[tokio::test]
async fn a_foreign_list_is_not_there() {
    let desk = desk().await;
    let (_, mapping) = desk.upload("admin", "liste", &[("liste.csv", LIST.as_bytes())]).await;
    let check = mapping.replace("zuordnung", "pruefung");
    for address in [&mapping, &check, &format!("{check}/befunde.csv"), &mapping.replace("zuordnung", "x")] {
        assert_eq!(desk.get("andere", address).await.0, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(desk.get("manager", address).await.0, StatusCode::NOT_FOUND, "{address}");
    }
    let discard = mapping.replace("zuordnung", "verwerfen");
    for address in [&mapping, &check, &discard, &format!("{mapping}/datei"), &format!("{mapping}/profil")] {
        assert_eq!(desk.post("andere", address, "").await.0, StatusCode::NOT_FOUND, "{address}");
    }
    let (_, list) = desk.get("andere", "/arbeitsplatz/import").await;
    assert!(!list.contains("liste.csv"), "{list}");
    assert!(desk.get("liste", "/arbeitsplatz/import").await.1.contains("liste.csv"));
    // Neither can she import into a list that is not hers, nor anybody into the entries made by hand.
    for (who, source) in [("andere", "liste"), ("admin", "manual"), ("admin", "Große Liste"), ("admin", "")]
    {
        let (status, page) = desk.upload(who, source, &[("liste.csv", LIST.as_bytes())]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{who} {source}");
        assert!(page.contains("error-summary"), "{page}");
    }
    assert_eq!(desk.uploads(), 1, "what is refused is not kept");
}

#[tokio::test]
async fn a_draft_that_is_thrown_away_leaves_nothing() {
    let desk = desk().await;
    let (_, mapping) = desk.upload("liste", "liste", &[("a.csv", LIST.as_bytes())]).await;
    assert_eq!(desk.uploads(), 1);
    let (status, to) = desk.post("liste", &mapping.replace("zuordnung", "verwerfen"), "").await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/arbeitsplatz/import?getan=verworfen"));
    assert_eq!((desk.uploads(), desk.get("liste", &mapping).await.0), (0, StatusCode::NOT_FOUND));
    assert!(desk.get("liste", &to).await.1.contains("notice--success"));
}

#[tokio::test]
async fn what_cannot_be_read_is_said_and_can_be_read_otherwise() {
    let desk = desk().await;
    let (_, mapping) = desk.upload("admin", "liste", &[("a.xlsx", b"PK\x03\x04 no workbook")]).await;
    let (status, page) = desk.get("admin", &mapping).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("ist keine XLSX-Datei"), "{page}");
    assert_eq!(desk.post("admin", &mapping, "").await.0, StatusCode::BAD_REQUEST);

    let (_, mapping) = desk.upload("admin", "liste", &[("b.csv", b"a|b;c\n1|2;3\n")]).await;
    let (status, to) = desk.post("admin", &format!("{mapping}/datei"), "trennzeichen=%7C&kopfzeile=1").await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, format!("{mapping}?getan=gelesen")));
    let draft = desk.settled(&mapping).await;
    let names: Vec<_> = draft.body.files[0].found.as_ref().unwrap().names().map(str::to_owned).collect();
    assert_eq!(names, ["a", "b;c"]);
    let (status, page) = desk.post("admin", &mapping, "feld-0=name&feld-1=city").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Keine Spalte ist die Postleitzahl."), "{page}");
}

#[tokio::test]
async fn an_interrupted_check_says_so_and_starts_again() {
    let desk = desk().await;
    let (_, mapping) = desk.upload("admin", "liste", &[("liste.csv", LIST.as_bytes())]).await;
    let mut draft = desk.settled(&mapping).await;
    draft.state = State::Checking;
    draft.save(&desk.app).await.unwrap();
    let check = mapping.replace("zuordnung", "pruefung");
    let (_, page) = desk.get("admin", &check).await;
    assert!(page.contains("Die Prüfung wurde unterbrochen") && !page.contains("refresh"), "{page}");
    assert!(desk.get("admin", "/arbeitsplatz/import").await.1.contains("unterbrochen"));
    assert_eq!(desk.post("admin", &check, "").await.0, StatusCode::SEE_OTHER);
    assert_eq!(desk.settled(&mapping).await.state, State::Checked);
    // A file that is gone is a failure with words, and no fault of ours.
    std::fs::remove_file(desk.folder.path().join("uploads").join(&draft.id).join("1")).unwrap();
    desk.post("admin", &check, "").await;
    assert_eq!(desk.settled(&mapping).await.state, State::Failed);
    let (_, page) = desk.get("en", &check).await;
    assert!(!page.contains("Dateien sind nicht mehr da"), "a foreign list shows nothing");
    assert!(desk.get("admin", &check).await.1.contains("Dateien sind nicht mehr da"));
}

#[tokio::test]
async fn while_a_job_runs_the_page_loads_itself_again_and_nothing_can_be_changed() {
    let desk = desk().await;
    let (_, mapping) = desk.upload("admin", "liste", &[("liste.csv", LIST.as_bytes())]).await;
    let mut draft = desk.settled(&mapping).await;
    draft.state = State::Checking;
    draft.save(&desk.app).await.unwrap();
    let (go, wait) = tokio::sync::oneshot::channel::<()>();
    let (say, started) = tokio::sync::oneshot::channel::<()>();
    desk.app.jobs().start(&draft.id, |progress| async move {
        progress.step(crate::import::Stage::Mapping, 20_000, 50_000);
        say.send(()).unwrap();
        let _told = wait.await;
    });
    started.await.unwrap();
    for lang in ["", "/en", "/ar-x-pseudo"] {
        let (_, page) =
            desk.get("admin", &format!("{lang}{}", mapping.replace("zuordnung", "pruefung"))).await;
        assert!(page.contains("<noscript><meta http-equiv=\"refresh\" content=\"4\"></noscript>"), "{page}");
        assert!(page.contains("value=\"20000\"") && page.contains("max=\"50000\""), "{page}");
    }
    assert_eq!(desk.post("admin", &mapping, "feld-0=name").await.0, StatusCode::BAD_REQUEST);
    desk.post("admin", &mapping.replace("zuordnung", "verwerfen"), "").await;
    assert_eq!(desk.uploads(), 1, "a draft that is worked on stays");
    go.send(()).unwrap();
    desk.settled(&mapping).await;
    assert!(desk.app.jobs().is_idle());
}

#[tokio::test]
async fn old_drafts_go_with_their_files() {
    let desk = desk().await;
    let (_, mapping) = desk.upload("admin", "liste", &[("liste.csv", LIST.as_bytes())]).await;
    super::forget_old_imports(&desk.app).await;
    assert_eq!(desk.uploads(), 1);
    let mut draft = desk.settled(&mapping).await;
    // The clock stands still here: an old draft is made by writing the row anew.
    desk.app.store().delete_draft(&draft.id).await.unwrap();
    let row = store::ImportDraft {
        id: draft.id.clone(),
        owner: draft.owner.clone(),
        source: draft.source.clone(),
        state: "uploaded".into(),
        body: serde_json::to_string(&draft.body).unwrap(),
        created_at: "2026-11-01T09:00:00Z".parse().unwrap(),
        changed_at: "2026-11-09T08:00:00Z".parse().unwrap(),
    };
    desk.app.store().save_draft(&row, None).await.unwrap();
    super::forget_old_imports(&desk.app).await;
    assert_eq!(desk.uploads(), 0);
    draft.state = State::Mapped;
    assert!(draft.save(&desk.app).await.is_err(), "a draft that is gone cannot come back");
}
