use super::*;

const NUMBERS: (u64, usize) = (3, 7);

fn problems() -> Vec<Problem> {
    let (row, count) = NUMBERS;
    let text = || String::from("wort");
    vec![
        Problem::FieldCount { expected: count, found: count },
        Problem::Undecodable { encoding: text() },
        Problem::Required,
        Problem::NotAPostcode,
        Problem::ShortPostcode,
        Problem::NotAPostcodeRange,
        Problem::NotAKey { digits: count },
        Problem::NotInMap { map: text() },
        Problem::DuplicateId { first_file: text(), first_row: row },
        Problem::NoOffer,
        Problem::NothingToJoin,
        Problem::LeftOut { reason_de: text(), reason_en: text() },
        Problem::WrongType { expected: text() },
        Problem::DanglingReference,
        Problem::Inactive,
    ]
}

fn repairs() -> Vec<Repair> {
    vec![
        Repair::RangeTurned,
        Repair::RangeOfNoPlace,
        Repair::PostcodeZeroRestored,
        Repair::PostcodeUnknown,
        Repair::TownFromPostcode,
        Repair::CoordinatesSwapped,
        Repair::CoordinatesOutside,
        Repair::CoordinatesUnreadable,
        Repair::SchemeAdded,
        Repair::LinkDropped,
        Repair::MailDropped,
        Repair::PhoneDropped,
        Repair::ControlsRemoved,
        Repair::MarkupRemoved,
        Repair::Shortened { limit: NUMBERS.1 },
        Repair::ListShortened { limit: NUMBERS.1 },
        Repair::LanguageUnknown,
        Repair::ModeUnknown,
        Repair::TopicUnknown,
        Repair::WordUnknown,
        Repair::DateUnreadable,
        Repair::HoursAsNote,
        Repair::EncodingMixed { encoding: String::from("wort") },
        Repair::RepeatedArea,
    ]
}

fn file_errors() -> Vec<ReadError> {
    let (row, limit) = NUMBERS;
    let file = || String::from("wort");
    let mut errors = vec![
        ReadError::Io { file: file(), problem: String::from("wort") },
        ReadError::TooLarge { file: file(), limit: 1 << 20 },
        ReadError::LineTooLong { file: file(), row, limit: 1 << 20 },
        ReadError::QuoteOpen { file: file(), row },
        ReadError::TooManyRows { file: file(), limit: row },
        ReadError::TooManyColumns { file: file(), limit: row },
        ReadError::Empty { file: file() },
        ReadError::NotText { file: file() },
        ReadError::ColumnMissing { file: file(), column: file(), known: file() },
        ReadError::FileMissing { columns: file() },
        ReadError::Json { file: file(), row, problem: file() },
        ReadError::Xml { file: file(), row, problem: file() },
        ReadError::DocumentType { file: file(), row },
        ReadError::Unavailable { file: file() },
        ReadError::GaveUp { file: file() },
    ];
    errors.extend(
        [
            XlsxError::NotXlsx,
            XlsxError::TooManyParts { limit },
            XlsxError::Unpacked { limit: 1 << 20 },
            XlsxError::Ratio { limit: row },
            XlsxError::TooFar { row, column: row },
            XlsxError::TooMuchText { limit: 1 << 20 },
            XlsxError::NoSuchSheet { sheet: file(), known: file() },
            XlsxError::Damaged { problem: file() },
            XlsxError::GaveUp,
        ]
        .map(|problem| ReadError::Spreadsheet { file: file(), problem }),
    );
    errors
}

/// A message whose argument is missing shows it in braces; one that is missing shows its id.
fn is_whole(text: &str) -> bool {
    !text.contains(['{', '}']) && !text.starts_with("import-") && text.len() > 8
}

#[test]
fn everything_found_has_words_and_advice_in_every_language() {
    let spot = Spot::new("liste.csv", 3, "plz", "7531");
    for lang in Lang::SHIPPED {
        for problem in problems() {
            let error = RowError { spot: spot.clone(), problem };
            assert!(is_whole(&error.message(lang)), "{lang} {:?}: {}", error.problem, error.message(lang));
            assert!(
                is_whole(&error.what_to_do(lang)),
                "{lang} {:?}: {}",
                error.problem,
                error.what_to_do(lang)
            );
        }
        for repair in repairs() {
            let note = RowNote { spot: spot.clone(), repair };
            assert!(is_whole(&note.message(lang)), "{lang} {:?}: {}", note.repair, note.message(lang));
        }
        for error in file_errors() {
            assert!(is_whole(&error.message(lang)), "{lang} {error:?}: {}", error.message(lang));
            assert!(is_whole(&error.what_to_do(lang)), "{lang} {error:?}: {}", error.what_to_do(lang));
        }
        for refusal in [
            Refusal::RowsLost { lost: 1, of: 2 },
            Refusal::CentresWithdrawn { lost: 1, of: 2 },
            Refusal::CentresChanged { lost: 1, of: 2 },
            Refusal::NothingRead,
        ] {
            assert!(
                is_whole(&refusal.message(lang)) && is_whole(&refusal.what_to_do(lang)),
                "{lang} {refusal:?}"
            );
        }
    }
}

#[test]
fn both_languages_have_the_same_messages_and_nothing_besides() {
    let ids = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.starts_with("import-"));
        let mut ids: Vec<_> = lines.filter_map(|line| Some(line.split_once(" =")?.0.to_owned())).collect();
        ids.sort();
        ids
    };
    let [(_, german, _), (_, english, _)] = FILES;
    assert_eq!(ids(german), ids(english));
    let mut wanted: Vec<String> =
        problems().iter().map(|problem| format!("import-problem-{}", problem.code())).collect();
    wanted.extend(repairs().iter().map(|repair| format!("import-repair-{}", repair.code())));
    wanted.extend(file_errors().iter().map(|error| format!("import-file-{}", error.code())));
    wanted.extend(
        ["rows-lost", "centres-withdrawn", "centres-changed", "nothing-read"]
            .map(|code| format!("import-refusal-{code}")),
    );
    wanted.extend(["file", "row", "column", "value"].map(|kind| format!("import-spot-{kind}")));
    wanted.sort();
    assert_eq!(ids(german), wanted);
}

#[test]
fn the_code_in_messages_is_the_code_in_machine_readable_output() {
    for problem in problems() {
        assert_eq!(serde_json::to_value(&problem).unwrap()["code"], problem.code());
    }
    for repair in repairs() {
        assert_eq!(serde_json::to_value(&repair).unwrap()["code"], repair.code());
    }
}

#[test]
fn a_spot_says_file_row_column_and_value() {
    let spot = Spot::new("liste.csv", 1_234, "plz", "75\u{0}31");
    assert_eq!(spot.message(Lang::De), "liste.csv, Zeile 1234, Spalte plz: „75␀31“");
    assert_eq!(spot.message(Lang::En), "liste.csv, row 1234, column plz: “75␀31”");
}
