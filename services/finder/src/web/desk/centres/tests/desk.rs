//! A directory of three centres, and people who keep some of them.

use axum::http::StatusCode;
use contracts::directory::Centre;

pub(super) use crate::web::desk::testing::Desk;
use crate::web::desk::{centres, testing::centre};

/// "a" and "b" counsel in Freiburg, "c" in Emden; "c" lacks a lot.
pub(super) async fn desk() -> Desk {
    let desk = Desk::open(centres::routes()).await;
    let mut far = centre("c", "one", "Haus am Deich");
    (far.address.postcode, far.address.city) = ("26721".parse().unwrap(), "Emden".into());
    (far.coordinates, far.confirmed_on, far.opening) = (None, None, Default::default());
    far.offers[0].areas.clear();
    let near = [("a", "Rat und Tat Freiburg"), ("b", "Haus Lindenweg")];
    let mut all: Vec<Centre> = near.iter().map(|(id, name)| centre(id, "one", name)).collect();
    all.push(far);
    desk.import("one", all).await;
    desk
}

impl Desk {
    /// Sends a form; the answer's text is its page, or where it leads.
    pub(super) async fn post_form(&self, who: &str, address: &str, form: &Form) -> (StatusCode, String) {
        self.post(who, address, &serde_urlencoded::to_string(&form.0).unwrap()).await
    }

    /// Opens a form as a browser would.
    pub(super) async fn form(&self, who: &str, address: &str) -> Form {
        let (status, html) = self.get(who, address).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        Form::of(&html)
    }

    /// The centre as it is now.
    pub(super) async fn centre(&self, id: &str) -> Centre {
        crate::layers::compose(&self.store.layers(id).await.unwrap().unwrap()).centre
    }
}

/// What a browser would send from the page's main form.
#[derive(Debug, Clone, Default)]
pub(super) struct Form(pub(super) Vec<(String, String)>);

impl Form {
    /// Reads the first form of `main` that is not the sign-out.
    pub(super) fn of(html: &str) -> Self {
        let main = html.split_once("<main").unwrap().1;
        let form = main.split_once("<form").unwrap().1;
        let form = form.split_once("</form>").unwrap().0;
        let mut pairs = Vec::new();
        let mut rest = form;
        while let Some(at) = rest.find(['<']) {
            rest = &rest[at + 1..];
            let tag = rest.split('>').next().unwrap();
            let name = attribute(tag, "name");
            let pair = match tag.split_whitespace().next() {
                Some("input") => {
                    let is_choice = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
                    let skipped = is_choice && !tag.contains(" checked");
                    (!skipped).then(|| attribute(tag, "value").unwrap_or_default())
                }
                Some("textarea") => {
                    let text = rest[tag.len() + 1..].split("</textarea>").next().unwrap();
                    Some(unescaped(text.strip_prefix('\n').unwrap_or(text)))
                }
                Some("select") => {
                    let options = rest.split("</select>").next().unwrap();
                    let chosen = options.split("<option").find(|option| option.contains(" selected"));
                    Some(chosen.and_then(|option| attribute(option, "value")).unwrap_or_default())
                }
                _ => None,
            };
            if let (Some(name), Some(value)) = (name, pair)
                && name != "csrf"
            {
                pairs.push((name, value));
            }
        }
        Self(pairs)
    }

    /// The same with another text in a field.
    pub(super) fn with(mut self, name: &str, text: &str) -> Self {
        match self.0.iter_mut().find(|(found, _)| found == name) {
            Some((_, value)) => *value = text.to_owned(),
            None => self.0.push((name.to_owned(), text.to_owned())),
        }
        self
    }

    /// The same with one more text.
    pub(super) fn and(mut self, name: &str, text: &str) -> Self {
        self.0.push((name.to_owned(), text.to_owned()));
        self
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!(" {name}=\""))?.1;
    Some(unescaped(value.split('"').next().unwrap()))
}

fn unescaped(text: &str) -> String {
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    pairs.into_iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
