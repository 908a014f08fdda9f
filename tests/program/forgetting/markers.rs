//! What somebody types when she books stands in no log line, no metric and no file.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::appointment::{Receipt, at, book, furnished, send};
use crate::{
    harness::{Reply, Server, files_below},
    privacy::{forms, holds},
};

/// Stands in everything she types, and nowhere else.
const MARK: &str = "Quittenmausbeichte";
const PHONE: &str = "0761 7733911577";
const MAIL: &str = "quittenmausbeichte@quittenmausbeichte.example";
const KEY: &str = "Quittenmausbeichte-0123456789-0123456789";
const OTHER_KEY: &str = "Quittenmausbeichte-abcdefghij-abcdefghij";

fn post(server: &Server, path: &str, fields: &[(&str, &str)]) -> Reply {
    let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let body: Vec<_> =
        fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    let request = server
        .agent()
        .post(server.url(path))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("user-agent", MARK)
        .header("referer", format!("https://example.org/{MARK}"));
    let reply = Reply::of(request.send(body.join("&")).unwrap());
    assert!(reply.status < 500, "{path}: {}", reply.status);
    reply
}

/// The pages, with everything wrong that can be wrong, and then right.
fn walk_through_pages(server: &Server, receipt: &Receipt) {
    let start = at(&receipt.later).as_second().to_string();
    let step = |verb: &str| format!("/termin/{}/{verb}", receipt.offer);
    let chosen = [("formular", OTHER_KEY), ("art", receipt.mode.as_str()), ("beginn", start.as_str())];
    let typed = [("name", MARK), ("nachname", MARK), ("mail", MAIL), ("telefon", PHONE), ("anliegen", MARK)];
    let with = |more: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> {
        chosen.into_iter().chain(typed).chain(more.iter().copied()).collect()
    };
    assert_eq!(post(server, &step("halten"), &chosen).status, 200);
    let wrong = post(server, &step("pruefen"), &with(&[("erinnerung", "Quittenmausbeichte@@")]));
    assert!(wrong.status == 422 && wrong.body.contains(MARK), "what is wrong is kept and shown");
    assert_eq!(post(server, &step("buchen"), &with(&[("erinnerung", MARK)])).status, 422);
    let long = MARK.repeat(20);
    let mut too_long = with(&[]);
    too_long[3].1 = &long;
    assert_eq!(post(server, &step("pruefen"), &too_long).status, 422);
    assert_eq!(post(server, &step("pruefen"), &with(&[("erinnerung", MAIL)])).status, 200);
    let receipt = post(server, &step("buchen"), &with(&[("erinnerung", MAIL)]));
    assert!(receipt.status == 200 && receipt.body.contains("#"), "{}", receipt.body);
    post(server, &step("halten"), &[("formular", MARK), ("art", MARK), ("beginn", MARK)]);
    post(server, &step("zeiten"), &with(&[("ab", MARK)]));
    post(server, &step(MARK), &[(MARK, MARK)]);
}

/// `/mein-termin` with what opens and what does not.
fn knock(server: &Server, code: &str, link: &str) {
    for (code, pin) in [(MARK, MARK), (code, "0000"), (code, MARK)] {
        let shown = [("code", code), ("pin", pin), ("beginn", MARK), ("sicher", "ja")];
        for path in
            ["/mein-termin", "/mein-termin/verschieben", "/mein-termin/absagen", "/en/mein-termin/kalender"]
        {
            assert!(post(server, path, &shown).status >= 400);
        }
    }
    assert_eq!(post(server, "/mein-termin", &[("geheimnis", link)]).status, 200);
    assert_eq!(post(server, "/mein-termin/kalender", &[("geheimnis", link)]).status, 200);
    assert_eq!(post(server, "/mein-termin", &[("geheimnis", MARK)]).status, 422);
    for path in [
        format!("/mein-termin?code={code}&pin={MARK}"),
        format!("/mein-termin/{link}"),
        format!("/termin/{MARK}/zeiten?art={MARK}&ab={MARK}"),
        format!("/api/v1/offers/{MARK}/slots?from={MARK}"),
        format!("/api/v1/bookings/{MARK}"),
    ] {
        assert!(server.get(&path).status < 500);
    }
}

/// Requests of programs that are wrong in every field.
fn send_nonsense(server: &Server, offer: &str) {
    let right =
        json!({ "offer": offer, "start": "2026-11-23T09:00:00Z", "mode": "in_person", "contact": {} });
    for (field, value) in [
        ("offer", json!(MARK)),
        ("start", json!(MARK)),
        ("mode", json!(MARK)),
        ("lang", json!(MARK)),
        ("remind", json!(MARK)),
        ("contact", json!({ MARK: MARK })),
        ("contact", json!({ "name": MARK.repeat(20), "phone": MARK })),
        (MARK, json!(MARK)),
    ] {
        let mut wrong = right.clone();
        wrong[field] = value;
        let refused = send(server, "/api/v1/bookings", "1b9d2f6a-77a1-4a35-8d0c-5a1c1c5f0e11", &wrong);
        assert!((400..500).contains(&refused.status), "{field}: {}", refused.status);
    }
    assert_eq!(send(server, "/api/v1/bookings", "Quittenmausbeichte", &right).status, 400);
}

#[test]
fn what_is_typed_when_booking_is_written_nowhere() {
    let installation = furnished();
    let server = installation.serve();
    let contact = json!({ "name": MARK, "last_name": MARK, "mail": MAIL, "phone": PHONE, "note": MARK });
    let receipt = book(&server, KEY, &contact, MAIL);
    walk_through_pages(&server, &receipt);
    knock(&server, &receipt.code, &receipt.link);
    send_nonsense(&server, &receipt.offer);
    assert!(receipt.look_with(&server, MARK).status >= 400);
    // a mail is where it may stand: so the address was kept, and the test looks for the right thing
    server.wait_until("mails to her", std::time::Duration::from_secs(20), || {
        server.mails().iter().filter(|mail| mail["to"] == MAIL).count() >= 2
    });

    let (logged, metrics) = (server.logged(), server.metrics().into_bytes());
    assert!(holds(&logged, b"answered a request") && !metrics.is_empty(), "log and metrics are alive");
    let mut written = vec![(String::from("the log"), logged), (String::from("the metrics"), metrics)];
    written.push((String::from("what it said"), server.said().into_bytes()));
    // killed, so that the databases' logs stay as well
    drop(server);
    for file in files_below(&installation.data()) {
        let name = file.display().to_string();
        written.push((format!("the name {name}"), name.clone().into_bytes()));
        written.push((name, std::fs::read(&file).unwrap()));
    }
    assert!(written.iter().any(|(name, _)| name.ends_with("booking.db")));
    let code = receipt.code.replace('-', "");
    for typed in [MARK, PHONE, &PHONE.replace(' ', ""), &receipt.code, &code, &receipt.link] {
        for form in forms(typed) {
            for (name, content) in &written {
                assert!(!holds(content, &form), "{name} contains {typed}");
            }
        }
    }
}
