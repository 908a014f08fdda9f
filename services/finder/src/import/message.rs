//! What findings say to a person, in every language of the pages.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use kernel::Lang;

use super::{
    finding::{RowError, RowNote, Spot},
    plan::Refusal,
    problem::{Problem, Repair},
    read::ReadError,
    xlsx::XlsxError,
};

/// The message files of the import and of the integrity report for each shipped language.
const FILES: [(Lang, &str, &str); 2] = [
    (Lang::De, include_str!("../../locales/de/import.ftl"), include_str!("../../locales/de/integrity.ftl")),
    (Lang::En, include_str!("../../locales/en/import.ftl"), include_str!("../../locales/en/integrity.ftl")),
];

static BUNDLES: LazyLock<Vec<(Lang, FluentBundle<FluentResource>)>> = LazyLock::new(|| {
    let bundles = FILES.iter().map(|(lang, import, integrity)| {
        let mut bundle = FluentBundle::new_concurrent(vec![lang.tag().parse().unwrap_or_default()]);
        // These messages go to terminals and files too, where marks around arguments would show.
        bundle.set_use_isolating(false);
        for text in [import, integrity] {
            // What is not valid Fluent is left out by the parser, and a test finds out.
            let resource =
                FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        (*lang, bundle)
    });
    bundles.collect()
});

type Args = FluentArgs<'static>;

/// The message, its German form where the language lacks it, its id where nothing has it.
fn text(lang: Lang, id: &str, attribute: Option<&str>, args: &Args) -> String {
    let wanted =
        BUNDLES.iter().filter(|(known, _)| *known == lang || (lang == Lang::PseudoRtl && *known == Lang::En));
    for (_, bundle) in wanted.chain(BUNDLES.iter()) {
        let Some(message) = bundle.get_message(id) else { continue };
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute).map(|attribute| attribute.value()),
            None => message.value(),
        };
        if let Some(pattern) = pattern {
            let mut errors = Vec::new();
            return bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        }
    }
    id.to_owned()
}

/// A message with, perhaps, what was found and how often.
pub(crate) fn words(lang: Lang, id: &str, attribute: Option<&str>, counted: Option<(String, u64)>) -> String {
    let counted =
        counted.map(|(what, count)| args([("what", FluentValue::from(what)), ("count", number(count))]));
    text(lang, id, attribute, &counted.unwrap_or_default())
}

fn args<const N: usize>(values: [(&'static str, FluentValue<'static>); N]) -> Args {
    let mut args = Args::new();
    for (name, value) in values {
        args.set(name, value);
    }
    args
}

fn string(text: &str) -> FluentValue<'static> {
    FluentValue::from(text.to_owned())
}

fn number(number: u64) -> FluentValue<'static> {
    FluentValue::from(number as f64)
}

impl Problem {
    fn args(&self, lang: Lang) -> Args {
        match self {
            Self::FieldCount { expected, found } => {
                args([("expected", number(*expected as u64)), ("found", number(*found as u64))])
            }
            Self::Undecodable { encoding } => args([("encoding", string(encoding))]),
            Self::NotAKey { digits } => args([("digits", number(*digits as u64))]),
            Self::NotInMap { map } => args([("map", string(map))]),
            Self::DuplicateId { first_file, first_row } => {
                args([("file", string(first_file)), ("row", number(*first_row))])
            }
            Self::LeftOut { reason_de, reason_en } => {
                args([("reason", string(if lang == Lang::De { reason_de } else { reason_en }))])
            }
            Self::WrongType { expected } => args([("expected", string(expected))]),
            _ => Args::new(),
        }
    }
}

impl Repair {
    fn args(&self) -> Args {
        match self {
            Self::Shortened { limit } | Self::ListShortened { limit } => {
                args([("limit", number(*limit as u64))])
            }
            Self::EncodingMixed { encoding } => args([("encoding", string(encoding))]),
            _ => Args::new(),
        }
    }
}

impl Spot {
    /// Where it is, in words: "stellen.csv, Zeile 12, Spalte plz: „7531“".
    pub fn message(&self, lang: Lang) -> String {
        let kind = match (self.row, self.column.is_empty()) {
            (0, _) => "file",
            (_, true) => "row",
            (_, false) => "column",
        };
        let place = args([
            ("file", string(&self.file)),
            ("row", FluentValue::from(self.row.to_string())),
            ("column", string(&self.column)),
        ]);
        let place = text(lang, &format!("import-spot-{kind}"), None, &place);
        if self.value.is_empty() {
            return place;
        }
        text(
            lang,
            "import-spot-value",
            None,
            &args([("place", string(&place)), ("value", string(&self.value))]),
        )
    }
}

