//! How words of the directory look in the description of the API.

use contracts::directory::{Mode, Weekday};
use serde_json::json;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{ArrayBuilder, Object, ObjectBuilder, Schema, Type},
    },
};

use super::Modes;

/// A weekday in English.
pub(super) fn weekday() -> Object {
    let words = Weekday::ALL.map(|weekday| json!(weekday));
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build()
}

impl PartialSchema for Modes {
    fn schema() -> RefOr<Schema> {
        let mode =
            ObjectBuilder::new().schema_type(Type::String).enum_values(Some(Mode::ALL.map(Mode::code)));
        ArrayBuilder::new().items(mode).unique_items(true).into()
    }
}

impl ToSchema for Modes {}
