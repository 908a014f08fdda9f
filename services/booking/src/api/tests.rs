//! The API with a real store behind it.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use serde_json::{Value, json};
use webkit::networks::Per;

use crate::{
    guard::Limits,
    web::seek::tests::{
        guard::{demanding, limits, solved},
        house::{ASKING, Answer, House, LINKED, NIGHT, OFFER, at},
    },
};

const KEY: &str = "6f1c0f5e-2a43-4f0e-9a53-0d2e1f3b4c5d";
const OTHER_KEY: &str = "0b9d2f6a-77a1-4a35-8d0c-5a1c1c5f0e11";
const NINE: &str = "2026-11-23T08:00:00Z";
const TEN: &str = "2026-11-23T09:00:00Z";

const SOMEWHERE: &str = "192.0.2.7";

async fn book(house: &House, key: &str, body: &Value) -> Answer {
    house.send(booking(key, body)).await
}

async fn book_from(address: &str, house: &House, key: &str, body: &Value) -> Answer {
    house.send_from(address, booking(key, body)).await
}

fn booking(key: &str, body: &Value) -> Request<Body> {
    let request = Request::post("/api/v1/bookings")
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", key);
    request.body(Body::from(body.to_string())).unwrap()
}

async fn own(house: &House, method: Method, code: &str, credential: &str, body: &Value) -> Answer {
    house.send(asking(method, code, credential, body)).await
}

fn asking(method: Method, code: &str, credential: &str, body: &Value) -> Request<Body> {
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/v1/bookings/{code}"))
        .header(header::AUTHORIZATION, credential);
    let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
    request.body(body).unwrap()
}

fn wanted() -> Value {
    json!({"offer": OFFER, "start": NINE, "mode": "in_person", "contact": {"name": "Kim"},
        "remind": "kim@example.org", "lang": "en"})
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    /// The kind of a problem, which must not repeat what was sent.
    #[track_caller]
    fn problem(&self, status: StatusCode) -> String {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        assert!(!self.text.contains("Kim") && !self.text.contains("geheim"), "{}", self.text);
        let kind = self.json()["type"].as_str().unwrap().to_owned();
        kind.strip_prefix("/api/problems/").unwrap().to_owned()
    }
}

#[tokio::test]
async fn slots_book_see_move_cancel() {
    let house = House::open().await;
    let slots =
        house.get(&format!("/api/v1/offers/{OFFER}/slots?from=2026-11-23&to=2026-11-24&mode=phone")).await;
    let slots = slots.expect(StatusCode::OK).json();
    assert_eq!(slots["slots"].as_array().unwrap().len(), 12);
    assert_eq!(
        slots["slots"][0],
        json!({"start": NINE, "end": "2026-11-23T08:30:00Z", "local": "2026-11-23T09:00", "occurrence": null,
            "modes": ["phone"], "seats_left": 1})
    );
    assert_eq!(slots["next"], "2026-11-25");

    let booked = book(&house, KEY, &wanted()).await.expect(StatusCode::CREATED);
    assert_eq!(booked.headers[header::CACHE_CONTROL], "no-store");
    assert!(!booked.headers.contains_key(header::LOCATION));
    let receipt = booked.json();
    assert_eq!(receipt["state"], "confirmed");
    assert!(receipt["link"].as_str().unwrap().starts_with("https://hilfe.example/en/mein-termin#"));
    let again = book(&house, KEY, &wanted()).await.expect(StatusCode::CREATED);
    assert_eq!(again.json(), receipt, "the same receipt");
    assert_eq!(house.kept().await, (1, 6));
    assert_eq!(book(&house, OTHER_KEY, &wanted()).await.problem(StatusCode::CONFLICT), "taken");
    let mut other = wanted();
    other["offer"] = ASKING.into();
    assert_eq!(book(&house, KEY, &other).await.problem(StatusCode::CONFLICT), "key-used");

    let code = receipt["code"].as_str().unwrap();
    let pin = format!("PIN {}", receipt["pin"].as_str().unwrap());
    let seen = own(&house, Method::GET, code, &pin, &Value::Null).await.expect(StatusCode::OK).json();
    assert_eq!((&seen["start"], &seen["offer"]), (&json!(NINE), &json!(OFFER)));
    assert!(seen.get("contact").is_none(), "what was said is for the counsellor");
    let change = json!({"start": TEN, "mode": "phone"});
    for _ in 0..2 {
        let moved = own(&house, Method::PATCH, &code.replace('-', ""), &pin, &change).await;
        assert_eq!(moved.expect(StatusCode::OK).json()["start"], TEN);
    }
    let gone = json!({"start": "2026-11-23T08:10:00Z"});
    assert_eq!(own(&house, Method::PATCH, code, &pin, &gone).await.problem(StatusCode::CONFLICT), "taken");
    for _ in 0..2 {
        let cancelled = own(&house, Method::DELETE, code, &pin, &Value::Null).await;
        assert_eq!(cancelled.expect(StatusCode::OK).json()["state"], "cancelled");
    }
    assert_eq!(own(&house, Method::PATCH, code, &pin, &change).await.problem(StatusCode::CONFLICT), "closed");
    assert_eq!(house.kept().await.1, 0);
}

