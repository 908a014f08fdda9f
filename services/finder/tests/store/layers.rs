//! Edits, merges and the trail: what people do lies over what the lists say, and nothing of it is lost.

use contracts::{
    directory::{Centre, DirectoryEvent},
    staff::Actor,
};
use finder::{
    layers::{Field, Origin, Standing, compose},
    store::{
        CentreFilter, EditChange, FieldEdit, ImportDraft, Saved, Stamp, Store, StoreError, StoredProfile,
    },
};
use serde_json::{Value, json};
use storekit::testing::Scratch;

use crate::samples::{SOURCE, at, centre, import, store};

fn stamp(id: &str, person: &str, second: i64) -> Stamp {
    let actor = Actor { person_id: person.to_owned(), name: format!("Person {person}") };
    Stamp { id: id.to_owned(), actor, at: at(second) }
}

fn edit(field: &str, base: Value, value: Value) -> FieldEdit {
    FieldEdit { field: field.parse().unwrap(), base, value }
}

fn change(centre_id: &str, edits: Vec<FieldEdit>) -> EditChange {
    EditChange { centre_id: centre_id.to_owned(), edits }
}

async fn filled(scratch: &Scratch, count: u32) -> std::sync::Arc<dyn Store> {
    let store = store(scratch).await;
    store.apply_import(&import("first", 0, (1..=count).map(centre).collect())).await.unwrap();
    store
}

async fn an_edit_shows_with_its_event_its_author_and_its_trail(scratch: Scratch) {
    let store = filled(&scratch, 2).await;
    let id = centre(1).id;
    let edits = vec![
        edit("contacts.phone", json!("030 23125 000"), json!("030 23125 999")),
        edit("carrier", json!("Musterträger e. V."), Value::Null),
    ];
    let saved = store.save_edits(&change(&id, edits), &stamp("e1", "anna", 70)).await;
    assert_eq!(saved, Ok(Saved::Done { revision: 3 }));
    let now = store.centre_by_id(&id).await.unwrap().unwrap();
    let mut expected = centre(1);
    expected.contacts.phone = Some(String::from("030 23125 999"));
    expected.carrier = None;
    assert_eq!(now, expected);
    let events = store.events_after(2, 9).await.unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].event, DirectoryEvent::CentreSaved { centre: Box::new(expected) });

    let layers = store.layers(&id).await.unwrap().unwrap();
    let by_hand = Origin::Person { actor: stamp("", "anna", 0).actor, at: at(70) };
    assert_eq!(compose(&layers).provenance.of(&Field::Phone), Some(&by_hand));
    let list = Origin::List { source: SOURCE.to_owned(), run_id: Some("first".into()), at: at(60) };
    assert_eq!(compose(&layers).provenance.of(&Field::Name), Some(&list));
    assert_eq!(layers.edit(&Field::Phone).unwrap().list_value, json!("030 23125 000"));
    let fields: Vec<String> =
        store.edited_fields().await.unwrap().iter().map(|edited| edited.field.to_string()).collect();
    assert_eq!(fields, ["carrier", "contacts.phone"]);

    let trail = store.audit_entries(None, 10).await.unwrap();
    let actions: Vec<&str> = trail.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["centre.edited", "import.applied"]);
    assert_eq!(
        (trail[0].object.id.as_str(), trail[0].detail.as_str()),
        (id.as_str(), "fields: carrier, contacts.phone")
    );
    assert!(!format!("{trail:?}").contains("23125"), "no values in the trail");

    let reverted = store.revert_edits(&id, &[Field::Phone, Field::Carrier], &stamp("e2", "anna", 80)).await;
    assert_eq!(reverted, Ok(4));
    assert_eq!(store.centre_by_id(&id).await, Ok(Some(centre(1))));
}

