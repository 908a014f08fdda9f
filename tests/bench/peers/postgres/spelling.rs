//! Correcting typing mistakes with trigrams.

use sqlx::PgConnection;

use crate::Outcome;

/// See [`Peer::correct`](crate::peer::Peer::correct).
///
/// `%` is the trigram operator; its default threshold of 0.3 fetches candidates, 0.4 of them are taken to be meant.
pub(super) async fn correct(connection: &mut PgConnection, words: &[String]) -> Outcome<Vec<Option<String>>> {
    let rows: Vec<Option<String>> = sqlx::query_scalar(
        "SELECT CASE WHEN length(typed) < 4 OR EXISTS (
                SELECT FROM word WHERE word = typed OR at = $2 AND word >= typed AND word < typed || U&'\\+10FFFF')
            THEN NULL ELSE (
                SELECT word FROM word WHERE word % typed AND similarity(word, typed) >= 0.4
                ORDER BY similarity(word, typed) DESC, count DESC, word LIMIT 1) END
        FROM unnest($1::text[]) WITH ORDINALITY AS asked (typed, at) ORDER BY at",
    )
    .bind(words)
    .bind(i64::try_from(words.len())?)
    .fetch_all(connection)
    .await?;
    Ok(rows)
}
