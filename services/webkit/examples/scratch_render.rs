use std::{fs, path::Path};
use webkit::{assets::Assets, catalogue::{Catalogue, Source}, pages::{Ingredients, Pages, Template, Visit}};
use kernel::Lang;
fn walk(dir: &Path, ext: &str, out: &mut Vec<std::path::PathBuf>) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for e in entries.flatten() { let p = e.path(); if p.is_dir() { if p.ends_with("node_modules") { continue } walk(&p, ext, out) } else if p.extension().is_some_and(|x| x == ext) { out.push(p) } }
}
fn main() {
    let root = Path::new("/work/main");
    let mut templates = vec![];
    for (base, dir) in [("frontend", "frontend/components"), ("services/finder/templates", "services/finder/templates")] {
        let mut files = vec![]; walk(&root.join(dir), "html", &mut files);
        for f in files { templates.push(Template { name: f.strip_prefix(root.join(base)).unwrap().to_string_lossy().into(), text: fs::read_to_string(&f).unwrap() }); }
    }
    let mut sources = vec![];
    for lang in Lang::SHIPPED { for dir in ["frontend/locales", "services/finder/locales"] {
        let mut files = vec![]; walk(&root.join(dir).join(lang.tag()), "ftl", &mut files);
        for f in files { sources.push(Source { lang, name: f.display().to_string(), text: fs::read_to_string(&f).unwrap() }); }
    } }
    let catalogue = std::sync::Arc::new(Catalogue::new(&sources).unwrap());
    let contexts: serde_json::Value = serde_json::from_str(&fs::read_to_string("/tmp/pages/contexts.json").unwrap()).unwrap();
    let assets = Assets::embedded().unwrap();
    let pages = Pages::new(Ingredients { templates, catalogue, assets, site: minijinja::Value::from(minijinja::value::Serde(&contexts["site"])), langs: Lang::ALL.to_vec() }).unwrap();
    for (name, case) in contexts["pages"].as_object().unwrap() {
        for lang in Lang::ALL {
            let uri: axum::http::Uri = format!("{}{}", lang.path_prefix(), case["path"].as_str().unwrap()).parse().unwrap();
            let visit = Visit::to(&uri);
            match pages.render(&visit, case["template"].as_str().unwrap(), &case["context"]) {
                Ok(html) => { fs::write(format!("/tmp/pages/{name}.{}.html", lang.tag()), html).unwrap(); }
                Err(e) => println!("{name} {lang}: {e}"),
            }
        }
    }
}
