//! The gallery of components, for development and for the browser tests: every component with its named examples.

use std::collections::BTreeMap;

use axum::{Router, extract::State, routing::get};
use minijinja::value::Serde;
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};

use crate::{
    error::PageError,
    pages::{Html, Pages, Visit},
};

#[derive(RustEmbed)]
#[folder = "../../frontend/components"]
#[include = "*/examples.json"]
#[include = "*/style.scss"]
struct Examples;

#[derive(RustEmbed)]
#[folder = "../../frontend/styles"]
#[include = "site.scss"]
#[include = "staff.scss"]
struct Sheets;

/// One way a component is used.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    title: String,
    template: String,
    context: serde_json::Map<String, serde_json::Value>,
}

#[derive(Serialize)]
struct Gallery {
    components: Vec<Component>,
    staff: serde_json::Value,
}

#[derive(Serialize)]
struct Component {
    name: String,
    examples: Vec<Rendered>,
}

#[derive(Serialize)]
struct Rendered {
    title: String,
    html: String,
}

/// A style sheet with the components it knows, shown on a page that uses it.
#[derive(Clone, Copy)]
struct Sheet {
    file: &'static str,
    template: &'static str,
}

const PUBLIC: Sheet = Sheet { file: "site.scss", template: "gallery/gallery.html" };
const STAFF: Sheet = Sheet { file: "staff.scss", template: "gallery/staff.html" };

/// `GET /gallery` (public pages), `/gallery/staff` and `/gallery/plain` (staff pages) in every language the pages come in.
pub fn routes<S>(pages: Pages) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    // Spelled out, not nested: the services' own pages are nested under the languages already, and a prefix can be so
    // only once.
    let prefixes: Vec<_> = pages.langs().iter().map(|lang| lang.path_prefix()).collect();
    prefixes
        .iter()
        .fold(Router::new(), |router, prefix| {
            router
                .route(&format!("{prefix}/gallery"), get(public))
                .route(&format!("{prefix}/gallery/staff"), get(staff))
                .route(&format!("{prefix}/gallery/plain"), get(plain))
        })
        .with_state(pages)
}

async fn public(State(pages): State<Pages>, visit: Visit) -> Result<Html, PageError> {
    gallery(&pages, &visit, PUBLIC)
}

async fn staff(State(pages): State<Pages>, visit: Visit) -> Result<Html, PageError> {
    gallery(&pages, &visit, STAFF)
}

async fn plain(State(pages): State<Pages>, visit: Visit) -> Result<Html, PageError> {
    pages.render(&visit, "gallery/plain.html", &()).map(Html)
}

fn gallery(pages: &Pages, visit: &Visit, sheet: Sheet) -> Result<Html, PageError> {
    let all = examples()?;
    let staff = example_staff(&all)?;
    let components = all
        .into_iter()
        .filter(|(name, _)| sheet.knows(name))
        .map(|(name, examples)| component(pages, visit, name, examples))
        .collect::<Result<_, PageError>>()?;
    pages.render(visit, sheet.template, &Gallery { components, staff }).map(Html)
}

impl Sheet {
    /// Whether a component looks as it should with this sheet: it is styled there, or needs no style.
    fn knows(self, component: &str) -> bool {
        let styled = Examples::get(&format!("{component}/style.scss")).is_some();
        let used = format!("components/{component}/style\"");
        !styled
            || Sheets::get(self.file)
                .is_some_and(|sheet| String::from_utf8_lossy(&sheet.data).contains(&used))
    }
}

/// Who is signed in on the staff page of the gallery.
fn example_staff(examples: &BTreeMap<String, Vec<Example>>) -> Result<serde_json::Value, PageError> {
    examples
        .get("staff-page")
        .and_then(|examples| examples.iter().find_map(|example| example.context.get("example_staff")))
        .cloned()
        .ok_or_else(|| PageError::internal("the examples of staff-page name nobody"))
}

fn component(
    pages: &Pages,
    visit: &Visit,
    name: String,
    examples: Vec<Example>,
) -> Result<Component, PageError> {
    let render = |example: Example| {
        let html = pages.render_source(visit, &example.template, Serde(&example.context).into())?;
        Ok(Rendered { title: example.title, html })
    };
    let examples = examples.into_iter().map(render).collect::<Result<_, PageError>>()?;
    Ok(Component { name, examples })
}

