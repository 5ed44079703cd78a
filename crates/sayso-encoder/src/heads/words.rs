//! The heads that score every word of a window.

use super::arcs::ArcHead;
use super::names::{NameHead, NameScores};
use super::table;
use crate::config::labels;
use crate::encoder::Window;
use crate::float::add_and_gelu;
use crate::kernel::{Activation, Kernel, Linear};
use crate::table::Table;
use crate::transformer::Scratch;
use crate::weights::{Weights, WeightsError};

/// Scores of the words of one window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordScores {
    /// Parts of speech: a row a word.
    pub pos: Table,
    /// For each sentence, how well each word (row) depends on each other (column); on the diagonal, how well it is
    /// the root.
    pub arcs: Vec<Table>,
    /// Names.
    pub names: NameScores,
    /// Labels of all groups of anchors, side by side: a row a word.
    pub anchors: Table,
}

/// Parts of speech, arcs and their relations, names, anchors.
pub(crate) struct WordHeads {
    kernel: Kernel,
    pos: Linear,
    arcs: ArcHead,
    rel_dep: Linear,
    rel_head: Linear,
    rel_out: Linear,
    names: NameHead,
    anchor_hidden: Linear,
    anchor_out: Linear,
}

impl WordHeads {
    pub fn load(weights: &Weights<'_>, width: usize) -> Result<Self, WeightsError> {
        let config = &weights.config;
        let rel = weights.outputs("rel.dep.weight")?;
        let hidden = weights.outputs("anchor.hidden.weight")?;
        Ok(WordHeads {
            kernel: weights.kernel,
            pos: weights.linear("pos", Some(config.pos.len()), width)?,
            arcs: ArcHead::load(weights, width)?,
            rel_dep: weights.linear("rel.dep", None, width)?,
            rel_head: weights.linear("rel.head", Some(rel), width)?,
            rel_out: weights.linear("rel.out", Some(config.rel.len()), rel)?,
            names: NameHead::load(weights, width)?,
            anchor_hidden: weights.linear("anchor.hidden", None, width)?,
            anchor_out: weights.linear("anchor.out", Some(labels(&config.anchors)), hidden)?,
        })
    }

    /// Scores the words of `window`, whose vectors are `words`.
    pub fn score(&self, window: &Window, words: &Table, scratch: &mut Scratch) -> WordScores {
        scratch.rows.quantise(&words.values, words.width);
        let pos = table(&self.pos, Activation::None, scratch);
        let arcs = self.arcs.inputs(scratch);
        let names = self.names.inputs(scratch);
        let hidden = table(&self.anchor_hidden, Activation::Gelu, scratch);
        scratch.rows.quantise(&hidden.values, hidden.width);
        WordScores {
            pos,
            anchors: table(&self.anchor_out, Activation::None, scratch),
            arcs: self.arcs.score(&arcs, &window.sentences, scratch),
            names: self.names.score(&names, &window.sentences, scratch),
        }
    }

    /// Scores of the relations of pairs of a word and its head, `None` for the root: a row a pair.
    pub fn relations(&self, words: &Table, pairs: &[(usize, Option<usize>)], scratch: &mut Scratch) -> Table {
        if pairs.is_empty() {
            return Table::zeros(0, self.rel_out.outputs());
        }
        scratch.rows.quantise(&words.values, words.width);
        let dependents = table(&self.rel_dep, Activation::None, scratch);
        let heads = table(&self.rel_head, Activation::None, scratch);
        let mut hidden = Table::zeros(pairs.len(), dependents.width);
        let mut added = hidden.clone();
        let rows = hidden.values.chunks_exact_mut(dependents.width);
        let added_rows = added.values.chunks_exact_mut(dependents.width);
        for ((&(dependent, head), hidden), added) in pairs.iter().zip(rows).zip(added_rows) {
            hidden.copy_from_slice(dependents.row(dependent));
            if let Some(head) = head {
                added.copy_from_slice(heads.row(head));
            }
        }
        add_and_gelu(self.kernel, &mut hidden.values, &added.values);
        scratch.rows.quantise(&hidden.values, hidden.width);
        table(&self.rel_out, Activation::None, scratch)
    }
}
