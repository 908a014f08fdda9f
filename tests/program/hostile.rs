//! Requests no browser makes.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use super::harness::{Installation, Server};

/// Sends bytes and answers what came back, at most 64 kB.
fn raw(server: &Server, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.authority()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(15))).unwrap();
    // The server may answer and close before everything is sent; that is its right.
    let _sent = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _closed = stream.take(65_536).read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

#[test]
fn nothing_a_stranger_sends_breaks_the_server() {
    let installation = Installation::new();
    installation.succeed(&["demo", "--centres", "40"]);
    let server = installation.serve();

    let long = "a".repeat(10_000_000);
    let answer = raw(&server, format!("GET /suche?words={long} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes());
    assert!(matches!(status(&answer), 0 | 414 | 431), "ten megabytes: {answer:.200}");
    let long = "a".repeat(9_000);
    let page = server.get(&format!("/suche?words={long}"));
    assert_eq!(page.status, 414);
    assert!(page.body.contains("<h1"), "a page explains it");
    let problem = server.get(&format!("/api/v1/search?words={long}"));
    assert_eq!((problem.status, problem.header("content-type")), (414, vec!["application/problem+json"]));

    let nasty = [
        "%00",
        "%FF%FE",
        "%C0%AF",
        "%ED%A0%80",
        "%E2%80%AE%E2%81%A6",
        "%F0%9F%92%A9",
        "..%2f..%2fetc%2fpasswd",
        "%0D%0ASet-Cookie:x",
        "'%3B--",
        "%3Cscript%3E",
        "*:*",
        "%28%28%28",
        "%22unclosed",
        "AND%20OR%20NOT",
        "a%7Eb%5E9999",
        "%E0%B8%B3%CC%81",
        "%",
    ];
    for value in nasty {
        for path in [
            "/suche?words=",
            "/suche?place=",
            "/api/v1/search?words=",
            "/api/v1/search?place=",
            "/api/v1/suggest?kind=place&prefix=",
            "/api/v1/suggest?kind=words&prefix=",
            "/stelle/",
            "/thema/",
            "/api/v1/centres/",
        ] {
            let answer = raw(
                &server,
                format!("GET {path}{value} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").as_bytes(),
            );
            assert!((200..500).contains(&status(&answer)), "{path}{value}: {answer:.200}");
            assert!(!answer.to_lowercase().contains("\r\nset-cookie"), "{path}{value} splits the answer");
            assert!(!answer.contains("<script>"), "{path}{value} is echoed unescaped");
        }
    }
    for method in ["POST", "PUT", "DELETE", "TRACE", "BREW"] {
        let answer = raw(
            &server,
            format!("{method} /suche HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .as_bytes(),
        );
        assert_eq!(status(&answer), 405, "{method}: {answer:.200}");
    }
    assert_eq!(server.get("/readyz").status, 200, "and it still serves");
}

#[test]
fn every_answer_carries_the_protecting_headers() {
    let installation = Installation::new();
    installation.succeed(&["demo", "--centres", "20"]);
    let server = installation.serve();
    for path in [
        "/",
        "/en",
        "/suche",
        "/hilfe",
        "/nichts",
        "/api/v1/topics",
        "/api/v1/nichts",
        "/api/openapi.json",
        "/readyz",
        "/weg",
    ] {
        let reply = server.get(path);
        let csp = reply.header("content-security-policy").join(";");
        assert!(csp.contains("default-src 'none'") && !csp.contains("unsafe"), "{path}: {csp}");
        assert_eq!(reply.header("referrer-policy"), ["no-referrer"], "{path}");
        assert_eq!(reply.header("x-content-type-options"), ["nosniff"], "{path}");
        assert_eq!(reply.header("cache-control"), ["no-store"], "{path}");
        assert!(reply.header("set-cookie").is_empty(), "{path}");
    }
}

#[test]
fn the_api_refuses_what_it_does_not_know() {
    let installation = Installation::new();
    installation.succeed(&["demo", "--centres", "20"]);
    let server = installation.serve();
    for query in [
        "wrods=Schulden",
        "words=a&words=b",
        "page=0",
        "page=x",
        "per_page=101",
        "per_page=-1",
        "radius_km=0",
        "radius_km=NaN",
        "radius_km=1e9",
        "mode=fax",
        "wheelchair=maybe",
        "lang=xx",
        "topic=nichts",
        "words=%FF",
        "language=tr%00",
    ] {
        let reply = server.get(&format!("/api/v1/search?{query}"));
        assert_eq!(reply.status, 400, "{query}: {}", reply.body);
        assert_eq!(reply.header("content-type"), ["application/problem+json"], "{query}");
        let problem = reply.json();
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{query}: {problem}");
    }
}
