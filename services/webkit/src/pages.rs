//! Rendering pages: minijinja templates with messages, addresses and assets in the request's language.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use axum::{
    extract::{FromRequestParts, OriginalUri},
    http::{HeaderValue, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use fluent_bundle::FluentArgs;
use kernel::Lang;
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, escape_formatter,
    syntax::SyntaxConfig,
    value::{Kwargs, Object, Rest, Serde, ValueKind},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::{assets::Assets, catalogue::Catalogue, error::PageError, language};

/// A template file.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its name, as `extends` and `import` use it; ends in `.html` where text must be escaped.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// The templates, messages and assets pages are made of. Cheap to clone.
#[derive(Clone)]
pub struct Pages {
    inner: Arc<Inner>,
}

struct Inner {
    environment: Environment<'static>,
    catalogue: Arc<Catalogue>,
    langs: Vec<Lang>,
}

/// A template cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("template {name}: {problem}")]
pub struct TemplateError {
    /// The file.
    name: String,
    /// What is wrong.
    problem: String,
}

/// What pages are built from.
pub struct Ingredients {
    /// All template files.
    pub templates: Vec<Template>,
    /// All messages.
    pub catalogue: Arc<Catalogue>,
    /// The built front end.
    pub assets: Arc<Assets>,
    /// What the operator configured, as the templates' global `site`.
    pub site: Value,
    /// The languages offered, in the order of the language menu.
    pub langs: Vec<Lang>,
}

impl Pages {
    /// Compiles all templates.
    pub fn new(ingredients: Ingredients) -> Result<Self, TemplateError> {
        let Ingredients { templates, catalogue, assets, site, langs } = ingredients;
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(
            block_lines_leave_no_trace()
                .map_err(|error| TemplateError { name: "syntax".into(), problem: error.to_string() })?,
        );
        environment.set_auto_escape_callback(|name| {
            if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
        });
        environment.set_formatter(escape_lightly);
        let messages = catalogue.clone();
        environment.add_function("t", move |state: &State<'_, '_>, what: &Value, kwargs: Kwargs| match what
            .as_str()
        {
            Some(id) => message(&messages, state, id, &kwargs),
            None => sentence(&messages, state, what),
        });
        let kept = Kept::default();
        environment.add_function(
            "once",
            move |state: &mut State<'_, '_>, name: &str, write: &Value, args: Rest<Value>| {
                once(&kept, state, name, write, &args)
            },
        );
        environment.add_function("url", |state: &State<'_, '_>, path: &str, kwargs: Kwargs| {
            address(state_lang(state)?, path, &kwargs)
        });
        environment.add_function("asset", move |entry: &str| {
            assets
                .path_of(entry)
                .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("no asset {entry}")))
        });
        environment.add_global("site", site);
        for template in templates {
            environment
                .add_template_owned(template.name.clone(), template.text)
                .map_err(|error| TemplateError { name: template.name, problem: format!("{error:#}") })?;
        }
        Ok(Self { inner: Arc::new(Inner { environment, catalogue, langs }) })
    }

    /// The messages, for text that is made in Rust (vCard, mail).
    pub fn catalogue(&self) -> &Catalogue {
        &self.inner.catalogue
    }

    /// The languages offered.
    pub fn langs(&self) -> &[Lang] {
        &self.inner.langs
    }

    /// Renders a template with its context and what every page has: `lang`, `dir`, `page`.
    pub fn render<C: Serialize>(
        &self,
        visit: &Visit,
        template: &str,
        context: &C,
    ) -> Result<String, PageError> {
        self.inner
            .environment
            .get_template(template)
            .and_then(|template| template.render(self.context(visit, Value::from(Serde(context)))))
            .map_err(|error| PageError::internal(format!("template {template}: {error:#}")))
    }

    /// The same for a template that is no file: an example of the gallery.
    pub(crate) fn render_source(
        &self,
        visit: &Visit,
        source: &str,
        context: Value,
    ) -> Result<String, PageError> {
        self.inner
            .environment
            .template_from_named_str("example.html", source)
            .and_then(|template| template.render(self.context(visit, context)))
            .map_err(|error| PageError::internal(format!("example {source:?}: {error:#}")))
    }

    fn context(&self, visit: &Visit, own: Value) -> Value {
        Value::from_object(Context {
            lang: visit.lang.tag().into(),
            dir: Value::from(Serde(visit.lang.direction())),
            page: self.frame(visit),
            own,
        })
    }

    fn frame(&self, visit: &Visit) -> Value {
        let alternates: Vec<Value> = self
            .inner
            .langs
            .iter()
            .map(|&lang| {
                minijinja::context! {
                    lang => lang.tag(),
                    name => lang.own_name(),
                    href => visit.in_language(lang),
                    current => lang == visit.lang,
                }
            })
            .collect();
        minijinja::context! { path => visit.path.as_str(), alternates => alternates }
    }
}

