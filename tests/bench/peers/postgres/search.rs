//! One step of a search as one statement.

use sqlx::{AssertSqlSafe, PgConnection, Row};

use crate::{
    Outcome,
    document::{Around, Where, sphere},
    peer::{Found, Search, Unit},
    sql::Distance,
};

/// A centre has at most this many offers, so as many rows hold as many centres as wanted.
const OFFERS: usize = 3;
/// Parameters before those of the points: the text query or the boxes, the area keys and the number of rows.
const BEFORE_POINTS: usize = 3;
/// One degree of latitude in km.
const DEGREE_KM: f64 = 111.0;

const RESPONSIBLE: &str = "responsible AS MATERIALIZED (SELECT DISTINCT offer FROM area WHERE key = ANY($2))";

/// The centres of one step.
pub(super) async fn search(connection: &mut PgConnection, search: &Search<'_>) -> Outcome<Vec<Found>> {
    if !search.units.is_empty() {
        let matching = expression(search.units, search.all);
        return run(connection, &with_words(search), vec![matching], search).await;
    }
    let boxes: Vec<String> = search.place.points.iter().map(around).collect();
    let found = run(connection, &place_alone(search.place, true), boxes.clone(), search).await?;
    if !found.is_empty() {
        return Ok(found);
    }
    run(connection, &place_alone(search.place, false), boxes, search).await
}

/// Quoted words only, so that none means anything to `to_tsquery` itself.
fn expression(units: &[Unit], all: bool) -> String {
    let alternative = |words: &[String], open: bool| {
        let last = words.len().saturating_sub(1);
        let word =
            |(at, word): (usize, &String)| format!("'{word}'{}", if open && at == last { ":*" } else { "" });
        format!("({})", words.iter().enumerate().map(word).collect::<Vec<_>>().join(" & "))
    };
    let unit = |unit: &Unit| {
        let ways: Vec<String> = unit.0.iter().map(|way| alternative(&way.words, way.open)).collect();
        format!("({})", ways.join(" | "))
    };
    units.iter().map(unit).collect::<Vec<_>>().join(if all { " & " } else { " | " })
}

fn with_words(search: &Search<'_>) -> String {
    let Distance { far, within } = Distance::new(search.place, BEFORE_POINTS + 1, "least");
    // only the near hits are ordered by their text, so only theirs is ranked
    let order = if search.all {
        "responsible DESC, CASE WHEN near THEN text END DESC NULLS LAST"
    } else {
        "CASE WHEN near THEN text * (1 + 0.5 * responsible::int) END DESC NULLS LAST"
    };
    format!(
        "WITH {RESPONSIBLE}, asked AS MATERIALIZED (SELECT to_tsquery('german', ($1::text[])[1]) AS query),
        hit AS (
            SELECT o.centre, ts_rank_cd('{{0.1, 0.35, 0.6, 1.0}}', o.text, asked.query, 1) AS text,
                r.offer IS NOT NULL AS responsible, r.offer IS NOT NULL OR {within} AS near, {far} AS far
            FROM asked JOIN offer o ON o.text @@ asked.query LEFT JOIN responsible r ON r.offer = o.id)
        SELECT centre, near FROM hit ORDER BY near DESC, {order}, far ASC NULLS LAST, centre LIMIT $3"
    )
}

/// Without words: whoever is responsible or lies in the box around a point; where that is nobody, everybody.
fn place_alone(place: &Where, near: bool) -> String {
    let Distance { far, within } = Distance::new(place, BEFORE_POINTS + 1, "least");
    let candidates = if near {
        "SELECT offer AS id FROM responsible UNION
            SELECT o.id FROM unnest($1::text[]) AS around JOIN offer o ON o.position <@ around::box"
    } else {
        "SELECT id FROM offer WHERE $1::text[] IS NOT NULL"
    };
    let only_near = if near { "WHERE near" } else { "" };
    format!(
        "WITH {RESPONSIBLE}, candidate AS ({candidates}),
        hit AS (
            SELECT o.centre, r.offer IS NOT NULL AS responsible, r.offer IS NOT NULL OR {within} AS near, {far} AS far
            FROM candidate c JOIN offer o ON o.id = c.id LEFT JOIN responsible r ON r.offer = o.id)
        SELECT centre, near FROM hit {only_near} ORDER BY responsible DESC, far ASC NULLS LAST, centre LIMIT $3"
    )
}

/// The box around a point as PostgreSQL writes it.
fn around(point: &Around) -> String {
    let up = point.reach_km / DEGREE_KM;
    let across = up / point.lat.to_radians().cos();
    format!("({},{}),({},{})", point.lon - across, point.lat - up, point.lon + across, point.lat + up)
}

async fn run(
    connection: &mut PgConnection,
    statement: &str,
    first: Vec<String>,
    search: &Search<'_>,
) -> Outcome<Vec<Found>> {
    // put together of constants and numbers of parameters; everything that was typed is a parameter
    let mut query = sqlx::query(AssertSqlSafe(statement))
        .bind(first)
        .bind(&search.place.keys)
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