#[tokio::test]
async fn the_pin_is_the_credential_and_tells_nothing_when_it_is_wrong() {
    let house = House::open().await;
    let receipt = book(&house, KEY, &wanted()).await.json();
    let code = receipt["code"].as_str().unwrap();
    let right = receipt["pin"].as_str().unwrap();
    let wrong = if right == "0000" { "PIN 0001" } else { "PIN 0000" };
    for missing in ["", "Basic eDp5", "PIN", "Bearer 1234", "PIN 12"] {
        let refused = own(&house, Method::GET, code, missing, &Value::Null).await;
        assert_eq!(refused.problem(StatusCode::UNAUTHORIZED), "no-pin");
        assert_eq!(refused.headers[header::WWW_AUTHENTICATE], "PIN realm=\"bookings\"");
    }
    for method in [Method::GET, Method::DELETE] {
        let refused = own(&house, method, code, wrong, &Value::Null).await;
        assert_eq!(refused.problem(StatusCode::UNAUTHORIZED), "wrong-pin");
    }
    let refused = own(&house, Method::PATCH, code, wrong, &json!({"start": TEN})).await;
    assert_eq!(refused.problem(StatusCode::UNAUTHORIZED), "wrong-pin");
    assert_eq!(
        own(&house, Method::GET, "geheim", wrong, &Value::Null).await.problem(StatusCode::NOT_FOUND),
        "no-code"
    );
    for _ in 0..2 {
        own(&house, Method::GET, code, wrong, &Value::Null).await.expect(StatusCode::UNAUTHORIZED);
    }
    let slow = own(&house, Method::GET, code, &format!("PIN {right}"), &Value::Null).await;
    assert_eq!(slow.problem(StatusCode::TOO_MANY_REQUESTS), "too-many-tries");
    assert_eq!(slow.headers[header::RETRY_AFTER], "3600");
    house.clock.set(at("2026-11-23T10:00:00Z"));
    let over = own(&house, Method::GET, code, &format!("pin {right}"), &Value::Null).await;
    assert_eq!(over.problem(StatusCode::GONE), "over");
}

#[tokio::test]
async fn what_is_wrong_is_named_and_never_repeated() {
    let house = House::open().await;
    for (query, kind) in [
        ("geheim=1", "unknown-parameter"),
        ("from=geheim", "bad-value"),
        ("from=2026-12-02&to=2026-12-01", "bad-value"),
        ("mode=geheim", "bad-value"),
        ("from=2026-12-01&from=2026-12-01", "repeated-parameter"),
    ] {
        let refused = house.get(&format!("/api/v1/offers/{OFFER}/slots?{query}")).await;
        assert_eq!(refused.problem(StatusCode::BAD_REQUEST), kind, "{query}");
    }
    for offer in [LINKED, "geheim", "%00", "%FF"] {
        let refused = house.get(&format!("/api/v1/offers/{offer}/slots")).await;
        assert_eq!(refused.problem(StatusCode::NOT_FOUND), "no-such-offer", "{offer}");
    }
    for extreme in ["from=-009999-01-01", "from=9999-12-31", "to=9999-12-31"] {
        house.get(&format!("/api/v1/offers/{OFFER}/slots?{extreme}")).await.expect(StatusCode::OK);
    }
    let with = |field: &str, value: Value| {
        let mut body = wanted();
        body[field] = value;
        body
    };
    for (body, status, kind) in [
        (with("geheim", json!(1)), StatusCode::BAD_REQUEST, "bad-body"),
        (with("contact", json!({"geheim": "Kim"})), StatusCode::BAD_REQUEST, "bad-body"),
        (with("mode", json!("geheim")), StatusCode::BAD_REQUEST, "bad-body"),
        (json!("geheim"), StatusCode::BAD_REQUEST, "bad-body"),
        (with("start", json!("geheim")), StatusCode::BAD_REQUEST, "bad-value"),
        (with("lang", json!("geheim")), StatusCode::BAD_REQUEST, "bad-value"),
        (with("offer", json!("geheim\u{0}")), StatusCode::NOT_FOUND, "no-such-offer"),
        (with("remind", json!("geheim")), StatusCode::UNPROCESSABLE_ENTITY, "contact-needed"),
        (with("mode", json!("video")), StatusCode::CONFLICT, "taken"),
        (with("start", json!("-009999-01-03T00:00:00Z")), StatusCode::CONFLICT, "taken"),
        (with("start", json!("9999-12-30T22:00:00Z")), StatusCode::CONFLICT, "taken"),
    ] {
        assert_eq!(book(&house, KEY, &body).await.problem(status), kind, "{body}");
    }
    for key in ["", "1", "geheim geheim geheim geheim"] {
        assert_eq!(book(&house, key, &wanted()).await.problem(StatusCode::BAD_REQUEST), "bad-value");
    }
    let mut asking = wanted();
    (asking["offer"], asking["mode"]) = (ASKING.into(), "phone".into());
    let refused = book(&house, KEY, &asking).await;
    assert_eq!(refused.problem(StatusCode::UNPROCESSABLE_ENTITY), "contact-needed");
    assert_eq!(refused.json()["parameter"], "contact.last_name");
    asking["contact"] = json!({"name": "Kim", "last_name": "Muster", "phone": "0761 1234"});
    let requested = book(&house, KEY, &asking).await.expect(StatusCode::CREATED).json();
    assert_eq!(requested["state"], "requested");
    let large = json!({"contact": {"note": "x".repeat(20_000)}});
    assert_eq!(book(&house, KEY, &large).await.problem(StatusCode::PAYLOAD_TOO_LARGE), "payload-too-large");
}

