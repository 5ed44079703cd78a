//! Rows of numbers.

/// A table of `f32`, row after row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Length of a row.
    pub width: usize,
    /// All rows.
    pub values: Vec<f32>,
}

impl Table {
    /// A table of zeros.
    pub fn zeros(rows: usize, width: usize) -> Self {
        Table { width, values: vec![0.0; rows * width] }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// One row.
    pub fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.width..][..self.width]
    }

    /// All rows in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        self.values.chunks_exact(self.width.max(1))
    }
}
