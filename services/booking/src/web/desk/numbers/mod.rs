//! `/arbeitsplatz/termine/{centre}/zahlen`: counts by day and offer. There are no persons in them.

pub(super) mod file;
mod month;

use std::collections::BTreeMap;

use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{TeamSession, path_in, render},
};

use super::{
    around::{Head, House, Part, asked, path, unreadable},
    say::Say,
    words,
};
use crate::{availability::local_date, web::AppState};

/// What is counted, in the order of the columns.
const WHAT: [(&str, &str); 6] = [
    ("booked", "desk-booking-count-booked"),
    ("moved", "desk-booking-count-moved"),
    ("cancelled", "desk-booking-count-cancelled"),
    ("declined", "desk-booking-count-declined"),
    ("kept", "desk-booking-count-kept"),
    ("missed", "desk-booking-count-missed"),
];

/// How often each of [`WHAT`].
type Counts = [u64; WHAT.len()];

/// Which time is asked for: a month like `2026-11`, or a year.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    jahr: String,
    monat: String,
}

/// The months or days that are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stretch {
    Year(i16),
    /// The first day of the month.
    Month(Date),
}

#[derive(Serialize)]
struct YearPage {
    head: Head,
    year: String,
    previous: String,
    next: String,
    file: String,
    what: Vec<&'static str>,
    months: Vec<MonthCounts>,
}

#[derive(Serialize)]
struct MonthCounts {
    month: Say,
    href: String,
    offers: Vec<OfferCounts>,
}

#[derive(Serialize)]
struct OfferCounts {
    name: Option<String>,
    counts: Vec<u64>,
}

/// Shows a year by months, or a month by days.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    team: TeamSession,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let stretch = Stretch::of(&asked(&uri), local_date(app.clock().now()));
    match stretch {
        Stretch::Year(year) => show(&app, &visit, &team, &house, year).await,
        Stretch::Month(month) => month::show(&app, &visit, &team, &house, month).await,
    }
}

async fn show(
    app: &AppState,
    visit: &Visit,
    team: &TeamSession,
    house: &House,
    year: i16,
) -> Result<Response, PageError> {
    let stretch = Stretch::Year(year);
    let mut months: BTreeMap<Date, BTreeMap<String, Counts>> = BTreeMap::new();
    for ((day, offer), counts) in counted(app, house, stretch).await? {
        let sum = months.entry(day.first_of_month()).or_default().entry(offer).or_default();
        add(sum, &counts);
    }
    let context = YearPage {
        head: Head::new(app, visit, team, house, Part::Numbers),
        year: year.to_string(),
        previous: Stretch::Year(year - 1).href(visit, house, "zahlen"),
        next: Stretch::Year(year + 1).href(visit, house, "zahlen"),
        file: stretch.href(visit, house, "zahlen/datei"),
        what: WHAT.iter().map(|(_, text)| *text).collect(),
        months: months
            .into_iter()
            .rev()
            .map(|(month, offers)| MonthCounts {
                month: words::month(month),
                href: Stretch::Month(month).href(visit, house, "zahlen"),
                offers: offers
                    .into_iter()
                    .map(|(id, counts)| OfferCounts { name: name_of(house, &id), counts: counts.to_vec() })
                    .collect(),
            })
            .collect(),
    };
    Ok(render(app.pages(), visit, team, "booking/desk-numbers.html", &context)?.into_response())
}

/// What was counted, by day and offer.
async fn counted(
    app: &AppState,
    house: &House,
    stretch: Stretch,
) -> Result<BTreeMap<(Date, String), Counts>, PageError> {
    let (first, last) = stretch.days();
    let tally = app.booking().store().tally(&house.centre.id, first, last).await.map_err(unreadable)?;
    let mut counted: BTreeMap<(Date, String), Counts> = BTreeMap::new();
    for (day, offer, what, count) in tally {
        let Ok(day) = day.parse::<Date>() else { continue };
        let Some(column) = WHAT.iter().position(|(code, _)| *code == what) else { continue };
        counted.entry((day, offer)).or_default()[column] += count;
    }
    Ok(counted)
}

fn add(sum: &mut Counts, counts: &Counts) {
    sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
}

/// The name of an offer; `None` when it left the directory.
fn name_of(house: &House, offer: &str) -> Option<String> {
    house.offer(offer).map(|offer| offer.name.clone())
}

impl Stretch {
    /// What is asked for; this year without anything that can be read.
    fn of(asked: &Asked, today: Date) -> Self {
        let month = super::around::date(&format!("{}-01", asked.monat));
        let year = asked.jahr.parse().ok().filter(|year| (2000..=2199).contains(year));
        match month {
            Some(month) => Self::Month(month),
            None => Self::Year(year.unwrap_or(today.year())),
        }
    }

    /// The first and the last day.
    fn days(self) -> (Date, Date) {
        match self {
            Self::Year(year) => (Date::constant(year, 1, 1), Date::constant(year, 12, 31)),
            Self::Month(month) => (month, month.last_of_month()),
        }
    }

    /// A page about it, below the centre's.
    fn href(self, visit: &Visit, house: &House, tail: &str) -> String {
        let path = path(&house.centre.id, tail);
        match self {
            Self::Year(year) => path_in(visit, &format!("{path}?jahr={year}")),
            Self::Month(month) => path_in(visit, &format!("{path}?monat={}", month.strftime("%Y-%m"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_a_month_a_year_or_this_year() {
        let today = Date::constant(2026, 11, 22);
        let of =
            |jahr: &str, monat: &str| Stretch::of(&Asked { jahr: jahr.into(), monat: monat.into() }, today);
        assert_eq!(of("", ""), Stretch::Year(2026));
        assert_eq!(of("2025", ""), Stretch::Year(2025));
        assert_eq!(of("2025", "2024-02").days(), (Date::constant(2024, 2, 1), Date::constant(2024, 2, 29)));
        for wrong in ["2024-13", "2024", "24-1", "9999-01"] {
            assert_eq!(of("99", wrong), Stretch::Year(2026), "{wrong}");
        }
    }
}
