use serde_json::json;

use super::*;
use crate::{
    store::ImportDraft,
    web::desk::testing::{Desk, centre, person},
};

/// Two lists with one pair that is probably the same; "a" was never confirmed.
async fn desk() -> Desk {
    let desk = Desk::open(crate::web::desk::routes()).await;
    let mut first = centre("a", "one", "Rat und Tat Freiburg");
    first.confirmed_on = None;
    desk.import("one", vec![first]).await;
    let mut fresh = centre("c", "two", "Haus am Deich");
    (fresh.address.postcode, fresh.address.city) = ("26721".parse().unwrap(), "Emden".into());
    (fresh.coordinates, fresh.contacts) = (None, Default::default());
    fresh.confirmed_on = Some(jiff::civil::date(2026, 11, 1));
    desk.import("two", vec![centre("b", "two", "Beratungsstelle Rat & Tat"), fresh]).await;
    desk
}

async fn asks_for_agreement(desk: &Desk, id: &str, agreed: bool) {
    let agreement = json!({
        "asked_by": { "person_id": "admin", "name": "Ada Admin" }, "asked_at": "2026-11-23T08:00:00Z",
        "agreed_by": null, "agreed_at": null,
    });
    let draft = ImportDraft {
        id: id.into(),
        owner: person("admin").actor(),
        source: "one".into(),
        state: if agreed { "agreed" } else { "compared" }.into(),
        body: json!({ "agreement": agreement }).to_string(),
        created_at: desk.app.now(),
        changed_at: desk.app.now(),
    };
    desk.store.save_draft(&draft, None).await.unwrap();
}

async fn told(desk: &Desk, who: &str) -> Vec<(&'static str, u64, String)> {
    let waiting = waiting_for(&desk.app, &person(who)).await.into_iter();
    waiting.map(|one| (one.text, one.count, one.href)).collect()
}

#[tokio::test]
async fn everybody_is_told_what_she_may_act_on() {
    let desk = desk().await;
    let pair = ("desk-attention-duplicates", 1, String::from("/arbeitsplatz/dubletten?art=gleich"));
    // The survey is made once; whoever comes before it is ready sees the other things.
    while told(&desk, "admin").await.is_empty() {}
    assert_eq!(told(&desk, "admin").await, vec![pair.clone()]);
    assert_eq!(told(&desk, "two").await, vec![pair.clone()], "her list is part of the pair");
    assert_eq!(told(&desk, "three").await, []);
    assert_eq!(told(&desk, "counsellor").await, []);
    let own = ("desk-attention-unconfirmed", 1, String::from("/arbeitsplatz/stellen/a"));
    assert_eq!(told(&desk, "eva").await, [own]);
    assert_eq!(told(&desk, "other").await, [], "hers was confirmed this month");

    asks_for_agreement(&desk, "d1", false).await;
    asks_for_agreement(&desk, "d2", true).await;
    let agree = ("desk-attention-agreements", 1, String::from("/arbeitsplatz/import/d1/unterschiede"));
    assert_eq!(told(&desk, "zweite").await, [agree, pair.clone()]);
    assert_eq!(told(&desk, "admin").await, [pair], "nobody agrees with herself");
    asks_for_agreement(&desk, "d3", false).await;
    let both = told(&desk, "zweite").await.remove(0);
    assert_eq!(both, ("desk-attention-agreements", 2, String::from("/arbeitsplatz/import")));
}

#[tokio::test]
async fn every_address_opens_for_whom_it_is_told() {
    let desk = desk().await;
    for who in ["admin", "two", "eva"] {
        while told(&desk, who).await.is_empty() {}
        for (_, _, href) in told(&desk, who).await {
            let (status, _) = desk.get(who, &href).await;
            assert_eq!(status, 200, "{who} {href}");
        }
    }
}

#[tokio::test]
async fn what_waits_is_said_in_every_language() {
    let desk = desk().await;
    for lang in kernel::Lang::ALL {
        for text in ["desk-attention-agreements", "desk-attention-duplicates", "desk-attention-unconfirmed"] {
            for count in [1, 7] {
                let args = [("count", fluent_bundle::FluentValue::from(count))].into_iter().collect();
                let said = desk.app.pages().catalogue().text(lang, text, &args);
                assert!(said.is_some_and(|said| said.contains('7') == (count == 7)), "{lang} {text}");
            }
        }
    }
}