impl RowError {
    /// What is wrong, without where.
    pub fn message(&self, lang: Lang) -> String {
        text(lang, &format!("import-problem-{}", self.problem.code()), None, &self.problem.args(lang))
    }

    /// What to do about it.
    pub fn what_to_do(&self, lang: Lang) -> String {
        text(lang, &format!("import-problem-{}", self.problem.code()), Some("todo"), &self.problem.args(lang))
    }
}

impl RowNote {
    /// What was done, without where.
    pub fn message(&self, lang: Lang) -> String {
        text(lang, &format!("import-repair-{}", self.repair.code()), None, &self.repair.args())
    }
}

impl Refusal {
    /// Why nothing was applied.
    pub fn message(&self, lang: Lang) -> String {
        text(lang, &format!("import-refusal-{}", self.code()), None, &self.args())
    }

    /// What to do about it.
    pub fn what_to_do(&self, lang: Lang) -> String {
        text(lang, &format!("import-refusal-{}", self.code()), Some("todo"), &self.args())
    }

    fn args(&self) -> Args {
        match self {
            Self::RowsLost { lost, of }
            | Self::CentresWithdrawn { lost, of }
            | Self::CentresChanged { lost, of } => args([("lost", number(*lost)), ("of", number(*of))]),
            Self::NothingRead => Args::new(),
        }
    }
}

impl ReadError {
    /// What is wrong with the file.
    pub fn message(&self, lang: Lang) -> String {
        text(lang, &format!("import-file-{}", self.code()), None, &self.args())
    }

    /// What to do about it.
    pub fn what_to_do(&self, lang: Lang) -> String {
        text(lang, &format!("import-file-{}", self.code()), Some("todo"), &self.args())
    }

    fn args(&self) -> Args {
        let row = |row: &u64| FluentValue::from(row.to_string());
        match self {
            Self::Io { file, problem } => args([("file", string(file)), ("problem", string(problem))]),
            Self::TooLarge { file, limit } => args([("file", string(file)), ("limit", number(limit >> 20))]),
            Self::LineTooLong { file, row: at, limit } => {
                args([("file", string(file)), ("row", row(at)), ("limit", number(limit >> 20))])
            }
            Self::QuoteOpen { file, row: at } | Self::DocumentType { file, row: at } => {
                args([("file", string(file)), ("row", row(at))])
            }
            Self::TooManyRows { file, limit } | Self::TooManyColumns { file, limit } => {
                args([("file", string(file)), ("limit", number(*limit))])
            }
            Self::Empty { file }
            | Self::NotText { file }
            | Self::Unavailable { file }
            | Self::GaveUp { file } => args([("file", string(file))]),
            Self::ColumnMissing { file, column, known } => {
                args([("file", string(file)), ("column", string(column)), ("known", string(known))])
            }
            Self::FileMissing { columns } => args([("columns", string(columns))]),
            Self::Json { file, row: at, problem } | Self::Xml { file, row: at, problem } => {
                args([("file", string(file)), ("row", row(at)), ("problem", string(problem))])
            }
            Self::Spreadsheet { file, problem } => spreadsheet(file, problem),
        }
    }
}

fn spreadsheet(file: &str, problem: &XlsxError) -> Args {
    let mut args = args([("file", string(file))]);
    match problem {
        XlsxError::TooManyParts { limit } => args.set("limit", number(*limit as u64)),
        XlsxError::Unpacked { limit } | XlsxError::TooMuchText { limit } => {
            args.set("limit", number(limit >> 20))
        }
        XlsxError::Ratio { limit } => args.set("limit", number(*limit)),
        XlsxError::TooFar { row, column } => {
            args.set("row", FluentValue::from(row.to_string()));
            args.set("column", FluentValue::from(column.to_string()));
        }
        XlsxError::NoSuchSheet { sheet, known } => {
            args.set("sheet", string(sheet));
            args.set("known", string(known));
        }
        XlsxError::Damaged { problem } => args.set("problem", string(problem)),
        XlsxError::NotXlsx | XlsxError::GaveUp => {}
    }
    args
}

#[cfg(test)]
mod tests;
