//! The encoder and its heads together.

use std::sync::OnceLock;

use crate::config::Config;
use crate::encoder::{Encoder, Window, WindowError};
use crate::heads::{Stack, WordHeads, WordScores};
use crate::kernel::Kernel;
use crate::table::Table;
use crate::transformer::Scratch;
use crate::weights::{Weights, WeightsError};

/// The weights that this crate was built with: the word embeddings, which training leaves as they are, and the rest.
#[cfg(sayso_weights)]
static BUILT_IN: [&[u8]; 2] = [
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/weights/sayso.safetensors")),
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/weights/words.safetensors")),
];

/// The encoder and all heads.
///
/// It holds no state of its own: one model serves any number of threads, each with a [`Scratch`].
pub struct Model {
    kernel: Kernel,
    config: Config,
    encoder: Encoder,
    words: WordHeads,
    attr: Stack,
    event: Stack,
}

impl Model {
    /// Reads weights files, for the kernel of this process.
    pub fn load(files: &[&[u8]]) -> Result<Self, WeightsError> {
        Model::load_for(Kernel::chosen()?, files)
    }

    /// Reads weights files, for one kernel.
    pub fn load_for(kernel: Kernel, files: &[&[u8]]) -> Result<Self, WeightsError> {
        let weights = Weights::open(kernel, files)?;
        let encoder = Encoder::from_weights(&weights)?;
        let width = encoder.width();
        Ok(Model {
            kernel,
            words: WordHeads::load(&weights, width)?,
            attr: Stack::load(&weights, "attr", &weights.config.attr, width)?,
            event: Stack::load(&weights, "event", &weights.config.event, width)?,
            encoder,
            config: weights.config,
        })
    }

    /// The model with the weights that this crate was built with, loaded once.
    pub fn builtin() -> Result<&'static Model, &'static WeightsError> {
        static MODEL: OnceLock<Result<Model, WeightsError>> = OnceLock::new();
        #[cfg(sayso_weights)]
        let load = || Model::load(&BUILT_IN);
        #[cfg(not(sayso_weights))]
        let load = || Err(WeightsError::NotBuiltIn);
        MODEL.get_or_init(load).as_ref()
    }

    /// Sizes and labels.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The kernel it runs on.
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// The encoder alone.
    pub fn encoder(&self) -> &Encoder {
        &self.encoder
    }

    /// Memory for one thread.
    pub fn scratch(&self) -> Scratch {
        Scratch::new(self.kernel)
    }

    /// The vector of each word, one table a window: that of the word's first piece.
    pub fn encode(&self, windows: &[Window], scratch: &mut Scratch) -> Result<Vec<Table>, WindowError> {
        let pieces = self.encoder.encode(windows, scratch)?;
        let words = windows.iter().zip(&pieces).map(|(window, pieces)| {
            let values = window.words.iter().flat_map(|&piece| pieces.row(piece));
            Table { width: pieces.width, values: values.copied().collect() }
        });
        Ok(words.collect())
    }

    /// Scores of the words of `window`, from their vectors.
    ///
    /// # Panics
    /// When `words` are not those of `window`.
    pub fn score(&self, window: &Window, words: &Table, scratch: &mut Scratch) -> WordScores {
        assert_eq!(words.len(), window.words.len(), "vectors for the words of another window");
        self.words.score(window, words, scratch)
    }

    /// Scores of the relations of pairs of a word and its head, `None` for the root: a row a pair.
    ///
    /// # Panics
    /// When a pair names a word that is not in `words`.
    pub fn relations(&self, words: &Table, pairs: &[(usize, Option<usize>)], scratch: &mut Scratch) -> Table {
        self.words.relations(words, pairs, scratch)
    }

    /// The stack that reads the words around a cue.
    pub fn attr(&self) -> &Stack {
        &self.attr
    }

    /// The stack that reads the words around a trigger.
    pub fn event(&self) -> &Stack {
        &self.event
    }
}
