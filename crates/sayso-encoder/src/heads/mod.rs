//! What the vectors of words are turned into: plain scores, with no decision taken.

mod arcs;
mod names;
mod stack;
mod words;

pub use names::NameScores;
pub use stack::{Anchor, AnchorScores, Stack, bucket};
pub(crate) use words::WordHeads;
pub use words::WordScores;

use crate::kernel::{Activation, Linear};
use crate::table::Table;
use crate::transformer::Scratch;

/// Maps the rows that `scratch` holds quantised.
fn table(linear: &Linear, activation: Activation, scratch: &mut Scratch) -> Table {
    let mut out = Table::zeros(scratch.rows.count(), linear.outputs());
    linear.forward(&mut scratch.rows, activation, &mut out.values);
    out
}
