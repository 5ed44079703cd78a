//! AVX2: the product by multiply-add of pairs of `i16`, a faster one of bytes where the weights are small enough, and
//! lanes in one register.

use std::arch::x86_64::*;

use super::Op;
use super::lanes::{LANES, Lanes};
use super::packed::{Pairs, Quads};

/// Rows of a tile: with two registers of outputs a row, twelve of the sixteen registers hold sums.
pub(super) const TILE_ROWS: usize = 6;

/// Runs `op` with AVX2.
#[target_feature(enable = "avx2")]
pub(super) fn run<O: Op>(op: O) -> O::Output {
    op.run::<Avx2Lanes>()
}

/// Products of up to [`TILE_ROWS`] rows with one panel: `sums[row][output]`.
#[target_feature(enable = "avx2")]
pub(super) fn tile(rows: &[i16], stride: usize, panel: &[Pairs], sums: &mut [i32]) {
    match rows.len() / stride {
        1 => tile_of::<1>(rows, stride, panel, sums),
        2 => tile_of::<2>(rows, stride, panel, sums),
        3 => tile_of::<3>(rows, stride, panel, sums),
        4 => tile_of::<4>(rows, stride, panel, sums),
        5 => tile_of::<5>(rows, stride, panel, sums),
        6 => tile_of::<6>(rows, stride, panel, sums),
        rows => unreachable!("a tile of {rows} rows"),
    }
}

#[target_feature(enable = "avx2")]
fn tile_of<const R: usize>(rows: &[i16], stride: usize, panel: &[Pairs], sums: &mut [i32]) {
    let steps = stride / 2;
    assert!(
        stride.is_multiple_of(8)
            && rows.len() == R * stride
            && panel.len() == steps
            && sums.len() >= R * Pairs::OUTPUTS
    );
    let mut total = [[_mm256_setzero_si256(); 2]; R];
    let a = rows.as_ptr();
    let mut add = |step: usize, line: &Pairs| {
        let line = line.0.as_ptr().cast::<__m256i>();
        // SAFETY: a line is 64 bytes, so two registers, and aligned to 64.
        let (low, high) = unsafe { (_mm256_load_si256(line), _mm256_load_si256(line.add(1))) };
        for (r, total) in total.iter_mut().enumerate() {
            // SAFETY: `r < R` and `2 * step + 1 < stride`, and `rows` holds `R * stride` values.
            let pair = unsafe { a.add(r * stride + 2 * step).cast::<i32>().read_unaligned() };
            let pair = _mm256_set1_epi32(pair);
            // No pair of products overflows: both factors come from `i8`.
            total[0] = _mm256_add_epi32(total[0], _mm256_madd_epi16(pair, low));
            total[1] = _mm256_add_epi32(total[1], _mm256_madd_epi16(pair, high));
        }
    };
    // Strides are multiples of eight values, so of two steps.
    let (unrolled, rest) = panel.as_chunks::<2>();
    assert!(rest.is_empty());
    for (i, lines) in unrolled.iter().enumerate() {
        for (j, line) in lines.iter().enumerate() {
            add(2 * i + j, line);
        }
    }
    for (total, sums) in total.iter().zip(sums.chunks_exact_mut(Pairs::OUTPUTS)) {
        let to = sums.as_mut_ptr().cast::<__m256i>();
        // SAFETY: a chunk is sixteen `i32`, so two registers; the stores need no alignment.
        unsafe {
            _mm256_storeu_si256(to, total[0]);
            _mm256_storeu_si256(to.add(1), total[1]);
        }
    }
}

/// Rows of a tile of the product of bytes: with the weights of two steps and what lies between, eight sums fit.
pub(super) const NARROW_TILE_ROWS: usize = 4;

/// Products of up to [`NARROW_TILE_ROWS`] rows, with 128 added to each value, with one panel of narrow weights:
/// `sums[row][output]`. `start` makes up for what was added.
#[target_feature(enable = "avx2")]
pub(super) fn narrow_tile(rows: &[u8], stride: usize, panel: &[Quads], start: &[i32], sums: &mut [i32]) {
    match rows.len() / stride {
        1 => narrow_tile_of::<1>(rows, stride, panel, start, sums),
        2 => narrow_tile_of::<2>(rows, stride, panel, start, sums),
        3 => narrow_tile_of::<3>(rows, stride, panel, start, sums),
        4 => narrow_tile_of::<4>(rows, stride, panel, start, sums),
        rows => unreachable!("a tile of {rows} rows"),
    }
}

