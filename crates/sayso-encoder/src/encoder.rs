//! Pieces of windows to a vector for each piece.

use std::ops::Range;

use crate::float::{HEAD_WIDTH, Norm, add_to};
use crate::kernel::Kernel;
use crate::table::Table;
use crate::transformer::{Scratch, Transformer};
use crate::weights::{Weights, WeightsError};

/// Rows worked on together: enough to make good use of each pass over the weights, few enough for the caches.
const ROWS_TOGETHER: usize = 240;

/// What the encoder reads at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// Pieces, from the opening to the closing special one.
    pub pieces: Vec<u16>,
    /// The case class of each piece's word; 0 for the special ones.
    pub cases: Vec<u8>,
    /// For each word, where its first piece stands in `pieces`.
    pub words: Vec<usize>,
    /// For each sentence, its words.
    pub sentences: Vec<Range<usize>>,
}

/// A window that the encoder cannot read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WindowError {
    /// More pieces than there are positions, or none.
    #[error("a window of {found} pieces; from 1 to {most} can be read")]
    Length {
        /// Pieces of the window.
        found: usize,
        /// The most that can be read.
        most: usize,
    },
    /// The lists do not fit together.
    #[error("a window whose {0}")]
    Inconsistent(&'static str),
}

/// The encoder proper.
pub struct Encoder {
    kernel: Kernel,
    width: usize,
    /// Word embeddings stay in eight bits: `[piece][width]`, with a scale for each piece.
    words: Vec<i8>,
    scales: Vec<f32>,
    positions: Vec<f32>,
    cases: Vec<f32>,
    norm: Norm,
    layers: Transformer,
}

impl Encoder {
    /// Reads the encoder from weights files, for the kernel of this process.
    pub fn load(files: &[&[u8]]) -> Result<Self, WeightsError> {
        Encoder::from_weights(&Weights::open(Kernel::chosen()?, files)?)
    }

    pub(crate) fn from_weights(weights: &Weights<'_>) -> Result<Self, WeightsError> {
        let width = weights.inputs("word", HEAD_WIDTH)?;
        let words = weights.bytes("word", None, width)?;
        Ok(Encoder {
            kernel: weights.kernel,
            width,
            scales: weights.vector("word.scale", words.len() / width)?,
            words,
            positions: weights.table("position", Some(weights.config.max_pieces), width)?,
            cases: weights.table("case", None, width)?,
            norm: weights.norm("embed_norm", width)?,
            layers: Transformer::load(weights, "layer", width)?,
        })
    }

    /// Length of a piece's vector.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The most pieces of a window.
    pub fn most_pieces(&self) -> usize {
        self.positions.len() / self.width
    }

    /// Multiply-adds of one piece in the linear maps.
    pub fn work(&self) -> usize {
        self.layers.work()
    }

    /// The vector of every piece, one table a window.
    ///
    /// What a window gives does not depend on those beside it.
    pub fn encode(&self, windows: &[Window], scratch: &mut Scratch) -> Result<Vec<Table>, WindowError> {
        for window in windows {
            self.check(window)?;
        }
        let mut out = Vec::with_capacity(windows.len());
        let mut x = Vec::new();
        let mut rest = windows;
        while !rest.is_empty() {
            let mut rows = 0;
            let count = rest.iter().take_while(|w| {
                let fits = rows == 0 || rows + w.pieces.len() <= ROWS_TOGETHER;
                rows += w.pieces.len();
                fits
            });
            let (together, others) = rest.split_at(count.count());
            rest = others;
            x.clear();
            for window in together {
                self.embed(window, &mut x);
            }
            self.norm.apply(self.kernel, &mut x);
            self.layers.run(&mut x, together.iter().map(|w| w.pieces.len()), scratch);
            let mut values = &x[..];
            for window in together {
                let (these, others) = values.split_at(window.pieces.len() * self.width);
                out.push(Table { width: self.width, values: these.to_vec() });
                values = others;
            }
        }
        Ok(out)
    }

    fn check(&self, window: &Window) -> Result<(), WindowError> {
        let found = window.pieces.len();
        if found == 0 || found > self.most_pieces() {
            return Err(WindowError::Length { found, most: self.most_pieces() });
        }
        let inconsistent = |what| Err(WindowError::Inconsistent(what));
        if window.cases.len() != found {
            return inconsistent("case classes are not as many as its pieces");
        }
        if window.pieces.iter().any(|&piece| usize::from(piece) >= self.scales.len()) {
            return inconsistent("pieces are not all in the vocabulary");
        }
        if window.cases.iter().any(|&case| usize::from(case) >= self.cases.len() / self.width) {
            return inconsistent("case classes are not all known");
        }
        if window.words.iter().any(|&piece| piece >= found) {
            return inconsistent("words do not all start at one of its pieces");
        }
        if window.sentences.iter().any(|s| s.start > s.end || s.end > window.words.len()) {
            return inconsistent("sentences do not all lie in its words");
        }
        Ok(())
    }

    fn embed(&self, window: &Window, x: &mut Vec<f32>) {
        let width = self.width;
        for ((position, &piece), &case) in
            self.positions.chunks_exact(width).zip(&window.pieces).zip(&window.cases)
        {
            let piece = usize::from(piece);
            let scale = self.scales[piece];
            let start = x.len();
            x.extend(self.words[piece * width..][..width].iter().map(|&w| f32::from(w) * scale));
            add_to(&mut x[start..], position);
            add_to(&mut x[start..], &self.cases[usize::from(case) * width..][..width]);
        }
    }
}
