//! The main pages as a person reads them, to be looked at whenever they change.

use kernel::Lang;

use super::{
    outline::outline,
    pages::{all_samples, full_site, pages, rendered},
};

#[test]
fn the_main_pages_read_as_agreed() {
    let site = full_site();
    let pages = pages(&site);
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for lang in Lang::SHIPPED {
            for sample in all_samples(lang, &site) {
                if sample.name == "error" || sample.name == "topic-leaf" {
                    continue;
                }
                let html = rendered(&pages, &sample, lang);
                // The isolates around values are there for direction and invisible to readers.
                let text = outline(&html).replace(['\u{2068}', '\u{2069}'], "");
                insta::assert_snapshot!(format!("{}.{lang}", sample.name), text);
            }
        }
    });
}
