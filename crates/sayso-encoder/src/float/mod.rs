//! What runs in `f32` between the linear maps, written over lanes and compiled for every kernel.

mod activation;
mod attention;
mod norm;
mod panel;

pub(crate) use activation::add_and_gelu;
pub use attention::{Attention, HEAD_WIDTH};
pub use norm::Norm;
pub(crate) use panel::{PANEL, Products, interleave};

/// Adds `values` to `sums`, each to each.
pub(crate) fn add_to(sums: &mut [f32], values: &[f32]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}
