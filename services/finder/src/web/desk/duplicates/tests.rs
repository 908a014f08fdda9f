//! The pages of duplicates and the report, behind the guard, with a real store.

use axum::http::StatusCode;
use kernel::Lang;

use crate::web::desk::{
    integrity,
    testing::{Desk, centre},
};

/// A directory of two lists: "a" and "b" are one centre; "c" has a name that a spreadsheet would compute.
async fn desk() -> Desk {
    let desk = Desk::open(super::routes().merge(integrity::routes())).await;
    let mut third = centre("c", "two", "=Haus am Deich");
    (third.address.postcode, third.address.city) = ("26721".parse().unwrap(), "Emden".into());
    (third.coordinates, third.confirmed_on) = (None, None);
    third.contacts.phone = None;
    desk.import("one", vec![centre("a", "one", "Rat und Tat Freiburg")]).await;
    desk.import("two", vec![centre("b", "two", "Beratungsstelle Rat & Tat"), third]).await;
    desk
}

const HERE: &str = "/arbeitsplatz/dubletten";

#[tokio::test]
async fn a_pair_is_shown_with_its_reasons_in_every_language() {
    let desk = desk().await;
    for (lang, reason) in
        [(Lang::De, "Die Telefonnummer ist dieselbe."), (Lang::En, "The phone number is the same.")]
    {
        let (status, html) = desk.get("admin", &format!("{}{HERE}", lang.path_prefix())).await;
        assert_eq!(status, StatusCode::OK, "{html}");
        assert!(html.contains("Rat und Tat Freiburg") && html.contains("Beratungsstelle Rat &amp; Tat"));
        assert!(html.contains(reason), "{html}");
        sound(HERE, &html);
        assert!(html.contains(r#"name="keep" value="a""#) && html.contains(r#"name="keep" value="b""#));
    }
}

#[tokio::test]
async fn every_page_renders_in_every_language_and_when_empty() {
    let desk = desk().await;
    for lang in Lang::ALL {
        for page in [
            "dubletten?art=offen",
            "dubletten?art=verschieden&seite=9",
            "dubletten/zusammengefuehrt",
            "dubletten/getrennt",
            "pruefbericht",
            "pruefbericht?art=no-phone",
        ] {
            let (status, html) =
                desk.get("admin", &format!("{}/arbeitsplatz/{page}", lang.path_prefix())).await;
            assert_eq!(status, StatusCode::OK, "{page}: {html}");
            sound(page, &html);
        }
    }
}

/// One heading, nothing leaked, every id once and every label's field there.
fn sound(page: &str, html: &str) {
    assert_eq!(html.matches("<h1").count(), 1, "{page}");
    for leak in [">none<", "=\"none\"", "undefined", "{{", "desk-duplicates-", "desk-integrity-"] {
        assert!(!html.contains(leak), "{page}: {leak}");
    }
    let values = |open: &'static str| {
        html.split(open).skip(1).filter_map(|rest| rest.split_once('"').map(|(value, _)| value))
    };
    let ids: Vec<&str> = values(" id=\"").collect();
    for id in &ids {
        assert_eq!(ids.iter().filter(|other| other == &id).count(), 1, "{page}: {id}");
    }
    for named in values(" for=\"").chain(values("aria-labelledby=\"")) {
        assert!(ids.contains(&named), "{page}: {named}");
    }
}

#[tokio::test]
async fn two_become_one_and_two_again() {
    let desk = desk().await;
    let merge = "one=a&other=b&keep=a";
    let (status, to) = desk.post("admin", &format!("{HERE}/zusammengefuehrt"), merge).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/arbeitsplatz/dubletten?getan=merged"));
    assert_eq!(desk.store.centre_by_external("two", "b").await.unwrap().unwrap().id, "a");
    let (_, to) = desk.post("admin", &format!("{HERE}/zusammengefuehrt"), merge).await;
    assert_eq!(to, "/arbeitsplatz/dubletten?getan=already", "sent twice it changes nothing");
    let (_, html) = desk.get("admin", &format!("{HERE}/zusammengefuehrt?getan=merged")).await;
    assert!(
        html.contains("Beratungsstelle Rat &amp; Tat")
            && html.contains("Die Einträge sind jetzt eine Stelle.")
    );
    let unmerge = "source=two&external_id=b";
    let (_, to) = desk.post("admin", &format!("{HERE}/zusammengefuehrt/aufheben"), unmerge).await;
    assert_eq!(to, "/arbeitsplatz/dubletten/zusammengefuehrt?getan=unmerged");
    assert_eq!(desk.store.centre_by_external("two", "b").await.unwrap().unwrap().id, "b");
}

#[tokio::test]
async fn a_pair_kept_apart_leaves_the_list_until_somebody_looks_again() {
    let desk = desk().await;
    let shown = async || desk.get("admin", HERE).await.1.contains("Beratungsstelle Rat &amp; Tat");
    assert!(shown().await);
    let (_, to) = desk.post("admin", &format!("/en{HERE}/getrennt"), "one=b&other=a").await;
    assert_eq!(to, "/en/arbeitsplatz/dubletten?getan=kept-apart");
    assert!(!shown().await);
    let (_, html) = desk.get("admin", &format!("{HERE}/getrennt")).await;
    assert!(html.contains("Ada Admin") && html.contains("Beratungsstelle Rat &amp; Tat"));
    desk.post("admin", &format!("{HERE}/getrennt/aufheben"), "one=a&other=b").await;
    assert!(shown().await);
}

#[tokio::test]
async fn an_association_gives_up_its_own_entries_only() {
    let desk = desk().await;
    let (_, html) = desk.get("two", HERE).await;
    assert!(html.contains(r#"name="keep" value="a""#), "her entry may become part of the other");
    assert!(!html.contains(r#"name="keep" value="b""#), "the other list's entry may not become part of hers");
    let merge = |keep: &str| format!("one=a&other=b&keep={keep}");
    let address = format!("{HERE}/zusammengefuehrt");
    assert_eq!(desk.post("two", &address, &merge("b")).await.0, StatusCode::NOT_FOUND);
    assert_eq!(desk.post("two", &address, &merge("c")).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(desk.post("three", &address, &merge("a")).await.0, StatusCode::NOT_FOUND);
    assert_eq!(
        desk.post("three", &format!("{HERE}/getrennt"), "one=a&other=b").await.0,
        StatusCode::NOT_FOUND
    );
    assert!(!desk.get("three", HERE).await.1.contains("Rat und Tat Freiburg"));
    assert_eq!(desk.store.count().await.unwrap(), 3, "nothing has happened so far");
    assert_eq!(desk.post("two", &address, &merge("a")).await.0, StatusCode::SEE_OTHER);
    let unmerge = format!("{HERE}/zusammengefuehrt/aufheben");
    assert_eq!(desk.post("one", &unmerge, "source=two&external_id=b").await.0, StatusCode::NOT_FOUND);
    assert_eq!(desk.post("two", &unmerge, "source=two&external_id=b").await.0, StatusCode::SEE_OTHER);
    for address in [HERE, "/arbeitsplatz/pruefbericht"] {
        assert_eq!(desk.get("manager", address).await.0, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_report_names_what_to_do_and_its_table_computes_nothing() {
    let desk = desk().await;
    let (_, html) = desk.get("admin", "/arbeitsplatz/pruefbericht").await;
    for said in ["Tragen Sie eine Telefonnummer ein.", "/arbeitsplatz/stellen/c", "Dubletten entscheiden"] {
        assert!(html.contains(said), "{said}: {html}");
    }
    let (_, html) = desk.get("one", "/arbeitsplatz/pruefbericht").await;
    assert!(!html.contains("=Haus am Deich") && !html.contains("/arbeitsplatz/stellen/"));
    let (status, table) = desk.get("two", "/arbeitsplatz/pruefbericht/tabelle.csv?art=no-phone").await;
    assert_eq!(status, StatusCode::OK);
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows.len(), 2, "{table}");
    assert!(rows[0].starts_with("Befund,Was zu tun ist,Liste"), "{table}");
    assert!(rows[1].contains(",two,c,'=Haus am Deich,"), "{table}");
}