#[tokio::test]
async fn both_times_of_the_doubled_hour_are_told_apart() {
    let house = House::open().await;
    house.wait_until("2026-10-20T08:00:00Z").await;
    let slots = house.get(&format!("/api/v1/offers/{NIGHT}/slots")).await.json();
    let twice: Vec<_> = slots["slots"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|slot| slot["local"] == "2026-10-25T02:30")
        .map(|slot| (slot["start"].clone(), slot["occurrence"].clone()))
        .collect();
    assert_eq!(
        twice,
        [(json!("2026-10-25T00:30:00Z"), json!("first")), (json!("2026-10-25T01:30:00Z"), json!("second"))]
    );
}

#[tokio::test]
async fn while_much_is_going_on_a_program_works_for_its_booking() {
    let house = House::open_with(demanding()).await;
    let slots = format!("/api/v1/offers/{OFFER}/slots");
    let look = Request::get(&slots).body(Body::empty()).unwrap();
    house.send_from(SOMEWHERE, look).await.expect(StatusCode::OK);
    let asked = book_from(SOMEWHERE, &house, KEY, &wanted()).await;
    assert_eq!(asked.problem(StatusCode::PRECONDITION_REQUIRED), "proof-wanted");
    assert_eq!(asked.headers[header::CACHE_CONTROL], "no-store");
    assert!(!asked.text.contains(KEY), "a key is a secret");
    let challenge = |answer: &Answer| serde_json::from_value(answer.json()["challenge"].clone()).unwrap();
    let with = |solution: String| {
        let mut body = wanted();
        body["altcha"] = solution.into();
        body
    };
    let solution = solved(challenge(&asked));
    for (key, body) in [(OTHER_KEY, with(solution.clone())), (KEY, with("geheim".into()))] {
        let refused = book_from(SOMEWHERE, &house, key, &body).await;
        assert_eq!(refused.problem(StatusCode::PRECONDITION_REQUIRED), "proof-wanted");
        assert!(refused.json()["detail"].as_str().unwrap().contains("does not count"));
    }
    assert_eq!(house.kept().await, (0, 0));
    let booked = book_from(SOMEWHERE, &house, KEY, &with(solution)).await.expect(StatusCode::CREATED);
    let again = book_from(SOMEWHERE, &house, KEY, &wanted()).await.expect(StatusCode::CREATED);
    assert_eq!(again.json(), booked.json(), "the receipt costs nothing");
    book(&house, OTHER_KEY, &json!({"offer": OFFER, "start": TEN, "mode": "phone"}))
        .await
        .expect(StatusCode::CREATED);
}