/// What a template sees: what every page has, and the page's own context below it. Merging maps does the same, but
/// every name a template asks for goes through here, and this asks once.
#[derive(Debug)]
struct Context {
    lang: Value,
    dir: Value,
    page: Value,
    own: Value,
}

impl Object for Context {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match key {
            "lang" => Some(self.lang.clone()),
            "dir" => Some(self.dir.clone()),
            "page" => Some(self.page.clone()),
            _ => self.own.get_attr(key).ok().filter(|value| !value.is_undefined()),
        }
    }
}

/// A finished HTML page.
#[derive(Debug)]
pub struct Html(pub String);

impl IntoResponse for Html {
    fn into_response(self) -> Response {
        let content_type = HeaderValue::from_static("text/html; charset=utf-8");
        ([(header::CONTENT_TYPE, content_type)], self.0).into_response()
    }
}

/// Who asks for a page, as far as a page needs to know: the language and the address.
///
/// It lives as long as the request. Its address may hold what a person searched for: it goes into the answer's links
/// and nowhere else, which is why it has no `Debug`.
#[derive(Clone)]
pub struct Visit {
    /// The language of the page.
    pub lang: Lang,
    /// The path without the language's prefix.
    pub path: String,
    query: Option<String>,
}

impl Visit {
    /// A visit to an address.
    pub fn to(uri: &Uri) -> Self {
        let (lang, path) = language::split(uri);
        Self { lang, path: path.to_owned(), query: uri.query().map(str::to_owned) }
    }

    /// The same address in another language.
    fn in_language(&self, lang: Lang) -> String {
        let path = if self.path == "/" && !lang.path_prefix().is_empty() { "" } else { &self.path };
        match &self.query {
            Some(query) => format!("{}{path}?{query}", lang.path_prefix()),
            None => format!("{}{path}", lang.path_prefix()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::to(parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0)))
    }
}

fn block_lines_leave_no_trace() -> Result<SyntaxConfig, Error> {
    SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()
}

/// Escapes what HTML needs escaped. The default also turns `/` into six bytes, which adds up in a page full of links.
fn escape_lightly(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let Some(text) =
        value.as_str().filter(|_| matches!(state.auto_escape(), AutoEscape::Html) && !value.is_safe())
    else {
        return escape_formatter(out, state, value);
    };
    // Byte by byte: what needs escaping is ASCII, and most texts need none.
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.write_str(&text[written..at])?;
        out.write_str(escaped)?;
        written = at + 1;
    }
    Ok(out.write_str(&text[written..])?)
}

fn state_lang(state: &State<'_, '_>) -> Result<Lang, Error> {
    let tag = state.lookup("lang").ok_or_else(|| Error::new(ErrorKind::UndefinedError, "lang"))?;
    tag.as_str()
        .and_then(|tag| tag.parse().ok())
        .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "lang is not a language"))
}

