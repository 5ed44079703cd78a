//! Small transformers that read the words around one anchor (a cue, a trigger) and score the parts they play in it.

use std::ops::Range;

use super::table;
use crate::config::{StackConfig, labels};
use crate::float::{HEAD_WIDTH, Norm, add_to};
use crate::kernel::{Activation, Kernel, Linear};
use crate::table::Table;
use crate::transformer::{Scratch, Transformer};
use crate::weights::{Weights, WeightsError};

/// Rows of several anchors worked on together.
const ROWS_TOGETHER: usize = 480;

/// The greatest bucket of distances on either side.
const FARTHEST: usize = 16;

/// Words that a stack reads one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The words of the cue or trigger.
    pub words: Range<usize>,
    /// The words read; the first of the anchor is among them.
    pub context: Range<usize>,
    /// Which of the stack's kinds of anchors it is.
    pub kind: usize,
}

/// Scores of one anchor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnchorScores {
    /// The words of the context, in order of the rows below.
    pub context: Range<usize>,
    /// For each role outside, first word and further word, side by side: a row a word of the context.
    pub roles: Table,
    /// For each group of labels of the anchor itself, its scores.
    pub groups: Vec<Vec<f32>>,
    /// What a count that begins at the word counts: a row a word of the context; none where the stack has no counts.
    pub of: Table,
}

impl AnchorScores {
    /// Outside, first and further word of `role`, for `word` of the context.
    pub fn role(&self, word: usize, role: usize) -> &[f32] {
        &self.roles.row(word - self.context.start)[3 * role..3 * role + 3]
    }
}

/// One stack: "attr" or "event".
pub struct Stack {
    kernel: Kernel,
    width: usize,
    proj: Linear,
    kinds: Table,
    inside: Table,
    distances: Table,
    norm: Norm,
    layers: Transformer,
    roles: Linear,
    hidden: Linear,
    out: Linear,
    groups: Vec<usize>,
    of: Option<Linear>,
}

impl Stack {
    pub(crate) fn load(
        weights: &Weights<'_>,
        name: &str,
        config: &StackConfig,
        words: usize,
    ) -> Result<Self, WeightsError> {
        let width = weights.inputs(&format!("{name}.layer.0.qkv.weight"), HEAD_WIDTH)?;
        let embedding = |part: &str, rows: usize| {
            Ok::<_, WeightsError>(Table {
                width,
                values: weights.table(&format!("{name}.{part}"), Some(rows), width)?,
            })
        };
        let linear = |part: &str, outputs: Option<usize>, inputs: usize| {
            weights.linear(&format!("{name}.{part}"), outputs, inputs)
        };
        let hidden = linear("hidden", None, words + width)?;
        let of = (!config.of.is_empty()).then(|| linear("of", Some(config.of.len()), width));
        Ok(Stack {
            kernel: weights.kernel,
            width,
            proj: linear("proj", Some(width), words)?,
            kinds: embedding("kind", config.kinds.len())?,
            inside: embedding("inside", 2)?,
            distances: embedding("dist", 2 * FARTHEST + 1)?,
            norm: weights.norm(&format!("{name}.norm"), width)?,
            layers: Transformer::load(weights, &format!("{name}.layer"), width)?,
            roles: linear("roles", Some(3 * config.roles.len()), width)?,
            out: linear("out", Some(labels(&config.out)), hidden.outputs())?,
            hidden,
            groups: config.out.iter().map(|group| group.1.len()).collect(),
            of: of.transpose()?,
        })
    }

    /// Scores each of `anchors` in the window whose words have the vectors `words`.
    ///
    /// # Panics
    /// When an anchor's first word is not in its context, its context not in the window, or its kind unknown.
    pub fn run(&self, words: &Table, anchors: &[Anchor], scratch: &mut Scratch) -> Vec<AnchorScores> {
        let mut scores = Vec::with_capacity(anchors.len());
        if anchors.is_empty() {
            return scores;
        }
        scratch.rows.quantise(&words.values, words.width);
        let projected = table(&self.proj, Activation::None, scratch);
        let mut rest = anchors;
        while !rest.is_empty() {
            let mut rows = 0;
            let count = rest.iter().take_while(|a| {
                let fits = rows == 0 || rows + a.context.len() <= ROWS_TOGETHER;
                rows += a.context.len();
                fits
            });
            let (together, others) = rest.split_at(count.count());
            rest = others;
            self.run_together(words, &projected, together, scratch, &mut scores);
        }
        scores
    }

