//! `…/zahlen/datei`: the same counts as a table for a spreadsheet, a line for each day and offer.

use axum::{
    extract::State,
    http::{Uri, header},
    response::{IntoResponse, Response},
};
use webkit::{error::PageError, pages::Visit, staff::TeamSession};

use super::{Stretch, WHAT, counted, name_of};
use crate::{
    availability::local_date,
    web::{
        AppState,
        desk::around::{House, asked},
    },
};

/// Hands out the table.
pub(in crate::web::desk) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    team: TeamSession,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let stretch = Stretch::of(&asked(&uri), local_date(app.clock().now()));
    let word = |id: &str| app.pages().catalogue().plain(visit.lang, id);
    let heads = ["desk-booking-count-day", "desk-booking-offer"].into_iter();
    let mut lines = vec![heads.chain(WHAT.map(|(_, text)| text)).map(word).collect::<Vec<_>>()];
    for ((day, offer), counts) in counted(&app, &house, stretch).await? {
        let name = name_of(&house, &offer).unwrap_or_else(|| word("desk-booking-offer-gone"));
        let counts = counts.iter().map(ToString::to_string);
        lines.push([day.to_string(), guarded(name)].into_iter().chain(counts).collect());
    }
    let table = table(&lines).map_err(PageError::internal)?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"zahlen.csv\""),
    ];
    Ok((headers, table).into_response())
}

/// With semicolons and a mark of UTF-8, as spreadsheets in Germany expect.
fn table(lines: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(b"\xef\xbb\xbf".to_vec());
    for line in lines {
        writer.write_record(line)?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// A name that a spreadsheet would compute gets an apostrophe in front. Some drop spaces and look at what comes after
/// them, some take the wide forms of East Asian keyboards for the plain ones.
fn guarded(name: String) -> String {
    let computes = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    if name.trim_start().starts_with(computes) { format!("'{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_formula_and_stays_in_its_cell() {
        let name = guarded("=HYPERLINK(\"x\";1)".into());
        let table = table(&[vec!["2026-11-23".into(), name]]).unwrap();
        assert_eq!(String::from_utf8(table).unwrap(), "\u{feff}2026-11-23;\"'=HYPERLINK(\"\"x\"\";1)\"\n");
        assert_eq!(guarded(" ＠SUM".into()), "' ＠SUM");
        assert_eq!(guarded("Schuldnerberatung".into()), "Schuldnerberatung");
    }
}
