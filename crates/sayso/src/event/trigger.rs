//! Words that may name an event.

use std::ops::Range;

use crate::decode::softmax;
use crate::encode::{Chosen, Scored};
use crate::settings::EventSettings;

/// A word that may be a trigger.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// What the stack is asked.
    pub chosen: Chosen,
    /// First word of its window in the article.
    pub base: usize,
    /// Probability that it is a trigger.
    pub p: f32,
}

impl Candidate {
    /// The trigger's words in the article.
    pub fn words(&self) -> Range<usize> {
        self.base + self.chosen.words.start..self.base + self.chosen.words.end
    }
}

/// Candidates of all windows, in order.
pub fn candidates(
    scored: &[Scored],
    labels: &super::EventLabels,
    settings: &EventSettings,
) -> Vec<Candidate> {
    let mut out = Vec::new();
    for (window, scores) in scored.iter().enumerate() {
        for sentence in &scores.sentences {
            let mut word = sentence.start;
            while word < sentence.end {
                let p = |word: usize| softmax(&scores.scores.anchors.row(word)[labels.trigger.clone()]);
                let start = word;
                word += 1;
                let first = p(start)[1];
                if first < settings.candidate {
                    continue;
                }
                while word < sentence.end {
                    let next = p(word);
                    if next[2] <= next[0] || next[2] <= next[1] {
                        break;
                    }
                    word += 1;
                }
                out.push(Candidate {
                    chosen: Chosen { window, words: start..word, kind: 0 },
                    base: scores.words.start,
                    p: first,
                });
            }
        }
    }
    out
}