#[tokio::test]
async fn too_much_from_one_network_says_how_long_to_wait() {
    let one = Per { near: 1, wide: 1 };
    let strict = Limits { bookings_an_hour: one, wrong_pins_an_hour: one, moves_a_day: 1, ..limits() };
    let house = House::open_with(strict).await;
    let receipt = book_from(SOMEWHERE, &house, KEY, &wanted()).await.expect(StatusCode::CREATED).json();
    let more = json!({"offer": OFFER, "start": TEN, "mode": "phone"});
    let refused = book_from(SOMEWHERE, &house, OTHER_KEY, &more).await;
    assert_eq!(refused.problem(StatusCode::TOO_MANY_REQUESTS), "too-many-bookings");
    assert_eq!(refused.headers[header::RETRY_AFTER], "3600");
    book_from("198.51.100.7", &house, OTHER_KEY, &more).await.expect(StatusCode::CREATED);

    let (code, pin) = (receipt["code"].as_str().unwrap(), receipt["pin"].as_str().unwrap());
    let (right, wrong) = (format!("PIN {pin}"), if pin == "0000" { "PIN 0001" } else { "PIN 0000" });
    let eleven = json!({"start": "2026-11-23T10:00:00Z"});
    own(&house, Method::PATCH, code, &right, &eleven).await.expect(StatusCode::OK);
    own(&house, Method::PATCH, code, &right, &eleven).await.expect(StatusCode::OK);
    let refused = own(&house, Method::PATCH, code, &right, &json!({"start": NINE})).await;
    assert_eq!(refused.problem(StatusCode::TOO_MANY_REQUESTS), "too-many-moves");
    assert_eq!(refused.headers[header::RETRY_AFTER], "86400");

    let ask = |credential: &str| asking(Method::GET, code, credential, &Value::Null);
    house.send_from(SOMEWHERE, ask(wrong)).await.expect(StatusCode::UNAUTHORIZED);
    let slow = house.send_from(SOMEWHERE, ask(&right)).await;
    assert_eq!(slow.problem(StatusCode::TOO_MANY_REQUESTS), "too-many-wrong-pins");
    assert_eq!(slow.headers[header::RETRY_AFTER], "3600");
    house.send_from("198.51.100.7", ask(&right)).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn a_wrong_pin_an_unknown_code_and_an_id_are_told_apart_by_nothing() {
    let house = House::open().await;
    let receipt = book(&house, KEY, &wanted()).await.json();
    let code = receipt["code"].as_str().unwrap();
    let wrong = if receipt["pin"] == "0000" { "PIN 0001" } else { "PIN 0000" };
    let receipts = crate::receipt::Receipts::new(&kernel::ServerKey::new([9; 32]));
    let form = kernel::Secret::new(String::from("another form"));
    let unknown = receipts.of_form(&form, jiff::civil::date(2026, 11, 23), 0).code.shown().expose().clone();
    let told = |answer: Answer| (answer.status, answer.headers, answer.text);
    for method in [Method::GET, Method::DELETE, Method::GET, Method::DELETE, Method::GET, Method::GET] {
        let known = own(&house, method.clone(), code, wrong, &Value::Null).await;
        let not = own(&house, method, &unknown, wrong, &Value::Null).await;
        assert_eq!(told(known), told(not), "also once both are slowed");
    }
    let id = own(&house, Method::GET, &house.only_id().await, wrong, &Value::Null).await;
    assert_eq!(id.problem(StatusCode::NOT_FOUND), "no-code");
    let random = own(&house, Method::GET, "0123456789abcdef0123456789abcdef", wrong, &Value::Null).await;
    assert_eq!(told(id), told(random));
}

#[test]
fn the_document_describes_every_address_and_what_it_answers() {
    let document = serde_json::to_value(super::openapi()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let addresses: Vec<_> = paths.keys().filter(|path| !path.contains("/staff/")).collect();
    assert_eq!(addresses, ["/api/v1/bookings", "/api/v1/bookings/{code}", "/api/v1/offers/{id}/slots"]);
    assert_eq!(paths["/api/v1/bookings/{code}"].as_object().unwrap().len(), 3);
    let scheme = &document["components"]["securitySchemes"]["pin"];
    assert_eq!((&scheme["in"], &scheme["name"]), (&json!("header"), &json!("Authorization")));
    assert_eq!(document["components"]["schemas"]["BookingRequest"]["additionalProperties"], false);
    let answers = &paths["/api/v1/bookings"]["post"]["responses"];
    let proof = &answers["428"]["content"]["application/problem+json"]["schema"]["$ref"];
    assert_eq!(proof, "#/components/schemas/ProofWanted");
    assert!(document["components"]["schemas"]["BookingRequest"]["properties"]["altcha"].is_object());
}
