//! Every staff route × every role × own and foreign objects: open, or the same answer as an address that does not exist.

use std::collections::BTreeMap;

use super::person::{Person, text_of};
use crate::harness::{Installation, Reply, Server};

/// What a route answers to somebody.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Outcome {
    /// It works, or complains about the form's content.
    Open,
    /// The same as an address that does not exist.
    Hidden,
    /// Sign in first.
    SignIn,
}

/// The objects in addresses: those of the role's own reach, and others.
struct Objects {
    centre: String,
    person: String,
    import: String,
}

impl Objects {
    fn fill(&self, path: &str) -> String {
        path.replace("{centre}", &self.centre)
            .replace("{person}", &self.person)
            .replace("{import}", &self.import)
            // Parts below an object: nobody has one of this id.
            .split('/')
            .map(|part| if part.starts_with('{') { "0" } else { part })
            .collect::<Vec<_>>()
            .join("/")
    }

    fn concerns(path: &str) -> bool {
        ["{centre}", "{person}", "{import}"].iter().any(|object| path.contains(object))
    }
}

#[test]
fn every_route_opens_for_the_roles_it_is_declared_for_and_for_nobody_else() {
    let installation = Installation::new();
    installation.succeed(&["demo", "--centres", "40"]);
    let routes: serde_json::Value = serde_json::from_str(&installation.succeed(&["staff-routes"])).unwrap();
    let routes = routes.as_array().unwrap();
    assert!(routes.len() > 60, "only {} routes are declared", routes.len());

    let server = installation.serve();
    let mut admin = Person::first_administrator(&server);
    let [own, foreign] = two_centres(&server);
    let mut people = BTreeMap::new();
    for (role, scope) in [
        ("association_administrator", ("liste", "demo")),
        ("centre_manager", ("stelle", own.as_str())),
        ("counsellor", ("stelle", own.as_str())),
    ] {
        let mail = format!("{role}@beispiel.example");
        people.insert(role, admin.invite(&format!("Test {role}"), &mail, &[("rolle", role), scope]));
    }
    let foreigner =
        admin.invite("Fremd", "fremd@beispiel.example", &[("rolle", "counsellor"), ("stelle", &foreign)]);
    drop(foreigner);
    let ids = person_ids(&mut admin);
    let mine = Objects {
        centre: own,
        person: ids["Test counsellor"].clone(),
        import: String::from("0193a1b2-0000-7000-8000-00000000aaaa"),
    };
    let others = Objects { centre: foreign, person: ids["Fremd"].clone(), import: mine.import.clone() };
    people.insert("administrator", admin);
    people.insert("nobody", Person::nobody(&server));

    let mut tried = 0;
    let mut wrong = Vec::new();
    for (role, person) in &mut people {
        let token = if *role == "nobody" { String::from("none") } else { person.token() };
        for route in routes {
            let (method, path) = (route["method"].as_str().unwrap(), route["path"].as_str().unwrap());
            let need = route["need"].as_str().unwrap();
            for (whose, objects) in [("own", &mine), ("foreign", &others)] {
                if whose == "foreign" && !Objects::concerns(path) || skipped(path) {
                    continue;
                }
                let address = objects.fill(path);
                let reply = match method {
                    "GET" => person.get(&address),
                    // A body with nothing that is known in it, likewise.
                    _ if is_api(path) => person.send_json(method, &address, r#"{"probe":"matrix"}"#),
                    // A form with nothing in it: whoever may send it hears about its content, nothing is changed.
                    _ => person.post_with(&address, &token, &[("probe", "matrix")]),
                };
                tried += 1;
                let outcome = outcome(&reply);
                let expected = expected(role, need, path, whose);
                if outcome != Some(expected) && !may_be_missing(path, expected, outcome) {
                    wrong.push(format!(
                        "{role}: {method} {path} ({whose}, needs {need}) answers {}, not {expected:?}: {:.150}",
                        reply.status,
                        text_of(&reply.body)
                    ));
                }
            }
        }
    }
    println!("{tried} requests: {} routes × {} roles × own and foreign objects", routes.len(), people.len());
    assert!(wrong.is_empty(), "{} of {tried} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert_form_tokens_matter(people.get_mut("administrator").unwrap(), routes, &mine);
}

/// Whatever an administrator may change, a form without the session's token changes nothing.
fn assert_form_tokens_matter(admin: &mut Person<'_>, routes: &[serde_json::Value], mine: &Objects) {
    for route in routes.iter().filter(|route| route["method"] == "POST" && route["need"] != "Open") {
        let path = route["path"].as_str().unwrap();
        if !skipped(path) {
            let reply = admin.post(&mine.fill(path), &[("csrf", "wrong"), ("probe", "matrix")]);
            // What programs send can be no form at all.
            let refused = if is_api(path) { [415].as_slice() } else { &[400, 403, 404] };
            assert!(
                refused.contains(&reply.status),
                "{path} answers {} to a form of another session",
                reply.status
            );
        }
    }
}

/// Whether programs ask there, and not pages.
fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}

/// Routes that would end the session or the account the test works with.
fn skipped(path: &str) -> bool {
    [
        "/abmelden",
        "/sitzungen/beenden",
        "/sitzungen/andere/beenden",
        "/sperren",
        "/faktoren",
        "/einladung/zuruecknehmen",
    ]
    .iter()
    .any(|end| path.ends_with(end))
        || path.ends_with("/faktoren/entfernen")
}

fn expected(role: &str, need: &str, path: &str, whose: &str) -> Outcome {
    if need == "Open" {
        return Outcome::Open;
    }
    if role == "nobody" {
        return Outcome::SignIn;
    }
    let may = match (role, need) {
        ("administrator", _) | (_, "SignedIn") | ("association_administrator", "Importer") => true,
        ("centre_manager", "CentreEditor" | "People" | "Team") | ("counsellor", "Team") => {
            whose == "own" || !Objects::concerns(path)
        }
        _ => false,
    };
    if may { Outcome::Open } else { Outcome::Hidden }
}

/// What nobody has here answers like what is not hers: an import that was never begun, a passkey of nobody, single sign-on
/// that is not configured, an invitation that was accepted long ago.
fn may_be_missing(path: &str, expected: Outcome, outcome: Option<Outcome>) -> bool {
    let below =
        path.matches('{').count() > usize::from(path.contains("{centre}") || path.contains("{person}"));
    let absent = ["/anmelden/oidc", "/mein-konto/sso/", "/einladung/passkey/", "/einladung/erneut"];
    let missing = below || absent.iter().any(|part| path.contains(part));
    expected == Outcome::Open && outcome == Some(Outcome::Hidden) && missing
}

fn outcome(reply: &Reply) -> Option<Outcome> {
    let leads_to_sign_in = reply.header("location").iter().any(|to| to.starts_with("/anmelden?weiter="));
    match reply.status {
        401 => Some(Outcome::SignIn),
        303 if leads_to_sign_in => Some(Outcome::SignIn),
        200 | 303 | 400 | 403 | 409 | 413 | 422 | 429 => Some(Outcome::Open),
        404 => Some(Outcome::Hidden),
        _ => None,
    }
}

fn two_centres(server: &Server) -> [String; 2] {
    let found = server.search("Beratung", "", "&per_page=2");
    let id = |at: usize| found["hits"][at]["centre_id"].as_str().unwrap().to_owned();
    [id(0), id(1)]
}

/// The ids of people by name, from the administrator's list.
fn person_ids(admin: &mut Person<'_>) -> BTreeMap<String, String> {
    let page = admin.get("/arbeitsplatz/personen").body;
    let found: BTreeMap<_, _> = page
        .split("/arbeitsplatz/personen/")
        .skip(1)
        .filter_map(|rest| {
            let (id, rest) = rest.split_once('"')?;
            let name = rest.split_once('>')?.1.trim_start_matches("<bdi>").split_once('<')?.0;
            Some((name.trim().to_owned(), id.to_owned()))
        })
        .collect();
    assert!(found.contains_key("Fremd"), "{found:?} in {}", text_of(&page));
    found
}
