use proptest::{collection::vec, prelude::*, sample::select};

use super::*;

#[test]
fn takes_usual_addresses_and_turns_the_domain_into_ascii() {
    for (text, kept) in [
        ("a@b.de", "a@b.de"),
        ("  Anna.Maria+termin@Example.ORG\n", "Anna.Maria+termin@example.org"),
        ("o'neill@example.org", "o'neill@example.org"),
        ("info@caritas-köln.de", "info@xn--caritas-kln-zfb.de"),
        ("info@straße.de", "info@xn--strae-oqa.de"),
        ("info@пример.рф", "info@xn--e1afmkfd.xn--p1ai"),
        ("info@xn--caritas-kln-zfb.de", "info@xn--caritas-kln-zfb.de"),
    ] {
        assert_eq!(MailAddress::parse(text).map(|address| address.as_str().to_owned()), Ok(kept.to_owned()));
    }
}

#[test]
fn refuses_what_is_no_address() {
    use AddressProblem::{Domain, Empty, LocalPart, MixedScripts, NoAt, TooLong};
    let long_local = format!("{}@example.org", "a".repeat(65));
    let long_domain = format!("a@{}org", "abcdefghi.".repeat(26));
    for (text, problem) in [
        ("", Empty),
        (" \t", Empty),
        ("anna", NoAt),
        ("@example.org", NoAt),
        ("anna@", NoAt),
        ("a@b@example.org", NoAt),
        ("\"a b\"@example.org", LocalPart),
        ("\"a@b\"@example.org", NoAt),
        ("a b@example.org", LocalPart),
        ("a..b@example.org", LocalPart),
        (".a@example.org", LocalPart),
        ("-f@example.org", LocalPart),
        ("a%b@example.org", LocalPart),
        ("a!b@example.org", LocalPart),
        ("a|b@example.org", LocalPart),
        ("ä@example.org", LocalPart),
        ("a\u{202e}b@example.org", LocalPart),
        ("a\r\nBcc:b@example.org", LocalPart),
        ("a,b@example.org", LocalPart),
        ("<a@example.org>", LocalPart),
        (&long_local, LocalPart),
        (&long_domain, TooLong),
        ("a@localhost", Domain),
        ("a@[127.0.0.1]", Domain),
        ("a@127.0.0.1", Domain),
        ("a@example..org", Domain),
        ("a@example.org.", Domain),
        ("a@-example.org", Domain),
        ("a@exa_mple.org", Domain),
        ("a@exam ple.org", Domain),
        ("a@exam\u{200b}ple.org", MixedScripts),
        ("a@\u{202e}example.org", Domain),
        ("a@xn--a.org", Domain),
        // а, р, ӏ and е are Cyrillic here
        ("a@аpple.com", MixedScripts),
        ("a@аре.com", MixedScripts),
        ("a@xn--pple-43d.com", MixedScripts),
        ("a@gооgle.com", MixedScripts),
        ("a@ɡoogle.com", Domain),
    ] {
        let found = MailAddress::parse(text);
        // an invisible character may also be dropped on the way to ASCII, as browsers do; then nothing of it is left
        if text.contains('\u{200b}') {
            assert!(
                found.is_err() || found.as_ref().is_ok_and(|a| a.as_str() == "a@example.org"),
                "{text:?}"
            );
        } else {
            assert_eq!(found.err(), Some(problem), "{text:?}");
        }
    }
}

#[test]
fn names_are_one_visible_line() {
    for name in ["Anna", "Dr. Şule Öztürk-Müller", "李小龙", "نور", "O’Neill, Anna (Team 3)"] {
        assert_eq!(DisplayName::parse(name).map(|name| name.as_str().to_owned()), Ok(name.to_owned()));
    }
    let long = "ä".repeat(101);
    for (name, problem) in [
        ("  ", NameProblem::Empty),
        (&long, NameProblem::TooLong),
        ("Anna\r\nBcc: x@example.org", NameProblem::Invisible),
        ("Anna\nX", NameProblem::Invisible),
        ("Anna\0", NameProblem::Invisible),
        ("Anna \u{202e}gro.elpmaxe", NameProblem::Invisible),
        ("Anna\u{2066}", NameProblem::Invisible),
        ("An\u{200b}na", NameProblem::Invisible),
        ("Anna\u{2028}X", NameProblem::Invisible),
        ("Anna\u{85}X", NameProblem::Invisible),
        ("Anna \"A\"", NameProblem::Punctuation),
        ("Anna <a@example.org>", NameProblem::Punctuation),
        ("anna@example.org", NameProblem::Punctuation),
        ("An\\na", NameProblem::Punctuation),
    ] {
        assert_eq!(DisplayName::parse(name).err(), Some(problem), "{name:?}");
    }
}

#[test]
fn debug_output_hides_them() {
    let address = MailAddress::parse("anna@example.org").unwrap();
    let name = DisplayName::parse("Anna").unwrap();
    assert_eq!(format!("{address:?} {name:?}"), "MailAddress(…) DisplayName(…)");
}

/// Any text, with many of the characters that do harm.
fn nasty() -> impl Strategy<Value = String> {
    let harmful = select(
        "\r\n\0\t\"<>@,;:\\.%-äßаеı\u{202e}\u{2066}\u{200b}\u{feff}[]() xn".chars().collect::<Vec<_>>(),
    );
    let letter = prop_oneof![4 => harmful, 4 => proptest::char::range('a', 'z'), 1 => any::<char>()];
    vec(letter, 0..40).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_accepted_address_is_plain_ascii_and_stays_what_it_is(local in nasty(), domain in nasty(), end in "\\.[a-z]{2,4}") {
        if let Ok(address) = MailAddress::parse(&format!("{local}@{domain}{end}")) {
            let text = address.as_str();
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_graphic()), "{:?}", text);
            prop_assert!(!text.contains(['"', '<', '>', ',', '\\']) && text.matches('@').count() == 1);
            prop_assert_eq!(MailAddress::parse(text), Ok(address.clone()));
            prop_assert!(crate::mail::address(&address).is_some(), "the mail library refuses {:?}", text);
        }
    }

    #[test]
    fn no_accepted_name_holds_anything_invisible(name in nasty()) {
        if let Ok(name) = DisplayName::parse(&name) {
            let harmful = ['\r', '\n', '\0', '"', '<', '>', '@', '\u{202e}', '\u{200b}'];
            prop_assert!(!name.as_str().contains(harmful));
        }
    }
}
