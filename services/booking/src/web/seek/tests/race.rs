//! Sending twice, wanting the same, taking too long.

use axum::http::StatusCode;
use serde_json::json;
use webkit::networks::Per;

use super::{
    house::{ASKING, House, OFFER, at, fields, with},
    way::{booked, held},
};
use crate::guard::Limits;

#[tokio::test]
async fn a_form_sent_twice_gets_the_same_receipt() {
    let house = House::open().await;
    let contact = held(&house, "", OFFER, "in_person", 0).await;
    let (check, book) = (format!("/termin/{OFFER}/pruefen"), format!("/termin/{OFFER}/buchen"));
    let checked = house.post(&check, &contact.form(&check)).await.expect(StatusCode::OK);
    let form = checked.form(&book);
    let (one, two) = tokio::join!(house.post(&book, &form), house.post(&book, &form));
    let again = house.post(&book, &form).await;
    assert_eq!((one.status, one.text.clone()), (StatusCode::OK, two.text));
    assert_eq!(one.text, again.text);
    assert_eq!(house.kept().await, (1, 6), "one appointment");

    let hold = format!("/termin/{OFFER}/halten");
    let other = with(form.clone(), "beginn", &at("2026-11-24T08:00:00Z").as_second().to_string());
    for step in [&hold, &check, &book] {
        let receipt = house.post(step, &other).await.expect(StatusCode::OK);
        assert_eq!(receipt.codes(), one.codes(), "{step}: the form has booked already");
        assert!(receipt.text.contains("23. November 2026") && receipt.text.contains("schon gebucht"));
    }
    let form_of_another = with(form.clone(), "art", "phone");
    house.post(&format!("/termin/{ASKING}/buchen"), &form_of_another).await.expect(StatusCode::NOT_FOUND);
    house.post(&format!("/termin/{ASKING}/halten"), &form_of_another).await.expect(StatusCode::NOT_FOUND);

    let (code, pin) = one.codes();
    let sure = fields(&[("code", &code), ("pin", &pin), ("sicher", "ja")]);
    house.post("/mein-termin/absagen", &sure).await.expect(StatusCode::OK);
    let late = house.post(&book, &form).await.expect(StatusCode::OK);
    assert!(late.text.contains("Dieser Termin ist abgesagt"), "nothing is booked anew");
    assert_eq!(house.kept().await.1, 0);
}

#[tokio::test]
async fn who_comes_second_gets_the_nearest_other_times_and_keeps_what_she_typed() {
    let house = House::open().await;
    let times = house.get(&format!("/termin/{OFFER}/zeiten?art=phone")).await;
    let (other, wanted) =
        (house.get(&format!("/termin/{OFFER}/zeiten?art=phone")).await, times.slots()[1].clone());
    let hold = format!("/termin/{OFFER}/halten");
    let form = |page: &super::house::Answer| with(page.form(&hold), "beginn", &wanted);
    house.post(&hold, &form(&times)).await.expect(StatusCode::OK);
    let late = with(with(form(&other), "name", "Kim"), "erinnerung", "kim@example.org");
    for lang in kernel::Lang::ALL {
        let step = format!("{}{hold}", lang.path_prefix());
        let taken = house.post(&step, &late).await.expect(StatusCode::CONFLICT);
        let near = ["08:00", "09:00", "09:30", "10:00", "10:30"];
        let mut near =
            near.map(|time| at(&format!("2026-11-23T{time}:00Z")).as_second().to_string()).to_vec();
        near.push(at("2026-11-24T08:00:00Z").as_second().to_string());
        assert_eq!(taken.slots(), near);
        let kept = taken.form(&step);
        assert!(kept.contains(&("name".into(), "Kim".into())), "{kept:?}");
        assert!(kept.contains(&("erinnerung".into(), "kim@example.org".into())));
        let all = format!("{}/termin/{OFFER}/zeiten", lang.path_prefix());
        assert!(taken.form(&all).contains(&("name".into(), "Kim".into())));
    }
    let taken = house.post(&hold, &late).await;
    let contact = house.post(&hold, &with(taken.form(&hold), "beginn", &taken.slots()[0])).await;
    let receipt = booked(&house, "", OFFER, &contact.expect(StatusCode::OK), "Kim").await;
    assert!(receipt.text.contains("9:00 bis 9:30 Uhr"));
    assert_eq!(house.kept().await, (2, 12));
}

