//! Self-attention within each window.
//!
//! Scores are kept with the pieces asked from along the lanes, so that the softmax needs no sum across lanes.

use super::panel::{PANEL, product, store};
use crate::kernel::lanes::{LANES, Lanes};
use crate::kernel::{Kernel, Op};

/// Width of an attention head.
pub const HEAD_WIDTH: usize = 32;

/// Pieces attended to in one tile of scores.
const KEYS: usize = 6;

/// Values mixed in one tile.
const VALUES: usize = 4;

/// Room for the tables of one head, kept from one use to the next.
#[derive(Default)]
pub struct Attention {
    /// `[tile][step][key]`.
    keys: Vec<[f32; KEYS]>,
    /// `[group of values][key][value]`.
    values: Vec<[f32; VALUES]>,
    /// `[key][piece asked from]`.
    scores: Vec<[f32; PANEL]>,
}

impl Attention {
    /// Attends within one window: `qkv` holds the queries, keys and values of each piece side by side, each of them
    /// `width` long and made up of heads; the mixed values go to `out`, `width` a piece.
    ///
    /// # Panics
    /// When the lengths do not fit together.
    pub fn attend(&mut self, kernel: Kernel, qkv: &[f32], width: usize, out: &mut [f32]) {
        assert!(
            width.is_multiple_of(HEAD_WIDTH) && qkv.len() == 3 * out.len() && out.len().is_multiple_of(width)
        );
        kernel.run(Attend { room: self, qkv, width, out });
    }
}

struct Attend<'a> {
    room: &'a mut Attention,
    qkv: &'a [f32],
    width: usize,
    out: &'a mut [f32],
}

impl Op for Attend<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(mut self) {
        let pieces = self.out.len() / self.width;
        let tiles = pieces.div_ceil(KEYS);
        self.room.keys.resize(tiles * HEAD_WIDTH, [0.0; KEYS]);
        self.room.values.resize(HEAD_WIDTH / VALUES * pieces, [0.0; VALUES]);
        self.room.scores.resize(tiles * KEYS, [0.0; PANEL]);
        for head in 0..self.width / HEAD_WIDTH {
            self.gather(head, pieces);
            for first in (0..pieces).step_by(PANEL) {
                let queries = self.queries(head, first, pieces);
                let divisors = self.softmax::<L>(&queries, pieces);
                self.mix::<L>(head, first, pieces, divisors);
            }
        }
    }
}