async fn the_second_of_two_editors_is_told_and_nothing_is_lost(scratch: Scratch) {
    let store = filled(&scratch, 1).await;
    let id = centre(1).id;
    let first = change(&id, vec![edit("contacts.fax", json!("030 23125 001"), json!("1"))]);
    store.save_edits(&first, &stamp("e1", "anna", 70)).await.unwrap();
    let second = change(
        &id,
        vec![
            edit("contacts.fax", json!("030 23125 001"), json!("2")),
            edit("association", json!("Musterverband"), json!("Anders")),
        ],
    );
    let Saved::Conflicts(conflicts) = store.save_edits(&second, &stamp("e2", "berta", 71)).await.unwrap()
    else {
        panic!("somebody else changed the fax number meanwhile")
    };
    assert_eq!(conflicts.len(), 1);
    assert_eq!((&conflicts[0].now, &conflicts[0].wanted), (&json!("1"), &json!("2")));
    assert!(matches!(&conflicts[0].by, Some(Origin::Person { actor, .. }) if actor.person_id == "anna"));
    let now = store.centre_by_id(&id).await.unwrap().unwrap();
    assert_eq!((now.contacts.fax.as_deref(), now.association.as_deref()), (Some("1"), Some("Musterverband")));
    // other fields do not meet, and wanting the same is no quarrel
    let third = change(
        &id,
        vec![
            edit("contacts.fax", json!("030 23125 001"), json!("1")),
            edit("association", json!("Musterverband"), json!("Anders")),
        ],
    );
    assert_eq!(store.save_edits(&third, &stamp("e3", "berta", 72)).await, Ok(Saved::Done { revision: 3 }));
    assert_eq!(store.save_edits(&third, &stamp("e4", "berta", 73)).await, Ok(Saved::Done { revision: 3 }));
}

async fn edits_at_the_same_time_are_never_lost_silently(scratch: Scratch) {
    let store = filled(&scratch, 1).await;
    let id = centre(1).id;
    let rivals: Vec<_> = (0..8)
        .map(|rival| {
            let (store, id) = (store.clone(), id.clone());
            tokio::spawn(async move {
                let edits = vec![edit("name", json!(centre(1).name), json!(format!("Name {rival}")))];
                store.save_edits(&change(&id, edits), &stamp(&format!("e{rival}"), "anna", 70)).await.unwrap()
            })
        })
        .collect();
    let mut won = 0;
    for rival in rivals {
        won += usize::from(matches!(rival.await.unwrap(), Saved::Done { .. }));
    }
    assert_eq!(won, 1);
}

async fn what_makes_no_sense_is_not_saved(scratch: Scratch) {
    let store = filled(&scratch, 1).await;
    let id = centre(1).id;
    for edits in [
        vec![edit("name", json!(centre(1).name), Value::Null)],
        vec![edit("address", Value::Null, json!({"postcode": "x", "city": "y"}))],
        vec![edit("listed", Value::Null, json!(false))],
        vec![edit("carrier", Value::Null, json!("a")), edit("carrier", Value::Null, json!("b"))],
    ] {
        let refused = store.save_edits(&change(&id, edits), &stamp("e", "anna", 70)).await.unwrap_err();
        assert!(matches!(refused, StoreError::Refused { .. }), "{refused}");
    }
    let unknown = store.save_edits(&change("nobody", vec![]), &stamp("e", "anna", 70)).await.unwrap_err();
    assert_eq!(unknown, StoreError::Missing { table: "centre", row: String::from("nobody") });
    assert_eq!(store.revision().await, Ok(1));
    assert_eq!(store.audit_entries(None, 10).await.unwrap().len(), 1);
}

async fn an_import_does_not_bring_back_what_was_withdrawn_by_hand(scratch: Scratch) {
    let store = filled(&scratch, 2).await;
    let id = centre(1).id;
    store.withdraw_centre(&id, &stamp("w", "anna", 70)).await.unwrap();
    assert_eq!((store.centre_by_id(&id).await, store.count().await), (Ok(None), Ok(1)));
    let renamed = Centre { name: String::from("Neu"), ..centre(1) };
    let revision = store.revision().await.unwrap();
    store.apply_import(&import("second", revision, vec![renamed.clone()])).await.unwrap();
    assert_eq!(store.centre_by_id(&id).await, Ok(None));
    assert_eq!(compose(&store.layers(&id).await.unwrap().unwrap()).standing, Standing::Withdrawn);
    let filter = CentreFilter { standing: Some(Standing::Withdrawn), limit: 9, ..CentreFilter::default() };
    let page = store.centres_page(&filter).await.unwrap();
    assert_eq!((page.total, page.lines[0].name.as_str()), (1, "Neu"));
    store.restore_centre(&id, &stamp("r", "anna", 80)).await.unwrap();
    assert_eq!(store.centre_by_id(&id).await, Ok(Some(renamed)));
}