#[target_feature(enable = "avx2")]
fn narrow_tile_of<const R: usize>(
    rows: &[u8],
    stride: usize,
    panel: &[Quads],
    start: &[i32],
    sums: &mut [i32],
) {
    assert!(stride.is_multiple_of(8) && rows.len() == R * stride && panel.len() == stride / 4);
    assert!(start.len() == Quads::OUTPUTS && sums.len() >= R * Quads::OUTPUTS);
    let start = start.as_ptr().cast::<__m256i>();
    // SAFETY: `start` holds sixteen `i32`, so two registers; the loads need no alignment.
    let start = unsafe { [_mm256_loadu_si256(start), _mm256_loadu_si256(start.add(1))] };
    let mut total = [start; R];
    let ones = _mm256_set1_epi16(1);
    let a = rows.as_ptr();
    for (step, lines) in panel.as_chunks::<2>().0.iter().enumerate() {
        let lines = lines.as_ptr().cast::<__m256i>();
        // SAFETY: two lines of 64 bytes, aligned to 64: four registers.
        let b = unsafe {
            [_mm256_load_si256(lines), _mm256_load_si256(lines.add(1)), _mm256_load_si256(lines.add(2))]
        };
        for (r, total) in total.iter_mut().enumerate() {
            // SAFETY: `r < R` and `8 * step + 7 < stride`, and `rows` holds `R * stride` bytes.
            let (first, second) = unsafe {
                let at = a.add(r * stride + 8 * step).cast::<i32>();
                (_mm256_set1_epi32(at.read_unaligned()), _mm256_set1_epi32(at.add(1).read_unaligned()))
            };
            // SAFETY: as above. Volatile, because the sixteen registers are one too few to hold this one across rows,
            // and a compiler that tries will keep a sum in memory instead.
            let last = unsafe { lines.add(3).read_volatile() };
            for (total, b) in total.iter_mut().zip([[b[0], b[2]], [b[1], last]]) {
                // Neither the sums of two products nor those of four leave sixteen bits: the weights are narrow.
                let four =
                    _mm256_add_epi16(_mm256_maddubs_epi16(first, b[0]), _mm256_maddubs_epi16(second, b[1]));
                *total = _mm256_add_epi32(*total, _mm256_madd_epi16(four, ones));
            }
        }
    }
    for (total, sums) in total.iter().zip(sums.chunks_exact_mut(Quads::OUTPUTS)) {
        let to = sums.as_mut_ptr().cast::<__m256i>();
        // SAFETY: a chunk is sixteen `i32`, so two registers; the stores need no alignment.
        unsafe {
            _mm256_storeu_si256(to, total[0]);
            _mm256_storeu_si256(to.add(1), total[1]);
        }
    }
}

/// Eight lanes in one register. Used only under [`run`], hence only where AVX2 is there: all SAFETY comments below
/// mean that.
#[derive(Clone, Copy)]
struct Avx2Lanes(__m256);

impl Lanes for Avx2Lanes {
    #[inline(always)]
    fn load(from: &[f32; LANES]) -> Self {
        // SAFETY: under `run`; the array is eight floats long, and the load needs no alignment.
        Avx2Lanes(unsafe { _mm256_loadu_ps(from.as_ptr()) })
    }

    #[inline(always)]
    fn store(self, to: &mut [f32; LANES]) {
        // SAFETY: under `run`; the array is eight floats long, and the store needs no alignment.
        unsafe { _mm256_storeu_ps(to.as_mut_ptr(), self.0) }
    }

    #[inline(always)]
    fn splat(value: f32) -> Self {
        // SAFETY: under `run`.
        Avx2Lanes(unsafe { _mm256_set1_ps(value) })
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        // SAFETY: under `run`.
        Avx2Lanes(unsafe { _mm256_add_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        // SAFETY: under `run`.
        Avx2Lanes(unsafe { _mm256_sub_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        // SAFETY: under `run`.
        Avx2Lanes(unsafe { _mm256_mul_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        // SAFETY: under `run`.
        Avx2Lanes(unsafe { _mm256_max_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        // SAFETY: under `run`.
        Avx2Lanes(unsafe { _mm256_min_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn from_i32(from: &[i32; LANES]) -> Self {
        // SAFETY: under `run`; the array is eight integers long, and the load needs no alignment.
        Avx2Lanes(unsafe { _mm256_cvtepi32_ps(_mm256_loadu_si256(from.as_ptr().cast())) })
    }

    #[inline(always)]
    fn store_offset(self, to: &mut [u8; LANES]) {
        // SAFETY: under `run`; the array is eight bytes long, and the store needs no alignment.
        unsafe {
            let wide = _mm256_cvtps_epi32(self.0);
            let narrow = _mm_packs_epi32(_mm256_castsi256_si128(wide), _mm256_extracti128_si256::<1>(wide));
            let offset = _mm_add_epi16(narrow, _mm_set1_epi16(128));
            _mm_storel_epi64(to.as_mut_ptr().cast(), _mm_packus_epi16(offset, offset));
        }
    }

    #[inline(always)]
    fn mantissa_to_exponent(self) -> Self {
        // SAFETY: under `run`.
        Avx2Lanes(unsafe { _mm256_castsi256_ps(_mm256_slli_epi32::<23>(_mm256_castps_si256(self.0))) })
    }
}
