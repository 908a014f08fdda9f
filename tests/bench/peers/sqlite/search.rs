//! One step of a search as one statement.

use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use crate::{
    Outcome,
    document::{Where, sphere},
    peer::{Found, Search, Unit},
    sql::Distance,
    text::stem,
};

/// A centre has at most this many offers, so as many rows hold as many centres as wanted.
const OFFERS: usize = 3;
/// Parameters before those of the points: the text query or the box, the area keys and the number of rows.
const BEFORE_POINTS: usize = 3;
/// One degree of latitude in km.
const DEGREE_KM: f64 = 111.0;

const RESPONSIBLE: &str = "responsible AS MATERIALIZED (SELECT DISTINCT offer FROM area WHERE key IN (SELECT value FROM json_each($2)))";

/// The centres of one step.
pub(super) async fn search(connection: &mut SqliteConnection, search: &Search<'_>) -> Outcome<Vec<Found>> {
    if !search.units.is_empty() {
        let matching = expression(search.units, search.all);
        return run(connection, &with_words(search), &matching, search).await;
    }
    let boxes = boxes(search.place);
    let found = run(connection, &place_alone(search.place, true), &boxes, search).await?;
    if !found.is_empty() {
        return Ok(found);
    }
    run(connection, &place_alone(search.place, false), &boxes, search).await
}

/// Quoted stems only, so that no word means anything to FTS5 itself.
fn expression(units: &[Unit], all: bool) -> String {
    let alternative = |words: &[String], open: bool| {
        let last = words.len().saturating_sub(1);
        let word = |(at, word): (usize, &String)| {
            format!("\"{}\"{}", stem(word), if open && at == last { "*" } else { "" })
        };
        format!("({})", words.iter().enumerate().map(word).collect::<Vec<_>>().join(" AND "))
    };
    let unit = |unit: &Unit| {
        let ways: Vec<String> = unit.0.iter().map(|way| alternative(&way.words, way.open)).collect();
        format!("({})", ways.join(" OR "))
    };
    units.iter().map(unit).collect::<Vec<_>>().join(if all { " AND " } else { " OR " })
}

/// `bm25` is by far the dearest part, so it is computed only for the near hits, whose order it decides.
fn with_words(search: &Search<'_>) -> String {
    let Distance { far, within } = Distance::new(search.place, BEFORE_POINTS + 1, "min");
    let responsible = "o.id IN (SELECT offer FROM responsible)";
    let text = format!("CASE WHEN {responsible} OR {within} THEN -bm25(offer_text, 4.0, 2.5, 1.5, 0.5) END");
    let order =
        if search.all { "responsible DESC, text DESC" } else { "text * (1 + 0.5 * responsible) DESC" };
    format!(
        "WITH {RESPONSIBLE}, hit AS MATERIALIZED (
            SELECT o.centre AS centre, {responsible} AS responsible, {responsible} OR {within} AS near, {far} AS far,
                {text} AS text
            FROM offer_text CROSS JOIN offer o ON o.id = offer_text.rowid WHERE offer_text MATCH $1)
        SELECT centre, near FROM hit ORDER BY near DESC, {order}, far ASC NULLS LAST, centre LIMIT $3"
    )
}

/// Without words: whoever is responsible or lies in the box around a point; where that is nobody, everybody.
///
/// The boxes are joined by CROSS JOIN because the planner, left alone, reads the whole R*Tree.
fn place_alone(place: &Where, near: bool) -> String {
    let Distance { far, within } = Distance::new(place, BEFORE_POINTS + 1, "min");
    let candidates = if near {
        "SELECT offer AS id FROM responsible UNION SELECT p.id FROM json_each($1) b CROSS JOIN position p
            ON p.south >= b.value ->> 0 AND p.north <= b.value ->> 1 AND p.west >= b.value ->> 2 AND p.east <= b.value ->> 3"
    } else {
        "SELECT id FROM offer WHERE $1 IS NOT NULL"
    };
    let only_near = if near { "WHERE near" } else { "" };
    format!(
        "WITH {RESPONSIBLE}, candidate AS ({candidates}),
        hit AS (
            SELECT o.centre AS centre, r.offer IS NOT NULL AS responsible,
                r.offer IS NOT NULL OR {within} AS near, {far} AS far
            FROM candidate c JOIN offer o ON o.id = c.id LEFT JOIN responsible r ON r.offer = o.id)
        SELECT centre, near FROM hit {only_near} ORDER BY responsible DESC, far ASC NULLS LAST, centre LIMIT $3"
    )
}

/// South, north, west and east of the box around each point, as JSON.
fn boxes(place: &Where) -> String {
    let around = |point: &crate::document::Around| {
        let up = point.reach_km / DEGREE_KM;
        let across = up / point.lat.to_radians().cos();
        [point.lat - up, point.lat + up, point.lon - across, point.lon + across]
    };
    serde_json::to_string(&place.points.iter().map(around).collect::<Vec<_>>()).unwrap_or_default()
}

async fn run(
    connection: &mut SqliteConnection,
    statement: &str,
    first: &str,
    search: &Search<'_>,
) -> Outcome<Vec<Found>> {
    // put together of constants and numbers of parameters; everything that was typed is a parameter
    let mut query = sqlx::query(AssertSqlSafe(statement))
        .bind(first)
        .bind(serde_json::to_string(&search.place.keys)?)
        .bind(i64::try_from(OFFERS * search.limit)?);
    for point in &search.place.points {
        let [x, y, z] = sphere((point.lat, point.lon));
        query = query.bind(x).bind(y).bind(z).bind(point.chord2());
    }
    let rows = query.fetch_all(connection).await?;
    let mut found: Vec<Found> = Vec::with_capacity(search.limit);
    for row in rows {
        let centre: String = row.get(0);
        if found.len() < search.limit && found.iter().all(|known| known.centre != centre) {
            found.push(Found { centre, near: row.get(1) });
        }
    }
    Ok(found)
}
