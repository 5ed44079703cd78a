//! An article as read and parsed: what the stages look at.

use std::ops::Range;

use sayso_encoder::Config;
use sayso_record::{CharIndex, Span};

use crate::decode::{self, Name, argmax};
use crate::encode::{Reader, Scored};
use crate::segment::Sentences;

/// Words, sentences, syntax and names of one article. Words are counted over the whole article.
pub struct Analysis<'t> {
    /// The text with its offsets.
    pub text: CharIndex<'t>,
    /// Sentences and words.
    pub read: Sentences,
    /// Each word in lower case.
    pub lower: Vec<String>,
    /// Part of speech of each word, as an index into the model's labels.
    pub pos: Vec<usize>,
    /// Head of each word; a root is its own.
    pub heads: Vec<usize>,
    /// Relation of each word to its head, as an index into the model's labels.
    pub relations: Vec<usize>,
    /// Names, nested.
    pub names: Vec<Name>,
}

impl<'t> Analysis<'t> {
    /// Sentences and words alone.
    pub fn of(text: &'t str) -> Self {
        Analysis::with(CharIndex::new(text), Sentences::of(text))
    }

    /// The same text with sentences and words that somebody else has cut, as in a treebank.
    pub fn with_sentences(self, read: Sentences) -> Self {
        Analysis::with(self.text, read)
    }

    fn with(text: CharIndex<'t>, read: Sentences) -> Self {
        let lower =
            read.tokens.iter().map(|t| text.slice(Span::new(t.start, t.end)).to_lowercase()).collect();
        let words = read.tokens.len();
        Analysis {
            text,
            read,
            lower,
            pos: vec![0; words],
            heads: (0..words).collect(),
            relations: vec![0; words],
            names: Vec::new(),
        }
    }

    /// Adds syntax and names from the scores.
    pub fn annotate(&mut self, scored: &[Scored], reader: &mut Reader<'_>, name_margin: f32) {
        for window in scored {
            let base = window.words.start;
            for (word, row) in window.scores.pos.rows().enumerate() {
                self.pos[base + word] = argmax(row);
            }
            let mut pairs = Vec::with_capacity(window.words.len());
            for (sentence, arcs) in window.sentences.iter().zip(&window.scores.arcs) {
                for (word, head) in decode::best_tree(arcs).heads.into_iter().enumerate() {
                    self.heads[base + sentence.start + word] = base + sentence.start + head;
                    pairs.push((sentence.start + word, (head != word).then_some(sentence.start + head)));
                }
            }
            for ((word, _), row) in pairs.iter().zip(reader.relations(window, &pairs).rows()) {
                self.relations[base + word] = argmax(row);
            }
            for mut name in decode::names(&window.scores.names, &window.sentences, name_margin) {
                name.words = base + name.words.start..base + name.words.end;
                self.names.push(name);
            }
        }
    }

    /// The words of a span.
    pub fn words(&self, words: Range<usize>) -> &'t str {
        self.text.slice(self.read.span_of(words))
    }

    /// The sentence of a word, as a range of words.
    pub fn sentence(&self, word: usize) -> Range<usize> {
        self.read.sentences[self.read.sentence_of(word)].tokens.clone()
    }

    /// The word of `words` whose head lies outside, the first where there are several.
    pub fn head_of(&self, words: Range<usize>) -> usize {
        words.clone().find(|&w| self.heads[w] == w || !words.contains(&self.heads[w])).unwrap_or(words.start)
    }
}

/// Syntax labels by name.
pub struct Labels {
    pos: Vec<String>,
    relations: Vec<String>,
    names: Vec<String>,
}

impl Labels {
    /// The labels of a model.
    pub fn of(config: &Config) -> Self {
        Labels { pos: config.pos.clone(), relations: config.rel.clone(), names: config.names.clone() }
    }

    /// Part of speech of a word (UPOS).
    pub fn pos(&self, analysis: &Analysis<'_>, word: usize) -> &str {
        &self.pos[analysis.pos[word]]
    }

    /// Relation of a word to its head, without subtype (UD: "obl", not "obl:agent").
    pub fn relation(&self, analysis: &Analysis<'_>, word: usize) -> &str {
        let full = self.full_relation(analysis, word);
        full.split(':').next().unwrap_or(full)
    }

    /// Relation of a word to its head, with its subtype.
    pub fn full_relation(&self, analysis: &Analysis<'_>, word: usize) -> &str {
        &self.relations[analysis.relations[word]]
    }

    /// Type of a name.
    pub fn name(&self, name: &Name) -> &str {
        &self.names[name.label]
    }
}

#[cfg(test)]
pub(crate) mod by_hand {
    //! Syntax written by hand, so that stages are tested without weights.

    use super::*;

    /// Labels that hand-written analyses use.
    pub(crate) fn labels() -> Labels {
        let list = |names: &str| names.split(' ').map(str::to_owned).collect();
        Labels {
            pos: list("X VERB NOUN"),
            relations: list("dep root nsubj obj advmod aux amod ccomp xcomp acl nmod"),
            names: list("none PER GPE ORG OUTLET ARMED NORP"),
        }
    }

    /// An analysis of one sentence; `syntax` gives for each word its head (counted from 0) and relation.
    pub(crate) fn sentence<'t>(text: &'t str, syntax: &[(usize, &str)]) -> Analysis<'t> {
        let mut analysis = Analysis::of(text);
        assert_eq!(analysis.read.tokens.len(), syntax.len(), "words of {text:?}");
        let labels = labels();
        for (word, (head, relation)) in syntax.iter().enumerate() {
            analysis.heads[word] = *head;
            analysis.relations[word] =
                labels.relations.iter().position(|r| r == relation).expect("a relation of the list");
        }
        analysis
    }

    /// Adds a name.
    pub(crate) fn name(analysis: &mut Analysis<'_>, words: Range<usize>, kind: &str) {
        let label = labels().names.iter().position(|n| n == kind).expect("a type of the list");
        analysis.names.push(Name { words, label, p: 1.0 });
    }
}
