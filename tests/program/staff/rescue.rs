//! `accounts rescue` on an installation that runs.

use super::person::{PASSWORD, Person, text_of};
use crate::harness::Installation;

#[test]
fn an_administrator_who_lost_every_factor_is_let_in_again() {
    let installation = Installation::new();
    installation.succeed(&["demo", "--centres", "5"]);
    let server = installation.serve();
    let mut ada = Person::first_administrator(&server);
    assert_eq!(ada.get("/mein-konto").status, 200);

    let nobody = installation.run(&["accounts", "rescue", "niemand@beispiel.example"]);
    assert!(!nobody.status.success() && nobody.stdout.is_empty());
    let said = String::from_utf8(nobody.stderr).unwrap();
    assert!(said.contains("meldet sich niemand mit Passwort an: niemand@beispiel.example"), "{said}");

    let said = installation.succeed(&["accounts", "rescue", "Ada@beispiel.example", "--lang", "en"]);
    assert!(said.contains("works once and for one hour"), "{said}");
    let link = said.split_whitespace().find_map(|word| word.split_once("/anmelden/neu#")).unwrap();
    assert_ne!(ada.get("/mein-konto").status, 200, "her sessions ended");

    let mut again = Person::nobody(&server);
    let secret = [("geheimnis", link.1)];
    assert!(again.post("/anmelden/neu", &secret).body.contains("name=\"passwort\""));
    let fields = [("geheimnis", link.1), ("passwort", "ein ganz neuer langer Satz")];
    let set = again.post("/anmelden/neu/setzen", &fields);
    assert_eq!(set.status, 303, "{}", text_of(&set.body));
    let used = again.post("/anmelden/neu/setzen", &fields);
    assert_ne!(used.status, 303, "the link works once");

    let old = [("mail", "ada@beispiel.example"), ("passwort", PASSWORD)];
    assert_ne!(again.post("/anmelden", &old).status, 303);
    let new = [("mail", "ada@beispiel.example"), ("passwort", fields[1].1)];
    let signed_in = again.post("/anmelden", &new);
    again.set_up_app(&signed_in);
    assert_eq!(again.get("/arbeitsplatz/personen").status, 200, "a new app, the same rights");
}

#[test]
fn a_mistyped_folder_is_not_made() {
    let installation = Installation::new();
    let output = installation.run(&["accounts", "rescue", "ada@beispiel.example"]);
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("Hier sind noch keine Konten"), "{said}");
    assert!(!installation.data().exists());
}
