//! Nothing of a search is written anywhere.

use super::harness::{Installation, files_below};

/// What a person might type; each is unlike anything the program or the demo directory says.
const WORDS: &str = "Zwickelmausbeichte";
const PLACE: &str = "Quarkstollenhausen";
const POSTCODE: &str = "26486";
const ADDRESS: &str = "203.0.113.77";

/// A text in the forms it could be written down in.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let lower = text.to_lowercase();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    vec![
        text.as_bytes().to_vec(),
        lower.as_bytes().to_vec(),
        lower.to_uppercase().into_bytes(),
        utf16,
        hex.into_bytes(),
    ]
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
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
    let log = format!("INFO searched for {}", WORDS.to_uppercase());
    assert!(forms(WORDS).iter().any(|form| holds(log.as_bytes(), form)));
}
