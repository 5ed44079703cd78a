//! An article's text to sentences and words, each with its span; offsets never move.
//!
//! Rules, not learned: the boundaries must be known before the encoder reads. News as it is: lower-case
//! and all-capitals wire text, datelines, initials, quotations of several sentences, hard-wrapped lines.

mod abbreviation;
mod layout;
mod quotation;
mod sentence;
mod token;

use std::ops::Range;

use sayso_record::Span;

pub use token::Token;

/// The sentences of one article and their words.
#[derive(Clone, Debug, Default)]
pub struct Sentences {
    /// All words of the article in order.
    pub tokens: Vec<Token>,
    /// Each sentence as a range of words; none is empty and together they hold every word.
    pub sentences: Vec<Sentence>,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its words.
    pub tokens: Range<usize>,
    /// Number of the paragraph it stands in, from 0.
    pub paragraph: usize,
}

impl Sentences {
    /// Reads `text`.
    pub fn of(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        sentence::split(&chars)
    }

    /// Where a sentence stands.
    pub fn span(&self, sentence: usize) -> Span {
        self.span_of(self.sentences[sentence].tokens.clone())
    }

    /// Where a run of words stands. The run must not be empty.
    pub fn span_of(&self, words: Range<usize>) -> Span {
        Span::new(self.tokens[words.start].start, self.tokens[words.end - 1].end)
    }

    /// The sentence that holds a word.
    pub fn sentence_of(&self, word: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= word)
    }
}
