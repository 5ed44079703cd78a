//! AVX-512 VNNI: the product by dot products of four bytes.

use std::arch::x86_64::*;

use super::packed::Quads;

/// Rows of a tile: with two registers of outputs a row, twenty-four of the thirty-two registers hold sums.
pub(super) const TILE_ROWS: usize = 12;

/// Lines of weights side by side.
const ABREAST: usize = 2;

const WIDTH: usize = ABREAST * Quads::OUTPUTS;

/// Products of up to [`TILE_ROWS`] rows with one panel: `sums[row][output]`. The rows have 128 added to each value;
/// `start` makes up for it.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
pub(super) fn tile(rows: &[u8], stride: usize, panel: &[Quads], start: &[i32], sums: &mut [i32]) {
    match rows.len() / stride {
        1 => tile_of::<1>(rows, stride, panel, start, sums),
        2 => tile_of::<2>(rows, stride, panel, start, sums),
        3 => tile_of::<3>(rows, stride, panel, start, sums),
        4 => tile_of::<4>(rows, stride, panel, start, sums),
        5 => tile_of::<5>(rows, stride, panel, start, sums),
        6 => tile_of::<6>(rows, stride, panel, start, sums),
        7 => tile_of::<7>(rows, stride, panel, start, sums),
        8 => tile_of::<8>(rows, stride, panel, start, sums),
        9 => tile_of::<9>(rows, stride, panel, start, sums),
        10 => tile_of::<10>(rows, stride, panel, start, sums),
        11 => tile_of::<11>(rows, stride, panel, start, sums),
        12 => tile_of::<12>(rows, stride, panel, start, sums),
        rows => unreachable!("a tile of {rows} rows"),
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn tile_of<const R: usize>(rows: &[u8], stride: usize, panel: &[Quads], start: &[i32], sums: &mut [i32]) {
    let steps = stride / 4;
    assert!(rows.len() == R * stride && panel.len() == steps * ABREAST);
    assert!(start.len() == WIDTH && sums.len() >= R * WIDTH);
    let start = start.as_ptr();
    // SAFETY: `start` holds thirty-two `i32`, so two registers; the loads need no alignment.
    let start = unsafe { [_mm512_loadu_epi32(start), _mm512_loadu_epi32(start.add(16))] };
    let mut total = [start; R];
    let a = rows.as_ptr();
    for (step, lines) in panel.as_chunks::<ABREAST>().0.iter().enumerate() {
        let line = lines.as_ptr().cast::<__m512i>();
        // SAFETY: two lines of 64 bytes, aligned to 64: two registers.
        let (low, high) = unsafe { (_mm512_load_si512(line), _mm512_load_si512(line.add(1))) };
        for (r, total) in total.iter_mut().enumerate() {
            // SAFETY: `r < R` and `4 * step + 3 < stride`, and `rows` holds `R * stride` bytes.
            let quad = unsafe { a.add(r * stride + 4 * step).cast::<i32>().read_unaligned() };
            let quad = _mm512_set1_epi32(quad);
            total[0] = _mm512_dpbusd_epi32(total[0], quad, low);
            total[1] = _mm512_dpbusd_epi32(total[1], quad, high);
        }
    }
    for (total, sums) in total.iter().zip(sums.chunks_exact_mut(WIDTH)) {
        let to = sums.as_mut_ptr();
        // SAFETY: a chunk is thirty-two `i32`, so two registers; the stores need no alignment.
        unsafe {
            _mm512_storeu_epi32(to, total[0]);
            _mm512_storeu_epi32(to.add(16), total[1]);
        }
    }
}
