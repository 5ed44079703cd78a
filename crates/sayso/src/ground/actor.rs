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
            actor.mentions.push(span);
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

    /// All actors, the mentions of each in order of the text, each once.
    pub fn into_records(mut self) -> Vec<Actor> {
        for actor in &mut self.actors {
            actor.mentions.sort();
            actor.mentions.dedup();
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

/// Whether a word in lower case is a pronoun.
pub(crate) fn is_pronoun(word: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_with_the_same_words_are_one_actor_and_a_pronoun_is_none() {
        // 0 The 1 rebels 2 fled 3 . 4 Rebels 5 died 6 . 7 They 8 ran 9 .
        let analysis = Analysis::of("The rebels fled. Rebels died. They ran.");
        let mut actors = Actors::new();
        let ids: Vec<_> =
            [4..5, 0..2, 4..5, 7..8].map(|words| actors.participant(&analysis, words).actor).into();
        assert_eq!(ids, [Some("k1".to_owned()), Some("k1".to_owned()), Some("k1".to_owned()), None]);
        let records = actors.into_records();
        let [actor] = &records[..] else { panic!("{records:?}") };
        let mentions: Vec<_> = actor.mentions.iter().map(|m| analysis.text.slice(*m)).collect();
        assert_eq!((actor.name.as_deref(), mentions), (Some("Rebels"), vec!["The rebels", "Rebels"]));
    }
}
