//! Words of a window to scores: word pieces, weights, heads, chosen kernels.

mod config;
mod encoder;
mod float;
pub mod heads;
pub mod kernel;
mod model;
mod table;
mod transformer;
mod weights;
pub mod wordpiece;

pub use config::{Config, Group, StackConfig};
pub use encoder::{Encoder, Window, WindowError};
pub use heads::{Anchor, AnchorScores, NameScores, Stack, WordScores};
pub use model::Model;
pub use table::Table;
pub use transformer::Scratch;
pub use weights::WeightsError;
