//! Nothing of a search is written anywhere.

use data_encoding::{BASE64, BASE64URL, HEXLOWER, HEXUPPER};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::harness::{Installation, files_below};

/// What a person might type; each is unlike anything the program or the demo directory says.
const WORDS: &str = "Zwickelmausbeichte";
const PLACE: &str = "Quarkstollenhausen";
const POSTCODE: &str = "26486";
const ADDRESS: &str = "203.0.113.77";

/// A text in the forms it could be written down in.
pub(crate) fn forms(text: &str) -> Vec<Vec<u8>> {
    let lower = text.to_lowercase();
    let mut forms = Vec::new();
    for text in [text, &lower, &lower.to_uppercase()] {
        forms.push(text.as_bytes().to_vec());
        forms.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        forms.push(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        forms.push(HEXLOWER.encode(text.as_bytes()).into_bytes());
        forms.push(HEXUPPER.encode(text.as_bytes()).into_bytes());
        forms.push(utf8_percent_encode(text, NON_ALPHANUMERIC).to_string().into_bytes());
        for encoding in [BASE64, BASE64URL] {
            forms.extend((0..3).map(|before| {
                inner(&encoding.encode(&[&vec![0; before], text.as_bytes()].concat()), before)
            }));
        }
    }
    forms.sort();
    forms.dedup();
    forms
}

/// What stays the same of an encoding whatever stands before and behind.
fn inner(encoded: &str, before: usize) -> Vec<u8> {
    let whole = encoded.trim_end_matches('=');
    let open_end = usize::from(!whole.len().is_multiple_of(4));
    whole.as_bytes()[[0, 2, 3][before]..whole.len() - open_end].to_vec()
}

pub(crate) fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn no_file_no_log_line_and_no_metric_knows_what_was_asked_or_by_whom() {
    let installation = Installation::new();
    installation.succeed(&["demo", "--centres", "60"]);
    let server = installation.serve();
    let visits = [
        format!("/suche?words={WORDS}&place={PLACE}"),
        format!("/en/suche?words={WORDS}&place={POSTCODE}&page=2"),
        format!("/suche?words={WORDS}&topic={WORDS}"),
        format!("/api/v1/search?words={WORDS}&place={POSTCODE}"),
        format!("/api/v1/search?{WORDS}={PLACE}"),
        format!("/api/v1/search?words={WORDS}&page={WORDS}"),
        format!("/api/v1/suggest?kind=place&prefix={PLACE}"),
        format!("/api/v1/suggest?kind=words&prefix={WORDS}"),
        format!("/api/v1/centres/{WORDS}"),
        format!("/stelle/{WORDS}"),
        format!("/{WORDS}/{PLACE}?{POSTCODE}"),
    ];
    for path in &visits {
        let request = ureq::get(format!("http://{}{path}", server.authority()))
            .header("x-forwarded-for", ADDRESS)
            .header("user-agent", WORDS)
            .header("referer", format!("https://example.org/{PLACE}"))
            .header("cookie", format!("a={WORDS}"))
            .config()
            .http_status_as_error(false)
            .build();
        let response = request.call().unwrap();
        assert!(response.status().as_u16() < 500, "{path}: {}", response.status());
        assert!(!response.headers().contains_key("set-cookie"), "{path} sets a cookie");
        assert_eq!(response.headers().get("referrer-policy").unwrap(), "no-referrer");
        assert_eq!(response.headers().get("cache-control").unwrap(), "no-store");
    }
    let metrics = server.metrics();
    assert!(metrics.contains("http_requests_total"), "the metrics are alive: {metrics}");
    let logged = server.logged();
    assert!(holds(&logged, b"answered a request"), "the log is alive");

    let mut written = vec![("the log".to_owned(), logged), ("the metrics".to_owned(), metrics.into_bytes())];
    drop(server);
    let files = files_below(&installation.data());
    assert!(files.len() > 3, "the data folder is there: {files:?}");
    written.extend(files.into_iter().map(|file| (file.display().to_string(), std::fs::read(&file).unwrap())));
    for (name, content) in &written {
        for typed in [WORDS, PLACE, ADDRESS] {
            for form in forms(typed) {
                assert!(!holds(content, &form), "{name} contains {typed}");
            }
        }
    }
    // The postcode itself stands in tables of places; it must not stand in what was written while serving.
    for (name, content) in &written[..2] {
        assert!(!holds(content, POSTCODE.as_bytes()), "{name} contains the postcode");
    }
}

#[test]
fn the_search_of_this_test_finds_what_is_there() {
    let encoded = |before: &str| BASE64.encode(format!("{before}{WORDS} and more").as_bytes());
    for log in
        [WORDS.to_uppercase(), encoded(""), encoded("a"), encoded("ab"), HEXLOWER.encode(WORDS.as_bytes())]
    {
        assert!(forms(WORDS).iter().any(|form| holds(log.as_bytes(), form)), "{log}");
    }
}
