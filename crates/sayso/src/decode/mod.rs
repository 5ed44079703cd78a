//! Scores to structures: runs of labels, trees, names. Nothing here knows what the labels mean.

mod names;
mod runs;
mod tree;

pub use names::{Name, names};
pub use runs::{argmax, runs, softmax};
pub use tree::{Tree, best_tree};
