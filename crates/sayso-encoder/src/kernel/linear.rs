//! A linear map with eight-bit weights.

use std::ops::Range;

use super::lanes::{LANES, Lanes};
use super::packed::Packed;
use super::rows::{Rows, stride_of};
use super::{Kernel, Kind, Op, portable};
#[cfg(target_arch = "x86_64")]
use super::{avx2, vnni};

/// Bytes of quantised rows that are worked through before the next pass over the weights: well inside a second-level
/// cache.
const ROW_BYTES: usize = 192 * 1024;

/// The sums of the greatest tile.
const TILE_SUMS: usize = 12 * 32;

/// What is applied to each output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// Nothing.
    None,
    /// erf-GELU, to within 6e-5.
    Gelu,
}

/// `y = W x + b`, with `W` in eight bits and a scale for each output.
///
/// The product of the quantised numbers is exact; only then is it scaled, so every kernel gives the same bits.
pub struct Linear {
    kernel: Kernel,
    packed: Packed,
    inputs: usize,
    outputs: usize,
    /// Scale and bias of each output, padded with zeros to whole panels.
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// Packs `weights`, `[outputs][inputs]`, each standing for `weight · scale[output]`.
    ///
    /// # Panics
    /// When the lengths do not fit together.
    pub fn new(kernel: Kernel, weights: &[i8], inputs: usize, scale: &[f32], bias: &[f32]) -> Self {
        let outputs = scale.len();
        assert!(inputs > 0 && outputs > 0 && bias.len() == outputs && weights.len() == inputs * outputs);
        let packed = Packed::new(kernel, weights, inputs, stride_of(inputs));
        let width = outputs.next_multiple_of(packed.panel_width());
        let padded = |values: &[f32]| {
            let mut values = values.to_vec();
            values.resize(width, 0.0);
            values
        };
        Linear { kernel, packed, inputs, outputs, scale: padded(scale), bias: padded(bias) }
    }

    /// Length of the rows it takes.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Length of the rows it gives.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Multiply-adds of one row.
    pub fn work(&self) -> usize {
        self.inputs * self.outputs
    }

    /// Maps every row, into `out`: `[row][outputs]`.
    ///
    /// # Panics
    /// When `rows` are of another width or for another kernel, or `out` is not of their size.
    pub fn forward(&self, rows: &mut Rows, activation: Activation, out: &mut [f32]) {
        assert_eq!(rows.kernel, self.kernel, "rows and weights are for different kernels");
        assert_eq!(rows.width, self.inputs, "rows of {} for {} inputs", rows.width, self.inputs);
        assert_eq!(out.len(), rows.count() * self.outputs, "output of {} rows", rows.count());
        let (tile_rows, value_bytes) = self.tile_rows();
        let block = (ROW_BYTES / (tile_rows * rows.stride * value_bytes)).max(1) * tile_rows;
        let panels = self.scale.len() / self.packed.panel_width();
        let mut sums = [0; TILE_SUMS];
        for first in (0..rows.count()).step_by(block) {
            let end = rows.count().min(first + block);
            for panel in 0..panels {
                for row in (first..end).step_by(tile_rows) {
                    self.product(rows, row..end.min(row + tile_rows), panel, &mut sums);
                    self.finish(rows, row..end.min(row + tile_rows), panel, &sums, activation, out);
                }
            }
        }
    }

    /// Rows of a tile, and bytes that a value takes in them.
    fn tile_rows(&self) -> (usize, usize) {
        match &self.packed {
            #[cfg(target_arch = "x86_64")]
            Packed::Quads { .. } if self.kernel.0 == Kind::Avx2 => (avx2::NARROW_TILE_ROWS, 1),
            #[cfg(target_arch = "x86_64")]
            Packed::Quads { .. } => (vnni::TILE_ROWS, 1),
            #[cfg(target_arch = "x86_64")]
            Packed::Pairs(_) if self.kernel.0 == Kind::Avx2 => (avx2::TILE_ROWS, 2),
            _ => (portable::TILE_ROWS, 2),
        }
    }

