//! The normal week.

use contracts::directory::{OpeningSpan, Weekday};
use jiff::civil::Time;

use super::scan::{Piece, scan};

/// What a text of opening hours says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Weekly {
    /// Spans of the week, sorted, none twice.
    pub spans: Vec<OpeningSpan>,
    /// What the spans do not say; all of the text when it could not be read.
    pub note: Option<String>,
    /// Whether the text has hours in it that could not be read.
    pub unread: bool,
}

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 4_000;

/// Reads a text such as "Mo-Fr 9-12 Uhr, Do 14:00-18:00 (offene Sprechstunde), nach Vereinbarung".
pub fn weekly(text: &str) -> Weekly {
    let text = text.trim();
    if text.is_empty() {
        return Weekly::default();
    }
    let as_note = || Weekly {
        spans: Vec::new(),
        note: Some(text.to_owned()),
        unread: text.bytes().any(|byte| byte.is_ascii_digit()),
    };
    if text.len() > LONGEST {
        return as_note();
    }
    let pieces = scan(text);
    match Reader::default().read(&pieces) {
        Some(read) if !read.spans.is_empty() => read,
        _ => as_note(),
    }
}

#[derive(Default)]
struct Reader {
    /// Days the next times belong to.
    days: Vec<Weekday>,
    /// Whether a time has come since the last day, so that a new day begins a new list.
    timed: bool,
    spans: Vec<OpeningSpan>,
    notes: Vec<String>,
    words: Vec<String>,
}

impl Reader {
    /// Reads everything or nothing: `None` as soon as days or times stand where they mean nothing sure.
    fn read(mut self, pieces: &[Piece]) -> Option<Weekly> {
        let mut at = 0;
        let mut last_count = 0;
        while at < pieces.len() {
            match &pieces[at..] {
                [Piece::Day(first), Piece::To, Piece::Day(last), ..] => {
                    self.begin_days()?;
                    self.days.extend(days_between(*first, *last));
                    at += 3;
                }
                [Piece::Day(day), ..] => {
                    self.begin_days()?;
                    self.days.push(*day);
                    at += 1;
                }
                [Piece::Days(days), ..] => {
                    self.begin_days()?;
                    self.days.extend_from_slice(days);
                    at += 1;
                }
                [Piece::Time(opens), Piece::Filler, Piece::To, Piece::Time(closes), ..] => {
                    last_count = self.span(*opens, *closes)?;
                    at += 4;
                }
                [Piece::Time(opens), Piece::To, Piece::Time(closes), ..] => {
                    last_count = self.span(*opens, *closes)?;
                    at += 3;
                }
                [Piece::Note(note), ..] => {
                    let spans = self.spans.len();
                    if last_count == 0 || !self.words.is_empty() {
                        self.notes.push(note.clone());
                    } else {
                        for span in &mut self.spans[spans - last_count..] {
                            span.note = Some(note.clone()).filter(|note| !note.is_empty());
                        }
                    }
                    at += 1;
                }
                [Piece::Word(word), ..] => {
                    // "Mo nach Vereinbarung": the day would be lost in the note.
                    if !self.days.is_empty() && !self.timed {
                        return None;
                    }
                    self.words.push(word.clone());
                    at += 1;
                }
                [Piece::And | Piece::Filler, ..] if self.words.is_empty() => at += 1,
                [Piece::And, ..] => {
                    self.words.push(String::from("und"));
                    at += 1;
                }
                [Piece::Filler, ..] => at += 1,
                [Piece::Break(_), ..] => {
                    self.close_words();
                    at += 1;
                }
                // "ab 9 Uhr", "bis 12 Uhr", a single time.
                [Piece::Time(_) | Piece::To, ..] | [] => return None,
            }
        }
        if !self.timed && !self.days.is_empty() {
            return None;
        }
        self.close_words();
        self.spans.sort();
        self.spans.dedup();
        let overlaps = self
            .spans
            .windows(2)
            .any(|pair| pair[0].weekday == pair[1].weekday && pair[1].opens < pair[0].closes);
        let note = Some(self.notes.join("; ")).filter(|note| !note.is_empty());
        (!overlaps).then_some(Weekly { spans: self.spans, note, unread: false })
    }

    /// A day comes: the days before it are done if they had their times. Days amid words ("im August Mo-Fr") are unsure.
    fn begin_days(&mut self) -> Option<()> {
        if !self.words.is_empty() {
            return None;
        }
        if std::mem::take(&mut self.timed) {
            self.days.clear();
        }
        Some(())
    }

    /// A span for all current days; answers how many were added.
    fn span(&mut self, opens: Time, closes: Time) -> Option<usize> {
        if self.days.is_empty() || opens >= closes || !self.words.is_empty() {
            return None;
        }
        self.timed = true;
        let days = self.days.iter();
        self.spans.extend(days.map(|&weekday| OpeningSpan { weekday, opens, closes, note: None }));
        Some(self.days.len())
    }

    fn close_words(&mut self) {
        if !self.words.is_empty() {
            self.notes.push(self.words.join(" "));
            self.words.clear();
        }
    }
}

/// From a day to another, over the end of the week if need be.
fn days_between(first: Weekday, last: Weekday) -> impl Iterator<Item = Weekday> {
    let place = |day| Weekday::ALL.iter().position(|known| *known == day).unwrap_or(0);
    let (first, last) = (place(first), place(last));
    let count = (last + 7 - first) % 7;
    (0..=count).map(move |step| Weekday::ALL[(first + step) % 7])
}
