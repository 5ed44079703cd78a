//! Weights in the order in which the kernels read them.

use super::{Kernel, Kind};

/// Two steps of a row of weights for sixteen outputs: `[output][step]`, one cache line.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Pairs(pub [[i16; 2]; Pairs::OUTPUTS]);

impl Pairs {
    pub const OUTPUTS: usize = 16;
}

/// Four steps of a row of weights for sixteen outputs: `[output][step]`, one cache line.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Quads(pub [[i8; 4]; Quads::OUTPUTS]);

impl Quads {
    pub const OUTPUTS: usize = 16;
}

/// Weights cut into panels of outputs, each panel contiguous, its steps in order.
pub(super) enum Packed {
    /// Sixteen outputs a panel, widened to `i16`: for multiply-add of pairs.
    Pairs(Vec<Pairs>),
    /// For products of rows with 128 added.
    Quads {
        lines: Vec<Quads>,
        /// How many lines lie side by side in a panel: one for AVX2, two for VNNI.
        abreast: usize,
        /// What the products start from, for each output: it takes the added 128 out again.
        start: Vec<i32>,
    },
}

impl Packed {
    /// Packs `weights`, `[outputs][inputs]`, for rows of `stride` steps (at least `inputs`, a multiple of eight).
    pub fn new(kernel: Kernel, weights: &[i8], inputs: usize, stride: usize) -> Packed {
        debug_assert!(stride >= inputs && stride.is_multiple_of(8));
        match kernel.0 {
            #[cfg(target_arch = "x86_64")]
            Kind::Vnni => pack_quads(weights, inputs, stride, 2),
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 if weights.chunks_exact(inputs).all(is_narrow) => {
                pack_quads(weights, inputs, stride, 1)
            }
            _ => pack_pairs(weights, inputs, stride),
        }
    }

    /// Outputs of a panel.
    pub fn panel_width(&self) -> usize {
        match self {
            Packed::Pairs(_) => Pairs::OUTPUTS,
            Packed::Quads { abreast, .. } => abreast * Quads::OUTPUTS,
        }
    }
}

/// Whether products of four of these weights at a time, those that AVX2 sums in sixteen bits, fit there whatever
/// bytes they are multiplied with. Of each eight steps, one sum takes 0, 1, 4 and 5, the other 2, 3, 6 and 7.
///
/// Weights within ±32 always are; within ±63 nearly all rows of a trained matrix, so an export that shrinks the few
/// groups beyond the limit gets the fast product at the price of one bit of the weights.
#[cfg(target_arch = "x86_64")]
fn is_narrow(row: &[i8]) -> bool {
    const LIMIT: i32 = i16::MAX as i32 / u8::MAX as i32;
    row.chunks(8).all(|steps| {
        let mut above = [0; 2];
        let mut below = [0; 2];
        for (step, &weight) in steps.iter().enumerate() {
            let weight = i32::from(weight);
            above[step / 2 % 2] += weight.max(0);
            below[step / 2 % 2] -= weight.min(0);
        }
        above.into_iter().chain(below).all(|sum| sum <= LIMIT)
    })
}

fn pack_pairs(weights: &[i8], inputs: usize, stride: usize) -> Packed {
    let outputs = weights.len() / inputs;
    let steps = stride / 2;
    let mut lines = vec![Pairs([[0; 2]; Pairs::OUTPUTS]); outputs.div_ceil(Pairs::OUTPUTS) * steps];
    for (output, row) in weights.chunks_exact(inputs).enumerate() {
        let panel = &mut lines[output / Pairs::OUTPUTS * steps..][..steps];
        let (pairs, odd) = row.as_chunks::<2>();
        for (line, pair) in panel.iter_mut().zip(pairs) {
            line.0[output % Pairs::OUTPUTS] = pair.map(i16::from);
        }
        if let &[last] = odd {
            panel[pairs.len()].0[output % Pairs::OUTPUTS][0] = i16::from(last);
        }
    }
    Packed::Pairs(lines)
}

#[cfg(target_arch = "x86_64")]
fn pack_quads(weights: &[i8], inputs: usize, stride: usize, abreast: usize) -> Packed {
    let width = abreast * Quads::OUTPUTS;
    let panels = (weights.len() / inputs).div_ceil(width);
    let steps = stride / 4;
    let mut lines = vec![Quads([[0; 4]; Quads::OUTPUTS]); panels * steps * abreast];
    let mut start = vec![0; panels * width];
    for (output, row) in weights.chunks_exact(inputs).enumerate() {
        let (panel, column) = (output / width, output % width);
        let first = panel * steps * abreast + column / Quads::OUTPUTS;
        for (step, quad) in row.chunks(4).enumerate() {
            lines[first + step * abreast].0[column % Quads::OUTPUTS][..quad.len()].copy_from_slice(quad);
        }
        start[output] = -128 * row.iter().map(|&w| i32::from(w)).sum::<i32>();
    }
    Packed::Quads { lines, abreast, start }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::is_narrow;

    #[test]
    fn the_limit_is_on_groups_of_four() {
        assert!(is_narrow(&[64, 64, -64, -64, 0, 0, 0, 0, 127]));
        assert!(!is_narrow(&[64, 64, 0, 0, 1, 0, 0, 0]));
        assert!(is_narrow(&[64, 64, 1, 1, -1, 0, 0, 0]));
        assert!(!is_narrow(&[0, 0, -64, -64, 0, 0, 0, -1]));
        assert!(is_narrow(&[-128; 1]) && !is_narrow(&[-128, -1]));
    }
}