impl Attend<'_> {
    /// Lays out the keys and values of one head.
    #[inline(always)]
    fn gather(&mut self, head: usize, pieces: usize) {
        let rows = self.qkv.chunks_exact(3 * self.width);
        for (i, row) in rows.enumerate() {
            let key = &row[self.width + head * HEAD_WIDTH..][..HEAD_WIDTH];
            let tile = &mut self.room.keys[i / KEYS * HEAD_WIDTH..][..HEAD_WIDTH];
            for (to, key) in tile.iter_mut().zip(key) {
                to[i % KEYS] = *key;
            }
            let value = &row[2 * self.width + head * HEAD_WIDTH..][..HEAD_WIDTH];
            for (group, value) in value.as_chunks::<VALUES>().0.iter().enumerate() {
                self.room.values[group * pieces + i] = *value;
            }
        }
    }

    /// The queries of up to sixteen pieces, `[step][piece]`, scaled so that powers of two give the softmax.
    #[inline(always)]
    fn queries(&self, head: usize, first: usize, pieces: usize) -> [[f32; PANEL]; HEAD_WIDTH] {
        let scale = std::f32::consts::LOG2_E / (HEAD_WIDTH as f32).sqrt();
        let mut queries = [[0.0; PANEL]; HEAD_WIDTH];
        for i in 0..PANEL.min(pieces - first) {
            let query = &self.qkv[(first + i) * 3 * self.width + head * HEAD_WIDTH..][..HEAD_WIDTH];
            for (to, query) in queries.iter_mut().zip(query) {
                to[i] = query * scale;
            }
        }
        queries
    }

    /// Leaves the exponentials of the scores in `scores`, and gives the factors that make each column sum to 1.
    #[inline(always)]
    fn softmax<L: Lanes>(&mut self, queries: &[[f32; PANEL]; HEAD_WIDTH], pieces: usize) -> [f32; PANEL] {
        let keys = self.room.keys.chunks_exact(HEAD_WIDTH);
        let (tiles, _) = self.room.scores.as_chunks_mut::<KEYS>();
        for (keys, scores) in keys.zip(tiles) {
            let sums: [[L; 2]; KEYS] = product(keys, queries);
            for (sums, scores) in sums.into_iter().zip(scores) {
                store(sums, scores);
            }
        }
        let scores = &mut self.room.scores[..pieces];
        let mut factors = [0.0; PANEL];
        for (half, factors) in factors.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
            let mut greatest = L::splat(f32::NEG_INFINITY);
            for score in scores.iter() {
                greatest = greatest.max(L::load(&score.as_chunks::<LANES>().0[half]));
            }
            let mut sum = L::zero();
            for score in scores.iter_mut() {
                let score = &mut score.as_chunks_mut::<LANES>().0[half];
                let power = L::load(score).sub(greatest).exp2();
                power.store(score);
                sum = sum.add(power);
            }
            sum.store(factors);
            for factor in factors {
                *factor = 1.0 / *factor;
            }
        }
        factors
    }

    /// Mixes the values of one head for up to sixteen pieces.
    #[inline(always)]
    fn mix<L: Lanes>(&mut self, head: usize, first: usize, pieces: usize, factors: [f32; PANEL]) {
        let scores = &self.room.scores[..pieces];
        let (factors, _) = factors.as_chunks::<LANES>();
        let count = PANEL.min(pieces - first);
        for (group, values) in self.room.values.chunks_exact(pieces).enumerate() {
            let sums: [[L; 2]; VALUES] = product(values, scores);
            let mut mixed = [[0.0; PANEL]; VALUES];
            for (sums, mixed) in sums.into_iter().zip(&mut mixed) {
                store([sums[0].mul(L::load(&factors[0])), sums[1].mul(L::load(&factors[1]))], mixed);
            }
            for i in 0..count {
                let to = (first + i) * self.width + head * HEAD_WIDTH + group * VALUES;
                let to = &mut self.out[to..to + VALUES];
                for (to, mixed) in to.iter_mut().zip(&mixed) {
                    *to = mixed[i];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the definition, in f64.
    fn naive(qkv: &[f32], width: usize) -> Vec<f32> {
        let pieces = qkv.len() / 3 / width;
        let at = |part: usize, piece: usize, i: usize| f64::from(qkv[piece * 3 * width + part * width + i]);
        let mut out = vec![0.0; pieces * width];
        for head in (0..width).step_by(HEAD_WIDTH) {
            for i in 0..pieces {
                let score = |j: usize| {
                    let dot: f64 = (head..head + HEAD_WIDTH).map(|d| at(0, i, d) * at(1, j, d)).sum();
                    (dot / (HEAD_WIDTH as f64).sqrt()).exp()
                };
                let sum: f64 = (0..pieces).map(score).sum();
                for d in head..head + HEAD_WIDTH {
                    out[i * width + d] =
                        (0..pieces).map(|j| score(j) * at(2, j, d)).sum::<f64>() as f32 / sum as f32;
                }
            }
        }
        out
    }

    #[test]
    fn attention_is_that_of_the_definition() {
        let width = 2 * HEAD_WIDTH;
        for pieces in [1, 2, 5, 6, 7, 15, 16, 17, 33, 100] {
            let value = |i: usize| ((i * 7919 + pieces) % 1009) as f32 / 400.0 - 1.2;
            let qkv: Vec<f32> = (0..pieces * 3 * width).map(value).collect();
            let expected = naive(&qkv, width);
            let mut first: Option<Vec<f32>> = None;
            for kernel in Kernel::available() {
                let mut attention = Attention::default();
                let mut out = vec![0.0; pieces * width];
                // Once on a longer window, so that what it left behind is seen not to matter.
                attention.attend(kernel, &vec![1.0; 120 * 3 * width], width, &mut vec![0.0; 120 * width]);
                attention.attend(kernel, &qkv, width, &mut out);
                for (got, expected) in out.iter().zip(&expected) {
                    assert!((got - expected).abs() < 1e-5, "{pieces} pieces: {got}, not {expected}");
                }
                assert_eq!(first.get_or_insert_with(|| out.clone()), &out);
            }
        }
    }
}
