//! The layout of the index: one document per offer, the offers of a centre side by side.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};

/// The fields of an offer's document.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// Layout as tantivy wants it.
    pub(crate) schema: Schema,
    /// Terms of the offer's name.
    pub(crate) offer: Field,
    /// Terms of the centre's name.
    pub(crate) centre_name: Field,
    /// Terms of keywords, target groups, topics and languages.
    pub(crate) keyword: Field,
    /// Terms of the descriptions.
    pub(crate) description: Field,
    /// Areas of responsibility.
    pub(crate) area: Field,
    /// Topic ids.
    pub(crate) topic: Field,
    /// Languages of counselling.
    pub(crate) language: Field,
    /// Names for type-ahead.
    pub(crate) suggestion: Field,
    /// Running number of the centre.
    pub(crate) centre: Field,
    /// Stable hash of the centre's id, the last word in ranking.
    pub(crate) lot: Field,
    /// Modes and wheelchair access as bits.
    pub(crate) flags: Field,
    /// Position on the unit sphere; missing without coordinates.
    pub(crate) sphere: [Field; 3],
    /// What is shown, as JSON.
    pub(crate) entry: Field,
}

impl Fields {
    /// The one layout.
    pub(crate) fn new() -> Self {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic);
        let terms = TextOptions::default().set_indexing_options(indexing);
        let number = NumericOptions::from(FAST);
        let mut text = |name: &str| schema.add_text_field(name, terms.clone());
        let offer = text("offer");
        let centre_name = text("centre_name");
        let keyword = text("keyword");
        let description = text("description");
        let area = text("area");
        let topic = text("topic");
        let language = text("language");
        let suggestion = text("suggestion");
        let centre = schema.add_u64_field("centre", number.clone());
        let lot = schema.add_u64_field("lot", number.clone());
        let flags = schema.add_u64_field("flags", number.clone());
        let sphere = ["x", "y", "z"].map(|axis| schema.add_f64_field(axis, number.clone()));
        let entry = schema.add_bytes_field("entry", STORED);
        Self {
            schema: schema.build(),
            offer,
            centre_name,
            keyword,
            description,
            area,
            topic,
            language,
            suggestion,
            centre,
            lot,
            flags,
            sphere,
            entry,
        }
    }
}
