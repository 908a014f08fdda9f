//! Every mail in every language.

use kernel::Lang;

use super::{
    MailKind,
    author::FACTOR_CHANGES,
    letter::{Letters, Words},
};
use crate::session::Browser;

fn words(said: Vec<(&'static str, String)>) -> Words<'static> {
    let link = Some(String::from("https://example.org/einladung#TOKEN"));
    Words { name: "Ada Öz", link, by: Some("Bo Lund"), said }
}

fn said() -> Vec<(&'static str, String)> {
    let message = |id: &str| String::from(id);
    vec![
        ("browser", message("mail-browser-firefox")),
        ("system", message("mail-system-linux")),
        ("what", message("mail-factor-totp-set")),
    ]
}

#[test]
fn every_mail_is_complete_in_every_language() {
    let letters = Letters::new().unwrap();
    for kind in MailKind::ALL {
        let mut bodies = Vec::new();
        for lang in Lang::SHIPPED {
            let letter = letters.write(kind, lang, &words(said()));
            let letter = letter.unwrap_or_else(|| panic!("{kind:?} in {lang} lacks a message"));
            assert!(!letter.subject.is_empty() && !letter.subject.contains('\n'));
            assert!(letter.body.contains("Ada Öz"), "{kind:?} in {lang} greets nobody");
            assert!(letter.body.lines().all(|line| line.len() <= 998));
            assert!(!letter.body.contains(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}']));
            bodies.push(letter.body);
        }
        assert_ne!(bodies[0], bodies[1], "{kind:?} is not translated");
    }
}

#[test]
fn a_link_stands_on_a_line_of_its_own() {
    let letters = Letters::new().unwrap();
    for kind in [MailKind::Invitation, MailKind::PasswordReset, MailKind::MailChangeConfirm] {
        for lang in Lang::SHIPPED {
            let body = letters.write(kind, lang, &words(Vec::new())).unwrap().body;
            assert!(body.lines().any(|line| line == "https://example.org/einladung#TOKEN"), "{body}");
        }
    }
}

#[test]
fn what_is_said_of_browsers_and_factors_has_a_message() {
    let letters = Letters::new().unwrap();
    let family = ["firefox", "chrome", "safari", "edge", "other"];
    let systems = ["linux", "windows", "macos", "android", "ios", "other"];
    for lang in Lang::SHIPPED {
        for (browser, system) in family.iter().flat_map(|one| systems.iter().map(move |two| (one, two))) {
            let browser = ("browser", format!("mail-browser-{browser}"));
            let system = ("system", format!("mail-system-{system}"));
            assert!(letters.write(MailKind::NewDevice, lang, &words(vec![browser, system])).is_some());
        }
        for action in FACTOR_CHANGES {
            let what = ("what", format!("mail-factor-{}", action.code().replace('.', "-")));
            assert!(letters.write(MailKind::FactorChanged, lang, &words(vec![what])).is_some(), "{action:?}");
        }
    }
    assert_eq!(Browser::of("").browser, "other");
}

#[test]
fn subjects_say_nothing_of_what_the_house_does() {
    let letters = Letters::new().unwrap();
    for kind in MailKind::ALL {
        for lang in Lang::SHIPPED {
            let subject = letters.write(kind, lang, &words(said())).unwrap().subject.to_lowercase();
            for word in ["sucht", "schuld", "beratung", "obdach", "addict", "debt", "counsel"] {
                assert!(!subject.contains(word), "{subject}");
            }
        }
    }
}

#[test]
fn a_kind_survives_its_code_and_a_missing_argument_is_no_mail() {
    for kind in MailKind::ALL {
        assert_eq!(MailKind::from_code(kind.code()), Some(kind));
    }
    let letters = Letters::new().unwrap();
    assert!(letters.write(MailKind::Invitation, Lang::De, &Words::default()).is_none());
}
