//! Words that may be cues, or begin a content that has none.

use std::ops::Range;

use sayso_encoder::Config;

use crate::decode::softmax;
use crate::encode::{Chosen, Scored};
use crate::settings::AttributionSettings;

/// One group of anchor labels that marks cues.
pub(super) struct Group {
    /// Columns of the group.
    columns: Range<usize>,
    /// The stack's kind of anchor.
    kind: usize,
    /// Whether it marks first words of contents without cue.
    bare: bool,
}

/// The groups of a model that mark attributions.
pub(super) fn groups(config: &Config) -> Option<Vec<Group>> {
    let mut out = Vec::new();
    let mut start = 0;
    for group in &config.anchors {
        let columns = start..start + group.1.len();
        start = columns.end;
        let (kind, bare) = match group.0.as_str() {
            "cue_polnear" => ("polnear", false),
            "cue_chains" => ("chains", false),
            "bare" => ("bare", true),
            _ => continue,
        };
        out.push(Group { columns, kind: config.attr.kinds.iter().position(|k| k == kind)?, bare });
    }
    (!out.is_empty()).then_some(out)
}

/// A word that may anchor an attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// What the stack is asked.
    pub chosen: Chosen,
    /// First word of its window in the article.
    pub base: usize,
    /// Whether it begins a content without cue.
    pub bare: bool,
    /// Probability that it is an anchor.
    pub p: f32,
}

impl Candidate {
    /// The anchor's words in the article.
    pub fn words(&self) -> Range<usize> {
        self.base + self.chosen.words.start..self.base + self.chosen.words.end
    }
}

/// Candidates of all windows, in order.
pub fn candidates(
    scored: &[Scored],
    labels: &super::AttrLabels,
    settings: &AttributionSettings,
) -> Vec<Candidate> {
    let mut out = Vec::new();
    for (window, scores) in scored.iter().enumerate() {
        let anchors = &scores.scores.anchors;
        for word in 0..anchors.len() {
            let row = anchors.row(word);
            // The surest of the cue groups speaks for the word; a cue beats a bare beginning.
            let best = labels
                .anchors
                .iter()
                .map(|group| (softmax(&row[group.columns.clone()])[1], group))
                .filter(|(p, _)| *p >= settings.candidate)
                .max_by(|(p, a), (q, b)| b.bare.cmp(&a.bare).then(p.total_cmp(q)));
            let Some((p, group)) = best else { continue };
            let end = if group.bare { word + 1 } else { cue_end(scores, word, group) };
            out.push(Candidate {
                chosen: Chosen { window, words: word..end, kind: group.kind },
                base: scores.words.start,
                bare: group.bare,
                p,
            });
        }
    }
    out
}

/// The further words of a cue, within its sentence.
fn cue_end(scored: &Scored, word: usize, group: &Group) -> usize {
    let limit = scored.sentences.iter().find(|s| s.contains(&word)).map_or(word + 1, |s| s.end);
    let mut end = word + 1;
    while end < limit {
        let p = softmax(&scored.scores.anchors.row(end)[group.columns.clone()]);
        if p[2] <= p[0] || p[2] <= p[1] {
            break;
        }
        end += 1;
    }
    end
}
