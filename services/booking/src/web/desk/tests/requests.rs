//! Requests that wait: told how long, and never lapsing in silence.

use super::desk::{A, MONDAY_NINE, desk};

#[tokio::test]
async fn requests_are_on_top_with_how_long_they_wait_until_they_are_answered() {
    let desk = desk().await;
    desk.open_offer(&[("zusage", "centre")]).await;
    desk.enter("berta", &[]).await;
    let one = desk.book("form-1", MONDAY_NINE, "").await.appointment;
    let list = desk.page("berta", A).await;
    assert!(list.contains("seit weniger als einer Stunde") && !list.contains("dringend</"), "{list}");
    desk.set_clock("2026-11-20T13:30:00Z");
    assert!(desk.page("berta", A).await.contains("seit 5 Stunden"));
    desk.set_clock("2026-11-22T08:00:00Z");
    let list = desk.page("berta", A).await;
    assert!(list.contains("seit 2 Tagen"), "{list}");
    assert!(list.contains(">dringend<"), "nearer than the notice of the offer: {list}");
    for lang in kernel::Lang::ALL {
        desk.page("berta", &format!("{}{A}", lang.path_prefix())).await;
    }

    desk.set_clock("2026-11-23T08:10:00Z");
    let list = desk.page("berta", A).await;
    assert!(list.contains("Eine Anfrage wartet") && list.contains("nicht bestätigt"), "{list}");
    assert!(desk.booking.store().appointment(&one.id).await.unwrap().is_some());
}
