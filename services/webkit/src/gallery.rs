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
struct Examples;

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

/// `GET /gallery` in every language the pages come in.
pub fn routes<S>(pages: Pages) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    // Spelled out, not nested: the services' own pages are nested under the languages already, and a prefix can be so
    // only once.
    let paths: Vec<String> =
        pages.langs().iter().map(|lang| format!("{}/gallery", lang.path_prefix())).collect();
    paths.iter().fold(Router::new(), |router, path| router.route(path, get(gallery))).with_state(pages)
}

async fn gallery(State(pages): State<Pages>, visit: Visit) -> Result<Html, PageError> {
    let components =
        examples()?.into_iter().map(|(name, examples)| component(&pages, &visit, name, examples));
    let gallery = Gallery { components: components.collect::<Result<_, PageError>>()? };
    pages.render(&visit, "gallery/gallery.html", &gallery).map(Html)
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
        .filter_map(|file| Some((file.split('/').next()?.to_owned(), Examples::get(&file)?)))
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
            assert!(components.len() >= 25, "{} components", components.len());
            assert!(components.iter().all(|component| !component.examples.is_empty()));
        }
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