async fn a_centre_made_by_hand_and_confirmed(scratch: Scratch) {
    let store = filled(&scratch, 1).await;
    let made = Centre { id: "made".into(), slug: "made".into(), ..centre(7) };
    store.create_centre(&made, &stamp("c", "anna", 70)).await.unwrap();
    let found = store.centre_by_external("manual", "made").await.unwrap().unwrap();
    assert_eq!((found.source.as_str(), found.name.as_str()), ("manual", made.name.as_str()));
    let layers = store.layers("made").await.unwrap().unwrap();
    assert!(matches!(compose(&layers).provenance.of(&Field::Name), Some(Origin::Person { .. })));
    for taken in [made.clone(), Centre { id: "other".into(), ..made.clone() }] {
        let refused = store.create_centre(&taken, &stamp("d", "anna", 71)).await.unwrap_err();
        assert!(matches!(refused, StoreError::NotUnique { .. }), "{refused}");
    }
    let day = "2027-01-31".parse().unwrap();
    store.confirm_centre("made", day, &stamp("f", "anna", 72)).await.unwrap();
    assert_eq!(store.centre_by_id("made").await.unwrap().unwrap().confirmed_on, Some(day));
}

async fn merging_keeps_every_way_in_and_unmerging_is_exact(scratch: Scratch) {
    let store = filled(&scratch, 3).await;
    let (one, two) = (centre(1), centre(2));
    let edits = vec![edit("name", json!(two.name), json!("Zwei"))];
    store.save_edits(&change(&two.id, edits), &stamp("e", "anna", 70)).await.unwrap();
    let before = store.centres_after(None, 10).await.unwrap();
    store.keep_apart(&two.id, &one.id, &stamp("k", "anna", 71)).await.unwrap();
    assert_eq!(store.kept_apart().await.unwrap()[0].centre_a, one.id);

    store.merge(&one.id, &two.id, &stamp("m", "anna", 72)).await.unwrap();
    assert_eq!((store.count().await, store.kept_apart().await), (Ok(2), Ok(vec![])));
    let merged = store.centre_by_id(&one.id).await.unwrap().unwrap();
    assert_eq!((&merged.name, &merged.slug, merged.offers.len()), (&one.name, &one.slug, 1));
    for way in [
        store.centre_by_id(&two.id).await,
        store.centre_by_slug(&two.slug).await,
        store.centre_by_external(SOURCE, &two.external_id).await,
    ] {
        assert_eq!(way, Ok(Some(merged.clone())));
    }
    assert_eq!(store.layers(&two.id).await.unwrap().unwrap().centre_id, one.id);
    let again = store.merge(&two.id, &one.id, &stamp("n", "anna", 73)).await.unwrap_err();
    assert!(matches!(again, StoreError::Refused { .. }), "{again}");
    let page = store.centres_page(&CentreFilter { limit: 9, ..CentreFilter::default() }).await.unwrap();
    assert_eq!(page.total, 2);

    // an import of the absorbed record reaches the one centre and makes no second
    let revision = store.revision().await.unwrap();
    let mut news = two.clone();
    news.offers[0].name = String::from("Wohnungslosenhilfe");
    store.apply_import(&import("second", revision, vec![news])).await.unwrap();
    let merged = store.centre_by_id(&one.id).await.unwrap().unwrap();
    assert_eq!((store.count().await, merged.offers.len()), (Ok(2), 2));
    let revision = store.revision().await.unwrap();
    store.apply_import(&import("third", revision, vec![two.clone()])).await.unwrap();

    store.unmerge(SOURCE, &two.external_id, &stamp("u", "anna", 74)).await.unwrap();
    assert_eq!(store.centres_after(None, 10).await, Ok(before));
    let alone = store.unmerge(SOURCE, &two.external_id, &stamp("v", "anna", 75)).await.unwrap_err();
    assert!(matches!(alone, StoreError::Refused { .. }), "{alone}");
}

async fn unmerging_the_leading_record_sends_the_others_away(scratch: Scratch) {
    let store = filled(&scratch, 3).await;
    let before = store.centres_after(None, 10).await.unwrap();
    store.merge(&centre(2).id, &centre(3).id, &stamp("m1", "anna", 70)).await.unwrap();
    store.merge(&centre(1).id, &centre(3).id, &stamp("m2", "anna", 71)).await.unwrap();
    assert_eq!(store.count().await, Ok(1));
    store.unmerge(SOURCE, &centre(1).external_id, &stamp("u1", "anna", 72)).await.unwrap();
    assert_eq!(store.layers(&centre(3).id).await.unwrap().unwrap().centre_id, centre(2).id);
    store.unmerge(SOURCE, &centre(3).external_id, &stamp("u2", "anna", 73)).await.unwrap();
    assert_eq!(store.centres_after(None, 10).await, Ok(before));
}

