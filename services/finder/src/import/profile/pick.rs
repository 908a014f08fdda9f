//! Where one field takes its value from.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, value::MapAccessDeserializer},
};

/// Where a field takes its value from: a column, several, or a constant.
///
/// In a profile a plain text is the name of a column, a list of texts is a constant list, and a table says more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pick {
    /// Columns whose non-empty values are put together with `join`.
    pub columns: Vec<String>,
    /// What stands between them.
    pub join: String,
    /// A constant, used instead of columns.
    pub value: Option<String>,
    /// A constant list, used instead of columns.
    pub values: Vec<String>,
    /// What to take when the columns are empty.
    pub default: Option<String>,
    /// A map of the profile that translates the value.
    pub map: Option<String>,
    /// Characters that part a list; `None` means `;`, `,` and `|`.
    pub split: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    column: Option<String>,
    #[serde(default)]
    columns: Vec<String>,
    join: Option<String>,
    value: Option<String>,
    #[serde(default)]
    values: Vec<String>,
    default: Option<String>,
    map: Option<String>,
    split: Option<String>,
}

impl Pick {
    /// The value of one column.
    pub fn column(name: &str) -> Self {
        Self { columns: vec![name.to_owned()], join: String::from(" "), ..Self::default() }
    }
}

impl<'de> Deserialize<'de> for Pick {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PickVisitor)
    }
}

/// Written by hand so that an unknown key is named, which an untagged enum cannot do.
struct PickVisitor;

impl<'de> de::Visitor<'de> for PickVisitor {
    type Value = Pick;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the name of a column, a list of constant values, or a table with column, columns, value, …",
        )
    }

    fn visit_str<E: de::Error>(self, column: &str) -> Result<Pick, E> {
        Ok(Pick::column(column))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut values: A) -> Result<Pick, A::Error> {
        let mut pick = Pick::default();
        while let Some(value) = values.next_element()? {
            pick.values.push(value);
        }
        Ok(pick)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Pick, A::Error> {
        let table = Table::deserialize(MapAccessDeserializer::new(map))?;
        let mut columns = table.columns;
        columns.splice(0..0, table.column);
        let constants = usize::from(table.value.is_some()) + usize::from(!table.values.is_empty());
        if constants + usize::from(!columns.is_empty()) != 1 {
            return Err(de::Error::custom("give exactly one of column or columns, value, values"));
        }
        Ok(Pick {
            columns,
            join: table.join.unwrap_or_else(|| String::from(" ")),
            value: table.value,
            values: table.values,
            default: table.default,
            map: table.map,
            split: table.split,
        })
    }
}
