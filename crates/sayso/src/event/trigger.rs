//! Words that may name an event.

use crate::decode::softmax;
use crate::encode::{Candidate, Chosen, Scored};
use crate::settings::EventSettings;

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
                let p = softmax(&scores.scores.anchors.row(word)[labels.trigger.clone()])[1];
                if p < settings.candidate {
                    word += 1;
                    continue;
                }
                let end = scores.run_from(word, &labels.trigger);
                out.push(Candidate {
                    chosen: Chosen { window, words: word..end, kind: 0 },
                    base: scores.words.start,
                    p,
                });
                word = end;
            }
        }
    }
    out
}