async fn a_record_that_leaves_its_list_gives_the_lead_to_the_other(scratch: Scratch) {
    let store = filled(&scratch, 2).await;
    let (one, two) = (centre(1), centre(2));
    store.merge(&one.id, &two.id, &stamp("m", "anna", 70)).await.unwrap();
    let mut gone = import("second", store.revision().await.unwrap(), vec![]);
    gone.removed = vec![one.id.clone()];
    store.apply_import(&gone).await.unwrap();
    let now = store.centre_by_id(&one.id).await.unwrap().unwrap();
    assert_eq!((&now.name, &now.external_id, &now.slug), (&two.name, &two.external_id, &one.slug));
    // and apart again: one has nothing to say, two is itself
    store.unmerge(SOURCE, &two.external_id, &stamp("u", "anna", 71)).await.unwrap();
    assert_eq!(store.centre_by_id(&one.id).await, Ok(None));
    assert_eq!(store.centre_by_id(&two.id).await, Ok(Some(two)));
}

async fn the_list_of_staff_finds_by_words_ids_and_standing(scratch: Scratch) {
    let store = store(&scratch).await;
    let names = ["Beratung Köln", "Beratung Bonn", "100 % Hilfe_Köln"];
    let centres = (1..).zip(names).map(|(n, name)| Centre {
        name: name.to_owned(),
        slug: format!("s{n}"),
        ..centre(n)
    });
    store.apply_import(&import("first", 0, centres.collect())).await.unwrap();
    let found = async |text: &str, ids: Option<Vec<String>>| {
        let filter = CentreFilter { text: text.to_owned(), ids, limit: 9, ..CentreFilter::default() };
        let page = store.centres_page(&filter).await.unwrap();
        assert_eq!(page.total, page.lines.len() as u64);
        page.lines.into_iter().map(|line| line.name).collect::<Vec<_>>()
    };
    assert_eq!(found("koeln", None).await, ["100 % Hilfe_Köln", "Beratung Köln"]);
    assert_eq!(found("BERATUNG köln", None).await, ["Beratung Köln"]);
    assert_eq!(found("01067 dresden", None).await.len(), 3);
    assert_eq!(found("%", None).await.len(), 3, "a sign alone is no word");
    assert_eq!(found("' OR 1=1 --", None).await, Vec::<String>::new());
    assert_eq!(found("köln", Some(vec![centre(1).id, "x".into()])).await, ["Beratung Köln"]);
    assert_eq!(found("", Some(vec![])).await, Vec::<String>::new());
    let second = CentreFilter { offset: 1, limit: 1, ..CentreFilter::default() };
    let page = store.centres_page(&second).await.unwrap();
    assert_eq!((page.total, page.lines[0].name.as_str()), (3, "Beratung Bonn"));
}

async fn drafts_are_saved_by_one_person_at_a_time(scratch: Scratch) {
    let store = store(&scratch).await;
    let owner = stamp("", "anna", 0).actor;
    let draft = ImportDraft {
        id: "d1".into(),
        owner,
        source: SOURCE.into(),
        state: "map".into(),
        body: "{}".into(),
        created_at: at(1),
        changed_at: at(1),
    };
    store.save_draft(&draft, None).await.unwrap();
    let newer = ImportDraft { state: "check".into(), changed_at: at(2), ..draft.clone() };
    store.save_draft(&newer, Some(at(1))).await.unwrap();
    let late = store.save_draft(&draft, Some(at(1))).await.unwrap_err();
    assert_eq!(
        late,
        StoreError::Conflict { expected: at(1).as_microsecond(), found: at(2).as_microsecond() }
    );
    assert_eq!((store.draft("d1").await, store.drafts().await), (Ok(Some(newer.clone())), Ok(vec![newer])));
    assert_eq!(store.prune_drafts(at(2)).await, Ok(vec![]));
    assert_eq!(store.prune_drafts(at(3)).await, Ok(vec!["d1".into()]));
    assert_eq!(store.delete_draft("d1").await, Ok(false));
}

