//! Which word depends on which (Dozat and Manning 2017).

use std::ops::Range;

use super::table;
use crate::float::{PANEL, interleave};
use crate::kernel::{Activation, Kernel, Linear};
use crate::table::Table;
use crate::transformer::Scratch;
use crate::weights::{Weights, WeightsError};

pub(super) struct ArcHead {
    kernel: Kernel,
    dep: Linear,
    head: Linear,
    u: Linear,
    root: Linear,
}

/// Words as dependents and as heads.
pub(super) struct ArcInputs {
    dependents: Table,
    heads: Table,
}

impl ArcHead {
    pub fn load(weights: &Weights<'_>, width: usize) -> Result<Self, WeightsError> {
        let arc = weights.config.arc;
        Ok(ArcHead {
            kernel: weights.kernel,
            dep: weights.linear("arc.dep", Some(arc), width)?,
            head: weights.linear("arc.head", Some(arc), width)?,
            u: weights.linear("arc.u", Some(arc), arc)?,
            root: weights.linear("arc.root", Some(1), arc)?,
        })
    }

    /// From the quantised words that `scratch` holds.
    pub fn inputs(&self, scratch: &mut Scratch) -> ArcInputs {
        ArcInputs {
            dependents: table(&self.dep, Activation::Gelu, scratch),
            heads: table(&self.head, Activation::Gelu, scratch),
        }
    }

    /// One square of scores a sentence.
    pub fn score(&self, inputs: &ArcInputs, sentences: &[Range<usize>], scratch: &mut Scratch) -> Vec<Table> {
        scratch.rows.quantise(&inputs.dependents.values, inputs.dependents.width);
        let wanted = table(&self.u, Activation::None, scratch);
        let root = table(&self.root, Activation::None, scratch);
        let mut panels: Vec<[f32; PANEL]> = Vec::new();
        let mut scores = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let count = sentence.len();
            let mut square = Table::zeros(count, count);
            interleave(sentence.clone().map(|j| inputs.heads.row(j)), wanted.width, &mut panels);
            for (block, panel) in panels.chunks_exact(wanted.width).enumerate() {
                let first = block * PANEL;
                let columns = PANEL.min(count - first);
                let rows = sentence.clone().map(|i| wanted.row(i));
                let products = scratch.products.of(self.kernel, rows, panel);
                for (to, products) in square.values.chunks_exact_mut(count).zip(products) {
                    to[first..first + columns].copy_from_slice(&products[..columns]);
                }
            }
            for (i, word) in sentence.clone().enumerate() {
                square.values[i * count + i] = root.row(word)[0];
            }
            scores.push(square);
        }
        scores
    }
}
