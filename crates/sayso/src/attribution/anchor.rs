//! Words that may be cues, or begin a content that has none.

use std::ops::Range;

use sayso_encoder::Config;

use crate::decode::softmax;
use crate::encode::{Candidate, Chosen, Scored};
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
            let end = if group.bare { word + 1 } else { scores.run_from(word, &group.columns) };
            out.push(Candidate {
                chosen: Chosen { window, words: word..end, kind: group.kind },
                base: scores.words.start,
                p,
            });
        }
    }
    out
}
