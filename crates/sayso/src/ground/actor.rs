//! Those who take part: phrases that name the same one become one actor.

use std::collections::HashMap;
use std::ops::Range;

use sayso_record::{Actor, Participant};

use crate::analysis::Analysis;

/// The actors of an article, gathered as its events are read.
#[derive(Default)]
pub struct Actors {
    actors: Vec<Actor>,
    by_key: HashMap<String, usize>,
}

impl Actors {
    /// No actor yet.
    pub fn new() -> Self {
        Actors::default()
    }

    /// The participant that a phrase names; phrases with the same words, articles and case aside, name one actor.
    pub fn participant(&mut self, analysis: &Analysis<'_>, words: Range<usize>) -> Participant {
        let span = analysis.read.span_of(words.clone());
        let text = analysis.text.slice(span).to_owned();
        let id = self.actor(analysis, words).map(|i| {
            let actor = &mut self.actors[i];
            if !actor.mentions.contains(&span) {
                actor.mentions.push(span);
            }
            actor.id.clone()
        });
        Participant { actor: id, start: span.start, end: span.end, text }
    }

    fn actor(&mut self, analysis: &Analysis<'_>, words: Range<usize>) -> Option<usize> {
        let bare = without_article(analysis, words);
        let lower = &analysis.lower[bare.clone()];
        // Who a pronoun stands for is not known here: no actor rather than a guess.
        if lower.is_empty() || lower.len() == 1 && is_pronoun(&lower[0]) {
            return None;
        }
        let key = lower.join(" ");
        Some(*self.by_key.entry(key).or_insert_with(|| {
            self.actors.push(Actor {
                id: format!("k{}", self.actors.len() + 1),
                name: Some(analysis.words(bare.clone()).to_owned()),
                country: None,
                sector: None,
                mentions: Vec::new(),
            });
            self.actors.len() - 1
        }))
    }

    /// All actors, mentions in order of the text.
    pub fn into_records(mut self) -> Vec<Actor> {
        for actor in &mut self.actors {
            actor.mentions.sort();
        }
        self.actors
    }
}

/// A phrase without the article it begins with.
fn without_article(analysis: &Analysis<'_>, words: Range<usize>) -> Range<usize> {
    match analysis.lower[words.start].as_str() {
        "the" | "a" | "an" if words.len() > 1 => words.start + 1..words.end,
        _ => words,
    }
}

fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "he" | "she"
            | "it"
            | "they"
            | "we"
            | "i"
            | "you"
            | "him"
            | "her"
            | "them"
            | "us"
            | "me"
            | "who"
            | "which"
            | "that"
            | "this"
            | "those"
            | "these"
            | "his"
            | "its"
            | "their"
            | "our"
            | "my"
            | "your"
            | "himself"
            | "herself"
            | "itself"
            | "themselves"
    )
}
