//! Weeks and months, also those in which the clocks change.

use super::desk::{A, MONDAY_NINE, desk_at, open_desk};

#[tokio::test]
async fn both_half_past_two_are_in_the_week_and_told_apart() {
    let desk = desk_at("2026-10-20T08:00:00Z").await;
    desk.open_offer(&[("laenge", "30"), ("puffer_nach", "0")]).await;
    desk.enter("berta", &[("muster", "einmal"), ("tag", "2026-10-25"), ("von", "01:00"), ("bis", "04:00")])
        .await;
    desk.book("form-1", "2026-10-25T00:30:00Z", "").await;
    desk.book("form-2", "2026-10-25T01:30:00Z", "").await;
    let page = desk.page("berta", &format!("{A}?ansicht=woche&ab=2026-10-21")).await;
    assert!(page.contains("Woche 43, 2026"), "{page}");
    assert!(page.contains("2:30 (Sommerzeit) – 2:00 (Winterzeit)"), "{page}");
    assert!(page.contains("2:30 (Winterzeit) – 3:00"));
    assert_eq!(
        page.matches("<th scope=\"row\">2:00</th>").count(),
        1,
        "one row for the hour that is there twice"
    );
    let day = desk.page("berta", &format!("{A}?ansicht=tag&ab=2026-10-25")).await;
    assert_eq!(day.matches("(Winterzeit)").count(), 2);
}

#[tokio::test]
async fn a_night_that_loses_an_hour_is_a_week_like_any_other() {
    let desk = desk_at("2027-03-22T08:00:00Z").await;
    desk.open_offer(&[("laenge", "30"), ("puffer_nach", "0")]).await;
    desk.enter("berta", &[("muster", "einmal"), ("tag", "2027-03-28"), ("von", "01:00"), ("bis", "05:00")])
        .await;
    desk.book("form-1", "2027-03-28T01:00:00Z", "").await;
    let page = desk.page("berta", &format!("{A}?ansicht=woche&ab=2027-03-28")).await;
    assert!(page.contains("3:00 – 3:30") && page.contains("So 28.03.2027"), "{page}");
    let times = desk.page("berta", &format!("{A}/neu?art=phone&ab=2027-03-28")).await;
    assert!(!times.contains(">2:30<") && times.contains(">1:30<"), "{times}");
}

#[tokio::test]
async fn a_week_shows_who_a_filter_narrows_it_and_a_month_counts() {
    let desk = open_desk().await;
    desk.book("form-1", MONDAY_NINE, "").await;
    let other = desk.book("form-2", MONDAY_NINE, "").await.appointment;
    let page = desk.page("eva", &format!("{A}?ansicht=woche&ab=2026-11-25")).await;
    assert!(
        page.contains("<bdi>Berta Beratung</bdi></strong>")
            && page.contains("<bdi>Carl Kollege</bdi></strong>")
    );
    assert_eq!(page.matches("class=\"week__one\"").count(), 2);
    let one = desk.page("eva", &format!("{A}?ansicht=woche&ab=2026-11-25&wer={}", other.resource_id)).await;
    assert_eq!(one.matches("class=\"week__one\"").count(), 1);
    assert!(
        one.contains("ab=2026-11-30&amp;wer=") || one.contains("ab=2026-11-30&wer="),
        "the way on keeps the filter"
    );
    let team = desk.page("eva", &format!("{A}?ansicht=team&ab=2026-11-23")).await;
    let heads =
        ["Berta Beratung", "Carl Kollege"].map(|name| format!("<th scope=\"col\"><bdi>{name}</bdi></th>"));
    let places = heads.map(|head| team.find(&head));
    assert!(places[0].is_some() && places[0] < places[1], "side by side, by name: {team}");
    let nine = team.split("<th scope=\"row\">9:00</th>").nth(1).unwrap().split("</tr>").next().unwrap();
    assert_eq!(nine.matches("<td><div class=\"week__one\"").count(), 2, "one in each column: {nine}");
    let month = desk.page("eva", &format!("{A}?ansicht=monat&ab=2026-11-25")).await;
    assert!(month.contains("November 2026") && month.contains("2 Termine"), "{month}");
    assert!(month.contains("ansicht=tag&amp;ab=2026-11-23") || month.contains("ansicht=tag&ab=2026-11-23"));
}