#[tokio::test]
async fn a_hold_that_ran_out_is_taken_again_unless_somebody_was_faster() {
    let house = House::open().await;
    let slow = held(&house, "", OFFER, "phone", 0).await;
    // not swept yet: what she held herself is not in her way
    house.clock.set(at("2026-11-22T08:06:00Z"));
    let check = format!("/termin/{OFFER}/pruefen");
    let checked = house.post(&check, &slow.form(&check)).await.expect(StatusCode::OK);
    assert!(checked.text.contains("9:11 Uhr"), "kept free anew");
    house.wait_until("2026-11-22T08:20:00Z").await;
    assert_eq!(house.kept().await, (0, 0));
    let book = format!("/termin/{OFFER}/buchen");
    let quick = held(&house, "", OFFER, "phone", 0).await;
    let form = with(checked.form(&book), "name", "Kim");
    for step in [&check, &book] {
        let taken = house.post(step, &form).await.expect(StatusCode::CONFLICT);
        assert!(taken.form(&format!("/termin/{OFFER}/halten")).contains(&("name".into(), "Kim".into())));
    }
    let stop = format!("/termin/{OFFER}/abbrechen");
    house.post(&stop, &quick.form(&stop)).await.expect(StatusCode::OK);
    let receipt = house.post(&book, &form).await.expect(StatusCode::OK);
    assert!(receipt.text.contains("Ihr Termin ist gebucht"));
}

#[tokio::test]
async fn two_who_send_at_the_same_moment_do_not_both_get_it() {
    let house = House::open().await;
    let book = format!("/termin/{OFFER}/buchen");
    let start = at("2026-11-23T08:00:00Z").as_second().to_string();
    let form = |key: &str| fields(&[("formular", key), ("art", "phone"), ("beginn", &start)]);
    let (one, two) = (form("aaaaaaaaaaaaaaaaaaaaaaaa"), form("bbbbbbbbbbbbbbbbbbbbbbbb"));
    let (one, two) = tokio::join!(house.post(&book, &one), house.post(&book, &two));
    let mut statuses = [one.status, two.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::CONFLICT]);
    assert_eq!(house.kept().await, (1, 6));
}

#[tokio::test]
async fn who_wants_a_time_that_is_taken_keeps_the_one_she_holds() {
    let limits = Limits { open_holds: Per { near: 2, ..Limits::default().open_holds }, ..Limits::default() };
    let house = House::open_with(limits).await;
    let (hold, check) = (format!("/termin/{OFFER}/halten"), format!("/termin/{OFFER}/pruefen"));
    let times = house.get(&format!("/termin/{OFFER}/zeiten?art=phone")).await;
    let other = house.get(&format!("/termin/{OFFER}/zeiten?art=phone")).await;
    let (first, second) = (times.slots()[0].clone(), times.slots()[1].clone());
    let from = async |form: &[(String, String)]| house.post_from("192.0.2.1", &hold, form).await;
    from(&with(other.form(&hold), "beginn", &second)).await.expect(StatusCode::OK);
    let held = from(&with(times.form(&hold), "beginn", &first)).await.expect(StatusCode::OK);

    // back in her browser, and another time
    from(&with(times.form(&hold), "beginn", &second)).await.expect(StatusCode::CONFLICT);
    assert_eq!(house.kept().await, (2, 12), "she still has the first");
    let form = |key: &str| fields(&[("formular", key), ("art", "phone"), ("beginn", &times.slots()[2])]);
    let third = from(&form("cccccccccccccccccccccccc")).await;
    assert_eq!(third.status, StatusCode::TOO_MANY_REQUESTS, "and it is counted as held");
    house.post_from("192.0.2.1", &check, &held.form(&check)).await.expect(StatusCode::OK);

    let changed = from(&with(times.form(&hold), "beginn", &times.slots()[3])).await;
    changed.expect(StatusCode::OK);
    assert_eq!(house.kept().await, (2, 12), "a time that is free comes in its place");
}

#[tokio::test]
async fn the_last_seat_of_a_group_is_not_in_the_way_of_who_holds_it() {
    let house = House::open().await;
    let times =
        json!({"length": 30, "step": 30, "horizon_days": 60, "modes": ["in_person", "phone"], "capacity": 2});
    house.set(OFFER, "times", times).await;
    let hold = format!("/termin/{OFFER}/halten");
    let start = at("2026-11-23T08:00:00Z").as_second().to_string();
    let form = |key: &str, way| fields(&[("formular", key), ("art", way), ("beginn", &start)]);
    let (one, two) = ("aaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbb");
    house.post(&hold, &form(one, "phone")).await.expect(StatusCode::OK);
    house.post(&hold, &form(two, "phone")).await.expect(StatusCode::OK);
    house.post(&hold, &form("cccccccccccccccccccccccc", "phone")).await.expect(StatusCode::CONFLICT);
    // another way, and then too late but not swept yet
    house.post(&hold, &form(one, "in_person")).await.expect(StatusCode::OK);
    house.clock.set(at("2026-11-22T08:06:00Z"));
    house.post(&hold, &form(two, "phone")).await.expect(StatusCode::OK);
    house.post(&hold, &form(two, "in_person")).await.expect(StatusCode::OK);
    assert_eq!(house.kept().await, (1, 12), "six ticks of hers and six of the group");
}
