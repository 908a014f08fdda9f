//! Correcting typing mistakes with the trigram table.

use sqlx::SqliteConnection;

use crate::Outcome;

/// Shorter words are not corrected: everything is similar to them.
const SHORTEST: usize = 4;
/// Less similar words were not meant.
const SIMILAR: f64 = 0.5;

/// See [`Peer::correct`](crate::peer::Peer::correct).
pub(super) async fn correct(
    connection: &mut SqliteConnection,
    words: &[String],
) -> Outcome<Vec<Option<String>>> {
    let mut corrected = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let end = format!("{word}{}", if at + 1 == words.len() { "\u{10ffff}" } else { "" });
        let known: bool =
            sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM word WHERE word BETWEEN $1 AND $2)")
                .bind(word)
                .bind(end)
                .fetch_one(&mut *connection)
                .await?;
        let letters: Vec<char> = word.chars().collect();
        if known || letters.len() < SHORTEST {
            corrected.push(None);
            continue;
        }
        let trigrams: Vec<String> =
            letters.windows(3).map(|three| format!("\"{}\"", three.iter().collect::<String>())).collect();
        let candidates: Vec<(String, i64)> = sqlx::query_as(
            "SELECT w.word, w.count FROM spelling JOIN word w ON w.word = spelling.word
            WHERE spelling MATCH $1 ORDER BY spelling.rank, w.word LIMIT 50",
        )
        .bind(trigrams.join(" OR "))
        .fetch_all(&mut *connection)
        .await?;
        let similarity = |candidate: &str| strsim::normalized_damerau_levenshtein(word, candidate);
        let best = candidates
            .into_iter()
            .map(|(candidate, count)| (similarity(&candidate), count, candidate))
            .filter(|(similarity, ..)| *similarity >= SIMILAR)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then_with(|| b.2.cmp(&a.2)));
        corrected.push(best.map(|(.., candidate)| candidate));
    }
    Ok(corrected)
}