    fn run_together(
        &self,
        words: &Table,
        projected: &Table,
        anchors: &[Anchor],
        scratch: &mut Scratch,
        scores: &mut Vec<AnchorScores>,
    ) {
        let width = self.width;
        let mut x = Vec::with_capacity(anchors.iter().map(|a| a.context.len()).sum::<usize>() * width);
        for anchor in anchors {
            self.embed(projected, anchor, &mut x);
        }
        self.norm.apply(self.kernel, &mut x);
        self.layers.run(&mut x, anchors.iter().map(|a| a.context.len()), scratch);

        let mut ends = Vec::with_capacity(anchors.len() * self.hidden.inputs());
        let mut first = 0;
        for anchor in anchors {
            ends.extend_from_slice(words.row(anchor.words.start));
            let row = first + anchor.words.start - anchor.context.start;
            ends.extend_from_slice(&x[row * width..][..width]);
            first += anchor.context.len();
        }
        scratch.rows.quantise(&x, width);
        let roles = table(&self.roles, Activation::None, scratch);
        let of = self.of.as_ref().map(|of| table(of, Activation::None, scratch)).unwrap_or_default();
        scratch.rows.quantise(&ends, self.hidden.inputs());
        let hidden = table(&self.hidden, Activation::Gelu, scratch);
        scratch.rows.quantise(&hidden.values, hidden.width);
        let out = table(&self.out, Activation::None, scratch);

        let mut first = 0;
        for (anchor, out) in anchors.iter().zip(out.rows()) {
            let rows = first..first + anchor.context.len();
            first = rows.end;
            let part = |table: &Table| Table {
                width: table.width,
                values: table.values[rows.start * table.width..rows.end * table.width].to_vec(),
            };
            let mut out = out;
            let groups =
                self.groups.iter().map(|&labels| out.split_off(..labels).unwrap_or_default().to_vec());
            scores.push(AnchorScores {
                context: anchor.context.clone(),
                groups: groups.collect(),
                roles: part(&roles),
                of: part(&of),
            });
        }
    }

    fn embed(&self, projected: &Table, anchor: &Anchor, x: &mut Vec<f32>) {
        let start = anchor.words.start;
        assert!(
            anchor.context.contains(&start) && anchor.context.end <= projected.len(),
            "anchor {:?} in context {:?} of {} words",
            anchor.words,
            anchor.context,
            projected.len()
        );
        for word in anchor.context.clone() {
            let row = x.len();
            x.extend_from_slice(projected.row(word));
            let x = &mut x[row..];
            add_to(x, self.kinds.row(anchor.kind));
            add_to(x, self.inside.row(usize::from(anchor.words.contains(&word))));
            add_to(x, self.distances.row(bucket(word as isize - start as isize)));
        }
    }
}

/// The row of the table of distances for a word `distance` after (or, negative, before) the first of the anchor:
/// one each up to 8, then two for each doubling, from 0 to 32.
pub fn bucket(distance: isize) -> usize {
    let steps = distance.unsigned_abs();
    // floor(2 · log2(s / 8)) is the greatest k with 2^k ≤ (s / 8)², which needs no rounding.
    let bucket = if steps <= 8 { steps } else { (9 + (steps * steps / 64).ilog2() as usize).min(FARTHEST) };
    if distance < 0 { FARTHEST - bucket } else { FARTHEST + bucket }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_fall_into_buckets() {
        for distance in -300_isize..=300 {
            let s = distance.unsigned_abs() as f64;
            let b = if s <= 8.0 { s } else { 16_f64.min(8.0 + ((s / 8.0).log2() * 2.0).floor() + 1.0) };
            let expected = 16.0 + if distance < 0 { -b } else { b };
            assert_eq!(bucket(distance) as f64, expected, "{distance}");
        }
        assert_eq!([-1000, -8, 0, 8, 9, 11, 12, 16, 1000].map(bucket), [0, 8, 16, 24, 25, 25, 26, 27, 32]);
    }
}
