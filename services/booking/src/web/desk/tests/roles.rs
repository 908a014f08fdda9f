//! Who may open which page.

use axum::http::StatusCode;

use super::desk::{A, Form, MONDAY_NINE, desk, open_desk};

const TEAM: [&str; 10] = [
    "",
    "?ansicht=tag",
    "?ansicht=woche",
    "?ansicht=monat",
    "/neu",
    "/kalender",
    "/zahlen",
    "/zahlen/datei",
    "/zeiten",
    "/{one}",
];
const MANAGER: [&str; 5] = [
    "/einstellungen",
    "/einstellungen/schliessung",
    "/angebote/a-debt",
    "/einstellungen/buchbar/{berta}",
    "/angebote/a-group",
];

#[tokio::test]
async fn the_team_sees_its_appointments_the_manager_sets_and_others_find_nothing() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "Kim").await.appointment.id;
    let hers = desk.get("berta", &format!("{A}/zeiten")).await.1;
    let berta = hers.rsplit('/').next().unwrap();
    let fill = |tail: &str| format!("{A}{}", tail.replace("{one}", &one).replace("{berta}", berta));
    for (pages, who, expected) in [
        (&TEAM[..], "admin", true),
        (&TEAM, "eva", true),
        (&TEAM, "berta", true),
        (&TEAM, "other", false),
        (&TEAM, "list", false),
        (&MANAGER, "admin", true),
        (&MANAGER, "eva", true),
        (&MANAGER, "berta", false),
        (&MANAGER, "other", false),
    ] {
        for tail in pages {
            let (status, _) = desk.get(who, &fill(tail)).await;
            let opens = status == StatusCode::OK || status == StatusCode::SEE_OTHER;
            assert_eq!(opens, expected, "{who} at {tail}: {status}");
            assert!(opens || status == StatusCode::NOT_FOUND, "{who} at {tail}: {status}");
        }
    }
    for (who, expected) in [
        ("berta", StatusCode::OK),
        ("eva", StatusCode::OK),
        ("admin", StatusCode::OK),
        ("carl", StatusCode::NOT_FOUND),
        ("other", StatusCode::NOT_FOUND),
    ] {
        for tail in ["", "/regel", "/abwesenheit"] {
            assert_eq!(desk.get(who, &format!("{hers}{tail}")).await.0, expected, "{who} at {tail}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_answers_like_what_is_not_hers() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "Kim").await.appointment.id;
    let (_, foreign) = desk.get("berta", "/arbeitsplatz/termine/b").await;
    let (_, unknown) = desk.get("berta", "/arbeitsplatz/termine/nirgends").await;
    assert_eq!(foreign.replace("termine/b", ""), unknown.replace("termine/nirgends", ""));
    for address in [
        String::from("/arbeitsplatz/termine/nirgends"),
        String::from("/arbeitsplatz/termine/a/angebote/b-debt"),
        String::from("/arbeitsplatz/termine/a/angebote/%FF"),
        String::from("/arbeitsplatz/termine/a/zeiten/niemand"),
        String::from("/arbeitsplatz/termine/a/zeiten/%FF"),
        // an appointment of another centre
        format!("/arbeitsplatz/termine/b/{one}"),
    ] {
        assert_eq!(desk.get("admin", &address).await.0, StatusCode::NOT_FOUND, "{address}");
    }
}

#[tokio::test]
async fn every_change_is_refused_to_everybody_else() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "Kim").await.appointment;
    let hers = desk.get("berta", &format!("{A}/zeiten")).await.1;
    let trail = desk.trail().await;
    let form = Form::default().with("stand", "0").with("anwesenheit", "kept").with("raum", "Böse");
    let team = ["/angaben", "/bestaetigung", "/absage", "/verschieben", "/uebergabe", "/anwesenheit"];
    let mut addresses: Vec<String> = team.iter().map(|tail| format!("{A}/{}{tail}", one.id)).collect();
    let others = [
        "/neu",
        "/zeiten",
        "/einstellungen",
        "/einstellungen/raum",
        "/einstellungen/buchung",
        "/einstellungen/schliessung",
        "/einstellungen/schliessung/entfernen",
        "/einstellungen/buchbar/x",
        "/angebote/a-debt",
    ];
    addresses.extend(others.iter().map(|tail| format!("{A}{tail}")));
    let calendar = ["/abonnement", "/abonnement/beenden", "/belegt", "/belegt/trennen"];
    addresses.extend(calendar.iter().map(|tail| format!("{A}/kalender{tail}")));
    addresses.extend(["/regel", "/abwesenheit", "/entfernen"].iter().map(|tail| format!("{hers}{tail}")));
    for address in addresses {
        for who in ["other", "list"] {
            assert_eq!(desk.post(who, &address, &form).await.0, StatusCode::NOT_FOUND, "{who} at {address}");
        }
        let through_another = address.replacen("/termine/a", "/termine/b", 1);
        if address.contains(&one.id) {
            let (status, _) = desk.post("other", &through_another, &form).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{through_another}");
        }
    }
    for tail in others.iter().skip(2) {
        let (status, _) = desk.post("berta", &format!("{A}{tail}"), &form).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "a counsellor sets nothing: {tail}");
    }
    for tail in ["/regel", "/abwesenheit", "/entfernen"] {
        let (status, _) = desk.post("carl", &format!("{hers}{tail}"), &form).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "a colleague's hours are hers: {tail}");
    }
    assert_eq!(desk.trail().await, trail);
    assert_eq!(desk.booking.store().appointment(&one.id).await.unwrap(), Some(one));
}

#[tokio::test]
async fn who_works_at_one_centre_is_led_there_and_who_works_at_several_chooses() {
    let desk = desk().await;
    let start = "/arbeitsplatz/termine";
    assert_eq!(desk.get("berta", start).await, (StatusCode::SEE_OTHER, A.to_owned()));
    assert_eq!(desk.get("berta", "/en/arbeitsplatz/termine").await.1, format!("/en{A}"));
    let (_, both) = desk.get("both", start).await;
    assert!(both.contains("Rat und Tat") && both.contains("Haus am Deich"));
    let (status, nobody) = desk.get("admin", start).await;
    assert_eq!(status, StatusCode::OK);
    assert!(nobody.contains("bei keiner Beratungsstelle eingetragen"));
    assert_eq!(desk.get("list", start).await.0, StatusCode::NOT_FOUND);
}
