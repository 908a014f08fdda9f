//! Feeds as calendar programs read them, and calendars as the program reads them.

use axum::http::{StatusCode, header};
use data_encoding::BASE64;
use jiff::SignedDuration;
use kernel::Lang;

use super::desk::{A, Desk, FRIDAY, Form, MONDAY_NINE, at, desk, open_desk};
use crate::{
    appointment::State,
    calendar::{Trouble, fetch::tests::Server},
    service::{Misfit, Readings},
    web::feed::ADDRESS,
};

const PAGE: &str = "/arbeitsplatz/termine/a/kalender";
const HERS: &str = "https://haus.example/p4n/ada.ics?key=1";

/// What the page shows in a field to copy.
fn shown(html: &str, id: &str) -> Option<String> {
    let field = html.split("<input ").find(|field| field.contains(&format!("id=\"{id}\"")))?;
    let value = field.split("value=\"").nth(1)?.split('"').next()?;
    Some(value.replace("&#x2f;", "/"))
}

/// Makes a feed and answers its address without the host, and its password.
async fn subscribe(desk: &Desk, who: &str, kind: &str) -> (String, Option<String>) {
    let action = format!("{PAGE}/abonnement");
    let form = desk.form(who, PAGE, &action).await.with("art", kind);
    let (status, html) = desk.post(who, &action, &form).await;
    assert_eq!(status, StatusCode::OK, "{html}");
    let address = shown(&html, "abo-adresse").unwrap();
    let later = desk.page(who, PAGE).await;
    assert!(shown(&later, "abo-adresse").is_none(), "it is shown once");
    (address.strip_prefix("https://hilfe.example").unwrap().to_owned(), shown(&html, "abo-passwort"))
}

fn basic(password: &str) -> String {
    format!("Basic {}", BASE64.encode(format!("kalender:{password}").as_bytes()))
}

async fn read(desk: &Desk, password: &str) -> String {
    let (status, headers, text) = desk.read_feed(ADDRESS, Some(&basic(password))).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
    assert_eq!(headers[header::CACHE_CONTROL], "private, no-store");
    text.replace("\r\n ", "")
}

#[tokio::test]
async fn a_feed_shows_what_she_chose_of_her_own_appointments_and_nothing_of_who_comes() {
    let desk = open_desk().await;
    let first = desk.book("form-1", MONDAY_NINE, "Kim").await.appointment;
    let second = desk.book("form-2", MONDAY_NINE, "Kim").await.appointment;
    let carl = desk.booking.store().resources_of_person("Carl Kollege").await.unwrap().remove(0).value.id;
    let (hers, his) = if first.resource_id == carl { (second, first) } else { (first, second) };

    let (address, password) = subscribe(&desk, "berta", "neutral").await;
    assert_eq!(address, ADDRESS);
    let neutral = read(&desk, &password.unwrap()).await;
    assert!(neutral.contains(&desk.booking.calendar_uid(&hers.id)), "{neutral}");
    assert!(!neutral.contains(&desk.booking.calendar_uid(&his.id)), "a colleague's is his");
    assert!(neutral.contains("SUMMARY:Belegt\r\n") && neutral.contains("STATUS:CONFIRMED"));
    for word in ["Schuldner", "am Telefon", "Rat und Tat", "Lindenweg", "LOCATION", "DESCRIPTION"] {
        assert!(!neutral.contains(word), "{word}");
    }
    let (_, password) = subscribe(&desk, "berta", "ausfuehrlich").await;
    let detailed = read(&desk, &password.unwrap()).await;
    assert!(detailed.contains("SUMMARY:Schuldnerberatung\\, am Telefon\r\n"), "{detailed}");
    assert!(detailed.contains("Rat und Tat") && !detailed.contains("LOCATION"), "nobody has to go anywhere");
    for text in [&neutral, &detailed] {
        assert!(!text.contains("Kim") && !text.contains("0761"), "{text}");
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 1);
    }
    assert_eq!(desk.count("booking.feed-made").await, 2);
}

