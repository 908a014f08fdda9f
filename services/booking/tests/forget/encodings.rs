//! A text as programs may write it down without anybody meaning to.

use data_encoding::{BASE64, BASE64URL, HEXLOWER, HEXUPPER};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// What to look for, and how it was written.
pub(crate) type Needle = (String, Vec<u8>);

/// The text in every encoding, each with its name.
pub(crate) fn of_text(text: &str) -> Vec<Needle> {
    let mut needles = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>| needles.push((name.to_owned(), bytes));
    for (case, text) in
        [("", text.to_owned()), (" upper", text.to_uppercase()), (" lower", text.to_lowercase())]
    {
        add(&format!("UTF-8{case}"), text.clone().into_bytes());
        add(&format!("UTF-16LE{case}"), text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        add(&format!("UTF-16BE{case}"), text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        add(&format!("hex{case}"), HEXLOWER.encode(text.as_bytes()).into_bytes());
        add(&format!("HEX{case}"), HEXUPPER.encode(text.as_bytes()).into_bytes());
        for shift in 0..3 {
            for (name, encoding) in [("base64", &BASE64), ("base64url", &BASE64URL)] {
                add(&format!("{name} at {shift}{case}"), shifted(encoding, shift, text.as_bytes()));
            }
        }
    }
    let each = |plain: fn(char) -> bool, escape: &dyn Fn(char) -> String| -> Vec<u8> {
        let piece = |letter: char| if plain(letter) { letter.to_string() } else { escape(letter) };
        text.chars().map(piece).collect::<String>().into_bytes()
    };
    let percent = |letter: char| octets(letter, "%", true);
    let equals = |letter: char| octets(letter, "=", true);
    add("URL", each(unreserved, &percent));
    add("url", each(unreserved, &|letter| octets(letter, "%", false)));
    add("URL of a path", each(|letter| unreserved(letter) || "@:!$&'()*+,;=".contains(letter), &percent));
    add("form", each(unreserved, &|letter| if letter == ' ' { "+".into() } else { percent(letter) }));
    add("quoted-printable", each(|letter| matches!(letter, ' '..='~') && letter != '=', &equals));
    add("RFC 2047 Q", each(unreserved, &|letter| if letter == ' ' { "_".into() } else { equals(letter) }));
    add("JSON", each(|letter| !"\"\\".contains(letter), &|letter| format!("\\{letter}")));
    add("JSON \\u", each(json_plain, &|letter| json(letter, false)));
    add("JSON \\U", each(json_plain, &|letter| json(letter, true)));
    add("HTML", each(|letter| !"&<>\"'".contains(letter), &named));
    let html_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == ' ';
    add("HTML decimal", each(html_plain, &|letter| format!("&#{};", u32::from(letter))));
    add("HTML hex", each(html_plain, &|letter| format!("&#x{:x};", u32::from(letter))));
    let none: fn(char) -> bool = |_| false;
    add("URL, all", each(none, &percent));
    add("quoted-printable, all", each(none, &equals));
    add("JSON, all", each(none, &|letter| json(letter, false)));
    add("HTML decimal, all", each(none, &|letter| format!("&#{};", u32::from(letter))));
    add("HTML hex, all", each(none, &|letter| format!("&#x{:x};", u32::from(letter))));
    add("Debug", format!("{text:?}").trim_matches('"').as_bytes().to_vec());
    needles.sort_by(|one, other| one.1.cmp(&other.1));
    needles.dedup_by(|one, other| one.1 == other.1);
    needles
}

/// What a careful but mistaken program would keep instead of an address or a number.
pub(crate) fn of_hashes(text: &str) -> Vec<Needle> {
    let mut needles = Vec::new();
    let bare: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    for text in [text, &text.to_lowercase(), &bare] {
        let hashes = [
            ("MD5", Md5::digest(text.as_bytes()).to_vec()),
            ("SHA-1", Sha1::digest(text.as_bytes()).to_vec()),
            ("SHA-256", Sha256::digest(text.as_bytes()).to_vec()),
        ];
        for (name, hash) in hashes {
            needles.push((format!("{name} hex"), HEXLOWER.encode(&hash).into_bytes()));
            needles.push((format!("{name} HEX"), HEXUPPER.encode(&hash).into_bytes()));
            needles.push((format!("{name} base64"), BASE64.encode(&hash).trim_end_matches('=').into()));
            needles.push((name.to_owned(), hash));
        }
    }
    needles
}

/// What stays the same of an encoding when `shift` bytes stand before the text and others behind it.
fn shifted(encoding: &data_encoding::Encoding, shift: usize, bytes: &[u8]) -> Vec<u8> {
    let encoded = encoding.encode(&[&vec![0; shift], bytes].concat());
    let encoded = encoded.trim_end_matches('=');
    let first = [0, 2, 3][shift];
    let last = encoded.len() - usize::from(!(shift + bytes.len()).is_multiple_of(3));
    encoded.as_bytes()[first..last].to_vec()
}

fn unreserved(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-._~".contains(letter)
}

fn octets(letter: char, before: &str, upper: bool) -> String {
    let bytes = letter.to_string().into_bytes();
    let one = |byte: &u8| if upper { format!("{before}{byte:02X}") } else { format!("{before}{byte:02x}") };
    bytes.iter().map(one).collect()
}

fn json_plain(letter: char) -> bool {
    matches!(letter, ' '..='~') && !"\"\\<>&'".contains(letter)
}

fn json(letter: char, upper: bool) -> String {
    let mut units = [0; 2];
    let one = |unit: &u16| if upper { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") };
    letter.encode_utf16(&mut units).iter().map(one).collect()
}

fn named(letter: char) -> String {
    let name = match letter {
        '&' => "amp",
        '<' => "lt",
        '>' => "gt",
        '"' => "quot",
        _ => "#39",
    };
    format!("&{name};")
}

#[test]
fn encodings_look_as_they_should() {
    let text = "Zoë & Söhne 🦊";
    let needles = of_text(text);
    let has = |wanted: &str| needles.iter().any(|(_, bytes)| bytes == wanted.as_bytes());
    for wanted in [
        "Zo%C3%AB%20%26%20S%C3%B6hne%20%F0%9F%A6%8A",
        "Zo%C3%AB+%26+S%C3%B6hne+%F0%9F%A6%8A",
        "Zo=C3=AB & S=C3=B6hne =F0=9F=A6=8A",
        "Zo=C3=AB_=26_S=C3=B6hne_=F0=9F=A6=8A",
        "Zo\\u00eb \\u0026 S\\u00f6hne \\ud83e\\udd8a",
        "Zo&#235; &#38; S&#246;hne &#129418;",
        "Zoë &amp; Söhne 🦊",
        "5a6fc3ab20262053c3b6686e6520f09fa68a",
    ] {
        assert!(has(wanted), "{wanted}");
    }
    assert!(needles.len() >= 40);
    for before in 0..3 {
        for after in 0..3 {
            let around = [&vec![b'x'; before], text.as_bytes(), &vec![b'y'; after]].concat();
            let encoded = BASE64.encode(&around);
            let found = needles.iter().any(|(name, bytes)| {
                name.starts_with("base64") && encoded.contains(std::str::from_utf8(bytes).unwrap())
            });
            assert!(found, "{before} {after}");
        }
    }
}
