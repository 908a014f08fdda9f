//! The internal listener: figures for collectors and, where no mail leaves, the mails that stayed here.
//!
//! It listens on this machine unless told otherwise and must never be reachable from outside: a mail that stayed here can
//! hold a link that lets somebody in.

use std::{fmt::Write, sync::Arc};

use axum::{
    Router,
    response::{Html, IntoResponse},
    routing::get,
};
use mailkit::{LocalMail, LocalPost};
use metrics_exporter_prometheus::PrometheusHandle;

use crate::words::Words;

/// The routes of the internal listener.
pub(crate) fn routes(metrics: PrometheusHandle, mails: Option<Arc<LocalPost>>, words: Words) -> Router {
    let figures = Router::new().route("/metrics", get(move || std::future::ready(metrics.render())));
    let Some(mails) = mails else { return figures };
    let words = Arc::new(words);
    let json = mails.clone();
    figures
        .route("/mails", get(move || std::future::ready(page(&mails.list(), &words))))
        .route("/mails.json", get(move || std::future::ready(in_json(&json))))
}

fn in_json(mails: &LocalPost) -> impl IntoResponse + use<> {
    ([("content-type", "application/json")], mails.page_json())
}

fn page(mails: &[LocalMail], words: &Words) -> Html<String> {
    let title = escaped(&words.say("mails-title"));
    let mut html = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head>\
         <body style=\"font-family: sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem\">\
         <h1>{title}</h1><p>{}</p>",
        words.lang.tag(),
        escaped(&words.say("mails-explain"))
    );
    if mails.is_empty() {
        // Writing to a string cannot fail.
        let _ = write!(html, "<p>{}</p>", escaped(&words.say("mails-none")));
    }
    for mail in mails {
        let _ = write!(
            html,
            "<h2>{}</h2><p>{} {}</p><pre style=\"white-space: pre-wrap\">{}</pre>",
            escaped(&mail.subject),
            escaped(&words.say("mails-to")),
            escaped(&mail.to),
            linked(&mail.body)
        );
    }
    html.push_str("</body></html>");
    Html(html)
}

/// The text with its addresses as links.
fn linked(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        if bare.starts_with("http://") || bare.starts_with("https://") {
            let address = escaped(bare);
            let _ = write!(html, "<a href=\"{address}\">{address}</a>{}", &word[bare.len()..]);
        } else {
            html.push_str(&escaped(word));
        }
    }
    html
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_shown_with_its_link_and_nothing_of_it_becomes_markup() {
        let html = linked("Hallo <b>,\nhttps://a.example/einladung#x\"y\nTschüss");
        assert_eq!(
            html,
            "Hallo &lt;b&gt;,\n<a href=\"https://a.example/einladung#x&quot;y\">https://a.example/einladung#x&quot;y</a>\nTschüss"
        );
    }
}