#[tokio::test]
async fn what_is_over_or_cancelled_vanishes_and_what_is_asked_for_is_tentative() {
    let desk = desk().await;
    desk.open_offer(&[("zusage", "centre")]).await;
    desk.enter("berta", &[("wochentag", "1")]).await;
    let (_, password) = subscribe(&desk, "berta", "ausfuehrlich").await;
    let password = password.unwrap();
    let events = async || read(&desk, &password).await.matches("BEGIN:VEVENT").count();
    assert_eq!(events().await, 0);
    let one = desk.book("form-1", MONDAY_NINE, "").await.appointment;
    desk.book("form-2", "2026-11-23T10:00:00Z", "").await;
    assert_eq!(events().await, 2);
    assert_eq!(read(&desk, &password).await.matches("STATUS:TENTATIVE").count(), 2);
    desk.booking.cancel(&one, crate::service::By::Seeker, None).await.unwrap();
    assert_eq!(events().await, 1);
    desk.set_clock("2026-11-23T10:59:59Z");
    assert_eq!(events().await, 1, "it is going on");
    desk.set_clock("2026-11-23T11:00:00Z");
    assert_eq!(events().await, 0);
}

#[tokio::test]
async fn a_secret_opens_one_way_until_it_is_replaced_or_ended() {
    let desk = open_desk().await;
    let (_, password) = subscribe(&desk, "berta", "neutral").await;
    let password = password.unwrap();
    read(&desk, &password).await;
    let (refused, headers, nothing) = desk.read_feed(ADDRESS, None).await;
    assert_eq!(refused, StatusCode::UNAUTHORIZED);
    assert_eq!(headers[header::WWW_AUTHENTICATE], "Basic realm=\"Termine\", charset=\"UTF-8\"");
    let by_address = |secret: &str| format!("/kalender/{secret}/termine.ics");
    let (missing, _, unknown) = desk.read_feed(&by_address("niemand"), None).await;
    assert_eq!(missing, StatusCode::NOT_FOUND);
    for secret in ["", "niemand", &password.to_uppercase(), &password[1..]] {
        let (status, _, body) = desk.read_feed(ADDRESS, Some(&basic(secret))).await;
        assert_eq!((status, &body), (StatusCode::UNAUTHORIZED, &nothing), "{secret}");
    }
    let (status, _, body) = desk.read_feed(&by_address(&password), None).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "a password is no address");
    assert_eq!(body.replace(&password, "niemand"), unknown);
    assert_eq!(desk.read_feed(&by_address("%FF"), None).await.0, StatusCode::NOT_FOUND);

    desk.book("form-1", MONDAY_NINE, "").await;
    desk.book("form-2", MONDAY_NINE, "").await;
    let (address, none) = subscribe(&desk, "berta", "nur-adresse").await;
    assert!(none.is_none());
    let (status, headers, text) = desk.read_feed(&address, None).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers[header::CACHE_CONTROL], "private, no-store");
    assert!(text.contains("SUMMARY:Belegt") && !text.contains("Schuldner"), "it says no more than that");
    let (status, ..) = desk.read_feed(ADDRESS, Some(&basic(&password))).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED, "the earlier one ended");
    let secret = address.split('/').nth(2).unwrap();
    let (status, ..) = desk.read_feed(ADDRESS, Some(&basic(secret))).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED, "an address is no password");

    let end = format!("{PAGE}/abonnement/beenden");
    let form = desk.form("berta", PAGE, &end).await;
    for _ in 0..2 {
        assert!(desk.done("berta", &end, &form).await.ends_with("getan=beendet"));
    }
    assert_eq!(desk.read_feed(&address, None).await.0, StatusCode::NOT_FOUND);
    assert_eq!(desk.count("booking.feed-ended").await, 1);
}

#[tokio::test]
async fn who_leaves_a_centre_takes_its_appointments_nowhere() {
    let desk = open_desk().await;
    desk.book("form-1", MONDAY_NINE, "").await;
    desk.book("form-2", MONDAY_NINE, "").await;
    let (_, password) = subscribe(&desk, "berta", "ausfuehrlich").await;
    let password = password.unwrap();
    assert_eq!(read(&desk, &password).await.matches("BEGIN:VEVENT").count(), 1);
    desk.leave("Berta Beratung");
    assert_eq!(read(&desk, &password).await.matches("BEGIN:VEVENT").count(), 0);
}

#[tokio::test]
async fn only_a_counsellor_of_the_centre_has_a_feed_or_a_calendar() {
    let desk = desk().await;
    let page = desk.page("berta", PAGE).await;
    assert!(page.contains("sobald Sie sich für Termine eingetragen haben"));
    for tail in ["/abonnement", "/belegt"] {
        let form = Form::default().with("art", "neutral").with("adresse", HERS);
        assert_eq!(desk.done("berta", &format!("{PAGE}{tail}"), &form).await, PAGE);
    }
    assert_eq!(desk.booking.store().feed("Berta Beratung").await.unwrap(), None);
    desk.enter("berta", &[]).await;
    let form = Form::default().with("art", "alles");
    assert_eq!(desk.post("berta", &format!("{PAGE}/abonnement"), &form).await.0, StatusCode::BAD_REQUEST);
}

