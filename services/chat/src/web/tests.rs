//! The pages in every language, and their words: complete, used, and nowhere else.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use http_body_util::BodyExt;
use kernel::Lang;
use tower::ServiceExt;
use webkit::{
    assets::Assets,
    catalogue::Catalogue,
    language::in_languages,
    pages::{Ingredients, Pages},
};

use super::{messages, routes, templates};

/// Longest sentence, in words.
const LONGEST_SENTENCE: usize = 26;
/// Ids that the template puts together: the script's words and the endings it can show.
const BUILT: [&str; 2] = ["talk-over-", "talk-"];

fn pages(calls: bool) -> Pages {
    let mut all_messages = webkit::shared::messages();
    all_messages.extend(messages());
    let mut all_templates = webkit::shared::templates();
    all_templates.extend(templates());
    Pages::new(Ingredients {
        templates: all_templates,
        catalogue: Arc::new(Catalogue::new(&all_messages).unwrap()),
        assets: Assets::embedded().unwrap(),
        site: minijinja::context! { name => "Hilfe", exit_url => "https://example.org", demo => false, calls },
        langs: Lang::ALL.to_vec(),
    })
    .unwrap()
}

async fn page(path: &str) -> String {
    page_with(true, path).await
}

async fn page_with(calls: bool, path: &str) -> String {
    let pages = pages(calls);
    let router: Router = in_languages(&routes(), pages.langs()).with_state(pages);
    let response = router.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

/// Ids with the variables they use.
fn ids(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for source in messages().into_iter().filter(|source| source.lang == lang) {
        let mut current = String::new();
        for line in source.text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((id, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                current = id.to_owned();
                assert!(all.insert(current.clone(), BTreeSet::new()).is_none(), "{id} twice");
            }
            for part in line.split("{ $").skip(1) {
                let name: String = part.chars().take_while(|sign| sign.is_alphanumeric()).collect();
                all.get_mut(&current).unwrap().insert(name);
            }
        }
    }
    all
}

fn texts_of(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let one =
        |path: PathBuf| if path.is_dir() { texts_of(&path) } else { vec![fs::read_to_string(path).unwrap()] };
    entries.flat_map(one).collect()
}

#[tokio::test]
async fn the_page_of_seekers_is_there_in_every_language_and_says_nothing_of_anybody() {
    for lang in Lang::ALL {
        let html = page(&format!("{}/gespraech", lang.path_prefix())).await;
        assert!(html.contains(&format!("lang=\"{}\"", lang.tag())), "{lang:?}");
        assert!(html.contains("noindex"));
        for telling in ["Schuld", "Sucht", "Wohnung", "debt", "addiction", "homeless"] {
            assert!(!html.contains(telling), "{lang:?} says {telling}");
        }
    }
}

#[tokio::test]
async fn where_calls_are_off_the_page_says_so_and_offers_none() {
    for lang in [Lang::De, Lang::En] {
        let path = format!("{}/gespraech", lang.path_prefix());
        let (with, without) = (page(&path).await, page_with(false, &path).await);
        let says_so = if lang == Lang::De {
            "ist auf dieser Seite nicht eingerichtet"
        } else {
            "is not set up on this site"
        };
        assert!(without.contains(says_so) && !with.contains(says_so), "{lang:?}");
        for offered in ["data-call=", "data-do=\"call-", "data-call-check"] {
            assert!(with.contains(offered) && !without.contains(offered), "{lang:?} {offered}");
        }
    }
}

#[tokio::test]
async fn every_word_the_script_says_stands_in_the_page() {
    let html = page("/gespraech").await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frontend/islands/talk");
    let mut said = BTreeSet::new();
    let names = [
        "main.ts",
        "page/log.ts",
        "page/door.ts",
        "others/hands.ts",
        "others/answer.ts",
        "call/page.ts",
        "call/view.ts",
        "call/check.ts",
        "call/tiles.ts",
        "call/typing.ts",
    ];
    for name in names {
        let script = fs::read_to_string(folder.join(name)).unwrap();
        let calls =
            script.split("says(").skip(1).map(|call| call.split([')', ',', '\n']).next().unwrap().to_owned());
        for call in calls {
            // what is compared with is not said
            let parts: Vec<_> = call.split('"').collect();
            let words = parts.windows(2).step_by(2).filter(|pair| !pair[0].ends_with("=== "));
            said.extend(words.map(|pair| pair[1].to_owned()));
        }
    }
    assert!(said.len() > 15, "{said:?}");
    for word in said {
        assert!(html.contains(&format!("data-say=\"{word}\"")), "the page does not have {word}");
    }
}

#[test]
fn what_hosts_press_and_read_about_others_stands_in_their_page() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(own.join("templates/chat/parts.html")).unwrap();
    let script = fs::read_to_string(own.join("../../frontend/islands/talk/others/host.ts")).unwrap();
    let words: BTreeSet<_> = script.split('"').filter(|text| text.starts_with("others-")).collect();
    assert!(words.len() > 15, "{words:?}");
    for word in words {
        assert!(page.contains(&format!("\"{word}\"")), "the page does not have {word}");
    }
}

#[test]
fn every_message_exists_in_every_language_with_the_same_variables() {
    assert_eq!(ids(Lang::De), ids(Lang::En));
    assert!(ids(Lang::De).len() > 80);
}

#[test]
fn every_message_is_used() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = texts_of(&own.join("templates")).join("\n");
    let unused: Vec<_> = ids(Lang::De)
        .into_keys()
        .filter(|id| {
            let word = id.trim_start_matches(BUILT[1]);
            let ending = id.trim_start_matches(BUILT[0]).trim_end_matches("-text");
            let said = [format!("\"{id}\""), format!("\"{word}\""), format!("\"{ending}\"")];
            !said.iter().any(|text| source.contains(text))
        })
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn sentences_are_short() {
    for source in messages() {
        for line in source.text.lines().filter(|line| !line.starts_with('#')) {
            let text = line.split_once(" = ").map_or(line, |(_, text)| text);
            for sentence in text.split(['.', '?', '!', ':', '|']) {
                let words = sentence.split_whitespace().count();
                assert!(words <= LONGEST_SENTENCE, "{words} words: {sentence}");
            }
        }
    }
}