    /// The exact products of a tile of rows with one panel.
    #[inline]
    fn product(&self, rows: &mut Rows, tile: Range<usize>, panel: usize, sums: &mut [i32]) {
        let range = tile.start * rows.stride..tile.end * rows.stride;
        match &self.packed {
            Packed::Pairs(lines) => {
                let stride = rows.stride;
                let rows = &rows.wide()[range];
                let steps = stride / 2;
                let lines = &lines[panel * steps..][..steps];
                match self.kernel.0 {
                    Kind::Portable => portable::tile(rows, stride, lines, sums),
                    #[cfg(target_arch = "x86_64")]
                    // SAFETY: the other kernels are only made where AVX2 was detected.
                    Kind::Avx2 | Kind::Vnni => unsafe { avx2::tile(rows, stride, lines, sums) },
                }
            }
            #[cfg(target_arch = "x86_64")]
            Packed::Quads { lines, abreast, start } => {
                let (rows, stride) = (&rows.offset[range], rows.stride);
                let (width, steps) = (self.packed.panel_width(), stride / 4 * abreast);
                let lines = &lines[panel * steps..][..steps];
                let start = &start[panel * width..][..width];
                match self.kernel.0 {
                    Kind::Portable => unreachable!("the portable kernel packs pairs"),
                    // SAFETY: this kernel is only made where AVX2 was detected.
                    Kind::Avx2 => unsafe { avx2::narrow_tile(rows, stride, lines, start, sums) },
                    // SAFETY: this kernel is only made where VNNI was detected.
                    Kind::Vnni => unsafe { vnni::tile(rows, stride, lines, start, sums) },
                }
            }
            #[cfg(not(target_arch = "x86_64"))]
            Packed::Quads { .. } => unreachable!("the portable kernel packs pairs"),
        }
    }

    /// From the products of a tile to its part of `out`.
    #[inline]
    fn finish(
        &self,
        rows: &Rows,
        tile: Range<usize>,
        panel: usize,
        sums: &[i32],
        activation: Activation,
        out: &mut [f32],
    ) {
        let width = self.packed.panel_width();
        let first = panel * width;
        self.kernel.run(Finish {
            sums,
            width,
            scale: &self.scale[first..first + width],
            bias: &self.bias[first..first + width],
            activation,
            out: &mut out[tile.start * self.outputs + first..],
            row_scales: &rows.scales[tile],
            outputs: self.outputs,
            columns: width.min(self.outputs - first),
        });
    }
}

/// From exact sums of one tile to its outputs.
struct Finish<'a> {
    /// `[row][width]`.
    sums: &'a [i32],
    width: usize,
    row_scales: &'a [f32],
    scale: &'a [f32],
    bias: &'a [f32],
    activation: Activation,
    /// From the first output of the tile on; rows `outputs` apart.
    out: &'a mut [f32],
    outputs: usize,
    /// Outputs of the panel that are there, up to its width.
    columns: usize,
}

impl Op for Finish<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self) {
        match self.activation {
            Activation::None => self.finish::<L, false>(),
            Activation::Gelu => self.finish::<L, true>(),
        }
    }
}

impl Finish<'_> {
    #[inline(always)]
    fn finish<L: Lanes, const GELU: bool>(self) {
        let (scale, _) = self.scale.as_chunks::<LANES>();
        let (bias, _) = self.bias.as_chunks::<LANES>();
        for (r, row_scale) in self.row_scales.iter().enumerate() {
            let (sums, _) = self.sums[r * self.width..][..self.width].as_chunks::<LANES>();
            let (whole, rest) = self.out[r * self.outputs..][..self.columns].as_chunks_mut::<LANES>();
            let row_scale = L::splat(*row_scale);
            let mut outs = whole.iter_mut();
            for ((sums, scale), bias) in sums.iter().zip(scale).zip(bias) {
                let mut y = L::from_i32(sums).mul(row_scale).mul(L::load(scale)).add(L::load(bias));
                if GELU {
                    y = y.gelu();
                }
                if let Some(out) = outs.next() {
                    y.store(out);
                } else {
                    let mut last = [0.0; LANES];
                    y.store(&mut last);
                    rest.copy_from_slice(&last[..rest.len()]);
                    break;
                }
            }
        }
    }
}
