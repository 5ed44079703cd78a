//! Small `f32` matrix products: rows of one matrix against sixteen columns of another.

use crate::kernel::lanes::{LANES, Lanes};
use crate::kernel::{Kernel, Op};

/// Columns of a panel.
pub(crate) const PANEL: usize = 16;

/// Products of `R` rows, given as `[step][row]`, with a panel, given as `[step][column]`. The steps are summed in
/// order.
#[inline(always)]
pub(super) fn product<L: Lanes, const R: usize>(rows: &[[f32; R]], panel: &[[f32; PANEL]]) -> [[L; 2]; R] {
    let mut sums = [[L::zero(); 2]; R];
    for (rows, columns) in rows.iter().zip(panel) {
        let (columns, _) = columns.as_chunks::<LANES>();
        let (low, high) = (L::load(&columns[0]), L::load(&columns[1]));
        for (sum, row) in sums.iter_mut().zip(rows) {
            let row = L::splat(*row);
            sum[0] = sum[0].add(row.mul(low));
            sum[1] = sum[1].add(row.mul(high));
        }
    }
    sums
}

/// Stores one row of a product.
#[inline(always)]
pub(super) fn store<L: Lanes>(sums: [L; 2], to: &mut [f32; PANEL]) {
    let (to, _) = to.as_chunks_mut::<LANES>();
    sums[0].store(&mut to[0]);
    sums[1].store(&mut to[1]);
}

/// Rows of a tile here.
const TILE: usize = 6;

/// Turns rows (each of `depth` values) into tiles of `R` in which a step of all rows lies together, `[tile][step][row]`;
/// missing rows are zero.
pub(crate) fn interleave<'r, const R: usize>(
    rows: impl ExactSizeIterator<Item = &'r [f32]>,
    depth: usize,
    to: &mut Vec<[f32; R]>,
) {
    to.clear();
    to.resize(rows.len().div_ceil(R) * depth, [0.0; R]);
    for (i, row) in rows.enumerate() {
        for (to, value) in to[i / R * depth..].iter_mut().zip(&row[..depth]) {
            to[i % R] = *value;
        }
    }
}

/// Room for [`Products::of`].
#[derive(Default)]
pub(crate) struct Products {
    rows: Vec<[f32; TILE]>,
    out: Vec<[f32; PANEL]>,
}

impl Products {
    /// The products of each of `rows` with each column of `panel`, one `[f32; PANEL]` a row.
    pub fn of<'r>(
        &mut self,
        kernel: Kernel,
        rows: impl ExactSizeIterator<Item = &'r [f32]>,
        panel: &[[f32; PANEL]],
    ) -> &[[f32; PANEL]] {
        let count = rows.len();
        interleave(rows, panel.len(), &mut self.rows);
        self.out.resize(count.next_multiple_of(TILE), [0.0; PANEL]);
        kernel.run(ProductsOp { rows: &self.rows, panel, out: &mut self.out });
        &self.out[..count]
    }
}

struct ProductsOp<'a> {
    rows: &'a [[f32; TILE]],
    panel: &'a [[f32; PANEL]],
    out: &'a mut [[f32; PANEL]],
}

impl Op for ProductsOp<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self) {
        for (rows, out) in self.rows.chunks_exact(self.panel.len()).zip(self.out.chunks_exact_mut(TILE)) {
            let sums: [[L; 2]; TILE] = product(rows, self.panel);
            for (sums, out) in sums.into_iter().zip(out) {
                store(sums, out);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_the_definition() {
        let (depth, count) = (5, 8);
        let value = |i: usize| (i * 7 % 11) as f32 - 5.0;
        let rows: Vec<f32> = (0..count * depth).map(value).collect();
        let panel: Vec<[f32; PANEL]> =
            (0..depth).map(|k| std::array::from_fn(|j| value(k * 3 + j * 5))).collect();
        for kernel in Kernel::available() {
            let mut products = Products::default();
            let out = products.of(kernel, rows.chunks_exact(depth), &panel);
            for (row, out) in rows.chunks_exact(depth).zip(out) {
                for (j, out) in out.iter().enumerate() {
                    let sum: f32 = row.iter().zip(&panel).map(|(a, b)| a * b[j]).sum();
                    assert_eq!(*out, sum);
                }
            }
        }
    }
}
