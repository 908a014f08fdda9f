//! `…/einstellungen/sprechstunde`: when anybody can talk to the centre by chat, without an appointment.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use contracts::directory::Weekday;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{CentreSession, StaffForm, TeamSession, path_in, render},
};

use super::{
    around::{Choice, Head, House, Part, Stop, back, path, stop, unreadable, weekdays},
    say::{Say, Wrong},
    settings::save,
    words,
};
use crate::{
    availability::{DayTime, MOST_OPEN_HOURS, OpenHour, OpenHoursProblem},
    setting::{CentreProblem, CentreSetting},
    web::AppState,
};

/// Empty rows after those that are filled in.
const EMPTY_ROWS: usize = 3;

/// The form: a row is one place in each of the three lists.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    stand: i64,
    /// On the button that asks for more rows.
    mehr: String,
    tag: Vec<String>,
    von: Vec<String>,
    bis: Vec<String>,
}

#[derive(Serialize)]
struct OpenHoursPage {
    head: Head,
    settings_href: String,
    action: String,
    stand: i64,
    weekdays: Vec<Choice>,
    rows: Vec<Row>,
    changed: bool,
    wrong: Wrong,
}

/// An open hour in a list.
#[derive(Serialize)]
pub(super) struct OpenLine {
    day: Say,
    from: String,
    to: String,
}

impl OpenLine {
    pub(super) fn of(hour: &OpenHour) -> Self {
        Self { day: words::weekday(hour.day), from: hour.from.to_string(), to: hour.to.to_string() }
    }
}

/// A row as it is typed.
#[derive(Debug, Clone, Default, Serialize)]
struct Row {
    day: String,
    from: String,
    to: String,
    remark: Option<Say>,
}

impl Row {
    fn of(hour: &OpenHour) -> Self {
        let place = Weekday::ALL.iter().position(|one| *one == hour.day).unwrap_or(0);
        Self {
            day: (place + 1).to_string(),
            from: hour.from.to_string(),
            to: hour.to.to_string(),
            remark: None,
        }
    }

    fn is_empty(&self) -> bool {
        [&self.day, &self.from, &self.to].iter().all(|text| text.trim().is_empty())
    }

    /// The hour that was typed; what is missing or wrong is remarked in the row.
    fn read(&mut self) -> Option<OpenHour> {
        let day = self.day.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let day = day.and_then(|at| Weekday::ALL.get(at).copied());
        let time = |text: &str| text.trim().parse::<DayTime>().ok();
        let hour = match (day, time(&self.from), time(&self.to)) {
            (None, ..) => Err("desk-open-wrong-day"),
            (_, None, _) | (_, _, None) => Err("desk-booking-wrong-time"),
            (Some(day), Some(from), Some(to)) if from < to => Ok(OpenHour { day, from, to }),
            _ => Err("desk-booking-wrong-range"),
        };
        hour.map_err(|remark| self.remark = Some(Say::new(remark))).ok()
    }
}

/// Shows the open hours.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    (team, _manager): (TeamSession, CentreSession),
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let setting = app.booking().centre_setting(&house.centre.id).await.map_err(unreadable)?;
    let rows = setting.value.open_hours.iter().map(Row::of).collect();
    show(&app, &visit, (&team, &house), (setting.revision, rows, false), Wrong::default())
}

/// Saves them.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    (team, manager): (TeamSession, CentreSession),
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let at = |list: &[String], row: usize| list.get(row).cloned().unwrap_or_default();
    let count = sent.tag.len().max(sent.von.len()).max(sent.bis.len()).min(4 * MOST_OPEN_HOURS);
    let typed = (0..count).map(|row| Row {
        day: at(&sent.tag, row),
        from: at(&sent.von, row),
        to: at(&sent.bis, row),
        remark: None,
    });
    let mut rows: Vec<Row> = typed.filter(|row| !row.is_empty()).collect();
    if !sent.mehr.is_empty() {
        return show(&app, &visit, (&team, &house), (sent.stand, rows, true), Wrong::default());
    }
    let mut wrong = Wrong::default();
    let mut hours = Vec::new();
    for row in &mut rows {
        match row.read() {
            Some(hour) => hours.push(hour),
            None => wrong.at("sprechstunde", Say::new("desk-open-wrong-row")),
        }
    }
    hours.sort_unstable();
    let mut setting = app.booking().centre_setting(&house.centre.id).await.map_err(unreadable)?;
    let checked = CentreSetting { open_hours: hours, ..setting.value.clone() };
    match checked.check() {
        Err(CentreProblem::OpenHours(OpenHoursProblem::TooMany)) => {
            wrong.at("sprechstunde", Say::new("desk-open-wrong-many"));
        }
        Err(CentreProblem::OpenHours(_)) => wrong.at("sprechstunde", Say::new("desk-open-wrong-overlap")),
        // what else the centre sets has forms of its own
        _ => {}
    }
    if !wrong.is_empty() {
        return show(&app, &visit, (&team, &house), (sent.stand, rows, true), wrong);
    }
    if checked == setting.value {
        // the form was sent twice
        return Ok(back(&visit, &house.centre.id, "einstellungen", "sprechstunde"));
    }
    if setting.revision != sent.stand {
        return stop(&app, &visit, &team, &house, (Stop::Saved, "einstellungen/sprechstunde"));
    }
    setting.value = checked;
    save(&app, &visit, (&team, &manager, &house), (&setting, "booking.open-hours-set", "", "sprechstunde"))
        .await
}

fn show(
    app: &AppState,
    visit: &Visit,
    (team, house): (&TeamSession, &House),
    (stand, mut rows, changed): (i64, Vec<Row>, bool),
    wrong: Wrong,
) -> Result<Response, PageError> {
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    rows.extend(std::iter::repeat_n(Row::default(), EMPTY_ROWS));
    let none = app.pages().catalogue().plain(visit.lang, "desk-open-day-none");
    let none = Choice { value: String::new(), text: none };
    let context = OpenHoursPage {
        head: Head::new(app, visit, team, house, Part::Settings),
        settings_href: path_in(visit, &path(&house.centre.id, "einstellungen")),
        action: path_in(visit, &path(&house.centre.id, "einstellungen/sprechstunde")),
        stand,
        weekdays: std::iter::once(none).chain(weekdays(app, visit)).collect(),
        rows,
        changed,
        wrong,
    };
    let html = render(app.pages(), visit, team, "booking/desk-open-hours.html", &context)?;
    Ok((status, html).into_response())
}
