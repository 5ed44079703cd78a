//! Layer normalisation.

use crate::kernel::lanes::{LANES, Lanes};
use crate::kernel::{Kernel, Op};

/// Added to the variance, as BERT has it.
const EPSILON: f32 = 1e-12;

/// Sums that run side by side, so that one addition need not wait for the last.
const CHAINS: usize = 4;

/// Brings each row to mean 0 and variance 1, then scales and shifts each column.
pub struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    /// A norm of rows as long as `weight` and `bias`.
    ///
    /// # Panics
    /// When the lengths differ or are not a multiple of 32.
    pub fn new(weight: Vec<f32>, bias: Vec<f32>) -> Self {
        assert!(weight.len() == bias.len() && weight.len().is_multiple_of(CHAINS * LANES));
        Norm { weight, bias }
    }

    /// Length of the rows.
    pub fn width(&self) -> usize {
        self.weight.len()
    }

    /// Normalises each row of `rows`.
    pub fn apply(&self, kernel: Kernel, rows: &mut [f32]) {
        kernel.run(Apply { norm: self, rows, added: None });
    }

    /// Normalises each row of the sum of `rows` and `added`, into `rows`.
    pub fn add_and_apply(&self, kernel: Kernel, rows: &mut [f32], added: &[f32]) {
        assert_eq!(rows.len(), added.len());
        kernel.run(Apply { norm: self, rows, added: Some(added) });
    }
}

struct Apply<'a> {
    norm: &'a Norm,
    rows: &'a mut [f32],
    added: Option<&'a [f32]>,
}

impl Op for Apply<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self) {
        let width = self.norm.width();
        let (weight, _) = self.norm.weight.as_chunks::<LANES>();
        let (bias, _) = self.norm.bias.as_chunks::<LANES>();
        for (r, row) in self.rows.chunks_exact_mut(width).enumerate() {
            let (row, _) = row.as_chunks_mut::<LANES>();
            if let Some(added) = self.added {
                let (added, _) = added[r * width..][..width].as_chunks::<LANES>();
                for (x, y) in row.iter_mut().zip(added) {
                    L::load(x).add(L::load(y)).store(x);
                }
            }
            let mut sums = [L::zero(); CHAINS];
            for x in row.as_chunks::<CHAINS>().0 {
                for (sum, x) in sums.iter_mut().zip(x) {
                    *sum = sum.add(L::load(x));
                }
            }
            let mean = L::splat(total(sums) / width as f32);
            let mut squares = [L::zero(); CHAINS];
            for x in row.as_chunks::<CHAINS>().0 {
                for (square, x) in squares.iter_mut().zip(x) {
                    let x = L::load(x).sub(mean);
                    *square = square.add(x.mul(x));
                }
            }
            let scale = L::splat(1.0 / (total(squares) / width as f32 + EPSILON).sqrt());
            for ((x, w), b) in row.iter_mut().zip(weight).zip(bias) {
                L::load(x).sub(mean).mul(scale).mul(L::load(w)).add(L::load(b)).store(x);
            }
        }
    }
}

#[inline(always)]
fn total<L: Lanes>(sums: [L; CHAINS]) -> f32 {
    sums[0].add(sums[1]).add(sums[2].add(sums[3])).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_out_with_mean_and_variance() {
        let width = 64;
        let norm = Norm::new(vec![2.0; width], vec![0.5; width]);
        for kernel in Kernel::available() {
            let mut rows: Vec<f32> = (0..3 * width).map(|i| (i * i % 97) as f32).collect();
            norm.apply(kernel, &mut rows);
            for row in rows.chunks(width) {
                let mean = row.iter().sum::<f32>() / width as f32;
                let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / width as f32;
                assert!((mean - 0.5).abs() < 1e-4 && (variance - 4.0).abs() < 1e-3);
            }
        }
    }
}
