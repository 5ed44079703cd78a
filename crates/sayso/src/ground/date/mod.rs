//! When: the phrases of a text that tell a time, and the days they mean.
//!
//! Rules over tokens, one function a family, each with its example. A phrase counted from the day of
//! publication has no days without it; one counted from another date of the text ("a day earlier") is found
//! and its days left open, and so is one that names no definite time ("recently"). Days are those of the civil
//! calendar: an article's time zone is that of its date. How sure a phrase is shows in the width of its
//! interval: "yesterday" is a day, "two weeks ago" a week, "in 2014" a year.
//!
//! No phrase crosses a sentence. What a verb says of past and future is not read here: where a phrase leaves
//! it open ("on Tuesday"), the days are the latest that are not after publication, and [`TimePhrase::ahead`]
//! has the other reading.

mod absolute;
mod calendar;
mod deictic;
mod names;
mod phrase;
mod reader;
mod text;
mod weekday;

use std::ops::Range;

use jiff::civil::Date;
use sayso_record::CharIndex;

use crate::segment::Sentences;
use reader::{Reader, Word};

/// Days, both ends included; an open end is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl Interval {
    pub(crate) fn days(from: Date, to: Date) -> Self {
        Interval { from: Some(from), to: Some(to) }
    }

    /// The part up to `last`, for what happened by then; `None` where nothing is left.
    ///
    /// "This month", printed on the 10th of what happened, ends on the 10th.
    pub fn up_to(self, last: Date) -> Option<Self> {
        if self.from.is_some_and(|from| from > last) {
            return None;
        }
        Some(Interval { from: self.from, to: Some(self.to.map_or(last, |to| to.min(last))) })
    }
}

/// What a phrase counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The calendar or the day of publication: "October 5", "last week".
    Calendar,
    /// Another date of the text: "a day earlier", "two weeks into the offensive".
    Text,
    /// Nothing definite: "recently", "several years ago".
    Vague,
    /// The hour alone: "at 6 p.m.", "before dawn".
    Clock,
    /// No single occasion: "every Friday".
    Repeated,
}

/// Where a phrase itself says it lies, as seen from the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// "last week", "two days ago"
    Past,
    /// "today", "this year"
    Present,
    /// "next week", "tomorrow"
    Future,
}

/// A phrase that tells a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimePhrase {
    /// Its words, as tokens of the article; prepositions that change no day ("on", "in") are left out.
    pub words: Range<usize>,
    /// The days it means, read as past where it leaves that open.
    pub interval: Option<Interval>,
    /// The days it means for what is to come, where it leaves that open: "on Tuesday" of a plan.
    pub ahead: Option<Interval>,
    /// What it counts from.
    pub kind: Kind,
    /// Where it says it lies.
    pub direction: Option<Direction>,
}

/// Finds the time phrases of an article, in order and without overlap.
///
/// ```
/// use jiff::civil::date;
/// use sayso::ground::date::{Interval, time_phrases};
/// use sayso::segment::Sentences;
/// use sayso_record::CharIndex;
///
/// let text = "The militants gave themselves up last week.";
/// let phrases = time_phrases(&CharIndex::new(text), &Sentences::of(text), Some(date(2017, 10, 10)));
/// assert_eq!(phrases[0].words, 5..7);
/// assert_eq!(phrases[0].interval, Some(Interval { from: Some(date(2017, 10, 2)), to: Some(date(2017, 10, 8)) }));
/// ```
pub fn time_phrases(text: &CharIndex, read: &Sentences, published: Option<Date>) -> Vec<TimePhrase> {
    let cased = is_cased(text.text());
    let mut out = Vec::new();
    for sentence in &read.sentences {
        let words = words_of(text, read, sentence.tokens.clone());
        let past = Reader { words: &words, cased, published, ahead: false };
        let mut at = 0;
        while at < words.len() {
            let Some(found) = phrase::phrase(&past, at) else {
                at += 1;
                continue;
            };
            let ahead = phrase::phrase(&Reader { ahead: true, ..past }, at)
                .filter(|f| f.end == found.end && found.direction.is_none())
                .and_then(|f| f.interval)
                .filter(|_| found.interval.is_some());
            out.push(TimePhrase {
                words: words[at].token..words[found.end - 1].token + 1,
                interval: found.interval,
                ahead: ahead.filter(|i| Some(*i) != found.interval),
                kind: found.kind,
                direction: found.direction,
            });
            // Two phrases never share a token, even where a hyphen parts it.
            let last = words[found.end - 1].token;
            at = found.end;
            while at < words.len() && words[at].token == last {
                at += 1;
            }
        }
    }
    out
}

/// Whether capitals tell names: not in all-lower or all-upper wire text.
fn is_cased(text: &str) -> bool {
    let upper = text.chars().filter(|c| c.is_uppercase()).count();
    let lower = text.chars().filter(|c| c.is_lowercase()).count();
    upper * 200 >= lower && lower * 10 >= upper
}

/// The words of a sentence; a compound with one hyphen ("mid-October", "2015-16") is three.
fn words_of(text: &CharIndex, read: &Sentences, tokens: Range<usize>) -> Vec<Word> {
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        let printed = text.slice(read.span_of(token..token + 1));
        let mut push = |part: &str| {
            let capital = part.chars().next().is_some_and(char::is_uppercase);
            out.push(Word { lower: part.to_lowercase(), capital, token });
        };
        match printed.split_once('-') {
            Some((head, tail)) if !head.is_empty() && !tail.is_empty() && !tail.contains('-') => {
                push(head);
                push("-");
                push(tail);
            }
            _ => push(printed),
        }
    }
    out
}

#[cfg(test)]
mod tests;
