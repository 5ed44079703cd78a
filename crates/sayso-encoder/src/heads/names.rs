//! Names: a score for each span of words and each type, so that names may lie in names.

use std::ops::Range;

use super::table;
use crate::float::PANEL;
use crate::kernel::{Activation, Kernel, Linear};
use crate::table::Table;
use crate::transformer::Scratch;
use crate::weights::{Weights, WeightsError};

/// Scores of spans of words as names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NameScores {
    /// Types, "no name" first.
    pub types: usize,
    /// The most words of a name.
    pub most_words: usize,
    /// `[first word][words − 1][type]`. A span that would leave its sentence scores 0 as no name and −∞ as any other.
    pub values: Vec<f32>,
}

impl NameScores {
    /// Scores of each type for the span of `words`, which is not empty and not longer than `most_words`.
    pub fn span(&self, words: Range<usize>) -> &[f32] {
        &self.values[(words.start * self.most_words + words.len() - 1) * self.types..][..self.types]
    }
}

pub(super) struct NameHead {
    kernel: Kernel,
    types: usize,
    most_words: usize,
    start: Linear,
    end: Linear,
    /// Its outputs arranged in panels, `[sixteen types][step][type]`, ready to be multiplied with ends.
    u: Linear,
    a: Linear,
    /// `[words − 1][type]`.
    by_width: Table,
}

/// Words as first and last words of names.
pub(super) struct NameInputs {
    starts: Table,
    ends: Table,
}

impl NameHead {
    pub fn load(weights: &Weights<'_>, width: usize) -> Result<Self, WeightsError> {
        let (types, most_words) = (weights.config.names.len(), weights.config.name_width);
        let start = weights.linear("name.start", None, width)?;
        let inner = start.outputs();
        Ok(NameHead {
            kernel: weights.kernel,
            types,
            most_words,
            end: weights.linear("name.end", Some(inner), width)?,
            u: in_panels(weights, types, inner)?,
            a: weights.linear("name.a", Some(types), inner)?,
            by_width: Table { width: types, values: weights.table("name.width", Some(most_words), types)? },
            start,
        })
    }

    /// From the quantised words that `scratch` holds.
    pub fn inputs(&self, scratch: &mut Scratch) -> NameInputs {
        NameInputs {
            starts: table(&self.start, Activation::Gelu, scratch),
            ends: table(&self.end, Activation::Gelu, scratch),
        }
    }

    pub fn score(
        &self,
        inputs: &NameInputs,
        sentences: &[Range<usize>],
        scratch: &mut Scratch,
    ) -> NameScores {
        let words = inputs.starts.len();
        scratch.rows.quantise(&inputs.starts.values, inputs.starts.width);
        let wanted = table(&self.u, Activation::None, scratch);
        let alone = table(&self.a, Activation::None, scratch);
        let inner = inputs.starts.width;
        let mut values = vec![f32::NEG_INFINITY; words * self.most_words * self.types];
        for span in values.chunks_exact_mut(self.types) {
            span[0] = 0.0;
        }
        for sentence in sentences {
            for first in sentence.clone() {
                let ends = first..sentence.end.min(first + self.most_words);
                let spans = &mut values[first * self.most_words * self.types..][..ends.len() * self.types];
                let (steps, _) = wanted.row(first).as_chunks::<PANEL>();
                for (block, panel) in steps.chunks_exact(inner).enumerate() {
                    let rows = ends.clone().map(|end| inputs.ends.row(end));
                    let products = scratch.products.of(self.kernel, rows, panel);
                    let labels = block * PANEL..self.types.min((block + 1) * PANEL);
                    let alone = &alone.row(first)[labels.clone()];
                    for (i, (span, products)) in spans.chunks_exact_mut(self.types).zip(products).enumerate()
                    {
                        let by_width = &self.by_width.row(i)[labels.clone()];
                        let span = &mut span[labels.clone()];
                        for (((to, product), a), w) in span.iter_mut().zip(products).zip(alone).zip(by_width)
                        {
                            *to = product + a + w;
                        }
                    }
                }
            }
        }
        NameScores { types: self.types, most_words: self.most_words, values }
    }
}

/// "name.u" with its outputs, `[type][step]` in the file, in panels.
fn in_panels(weights: &Weights<'_>, types: usize, inner: usize) -> Result<Linear, WeightsError> {
    let parts = weights.linear_parts("name.u", Some(types * inner), inner)?;
    let outputs = types.next_multiple_of(PANEL) * inner;
    let mut weight = vec![0; outputs * inner];
    let mut scale = vec![0.0; outputs];
    let mut bias = vec![0.0; outputs];
    for kind in 0..types {
        for step in 0..inner {
            let from = kind * inner + step;
            let to = (kind / PANEL * inner + step) * PANEL + kind % PANEL;
            weight[to * inner..][..inner].copy_from_slice(&parts.weight[from * inner..][..inner]);
            scale[to] = parts.scale[from];
            bias[to] = parts.bias[from];
        }
    }
    Ok(Linear::new(weights.kernel, &weight, inner, &scale, &bias))
}
