//! Linear maps of any shape against a plain reading of their definition, on every kernel.

use proptest::prelude::*;
use sayso_encoder::kernel::{Activation, Kernel, Linear, Rows};

/// The definition, in the order of operations that is promised.
fn naive(weights: &[i8], scale: &[f32], bias: &[f32], values: &[f32], inputs: usize) -> Vec<f32> {
    let mut out = Vec::new();
    for row in values.chunks_exact(inputs) {
        let greatest = row.iter().fold(0.0_f32, |a, b| a.max(b.abs()));
        let factor = if greatest > 0.0 { 127.0 / greatest } else { 0.0 };
        let quantised: Vec<i32> =
            row.iter().map(|x| (x * factor).clamp(-127.0, 127.0).round_ties_even() as i32).collect();
        for ((weights, scale), bias) in weights.chunks_exact(inputs).zip(scale).zip(bias) {
            let sum: i32 = weights.iter().zip(&quantised).map(|(&w, q)| i32::from(w) * q).sum();
            out.push(sum as f32 * (greatest / 127.0) * scale + bias);
        }
    }
    out
}

fn forward(kernel: Kernel, linear: &Linear, values: &[f32], activation: Activation) -> Vec<f32> {
    let mut rows = Rows::new(kernel);
    // A row left from before must not be seen.
    rows.quantise(&vec![9.0; linear.inputs() + 40], linear.inputs() + 40);
    rows.quantise(values, linear.inputs());
    let mut out = vec![f32::NAN; rows.count() * linear.outputs()];
    linear.forward(&mut rows, activation, &mut out);
    out
}

proptest! {
    #[test]
    fn any_shape_gives_the_bits_of_the_definition(
        (rows, inputs, outputs) in (0..40_usize, 1..90_usize, 1..90_usize),
        seed in any::<u64>(),
        spread in 0..30_i32,
        // Small weights, for which there are faster products, or any.
        most in prop_oneof![Just(32), Just(63), Just(128)],
    ) {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as i32
        };
        let weights: Vec<i8> = (0..inputs * outputs).map(|_| (next() % (2 * most) - most) as i8).collect();
        let mut float = |size: f32| (next() as f32 / (1_u32 << 30) as f32 - 1.0) * size;
        let scale: Vec<f32> = (0..outputs).map(|_| float(0.1)).collect();
        let bias: Vec<f32> = (0..outputs).map(|_| float(1.0)).collect();
        // Rows of different sizes; now and then one of zeros.
        let values: Vec<f32> = (0..rows)
            .flat_map(|r| vec![r as i32 % 7; inputs])
            .map(|r| if r == 6 { 0.0 } else { float(((r - 3) as f32 * spread as f32 / 3.0).exp2()) })
            .collect();
        let expected = naive(&weights, &scale, &bias, &values, inputs);
        let mut activated: Option<Vec<f32>> = None;
        for kernel in Kernel::available() {
            let linear = Linear::new(kernel, &weights, inputs, &scale, &bias);
            prop_assert_eq!(&forward(kernel, &linear, &values, Activation::None), &expected, "{}", kernel);
            let gelu = forward(kernel, &linear, &values, Activation::Gelu);
            prop_assert_eq!(activated.get_or_insert_with(|| gelu.clone()), &gelu, "{}", kernel);
        }
    }
}

#[test]
fn weights_at_the_limit_of_the_fast_product_are_exact() {
    // Groups of four that sum to 128, the most that sixteen bits hold, against the greatest and least values.
    let weights: Vec<i8> =
        [64, 64, -64, -64, 0, 0, 0, 0, 1, 127, 127, 1, 0, 0, 0, 0, -128, 0, 0, 0, 0, 0, 0, -128]
            .into_iter()
            .cycle()
            .take(24 * 16)
            .collect();
    let inputs = weights.len();
    for sign in [1.0, -1.0] {
        let toward: Vec<f32> = weights.iter().map(|&w| if w < 0 { -sign } else { sign }).collect();
        for values in [vec![sign; inputs], toward] {
            let expected = naive(&weights, &[1.0], &[0.0], &values, inputs);
            for kernel in Kernel::available() {
                let linear = Linear::new(kernel, &weights, inputs, &[1.0], &[0.0]);
                assert_eq!(forward(kernel, &linear, &values, Activation::None), expected, "{kernel}");
            }
        }
    }
}

#[test]
fn the_greatest_sums_are_exact() {
    let (inputs, outputs) = (1536, 5);
    for (weight, value) in [(127, 1.0_f32), (-128, 1.0), (-127, -1.0), (127, -1.0)] {
        let values = vec![value; 3 * inputs];
        for kernel in Kernel::available() {
            let linear = Linear::new(kernel, &vec![weight; inputs * outputs], inputs, &[127.0; 5], &[0.0; 5]);
            let expected = (i32::from(weight) * 127 * inputs as i32) as f32 * value * (1.0 / 127.0) * 127.0;
            assert_eq!(forward(kernel, &linear, &values, Activation::None), [expected; 15], "{kernel}");
        }
    }
}
