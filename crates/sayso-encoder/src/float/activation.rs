//! GELU on its own, where it is not part of a linear map.

use crate::kernel::lanes::{LANES, Lanes};
use crate::kernel::{Kernel, Op};

/// Adds `values` to `sums`, each to each, and applies GELU to what comes out.
pub(crate) fn add_and_gelu(kernel: Kernel, sums: &mut [f32], values: &[f32]) {
    assert_eq!(sums.len(), values.len());
    kernel.run(AddAndGelu { sums, values });
}

struct AddAndGelu<'a> {
    sums: &'a mut [f32],
    values: &'a [f32],
}

impl Op for AddAndGelu<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self) {
        for (sums, values) in self.sums.chunks_mut(LANES).zip(self.values.chunks(LANES)) {
            let (mut a, mut b) = ([0.0; LANES], [0.0; LANES]);
            a[..sums.len()].copy_from_slice(sums);
            b[..sums.len()].copy_from_slice(values);
            let mut out = [0.0; LANES];
            L::load(&a).add(L::load(&b)).gelu().store(&mut out);
            sums.copy_from_slice(&out[..sums.len()]);
        }
    }
}