/// The examples of each component, by its name.
fn examples() -> Result<BTreeMap<String, Vec<Example>>, PageError> {
    Examples::iter()
        .filter_map(|file| Some((file.strip_suffix("/examples.json")?.to_owned(), Examples::get(&file)?)))
        .map(|(name, file)| {
            let examples = serde_json::from_slice(&file.data)
                .map_err(|error| PageError::internal(format!("examples of {name}: {error}")))?;
            Ok((name, examples))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kernel::Lang;

    use super::*;
    use crate::{assets::Assets, catalogue::Catalogue, pages::Ingredients, shared};

    fn pages() -> Pages {
        Pages::new(Ingredients {
            templates: shared::templates(),
            catalogue: Arc::new(Catalogue::new(&shared::messages()).unwrap()),
            assets: Assets::embedded().unwrap(),
            site: minijinja::context! { name => "Test", exit_url => "https://weather.example/" },
            langs: Lang::ALL.to_vec(),
        })
        .unwrap()
    }

    fn rendered(lang: Lang) -> Vec<Component> {
        let visit = Visit::to(&format!("{}/gallery", lang.path_prefix()).parse().unwrap());
        let pages = pages();
        let all = examples().unwrap().into_iter();
        all.map(|(name, examples)| component(&pages, &visit, name, examples).unwrap()).collect()
    }

    #[test]
    fn every_example_renders_in_every_language_with_nothing_undefined() {
        for lang in Lang::ALL {
            let components = rendered(lang);
            assert!(components.len() >= 50, "{} components", components.len());
            assert!(components.iter().all(|component| !component.examples.is_empty()));
        }
    }

    #[test]
    fn each_gallery_renders_with_its_own_sheet_in_every_language() {
        let pages = pages();
        for lang in Lang::ALL {
            let visit = Visit::to(&format!("{}/gallery", lang.path_prefix()).parse().unwrap());
            for (sheet, has, has_not) in [(PUBLIC, "hero", "diff"), (STAFF, "diff", "hero")] {
                let Html(html) = gallery(&pages, &visit, sheet).unwrap();
                assert!(html.contains(&format!("data-example=\"{has}\"")), "{}", sheet.file);
                assert!(!html.contains(&format!("data-example=\"{has_not}\"")), "{}", sheet.file);
                assert!(html.contains("data-example=\"input\""), "{}", sheet.file);
            }
        }
    }

    #[test]
    fn a_staff_page_has_one_heading_from_its_title_and_is_kept_out_of_search_engines() {
        let pages = pages();
        let visit = Visit::to(&"/en/gallery/plain".parse().unwrap());
        let staff = gallery(&pages, &visit, STAFF).unwrap().0;
        let plain = pages.render(&visit, "gallery/plain.html", &()).unwrap();
        for (html, title) in [(&staff, "Components of the workplace"), (&plain, "A card of its own")] {
            assert_eq!(html.matches("<h1").count(), 1);
            assert!(html.contains(&format!(">{title}</h1>")), "{title}");
            assert!(html.contains(&format!("<title>{title} – Test</title>")), "{title}");
            assert!(html.contains(r#"<meta name="robots" content="noindex">"#));
            assert!(!html.contains("data-exit"), "staff need no quick exit");
        }
        assert!(staff.contains(r#"<input type="hidden" name="csrf" value="beispiel-marke">"#));
        assert!(!plain.contains("/abmelden"));
    }

    #[test]
    fn the_markup_of_components_changes_only_on_purpose() {
        for component in rendered(Lang::De) {
            let html = component
                .examples
                .iter()
                .map(|example| format!("<!-- {} -->\n{}\n", example.title, example.html));
            insta::assert_snapshot!(format!("component-{}", component.name), html.collect::<String>());
        }
    }

    #[test]
    fn words_of_a_centre_are_marked_as_german_on_other_pages_only() {
        let own = |lang| {
            let components = rendered(lang);
            components
                .into_iter()
                .find(|component| component.name == "own-text")
                .unwrap()
                .examples
                .remove(0)
                .html
        };
        assert!(own(Lang::En).contains(r#"<bdi lang="de">Beratungshaus Lindenweg</bdi>"#));
        assert!(own(Lang::De).contains("<bdi>Beratungshaus Lindenweg</bdi>"));
    }
}
