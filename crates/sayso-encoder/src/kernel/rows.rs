//! Rows of activations, each quantised to eight bits with a scale of its own.

use super::lanes::{LANES, Lanes};
use super::{Kernel, Op};

/// The greatest quantised value; −128 is not used, so that the range is symmetric.
const GREATEST: f32 = 127.0;

/// Rows of a matrix, quantised for the products of one kernel: `value ≈ quantised · scale`.
///
/// Holds its memory from one use to the next.
pub struct Rows {
    pub(super) kernel: Kernel,
    /// With 128 added, `[row][stride]`; what lies beyond the width stands for zero.
    pub(super) offset: Vec<u8>,
    /// As they are, two bytes each; empty until a product asks for them so.
    wide: Vec<i16>,
    pub(super) scales: Vec<f32>,
    pub(super) width: usize,
    pub(super) stride: usize,
}

/// Room for a row of `width` values.
pub(super) fn stride_of(width: usize) -> usize {
    width.next_multiple_of(LANES)
}

impl Rows {
    /// No rows yet.
    pub fn new(kernel: Kernel) -> Self {
        Rows { kernel, wide: Vec::new(), offset: Vec::new(), scales: Vec::new(), width: 0, stride: 0 }
    }

    /// Number of rows.
    pub fn count(&self) -> usize {
        self.scales.len()
    }

    /// Takes the rows of `values`, `width` each, in place of those before: the greatest magnitude of a row becomes
    /// 127, the others are rounded to the nearest step, ties to even.
    ///
    /// # Panics
    /// When `values` is not a whole number of rows.
    pub fn quantise(&mut self, values: &[f32], width: usize) {
        assert!(
            width > 0 && values.len().is_multiple_of(width),
            "{} values in rows of {width}",
            values.len()
        );
        let count = values.len() / width;
        self.width = width;
        self.stride = stride_of(width);
        self.scales.clear();
        self.scales.resize(count, 0.0);
        // What is left from other rows needs no clearing: every value up to the stride is written.
        let size = count * self.stride;
        self.wide.clear();
        self.offset.resize(size, 0);
        let (stride, scales) = (self.stride, &mut self.scales[..]);
        self.kernel.run(Quantise { from: values, width, to: &mut self.offset, stride, scales });
    }

    /// The rows without the added 128, two bytes a value.
    pub(super) fn wide(&mut self) -> &[i16] {
        if self.wide.len() != self.offset.len() {
            self.wide.clear();
            self.wide.extend(self.offset.iter().map(|&value| i16::from(value) - 128));
        }
        &self.wide
    }

    /// The quantised rows as plain integers, for tests.
    #[cfg(test)]
    pub(crate) fn integers(&self) -> Vec<Vec<i32>> {
        let row = |i: usize| i * self.stride..i * self.stride + self.width;
        (0..self.count()).map(|i| self.offset[row(i)].iter().map(|&x| i32::from(x) - 128).collect()).collect()
    }
}

struct Quantise<'a> {
    from: &'a [f32],
    width: usize,
    to: &'a mut [u8],
    stride: usize,
    scales: &'a mut [f32],
}

impl Op for Quantise<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self) {
        let rows = self.from.chunks_exact(self.width).zip(self.to.chunks_exact_mut(self.stride));
        for ((from, to), scale) in rows.zip(self.scales) {
            let (from, rest) = from.as_chunks::<LANES>();
            let mut last = [0.0; LANES];
            last[..rest.len()].copy_from_slice(rest);
            // Several side by side, so that one comparison need not wait for the last.
            let mut greatest = [magnitude(L::load(&last)); 4];
            for x in from.chunks(4) {
                for (greatest, x) in greatest.iter_mut().zip(x) {
                    *greatest = greatest.max(magnitude(L::load(x)));
                }
            }
            let greatest = greatest[0].max(greatest[1]).max(greatest[2].max(greatest[3])).greatest();
            *scale = greatest / GREATEST;
            // A row of zeros has scale 0, and so may keep any finite factor.
            let factor = L::splat(if greatest > 0.0 { GREATEST / greatest } else { 0.0 });
            let rest = (!rest.is_empty()).then_some(&last);
            let (to, _) = to.as_chunks_mut::<LANES>();
            for (x, to) in from.iter().chain(rest).zip(to) {
                let x = L::load(x).mul(factor).max(L::splat(-GREATEST)).min(L::splat(GREATEST));
                x.round().store_offset(to);
            }
        }
    }
}

#[inline(always)]
fn magnitude<L: Lanes>(x: L) -> L {
    x.max(L::zero().sub(x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_spans_the_whole_range() {
        for kernel in Kernel::available() {
            let mut rows = Rows::new(kernel);
            rows.quantise(&[0.5, -2.0, 1.0, 0.0, 0.0, 0.0], 3);
            assert_eq!(rows.integers(), [[32, -127, 64], [0, 0, 0]], "{kernel}");
            assert_eq!(rows.scales, [2.0 / 127.0, 0.0]);
        }
    }
}