fn calendar(events: &str) -> String {
    let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n");
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{text}", text.len())
}

fn event(uid: &str, start: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:{start}\r\nDURATION:PT1H\r\nSUMMARY:Zahnarzt\r\nEND:VEVENT\r\n"
    )
}

/// Berta alone, on Mondays from nine to twelve, and a server that has her calendar.
async fn connected(events: &str) -> (Desk, Server) {
    let desk = desk().await;
    desk.open_offer(&[]).await;
    desk.enter("berta", &[("wochentag", "1")]).await;
    let server = Server::says(&calendar(events)).await;
    desk.booking.fetch_calendars(server.fetcher());
    (desk, server)
}

async fn connect(desk: &Desk, address: &str) -> (StatusCode, String) {
    let action = format!("{PAGE}/belegt");
    let form = desk.form("berta", PAGE, &action).await.with("adresse", address);
    desk.post("berta", &action, &form).await
}

/// When Berta is free on the first Monday, in UTC.
async fn free(desk: &Desk) -> Vec<String> {
    let bookable = desk.booking.bookable("a-debt").await.unwrap();
    let times = desk.booking.times(&bookable, None, None, 1).await.unwrap();
    let monday = times.days.iter().filter(|day| day.date.to_string() == "2026-11-23");
    monday.flat_map(|day| &day.times).map(|time| time.span.from.strftime("%H:%M").to_string()).collect()
}

#[tokio::test]
async fn what_her_own_calendar_says_is_not_offered_any_more() {
    let (desk, server) = connected("").await;
    assert_eq!(free(&desk).await.first().unwrap(), "08:00");
    server.say(&calendar(&event("hers", "20261123T080000Z")));
    let (status, to) = connect(&desk, HERS).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, format!("{PAGE}?getan=verbunden").as_str()));
    assert_eq!(free(&desk).await.first().unwrap(), "09:00");
    let page = desk.page("berta", PAGE).await;
    assert!(page.contains("Verbunden mit einem Kalender bei haus.example."), "{page}");
    assert!(page.contains("ist eine Zeit belegt"));
    for secret in ["p4n", "ada.ics", "key=1", "Zahnarzt"] {
        assert!(!page.contains(secret), "{secret}");
    }
    let bookable = desk.booking.bookable("a-debt").await.unwrap();
    let form = kernel::Secret::new("form".to_owned());
    let held = desk
        .booking
        .hold(&bookable, &form, contracts::directory::Mode::Phone, at(MONDAY_NINE), kernel::Lang::De, None)
        .await;
    assert_eq!(held, Err(crate::BookingError::Taken), "nor taken by whoever guesses it");

    let action = format!("{PAGE}/belegt/trennen");
    let form = desk.form("berta", PAGE, &action).await;
    for _ in 0..2 {
        desk.done("berta", &action, &form).await;
    }
    assert_eq!(free(&desk).await.first().unwrap(), "08:00");
    let trail = desk.trail().await;
    let calendars = trail.iter().filter(|line| line[1].starts_with("booking.calendar"));
    assert_eq!(calendars.count(), 2);
    assert!(trail.iter().flatten().all(|text| !text.contains("haus.example")), "no address in the trail");
}

#[tokio::test]
async fn appointments_that_a_calendar_speaks_against_are_listed_and_stay() {
    let (desk, server) = connected("").await;
    let one = desk.book("form-1", MONDAY_NINE, "").await.appointment;
    let uid = desk.booking.calendar_uid(&one.id);
    server.say(&calendar(&event(&uid, "20261123T080000Z")));
    connect(&desk, HERS).await;
    let gaps = async || {
        let coming = desk.booking.coming("a").await.unwrap();
        desk.booking.gaps(&coming).await.unwrap().into_iter().map(|gap| gap.reason).collect::<Vec<_>>()
    };
    assert_eq!(gaps().await, [], "the appointment itself, in her calendar, is no conflict");
    server.say(&calendar(&event("hers", "20261123T083000Z")));
    connect(&desk, HERS).await;
    assert_eq!(gaps().await, [Misfit::Busy]);
    for page in [PAGE, A] {
        assert!(desk.page("berta", page).await.contains("Eigener Kalender belegt"), "{page}");
    }
    let kept = desk.booking.store().appointment(&one.id).await.unwrap().unwrap();
    assert_eq!(kept.state, State::Confirmed);
}

