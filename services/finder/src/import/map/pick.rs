//! Values out of a record, cleaned.

use super::{Mapper, Rejected};
use crate::import::{
    field::text::{self, Cleaned, limit},
    problem::{Problem, Repair},
    profile::Pick,
    read::Record,
};

/// What parts the entries of a list when the profile does not say.
const SEPARATORS: &str = ";,|";

impl Mapper<'_> {
    /// A value that must be there.
    pub(super) fn required(
        &mut self,
        record: &Record,
        field: &str,
        pick: Option<&Pick>,
    ) -> Result<String, Rejected> {
        let value = match pick {
            Some(pick) => {
                self.line(record, pick, if field == "external_id" { limit::ID } else { limit::NAME })?
            }
            None => None,
        };
        value.ok_or_else(|| {
            let column = pick.map_or(field, |pick| first_column(pick).unwrap_or(field));
            self.reject(record.spot(column, ""), Problem::Required)
        })
    }

    /// One line of text.
    pub(super) fn line(
        &mut self,
        record: &Record,
        pick: &Pick,
        limit: usize,
    ) -> Result<Option<String>, Rejected> {
        let Some(raw) = self.raw(record, pick)? else { return Ok(None) };
        let cleaned = text::line(&raw, limit);
        Ok(self.cleaned(record, pick, &raw, cleaned, limit))
    }

    /// Several lines of text.
    pub(super) fn lines(
        &mut self,
        record: &Record,
        pick: &Pick,
        limit: usize,
    ) -> Result<Option<String>, Rejected> {
        let Some(raw) = self.raw(record, pick)? else { return Ok(None) };
        let cleaned = text::lines(&raw, limit);
        Ok(self.cleaned(record, pick, &raw, cleaned, limit))
    }

    /// A list, without repetition.
    pub(super) fn list(
        &mut self,
        record: &Record,
        pick: &Pick,
        limit: usize,
    ) -> Result<Vec<String>, Rejected> {
        let entries = if pick.values.is_empty() {
            let Some(raw) = untranslated(record, pick) else { return Ok(Vec::new()) };
            text::list(&raw, pick.split.as_deref().unwrap_or(SEPARATORS))
        } else {
            pick.values.clone()
        };
        let mut list: Vec<String> = Vec::with_capacity(entries.len());
        for entry in entries {
            let translated = self.translated(record, pick, entry)?;
            // One entry of the source may stand for several of ours.
            let parts = if pick.map.is_some() { text::list(&translated, ";") } else { vec![translated] };
            for part in parts {
                let cleaned = text::line(&part, limit);
                if let Some(entry) = self.cleaned(record, pick, &part, cleaned, limit)
                    && !list.contains(&entry)
                {
                    list.push(entry);
                }
            }
        }
        if list.len() > limit::LIST {
            list.truncate(limit::LIST);
            let spot = record.spot(first_column(pick).unwrap_or_default(), "");
            self.note(spot, Repair::ListShortened { limit: limit::LIST });
        }
        Ok(list)
    }

    /// The value as it stands there, translated if the profile says so; `None` when it is empty.
    pub(super) fn raw(&mut self, record: &Record, pick: &Pick) -> Result<Option<String>, Rejected> {
        untranslated(record, pick).map(|value| self.translated(record, pick, value)).transpose()
    }

    fn translated(&mut self, record: &Record, pick: &Pick, value: String) -> Result<String, Rejected> {
        let Some(name) = &pick.map else { return Ok(value) };
        let Some(map) = self.profile.maps.get(name) else { return Ok(value) };
        match map.get(value.trim()).or_else(|| map.get(&value.trim().to_lowercase())).or_else(|| map.get("*"))
        {
            Some(translated) => Ok(translated.clone()),
            None => {
                let spot = record.spot(first_column(pick).unwrap_or_default(), &value);
                Err(self.reject(spot, Problem::NotInMap { map: name.clone() }))
            }
        }
    }

    fn cleaned(
        &mut self,
        record: &Record,
        pick: &Pick,
        raw: &str,
        cleaned: Cleaned,
        limit: usize,
    ) -> Option<String> {
        let column = first_column(pick).unwrap_or_default();
        if cleaned.controls {
            self.note(record.spot(column, raw), Repair::ControlsRemoved);
        }
        if cleaned.markup {
            self.note(record.spot(column, raw), Repair::MarkupRemoved);
        }
        if cleaned.shortened {
            self.note(record.spot(column, raw), Repair::Shortened { limit });
        }
        Some(cleaned.text).filter(|text| !text.is_empty())
    }
}

/// The constant, or what the columns say, or the default; `None` when all of it is empty.
fn untranslated(record: &Record, pick: &Pick) -> Option<String> {
    let value = match &pick.value {
        Some(value) => value.clone(),
        None if !pick.values.is_empty() => pick.values.join(";"),
        None => {
            let mut joined = String::new();
            for column in &pick.columns {
                let value = record.text(column);
                let value = unguarded(&value);
                if !value.is_empty() && !joined.is_empty() {
                    joined.push_str(&pick.join);
                }
                joined.push_str(value);
            }
            joined
        }
    };
    Some(value)
        .filter(|value| !value.is_empty())
        .or_else(|| pick.default.clone())
        .filter(|value| !value.is_empty())
}

/// The column to name in messages.
pub(super) fn first_column(pick: &Pick) -> Option<&str> {
    pick.columns.first().map(String::as_str)
}

/// Takes off the `'` with which exports keep spreadsheets from computing a cell.
fn unguarded(value: &str) -> &str {
    match value.strip_prefix('\'') {
        Some(rest) if *crate::export::guarded(rest) != *rest => rest,
        _ => value,
    }
}
