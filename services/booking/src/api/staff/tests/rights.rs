//! Who may ask for what, and from where.

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use serde_json::json;
use webkit::staff::{Need, StaffRoute};

use super::program::{A, get, post, put, request, send};
use crate::{
    api::{openapi, staff_routes},
    web::desk::tests::desk::{Desk, MONDAY_NINE, open_desk},
};

fn table() -> Vec<StaffRoute> {
    staff_routes().into_router().table
}

/// The addresses of "a", with an appointment, an offer and a counsellor there are.
async fn filled(desk: &Desk) -> Vec<(StaffRoute, String)> {
    let one = desk.book("form-1", MONDAY_NINE, "Kim Geheim").await.appointment;
    let fill = |route: StaffRoute| {
        let address = route
            .path
            .replace("{centre}", "a")
            .replace("{appointment}", &one.id)
            .replace("{offer}", "a-debt")
            .replace("{resource}", &one.resource_id);
        (route, address)
    };
    table().into_iter().map(fill).collect()
}

#[tokio::test]
async fn every_address_opens_for_whom_its_page_opens_and_for_nobody_else() {
    let desk = open_desk().await;
    let nothing = json!({"geheim": 1});
    for (route, address) in filled(&desk).await {
        let ask = async |who: &str, address: &str| match route.method {
            Method::GET => get(&desk, who, address).await,
            Method::PUT => put(&desk, who, address, "\"1\"", &nothing).await,
            _ => post(&desk, who, address, &nothing).await,
        };
        let nobody = ask("nobody", &address).await;
        assert_eq!(nobody.problem(StatusCode::UNAUTHORIZED), "sign-in-first", "{address}");
        let managers = route.need == Need::CentreEditor;
        // where the address names no centre, who works elsewhere is refused by what she sends
        let of_centre = route.path.contains("{centre}");
        let strangers = ["list"].into_iter().chain(of_centre.then_some("other"));
        for who in strangers.chain(managers.then_some("berta")) {
            assert_eq!(
                ask(who, &address).await.problem(StatusCode::NOT_FOUND),
                "not-found",
                "{who} {address}"
            );
        }
        let unknown = address.replacen("/a/", "/nirgends/", 1);
        if of_centre {
            assert_eq!(ask("eva", &unknown).await.problem(StatusCode::NOT_FOUND), "not-found", "{unknown}");
        }
        for who in ["eva", "admin"] {
            let reply = ask(who, &address).await;
            if route.method == Method::GET {
                reply.good();
            } else {
                // it is read, and then it is not what is expected
                assert_eq!(reply.pointer(StatusCode::BAD_REQUEST), "", "{who} {address}");
            }
        }
    }
    let trail = desk.trail().await;
    assert!(!trail.iter().any(|line| line[1].starts_with("appointment.")), "{trail:?}");
}

#[tokio::test]
async fn a_change_is_taken_only_from_this_site_and_never_from_a_form() {
    let desk = open_desk().await;
    for (route, address) in filled(&desk).await {
        if route.method == Method::GET {
            continue;
        }
        let json = ("content-type", "application/json");
        for (site, kind, status) in [
            (("sec-fetch-site", "cross-site"), json, StatusCode::FORBIDDEN),
            (("sec-fetch-site", "same-site"), json, StatusCode::FORBIDDEN),
            (("origin", "https://evil.example"), json, StatusCode::FORBIDDEN),
            (("x-nothing", ""), json, StatusCode::FORBIDDEN),
            (("sec-fetch-site", "same-origin"), ("x-nothing", ""), StatusCode::UNSUPPORTED_MEDIA_TYPE),
            (
                ("sec-fetch-site", "same-origin"),
                ("content-type", "application/x-www-form-urlencoded"),
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ),
            (
                ("sec-fetch-site", "same-origin"),
                ("content-type", "text/plain"),
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ),
        ] {
            let mut request =
                request("eva", route.method.clone(), &address).header(header::HOST, "a.example");
            request.headers_mut().unwrap().remove("sec-fetch-site");
            let request = request.header(site.0, site.1).header(kind.0, kind.1);
            let reply = send(&desk, request.body(Body::from("{}")).unwrap()).await;
            reply.problem(status);
        }
        let mut request = request("eva", route.method.clone(), &address).header(header::HOST, "a.example");
        request.headers_mut().unwrap().remove("sec-fetch-site");
        let request = request.header(header::ORIGIN, "https://a.example").header(json.0, json.1);
        let own = send(&desk, request.body(Body::from("1")).unwrap()).await;
        own.problem(StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn what_is_not_there_answers_like_what_is_not_hers() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "Kim").await.appointment;
    for address in [
        String::from("/api/v1/staff/centres/nirgends/appointments"),
        String::from("/api/v1/staff/centres/%00/appointments"),
        String::from("/api/v1/staff/centres/%FF/appointments"),
        format!("{A}/offers/b-debt/settings"),
        format!("{A}/offers/%FF/settings"),
        format!("{A}/resources/niemand/hours"),
        format!("{A}/resources/%FF/hours"),
        format!("{A}/anything"),
    ] {
        get(&desk, "admin", &address).await.problem(StatusCode::NOT_FOUND);
    }
    for appointment in ["niemals", "%00", "%FF"] {
        let reply = get(&desk, "berta", &format!("{A}/appointments/{appointment}")).await;
        reply.problem(StatusCode::NOT_FOUND);
    }
    // an appointment of another centre
    let through_another = format!("/api/v1/staff/centres/b/appointments/{}", one.id);
    for who in ["other", "both", "admin"] {
        get(&desk, who, &through_another).await.problem(StatusCode::NOT_FOUND);
        let contact = post(&desk, who, &format!("{through_another}/contact"), &json!({})).await;
        contact.problem(StatusCode::NOT_FOUND);
    }
    assert_eq!(desk.count("appointment.contact-read").await, 0);
}

#[test]
fn every_address_is_described_with_its_credential() {
    let document = serde_json::to_value(openapi()).unwrap();
    let routes = table();
    for route in &routes {
        let operation = &document["paths"][route.path][route.method.as_str().to_lowercase()];
        assert_eq!(operation["security"], json!([{"session": []}]), "{} {}", route.method, route.path);
        let answers = operation["responses"].as_object().unwrap();
        assert!(answers.contains_key("401") && answers.contains_key("404"), "{}", route.path);
        assert_eq!(answers.contains_key("415"), route.method != Method::GET, "{}", route.path);
    }
    let described = document["paths"].as_object().unwrap().iter();
    let described = described.filter(|(path, _)| path.contains("/staff/"));
    let count: usize = described.map(|(_, operations)| operations.as_object().unwrap().len()).sum();
    assert_eq!(count, routes.len());
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for name in ["OfferSettings", "CentreSetting", "Hours", "Rule", "Absence", "LocalRange", "Moving"] {
        assert_eq!(schemas[name]["additionalProperties"], false, "{name}");
    }
    assert!(!document.to_string().contains("[`"), "a link of the source's own in a description");
}