#[tokio::test]
async fn a_calendar_is_read_again_and_keeps_what_it_said_while_it_cannot_be() {
    let (desk, server) = connected(&event("hers", "20261123T080000Z")).await;
    connect(&desk, HERS).await;
    let round = async || desk.booking.read_due_calendars().await.unwrap();
    assert_eq!(round().await, Readings::default(), "not due yet");

    let later = |minutes: i64| (at(FRIDAY) + SignedDuration::from_mins(minutes)).to_string();
    server.say(&calendar(&event("hers", "20261123T090000Z")));
    desk.set_clock(&later(17));
    assert_eq!(round().await, Readings { read: 1, failed: 0 });
    assert_eq!(free(&desk).await, ["10:00"], "an appointment of an hour has its buffer, too");

    server.say("HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n");
    desk.set_clock(&later(40));
    assert_eq!(round().await, Readings { read: 0, failed: 1 });
    assert_eq!(free(&desk).await, ["10:00"]);
    let page = desk.page("berta", PAGE).await;
    assert!(page.contains("Ihr Kalender kann seit Fr 20.11.2026, 9:40 nicht gelesen werden"), "{page}");
    assert!(page.contains("Unter dieser Adresse gibt es keinen Kalender."));
    desk.set_clock(&later(60));
    assert_eq!(round().await, Readings::default(), "it waits longer each time");
    desk.set_clock(&later(80));
    assert_eq!(round().await, Readings { read: 0, failed: 1 });
    let page = desk.page("berta", PAGE).await;
    assert!(page.contains("seit Fr 20.11.2026, 9:40 nicht gelesen werden"), "since the first time");

    server.say(&calendar(""));
    desk.set_clock(&later(80 + 70));
    assert_eq!(round().await, Readings { read: 1, failed: 0 });
    assert_eq!(free(&desk).await.first().unwrap(), "08:00");
    assert!(!desk.page("berta", PAGE).await.contains("nicht gelesen werden"));
}

