//! One sentence as the rules see it.

use jiff::civil::Date;

use super::calendar::Unit;
use super::{Direction, Interval, Kind};

/// A word, or a part of one that a hyphen sets apart ("mid-October").
pub(super) struct Word {
    pub(super) lower: String,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// The article's token it belongs to.
    pub(super) token: usize,
}

/// The sentence with what resolves its phrases.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) words: &'a [Word],
    /// Whether capitals mean anything in this article.
    pub(super) cased: bool,
    pub(super) published: Option<Date>,
    /// Read what is open ("Monday", "October 5") as to come rather than as past.
    pub(super) ahead: bool,
}

/// What a rule found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// One past its last word.
    pub(super) end: usize,
    pub(super) interval: Option<Interval>,
    pub(super) unit: Unit,
    pub(super) kind: Kind,
    pub(super) direction: Option<Direction>,
}

impl Found {
    pub(super) fn calendar(end: usize, unit: Unit, interval: Option<Interval>) -> Self {
        Found { end, interval, unit, kind: Kind::Calendar, direction: None }
    }

    pub(super) fn unresolved(end: usize, kind: Kind) -> Self {
        Found { end, interval: None, unit: Unit::Day, kind, direction: None }
    }

    pub(super) fn toward(self, direction: Direction) -> Self {
        Found { direction: Some(direction), ..self }
    }
}

impl<'a> Reader<'a> {
    /// The word at `at`, lower-cased; empty beyond the sentence.
    pub(super) fn w(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |w| w.lower.as_str())
    }

    /// The word `back` words before `at`.
    pub(super) fn before(&self, at: usize, back: usize) -> &'a str {
        at.checked_sub(back).map_or("", |at| self.w(at))
    }

    pub(super) fn capital(&self, at: usize) -> bool {
        self.cased && self.words.get(at).is_some_and(|w| w.capital)
    }

    /// Whether the words from `at` on are these.
    pub(super) fn says(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, word)| self.w(at + i) == *word)
    }

    /// The words from `at` on, as many as a number can take.
    pub(super) fn number(&self, at: usize) -> Option<(i64, usize)> {
        let ahead: Vec<&str> = (at..self.words.len().min(at + 8)).map(|i| self.w(i)).collect();
        let (n, used) = crate::numeral::read(&ahead)?;
        Some((i64::try_from(n).ok()?, used))
    }

    /// Whether a noun phrase can end before `at`: a mark, the sentence's end or a word that opens what
    /// follows. "Oct. 5 and 12 people" goes on, "Oct. 5 and 12, he said" does not.
    pub(super) fn closes(&self, at: usize) -> bool {
        let word = self.w(at);
        let Some(first) = word.chars().next() else { return true };
        if !first.is_alphanumeric() {
            return !matches!(word, "%" | "$" | "'s" | "’s");
        }
        matches!(
            word,
            "in" | "at"
                | "on"
                | "as"
                | "to"
                | "by"
                | "of"
                | "for"
                | "from"
                | "with"
                | "when"
                | "while"
                | "where"
                | "which"
                | "who"
                | "that"
                | "after"
                | "before"
                | "until"
                | "since"
                | "during"
                | "near"
                | "and"
                | "but"
                | "or"
                | "if"
                | "because"
                | "about"
                | "over"
                | "the"
                | "a"
                | "an"
                | "his"
                | "her"
                | "its"
                | "their"
                | "our"
                | "he"
                | "she"
                | "it"
                | "they"
                | "we"
                | "i"
                | "this"
                | "was"
                | "were"
                | "is"
                | "are"
                | "had"
                | "has"
                | "will"
                | "would"
                | "said"
                | "says"
                | "against"
                | "between"
                | "into"
                | "following"
                | "amid"
                | "last"
                | "through"
                | "under"
                | "there"
                | "without"
                | "not"
                | "did"
        )
    }

    /// The year in which a yearless date falls: nearest to the day of publication, and not after it
    /// (not before it when reading ahead).
    pub(super) fn nearest(&self, make: impl Fn(i16) -> Option<Interval>) -> Option<Interval> {
        let published = self.published?;
        // Nine years bridge the longest gap between leap days.
        (0..9).find_map(|back| {
            let year = if self.ahead {
                published.year().checked_add(back)?
            } else {
                published.year().checked_sub(back)?
            };
            make(year)
                .filter(|i| if self.ahead { i.to >= Some(published) } else { i.from <= Some(published) })
        })
    }
}