/// `t("id", name=value)`: the message with its arguments.
fn message(catalogue: &Catalogue, state: &State<'_, '_>, id: &str, kwargs: &Kwargs) -> Result<Value, Error> {
    let lang = state_lang(state)?;
    if let Some(fixed) = catalogue.fixed(lang, id) {
        return Ok(fixed);
    }
    let mut args = FluentArgs::new();
    for name in kwargs.args() {
        add(&mut args, name.to_owned(), kwargs.peek(name)?)?;
    }
    worded(catalogue, lang, id, &args)
}

/// `t(sentence)`: a message that Rust chose, with the arguments it gave, as `id` and `args`.
fn sentence(catalogue: &Catalogue, state: &State<'_, '_>, sentence: &Value) -> Result<Value, Error> {
    let lang = state_lang(state)?;
    let id = sentence.get_attr("id")?;
    let id = id.as_str().ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "a sentence has no id"))?;
    if let Some(fixed) = catalogue.fixed(lang, id) {
        return Ok(fixed);
    }
    let given = sentence.get_attr("args")?;
    let mut args = FluentArgs::new();
    for name in given.try_iter()? {
        add(&mut args, name.to_string(), &given.get_item(&name)?)?;
    }
    worded(catalogue, lang, id, &args)
}

fn add(args: &mut FluentArgs<'_>, name: String, value: &Value) -> Result<(), Error> {
    match value.kind() {
        ValueKind::Number => args.set(name, f64::try_from(value.clone())?),
        _ => args.set(name, value.to_string()),
    }
    Ok(())
}

fn worded(catalogue: &Catalogue, lang: Lang, id: &str, args: &FluentArgs<'_>) -> Result<Value, Error> {
    catalogue.text(lang, id, args).map(Value::from).ok_or_else(|| {
        Error::new(ErrorKind::InvalidOperation, format!("the message {id} is missing or lacks an argument"))
    })
}

/// What `once` has written, by language and name.
type Kept = RwLock<HashMap<(Lang, String), Value>>;

/// `once("name", macro, …)`: what the macro writes, written once for each language.
///
/// Only for what is the same for everybody: never for anything that a person typed or chose.
fn once(
    kept: &Kept,
    state: &mut State<'_, '_>,
    name: &str,
    write: &Value,
    args: &[Value],
) -> Result<Value, Error> {
    let key = (state_lang(state)?, name.to_owned());
    if let Some(text) = kept.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Ok(text.clone());
    }
    let text = write.call(state, args)?;
    kept.write().unwrap_or_else(PoisonError::into_inner).insert(key, text.clone());
    Ok(text)
}