#[tokio::test]
async fn the_list_of_hits_hears_of_busy_times() {
    use contracts::booking::FreeTimes;
    let (desk, server) = connected("").await;
    let says = async |expected: &str| {
        for _ in 0..400 {
            let found = desk.booking.next_free(&[String::from("a-debt")]).await.unwrap();
            if found.get("a-debt").is_some_and(|next| next.start == at(expected)) {
                return true;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        false
    };
    assert!(says(MONDAY_NINE).await);
    server.say(&calendar(&event("hers", "20261123T080000Z")));
    connect(&desk, HERS).await;
    assert!(says("2026-11-23T09:00:00Z").await, "although the clock stands");
}

#[tokio::test]
async fn why_a_calendar_is_not_connected_stands_at_the_field() {
    let (desk, server) = connected("").await;
    let mut told = Vec::new();
    for (address, answer, trouble) in [
        ("morgen", "", Trouble::NoAddress),
        ("http://haus.example/a.ics", "", Trouble::Scheme),
        ("https://a:b@haus.example/a.ics", "", Trouble::Credentials),
        ("https://haus.example:8443/a.ics", "", Trouble::Port),
        ("https://127.0.0.1/a.ics", "", Trouble::NotPublic),
        ("https://hilfe.example/kalender/x/termine.ics", "", Trouble::Ours),
        ("https://anders.example/a.ics", "", Trouble::Unreachable),
        (HERS, "HTTP/1.1 301 X\r\nLocation: /\r\nContent-Length: 0\r\n\r\n", Trouble::Redirected),
        (HERS, "HTTP/1.1 401 X\r\nContent-Length: 0\r\n\r\n", Trouble::SignIn),
        (HERS, "HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n", Trouble::NotThere),
        (HERS, "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n", Trouble::Refused),
        (HERS, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>", Trouble::NoCalendar),
        (HERS, "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\nBEGIN:VCALENDAR\r\n", Trouble::CutOff),
        (HERS, &calendar(&event("x", "20261399T080000Z")), Trouble::NotUnderstood),
    ] {
        server.say(answer);
        let (status, page) = connect(&desk, address).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{trouble:?}");
        assert!(page.contains("href=\"#adresse\""), "{trouble:?}");
        assert!(!page.contains("haus.example"), "what was typed is a secret");
        let error =
            page.split("id=\"adresse-error\"").nth(1).unwrap().split("</p>").next().unwrap().to_owned();
        assert!(!told.contains(&error), "each is something else to do: {error}");
        told.push(error);
    }
    let berta = desk.booking.store().resources_of_person("Berta Beratung").await.unwrap().remove(0);
    assert_eq!(desk.booking.store().calendar(&berta.value.id).await.unwrap(), None);
}

#[tokio::test]
async fn the_calendar_of_somebody_who_left_is_read_no_more() {
    let (desk, _server) = connected(&event("hers", "20261123T080000Z")).await;
    connect(&desk, HERS).await;
    desk.leave("Berta Beratung");
    desk.set_clock("2026-11-20T09:00:00Z");
    assert_eq!(desk.booking.read_due_calendars().await.unwrap(), Readings { read: 0, failed: 1 });
    let berta = desk.booking.store().resources_of_person("Berta Beratung").await.unwrap().remove(0);
    let source = desk.booking.store().calendar(&berta.value.id).await.unwrap().unwrap();
    assert_eq!(source.failing.unwrap().problem, Trouble::Left.code());
}

#[tokio::test]
async fn every_state_of_the_page_renders_in_every_language() {
    let (desk, server) = connected("").await;
    desk.book("form-1", MONDAY_NINE, "").await;
    server.say(&calendar(&event("hers", "20261123T083000Z")));
    connect(&desk, HERS).await;
    server.say("");
    desk.set_clock("2026-11-20T09:00:00Z");
    assert_eq!(desk.booking.read_due_calendars().await.unwrap().failed, 1);
    for lang in Lang::ALL {
        let page = format!("{}{PAGE}", lang.path_prefix());
        let make = format!("{page}/abonnement");
        for kind in ["neutral", "ausfuehrlich", "nur-adresse"] {
            let form = desk.form("berta", &page, &make).await.with("art", kind);
            let (status, html) = desk.post("berta", &make, &form).await;
            assert!(
                status == StatusCode::OK && html.contains("id=\"abo-adresse\""),
                "{lang:?} {kind}: {html}"
            );
            assert_eq!(html.contains("id=\"abo-passwort\""), kind != "nur-adresse");
        }
        for who in ["berta", "eva"] {
            let html = desk.page(who, &page).await;
            assert!(html.contains(&format!("<html lang=\"{}\"", lang.tag())), "{who} {lang:?}");
            assert_eq!(html.matches("<h1").count(), 1, "{who} {lang:?}");
            Form::of(&html, &format!("{page}/belegt/trennen"));
        }
        let connect = format!("{page}/belegt");
        let form = desk.form("berta", &page, &connect).await.with("adresse", "<b>&");
        let (status, html) = desk.post("berta", &connect, &form).await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && !html.contains("<b>&"));
    }
}

#[tokio::test]
async fn an_installation_that_reads_no_calendars_says_so() {
    let desk = open_desk().await;
    let page = desk.page("berta", PAGE).await;
    assert!(
        page.contains("Dieses System liest keine fremden Kalender.") && !page.contains("name=\"adresse\"")
    );
    let form = Form::default().with("adresse", HERS);
    let (status, _) = desk.post("berta", &format!("{PAGE}/belegt"), &form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(desk.booking.read_due_calendars().await.unwrap(), Readings::default());
}

#[tokio::test]
async fn a_manager_sees_that_there_is_a_calendar_and_can_disconnect_it() {
    let (desk, _server) = connected(&event("hers", "20261123T080000Z")).await;
    desk.enter("carl", &[("wochentag", "2")]).await;
    connect(&desk, HERS).await;
    let berta = desk.booking.store().resources_of_person("Berta Beratung").await.unwrap().remove(0).value.id;
    let action = format!("{PAGE}/belegt/trennen");
    let form = Form::default().with("wer", &berta);

    let carl = desk.page("carl", PAGE).await;
    assert!(!carl.contains("Berta") && !carl.contains("haus.example"));
    assert_eq!(desk.post("carl", &action, &form).await.0, StatusCode::NOT_FOUND);
    assert_eq!(desk.post("other", &action, &form).await.0, StatusCode::NOT_FOUND);
    let elsewhere = action.replace("termine/a", "termine/b");
    assert_eq!(desk.post("other", &elsewhere, &form).await.0, StatusCode::NOT_FOUND, "another centre's");

    let eva = desk.page("eva", PAGE).await;
    assert!(eva.contains("Berta Beratung") && !eva.contains("haus.example"), "{eva}");
    let form = desk.form("eva", PAGE, &action).await;
    desk.done("eva", &action, &form).await;
    assert_eq!(desk.booking.store().calendar(&berta).await.unwrap(), None);
    assert!(!desk.page("eva", PAGE).await.contains("Berta Beratung"));
}
