//! The product in safe Rust, for processors without a kernel of their own.

use super::packed::Pairs;

/// Rows of a tile.
pub(super) const TILE_ROWS: usize = 4;

/// Products of up to [`TILE_ROWS`] rows with one panel: `sums[row][output]`.
pub(super) fn tile(rows: &[i16], stride: usize, panel: &[Pairs], sums: &mut [i32]) {
    for (row, sums) in rows.chunks_exact(stride).zip(sums.chunks_exact_mut(Pairs::OUTPUTS)) {
        let mut total = [0_i32; Pairs::OUTPUTS];
        let (steps, _) = row.as_chunks::<2>();
        for (&[a, b], line) in steps.iter().zip(panel) {
            for (total, &[v, w]) in total.iter_mut().zip(&line.0) {
                *total += i32::from(a) * i32::from(v) + i32::from(b) * i32::from(w);
            }
        }
        sums.copy_from_slice(&total);
    }
}