/// What may stand in a query value as it is (RFC 3986 unreserved).
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A link inside the site: the language's prefix, the path, and the named values that are neither empty nor none.
fn address(lang: Lang, path: &str, kwargs: &Kwargs) -> Result<String, Error> {
    let mut address = String::from(lang.path_prefix());
    if path != "/" || address.is_empty() {
        address.push_str(path);
    }
    let mut separator = '?';
    for name in kwargs.args() {
        let value: Value = kwargs.get(name)?;
        let values: Vec<Value> =
            if value.kind() == ValueKind::Seq { value.try_iter()?.collect() } else { vec![value] };
        for value in values {
            let text =
                if value.is_none() || value.is_undefined() { String::new() } else { value.to_string() };
            if !text.is_empty() {
                address.push(separator);
                address.push_str(name);
                address.push('=');
                address.extend(utf8_percent_encode(&text, VALUE));
                separator = '&';
            }
        }
    }
    Ok(address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Source;

    fn pages(templates: &[(&str, &str)]) -> Pages {
        let source = |lang, text: &str| Source { lang, name: "test.ftl".into(), text: text.into() };
        let catalogue = Catalogue::new(&[
            source(Lang::De, "hello = Guten Tag, { $name }"),
            source(Lang::En, "hello = Good day, { $name }"),
        ])
        .unwrap();
        Pages::new(Ingredients {
            templates: templates
                .iter()
                .map(|(name, text)| Template { name: (*name).to_owned(), text: (*text).to_owned() })
                .collect(),
            catalogue: Arc::new(catalogue),
            assets: Assets::embedded().unwrap(),
            site: minijinja::context! { name => "Test" },
            langs: vec![Lang::De, Lang::En],
        })
        .unwrap()
    }

    fn visit(address: &str) -> Visit {
        Visit::to(&address.parse().unwrap())
    }

    #[test]
    fn imported_macros_speak_the_language_of_the_page() {
        let pages = pages(&[
            (
                "macro.html",
                r#"{% macro greet(name) %}{{ t("hello", name=name) }}{{ url("/hilfe") }}{% endmacro %}"#,
            ),
            ("page.html", r#"{% from "macro.html" import greet %}{{ greet(who) }}"#),
        ]);
        let html =
            pages.render(&visit("/en/x"), "page.html", &minijinja::context! { who => "<Ada>" }).unwrap();
        assert_eq!(html.replace(['\u{2068}', '\u{2069}'], ""), "Good day, &lt;Ada&gt;/en/hilfe");
    }

    #[test]
    fn a_sentence_chosen_in_rust_is_worded_with_its_arguments() {
        let pages = pages(&[("page.html", "{{ t(say) }}")]);
        let say = |args| minijinja::context! { say => minijinja::context! { id => "hello", args => args } };
        let html =
            pages.render(&visit("/"), "page.html", &say(minijinja::context! { name => "A&B" })).unwrap();
        assert_eq!(html.replace(['\u{2068}', '\u{2069}'], ""), "Guten Tag, A&amp;B");
        assert!(pages.render(&visit("/"), "page.html", &say(minijinja::context! {})).is_err(), "no name");
    }

    #[test]
    fn what_is_written_once_stays_the_same_and_is_another_in_each_language() {
        let template = r#"{% macro who(name) %}<b>{{ t("hello", name=name) }}</b>{% endmacro %}{{ once("who", who, name) }}"#;
        let pages = pages(&[("page.html", template)]);
        let render = |address, name| {
            let html = pages.render(&visit(address), "page.html", &minijinja::context! { name => name });
            html.unwrap().replace(['\u{2068}', '\u{2069}'], "")
        };
        assert_eq!(render("/", "Ada"), "<b>Guten Tag, Ada</b>");
        assert_eq!(render("/", "Eva"), "<b>Guten Tag, Ada</b>");
        assert_eq!(render("/en", "Eva"), "<b>Good day, Eva</b>");
    }

    #[test]
    fn links_keep_their_values_apart_and_leave_out_empty_ones() {
        let pages = pages(&[(
            "page.html",
            r#"{{ url("/suche", words="Miete & Strom", place="", mode=["chat", "phone"])|safe }} {{ url("/") }}"#,
        )]);
        let render = |address| pages.render(&visit(address), "page.html", &()).unwrap();
        assert_eq!(render("/"), "/suche?mode=chat&mode=phone&words=Miete%20%26%20Strom /");
        assert_eq!(render("/en"), "/en/suche?mode=chat&mode=phone&words=Miete%20%26%20Strom /en");
    }

    #[test]
    fn the_language_menu_leads_to_the_same_address() {
        let template = "{% for other in page.alternates %}{{ other.href|safe }} {% endfor %}";
        let pages = pages(&[("page.html", template)]);
        assert_eq!(
            pages.render(&visit("/en/suche?words=a"), "page.html", &()).unwrap(),
            "/suche?words=a /en/suche?words=a "
        );
        assert_eq!(pages.render(&visit("/"), "page.html", &()).unwrap(), "/ /en ");
    }

    #[test]
    fn what_is_undefined_is_an_error_with_a_reference() {
        let pages = pages(&[("page.html", "{{ nothing }}")]);
        assert!(matches!(pages.render(&visit("/"), "page.html", &()), Err(PageError::Internal { .. })));
    }
}