async fn mappings_are_kept_by_name(scratch: Scratch) {
    let store = store(&scratch).await;
    let profile = StoredProfile {
        name: "verband".into(),
        source: SOURCE.into(),
        body: "title = 'x'".into(),
        saved_by: stamp("", "anna", 0).actor,
        saved_at: at(1),
    };
    store.save_profile(&profile, &stamp("p1", "anna", 1)).await.unwrap();
    let newer = StoredProfile { body: "title = 'y'".into(), saved_at: at(2), ..profile };
    store.save_profile(&newer, &stamp("p2", "anna", 2)).await.unwrap();
    assert_eq!(
        (store.profile("verband").await, store.profiles().await),
        (Ok(Some(newer.clone())), Ok(vec![newer]))
    );
    assert_eq!(store.delete_profile("verband", &stamp("p3", "anna", 3)).await, Ok(true));
    assert_eq!(store.delete_profile("verband", &stamp("p4", "anna", 4)).await, Ok(false));
    assert_eq!(store.audit_entries(None, 9).await.unwrap().len(), 3);
}

async fn the_trail_is_read_in_pages_and_pruned_by_age(scratch: Scratch) {
    let store = filled(&scratch, 1).await;
    for n in 1..=5 {
        let field = edit(
            "carrier",
            json!(if n == 1 { "Musterträger e. V.".into() } else { format!("{}", n - 1) }),
            json!(format!("{n}")),
        );
        // two of them at the same moment
        store
            .save_edits(&change(&centre(1).id, vec![field]), &stamp(&format!("e{n}"), "anna", 70 + n / 2))
            .await
            .unwrap();
    }
    let mut read = Vec::new();
    loop {
        let before = read.last().map(|entry: &contracts::audit::AuditEntry| (entry.at, entry.id.clone()));
        let page = store.audit_entries(before.as_ref().map(|(at, id)| (*at, id.as_str())), 2).await.unwrap();
        if page.is_empty() {
            break;
        }
        read.extend(page);
    }
    let ids: Vec<&str> = read.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["e5", "e4", "e3", "e2", "e1", "first"]);
    assert_eq!(store.prune_audit(at(71)).await, Ok(2));
    assert_eq!(store.audit_entries(None, 9).await.unwrap().len(), 4);
}

async fn a_directory_from_before_layers_has_them_afterwards(scratch: Scratch) {
    let store = filled(&scratch, 3).await;
    let before = store.centres_after(None, 10).await.unwrap();
    let page = store.centres_page(&CentreFilter { limit: 9, ..CentreFilter::default() }).await.unwrap();
    store.close().await;
    crate::damage::spoil(&scratch, "DELETE FROM source_record").await;
    crate::damage::spoil(&scratch, "DELETE FROM centre_line").await;
    crate::damage::spoil(&scratch, backfill()).await;
    let store = crate::samples::store(&scratch).await;
    assert_eq!(store.centres_page(&CentreFilter { limit: 9, ..CentreFilter::default() }).await, Ok(page));
    assert_eq!(store.centres_after(None, 10).await, Ok(before.clone()));
    for centre in before {
        let layers = store.layers(&centre.id).await.unwrap().unwrap();
        assert_eq!((compose(&layers).centre, layers.first.run_id), (centre, None));
    }
    assert_eq!(store.slugs().await.unwrap().len(), 3);
}

/// The statement of the migration that makes records of what is there.
fn backfill() -> &'static str {
    let migration = include_str!("../../../../migrations/finder/sqlite/0002_layers.sql");
    let begin = migration.find("INSERT INTO source_record").unwrap();
    let end = begin + migration[begin..].find(';').unwrap();
    assert!(
        include_str!("../../../../migrations/finder/postgres/0002_layers.sql")
            .contains(&migration[begin..end])
    );
    &migration[begin..end]
}

crate::on_both_engines! {
    an_edit_shows_with_its_event_its_author_and_its_trail
    the_second_of_two_editors_is_told_and_nothing_is_lost
    edits_at_the_same_time_are_never_lost_silently
    what_makes_no_sense_is_not_saved
    an_import_does_not_bring_back_what_was_withdrawn_by_hand
    a_centre_made_by_hand_and_confirmed
    merging_keeps_every_way_in_and_unmerging_is_exact
    unmerging_the_leading_record_sends_the_others_away
    a_record_that_leaves_its_list_gives_the_lead_to_the_other
    the_list_of_staff_finds_by_words_ids_and_standing
    drafts_are_saved_by_one_person_at_a_time
    mappings_are_kept_by_name
    the_trail_is_read_in_pages_and_pruned_by_age
    a_directory_from_before_layers_has_them_afterwards
}
