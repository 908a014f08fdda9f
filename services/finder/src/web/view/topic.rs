//! Topics as links and choices, worded as a person would say them.

use kernel::Lang;
use search_index::{Lexicon, Topic};
use serde::Serialize;

use crate::web::link;

/// A topic as a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct TopicLink {
    /// Its page.
    pub href: String,
    /// What it is called or how a person would say it.
    pub title: String,
    /// A second line; none so far.
    pub text: Option<String>,
}

/// A topic in a list to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct TopicOption {
    /// Its id.
    pub value: String,
    /// Its name.
    pub text: String,
}

/// The topics of the start page, by problem.
pub(crate) fn featured_topics(lexicon: &Lexicon, lang: Lang) -> Vec<TopicLink> {
    let featured = lexicon.topics().iter().filter(|topic| topic.featured);
    featured.map(|topic| by_problem(topic, lang)).collect()
}

/// The special cases of a topic, by problem.
pub(crate) fn narrower_topics(lexicon: &Lexicon, id: &str, lang: Lang) -> Vec<TopicLink> {
    let narrower = lexicon.topics().iter().filter(|topic| topic.parent.as_deref() == Some(id));
    narrower.map(|topic| by_problem(topic, lang)).collect()
}

/// Topics by name, those the lexicon does not know left out.
pub(crate) fn topic_links(lexicon: &Lexicon, ids: &[String], lang: Lang) -> Vec<TopicLink> {
    let known = ids.iter().filter_map(|id| lexicon.topic(id));
    known
        .map(|topic| TopicLink {
            href: link::topic(lang, &topic.id),
            title: topic.label_in(lang.tag()).to_owned(),
            text: None,
        })
        .collect()
}

/// All topics by name, to filter by: special cases under what they belong to.
pub(crate) fn topic_options(lexicon: &Lexicon, lang: Lang) -> Vec<TopicOption> {
    let topics = lexicon.topics();
    // The lexicon's order is the order pages show topics in; the stack turns it around twice.
    let below = |parent: Option<&str>| -> Vec<&Topic> {
        topics.iter().rev().filter(|topic| topic.parent.as_deref() == parent).collect()
    };
    let mut options = Vec::with_capacity(topics.len());
    let mut open: Vec<(usize, &Topic)> = below(None).into_iter().map(|topic| (0, topic)).collect();
    while let Some((depth, topic)) = open.pop() {
        let indent = "– ".repeat(depth);
        options.push(TopicOption {
            value: topic.id.clone(),
            text: format!("{indent}{}", topic.label_in(lang.tag())),
        });
        // A topic cannot be its own ancestor: the lexicon refuses circles when it is read.
        open.extend(below(Some(&topic.id)).into_iter().map(|topic| (depth + 1, topic)));
    }
    options
}

fn by_problem(topic: &Topic, lang: Lang) -> TopicLink {
    TopicLink {
        href: link::topic(lang, &topic.id),
        title: topic.problem_in(lang.tag()).to_owned(),
        text: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_page_speaks_of_problems_in_its_language() {
        let lexicon = Lexicon::bundled();
        let (german, english) = (featured_topics(&lexicon, Lang::De), featured_topics(&lexicon, Lang::En));
        assert!(german.len() >= 3);
        assert_eq!(german.len(), english.len());
        assert!(german.iter().all(|topic| topic.href.starts_with("/thema/")));
        assert!(german.iter().zip(&english).all(|(one, other)| one.title != other.title));
    }

    #[test]
    fn every_topic_can_be_chosen_once_and_stands_below_its_parent() {
        let lexicon = Lexicon::bundled();
        let options = topic_options(&lexicon, Lang::De);
        assert_eq!(options.len(), lexicon.topics().len());
        let at = |id: &str| options.iter().position(|option| option.value == id).unwrap();
        for topic in lexicon.topics() {
            if let Some(parent) = &topic.parent {
                assert!(at(parent) < at(&topic.id), "{}", topic.id);
            }
        }
    }
}
