//! Transformer layers with the norm after each part, as in BERT. The encoder and the conditioned stacks share them.

use crate::float::{Attention, Norm};
use crate::kernel::{Activation, Kernel, Linear, Rows};
use crate::weights::{Weights, WeightsError};

/// Rows that go through the second half of a layer together: few enough that the wide rows between its two maps stay
/// in a second-level cache.
const BLOCK: usize = 48;

/// Memory that one thread needs to run a model, kept from one call to the next.
pub struct Scratch {
    pub(crate) rows: Rows,
    pub(crate) products: crate::float::Products,
    qkv: Vec<f32>,
    mixed: Vec<f32>,
    wide: Vec<f32>,
    added: Vec<f32>,
    attention: Attention,
}

impl Scratch {
    /// No memory yet; for models on `kernel`.
    pub fn new(kernel: Kernel) -> Self {
        Scratch {
            rows: Rows::new(kernel),
            products: crate::float::Products::default(),
            qkv: Vec::new(),
            mixed: Vec::new(),
            wide: Vec::new(),
            added: Vec::new(),
            attention: Attention::default(),
        }
    }
}

/// Layers, one after another.
pub struct Transformer {
    kernel: Kernel,
    width: usize,
    layers: Vec<Layer>,
}

struct Layer {
    qkv: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

impl Transformer {
    /// Reads the layers `{prefix}.0`, `{prefix}.1` and so on, as many as there are.
    pub(crate) fn load(weights: &Weights<'_>, prefix: &str, width: usize) -> Result<Self, WeightsError> {
        let mut layers = Vec::new();
        // The first is read in any case, so that its absence is told.
        while layers.is_empty() || weights.has(&format!("{prefix}.{}.qkv.weight", layers.len())) {
            layers.push(Layer::load(weights, &format!("{prefix}.{}", layers.len()), width)?);
        }
        Ok(Transformer { kernel: weights.kernel, width, layers })
    }

    /// Multiply-adds of one row in its linear maps.
    pub fn work(&self) -> usize {
        let work = |l: &Layer| l.qkv.work() + l.out.work() + l.up.work() + l.down.work();
        self.layers.iter().map(work).sum()
    }

    /// Runs `x`, the rows of several windows one after another, in place. `lengths` tells the rows of each window;
    /// attention stays within it.
    pub fn run(&self, x: &mut [f32], lengths: impl Iterator<Item = usize> + Clone, scratch: &mut Scratch) {
        let width = self.width;
        let rows = x.len() / width;
        debug_assert_eq!(lengths.clone().sum::<usize>(), rows);
        scratch.qkv.resize(rows * 3 * width, 0.0);
        scratch.mixed.resize(rows * width, 0.0);
        for layer in &self.layers {
            scratch.rows.quantise(x, width);
            layer.qkv.forward(&mut scratch.rows, Activation::None, &mut scratch.qkv);
            let (mut qkv, mut mixed) = (&scratch.qkv[..], &mut scratch.mixed[..]);
            for length in lengths.clone() {
                let (window, rest) = qkv.split_at(length * 3 * width);
                let (out, others) = mixed.split_at_mut(length * width);
                scratch.attention.attend(self.kernel, window, width, out);
                (qkv, mixed) = (rest, others);
            }
            for (first, x) in x.chunks_mut(BLOCK * width).enumerate() {
                let mixed = first * BLOCK * width..first * BLOCK * width + x.len();
                layer.finish(self.kernel, x, mixed, scratch);
            }
        }
    }
}

impl Layer {
    fn load(weights: &Weights<'_>, name: &str, width: usize) -> Result<Self, WeightsError> {
        let inner = weights.inputs(&format!("{name}.down.weight"), 1)?;
        Ok(Layer {
            qkv: weights.linear(&format!("{name}.qkv"), Some(3 * width), width)?,
            out: weights.linear(&format!("{name}.out"), Some(width), width)?,
            norm1: weights.norm(&format!("{name}.norm1"), width)?,
            up: weights.linear(&format!("{name}.up"), Some(inner), width)?,
            down: weights.linear(&format!("{name}.down"), Some(width), inner)?,
            norm2: weights.norm(&format!("{name}.norm2"), width)?,
        })
    }

    /// All after the attention, for the rows `x`, whose mixed values lie at `mixed`.
    fn finish(&self, kernel: Kernel, x: &mut [f32], mixed: std::ops::Range<usize>, scratch: &mut Scratch) {
        let width = self.out.outputs();
        let count = x.len() / width;
        scratch.added.resize(x.len(), 0.0);
        scratch.wide.resize(count * self.up.outputs(), 0.0);
        scratch.rows.quantise(&scratch.mixed[mixed], width);
        self.out.forward(&mut scratch.rows, Activation::None, &mut scratch.added);
        self.norm1.add_and_apply(kernel, x, &scratch.added);
        scratch.rows.quantise(x, width);
        self.up.forward(&mut scratch.rows, Activation::Gelu, &mut scratch.wide);
        scratch.rows.quantise(&scratch.wide, self.up.outputs());
        self.down.forward(&mut scratch.rows, Activation::None, &mut scratch.added);
        self.norm2.add_and_apply(kernel, x, &scratch.added);
    }
}
