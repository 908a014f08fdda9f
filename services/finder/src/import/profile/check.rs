//! Whether a profile fits together.

use super::{Format, Pick, Profile};

type Wrong = (String, &'static str);

/// Finds the first key that names something the profile does not have.
pub(super) fn check(profile: &Profile) -> Result<(), Wrong> {
    if !is_source(&profile.source) {
        return wrong("source", "use 1 to 40 small letters, digits and hyphens");
    }
    table(profile)?;
    if profile.format == Format::HsdsJson {
        return Ok(());
    }
    for (key, pick) in [
        ("centre.external_id", &profile.centre.external_id),
        ("centre.name", &profile.centre.name),
        ("centre.postcode", &profile.centre.postcode),
    ] {
        if pick.is_none() {
            return wrong(key, "every record needs it, so the profile must say where it comes from");
        }
    }
    if profile.offer.is_empty() {
        return wrong("offer", "a centre without an offer is not listed: give at least one [[offer]]");
    }
    for (key, pick) in profile.centre.picks() {
        self::pick(profile, format!("centre.{key}"), pick)?;
    }
    for (position, offer) in profile.offer.iter().enumerate() {
        let at = format!("offer {}", position + 1);
        if offer.name.is_none() {
            return wrong(&format!("{at}.name"), "an offer needs a name");
        }
        for (key, pick) in offer.picks() {
            self::pick(profile, format!("{at}.{key}"), pick)?;
        }
        if let Some(ranges) = &offer.areas.joined_ranges
            && !profile.join.iter().any(|join| join.name == ranges.join)
        {
            return wrong(&format!("{at}.areas.joined_ranges.join"), "no [[join]] has this name");
        }
    }
    Ok(())
}

fn table(profile: &Profile) -> Result<(), Wrong> {
    if let Some(label) = &profile.table.encoding
        && encoding_rs::Encoding::for_label(label.as_bytes()).is_none()
    {
        return wrong("table.encoding", "not the name of a character set; for example utf-8 or windows-1252");
    }
    if let Some(delimiter) = &profile.table.delimiter
        && delimiter != "tab"
        && (delimiter.len() != 1 || !delimiter.is_ascii() || delimiter == "\"")
    {
        return wrong("table.delimiter", "one character such as ; or , or the word tab");
    }
    for join in &profile.join {
        if join.columns.is_empty() || !join.columns.contains(&join.key) {
            return wrong(
                &format!("join {}.columns", join.name),
                "must name the columns of that file, the key among them",
            );
        }
    }
    Ok(())
}

fn pick(profile: &Profile, key: String, pick: &Pick) -> Result<(), Wrong> {
    if pick.map.as_ref().is_some_and(|map| !profile.maps.contains_key(map)) {
        return Err((key + ".map", "no [maps.…] has this name"));
    }
    Ok(())
}

fn wrong(key: &str, problem: &'static str) -> Result<(), Wrong> {
    Err((key.to_owned(), problem))
}

/// Whether `text` may name a source.
pub(super) fn is_source(text: &str) -> bool {
    !text.is_empty() && text.len() <= 40 && text.bytes().all(is_plain)
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}
