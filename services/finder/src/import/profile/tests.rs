use super::*;

const SMALLEST: &str = r#"
title = "T"
source = "t"
format = "table"
[centre]
external_id = "id"
name = "name"
postcode = "plz"
[[offer]]
name = { value = "Beratung" }
"#;

#[test]
fn every_bundled_profile_is_valid() {
    for (name, _) in BUNDLED {
        let profile = bundled(name).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(profile.name, *name);
    }
    assert!(bundled("nothing").unwrap_err().to_string().contains("caritas"));
}

#[test]
fn a_wrong_key_is_named_with_its_line() {
    let text = SMALLEST.replace("postcode = \"plz\"", "postcode = { colum = \"plz\" }");
    let message = Profile::parse("mine", &text).unwrap_err().to_string();
    assert!(message.contains("colum") && message.contains("line 8"), "{message}");

    let text = SMALLEST.replace("[centre]", "[centre]\nstret = \"a\"");
    assert!(Profile::parse("mine", &text).unwrap_err().to_string().contains("stret"));
}

#[test]
fn what_does_not_fit_together_is_named() {
    for (from, to, key) in [
        ("source = \"t\"", "source = \"T t\"", "source"),
        ("postcode = \"plz\"", "", "centre.postcode"),
        ("name = \"name\"", "name = { column = \"name\", map = \"gone\" }", "centre.name.map"),
        ("name = { value = \"Beratung\" }", "keywords = [\"a\"]", "offer 1.name"),
        ("format = \"table\"", "format = \"table\"\ntable = { encoding = \"klingon\" }", "table.encoding"),
        ("format = \"table\"", "format = \"table\"\ntable = { delimiter = \";;\" }", "table.delimiter"),
    ] {
        let text = SMALLEST.replace(from, to);
        assert_ne!(text, SMALLEST);
        match Profile::parse("mine", &text) {
            Err(ProfileError::Inconsistent { key: found, .. }) => assert_eq!(found, key),
            other => panic!("{key}: {other:?}"),
        }
    }
}

#[test]
fn a_pick_is_a_column_a_list_or_a_table() {
    let text = SMALLEST.replace("[[offer]]", "[[offer]]\ntopics = [\"debt\", \"social\"]");
    let profile = Profile::parse("mine", &text).unwrap();
    assert_eq!(profile.offer[0].topics.as_ref().unwrap().values, ["debt", "social"]);
    assert_eq!(profile.centre.name.as_ref().unwrap().columns, ["name"]);
    assert!(
        Profile::parse("mine", &text.replace("value = \"Beratung\"", "value = \"a\", column = \"b\""))
            .is_err()
    );
}

#[test]
fn a_profile_is_found_by_name_or_by_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    std::fs::write(&path, SMALLEST).unwrap();
    assert_eq!(Profile::load(path.to_str().unwrap()).unwrap().name, "mine");
    assert_eq!(Profile::load("caritas").unwrap().source, "caritas");
    assert!(matches!(Profile::load("caritass"), Err(ProfileError::Unknown { .. })));
    assert!(matches!(Profile::load("nowhere/x.toml"), Err(ProfileError::Unreadable { .. })));
}
