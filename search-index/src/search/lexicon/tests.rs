//! The bundled lexicon, and what is said about broken ones.

use std::fs;

use super::Lexicon;

fn meanings(word: &str) -> Vec<String> {
    let lexicon = Lexicon::bundled();
    let folded = crate::search::analysis::fold(word);
    lexicon.meanings_inflected(&folded).iter().map(|&number| lexicon.concept(number).id.clone()).collect()
}

#[test]
fn everyday_words_of_many_languages_have_a_meaning() {
    for (word, concept) in [
        ("Schulden", "debt"),
        ("pleite", "insolvency"),
        ("PKonto", "garnishment"),
        ("kiffen", "cannabis"),
        ("saufen", "alcohol"),
        ("zocken", "gambling"),
        ("Raeumung", "eviction"),
        ("borç", "debt"),
        ("ديون", "debt"),
        ("бездомный", "homelessness"),
        ("кредит", "credit"),
        ("hazard", "gambling"),
        ("grossesse", "pregnancy"),
    ] {
        assert!(meanings(word).iter().any(|meaning| meaning == concept), "{word}: {:?}", meanings(word));
    }
}

#[test]
fn it_is_as_rich_as_promised() {
    let lexicon = Lexicon::bundled();
    assert!(lexicon.concepts().len() >= 120, "{}", lexicon.concepts().len());
    assert_eq!(lexicon.topics().iter().filter(|topic| topic.featured).count(), 4);
    for topic in lexicon.topics() {
        for lang in ["de", "en"] {
            assert!(
                topic.label.contains_key(lang) && topic.problem.contains_key(lang),
                "{} {lang}",
                topic.id
            );
        }
    }
    let languages = ["tr", "ar", "ru", "uk", "pl", "fa", "fr", "ro"];
    let complete =
        |language: &str| lexicon.concepts().iter().filter(|c| c.surfaces.contains_key(language)).count();
    for language in languages {
        assert!(complete(language) >= 40, "{language}: {}", complete(language));
    }
}

#[test]
fn a_topic_comes_with_its_narrower_ones() {
    let topics = Lexicon::bundled().topic_with_narrower("addiction");
    assert!(topics.contains(&"addiction".to_owned()) && topics.contains(&"gambling".to_owned()));
    assert!(!topics.contains(&"debt".to_owned()));
}

#[test]
fn an_operator_can_replace_one_file_and_mistakes_are_named() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("stopwords.txt"), "[stop]\nfoo\n").unwrap();
    let own = Lexicon::from_dir(dir.path()).unwrap();
    assert!(own.is_stop("foo") && !own.is_stop("ich"));
    assert_ne!(own.fingerprint(), Lexicon::bundled().fingerprint());
    for (file, text, said) in [
        ("concepts.toml", "[a]\nde = \"x\"\n\n[b]\nparents = \"nobody\"\n", "concepts.toml, line 4"),
        ("concepts.toml", "[a]\nde = 5\n", "concepts.toml, line 2"),
        ("topics.toml", "[[topic]]\nid = \"x\"\nlabel = { de = \"X\" }\n", "topics.toml, line 2"),
        ("compounds.txt", "Haus\nab\n", "compounds.txt, line 2"),
        ("stopwords.txt", "ich\n", "stopwords.txt, line 1"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(file), text).unwrap();
        let error = Lexicon::from_dir(dir.path()).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    let missing = Lexicon::from_dir(&dir.path().join("nowhere")).unwrap_err();
    assert!(missing.to_string().contains("nowhere"));
}
