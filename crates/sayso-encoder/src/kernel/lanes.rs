//! Eight `f32` at a time: the few operations that the float parts of the encoder are written in.

use std::f32::consts::LN_2;

/// How many lanes there are.
pub(crate) const LANES: usize = 8;

/// Added to a small number, it leaves the nearest integer (ties to even) in the low bits of the mantissa.
const ROUNDING: f32 = 12_582_912.0;

/// Eight `f32`. Every implementation gives the same bits: each operation is rounded on its own, and `max` and `min`
/// give the second operand when either is not a number.
pub(crate) trait Lanes: Copy {
    fn load(from: &[f32; LANES]) -> Self;
    fn store(self, to: &mut [f32; LANES]);
    fn splat(value: f32) -> Self;
    fn add(self, other: Self) -> Self;
    fn sub(self, other: Self) -> Self;
    fn mul(self, other: Self) -> Self;
    fn max(self, other: Self) -> Self;
    fn min(self, other: Self) -> Self;
    /// Eight integers, each rounded to the nearest `f32`.
    fn from_i32(from: &[i32; LANES]) -> Self;
    /// Stores whole numbers within ±127, with 128 added.
    fn store_offset(self, to: &mut [u8; LANES]);
    /// The bits of each lane, moved 23 places up: the low byte of the mantissa becomes the exponent.
    fn mantissa_to_exponent(self) -> Self;

    #[inline(always)]
    fn zero() -> Self {
        Self::splat(0.0)
    }

    /// Each lane rounded to the nearest whole number, ties to even; for lanes within ±2^21.
    #[inline(always)]
    fn round(self) -> Self {
        self.add(Self::splat(ROUNDING)).sub(Self::splat(ROUNDING))
    }

    /// 2 to the power of each lane, for lanes up to 126; those below −80 count as −80, so that nothing gets so small
    /// that processors turn slow. Relative error below 2e-7.
    #[inline(always)]
    fn exp2(self) -> Self {
        let x = self.max(Self::splat(-80.0));
        let shifted = x.add(Self::splat(ROUNDING + 127.0));
        let fraction = x.sub(shifted.sub(Self::splat(ROUNDING + 127.0)));
        let power = polynomial(fraction, [1.0, LN_2, 0.240_222_35, 0.055_503_08, 0.009_671_88, 0.001_340_73]);
        power.mul(shifted.mantissa_to_exponent())
    }

    /// `x · Φ(x)` with the normal distribution function Φ, as erf-GELU defines it; absolute error below 6e-5.
    ///
    /// Φ(x) − ½ is an odd polynomial of degree 17 on ±4.4, fitted for the least greatest error of the product and
    /// held to ½ at the ends, beyond which it stays there.
    #[inline(always)]
    fn gelu(self) -> Self {
        let x = self.min(Self::splat(4.4)).max(Self::splat(-4.4));
        // In pairs rather than by Horner's rule: half as long a chain of operations that wait for each other.
        let u = x.mul(x);
        let u2 = u.mul(u);
        let u4 = u2.mul(u2);
        let low = polynomial(u, [0.398_761_6, -0.066_076_43]);
        let low = low.add(polynomial(u, [0.009_643_028, -0.001_054_992_4]).mul(u2));
        let high = polynomial(u, [8.429_301e-5, -4.724_867_7e-6]);
        let high = high
            .add(polynomial(u, [1.740_847e-7, -3.754_048e-9]).mul(u2))
            .add(u4.mul(Self::splat(3.569_428e-11)));
        let odd = low.add(high.mul(u4));
        self.mul(x.mul(odd).add(Self::splat(0.5)))
    }

    /// The sum of all lanes, by halves.
    #[inline(always)]
    fn sum(self) -> f32 {
        let mut l = [0.0; LANES];
        self.store(&mut l);
        ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]))
    }

    /// The greatest of all lanes.
    #[inline(always)]
    fn greatest(self) -> f32 {
        let mut lanes = [0.0; LANES];
        self.store(&mut lanes);
        lanes.into_iter().fold(f32::NEG_INFINITY, f32::max)
    }
}

/// Horner's rule; the constant coefficient first.
#[inline(always)]
fn polynomial<L: Lanes, const N: usize>(x: L, coefficients: [f32; N]) -> L {
    let mut value = L::splat(coefficients[N - 1]);
    for i in (0..N - 1).rev() {
        value = value.mul(x).add(L::splat(coefficients[i]));
    }
    value
}

/// Lanes for every processor.
#[derive(Clone, Copy)]
#[repr(align(32))]
pub(crate) struct PortableLanes([f32; LANES]);

impl PortableLanes {
    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(f32, f32) -> f32) -> Self {
        PortableLanes(std::array::from_fn(|i| f(self.0[i], other.0[i])))
    }
}

impl Lanes for PortableLanes {
    #[inline(always)]
    fn load(from: &[f32; LANES]) -> Self {
        PortableLanes(*from)
    }

    #[inline(always)]
    fn store(self, to: &mut [f32; LANES]) {
        *to = self.0;
    }

    #[inline(always)]
    fn splat(value: f32) -> Self {
        PortableLanes([value; LANES])
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.zip(other, |a, b| a * b)
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        self.zip(other, |a, b| if a > b { a } else { b })
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        self.zip(other, |a, b| if a < b { a } else { b })
    }

    #[inline(always)]
    fn from_i32(from: &[i32; LANES]) -> Self {
        PortableLanes(from.map(|x| x as f32))
    }

    #[inline(always)]
    fn store_offset(self, to: &mut [u8; LANES]) {
        // By way of i32, which vector units have an instruction for.
        *to = self.0.map(|x| (x as i32 + 128) as u8);
    }

    #[inline(always)]
    fn mantissa_to_exponent(self) -> Self {
        PortableLanes(self.0.map(|x| f32::from_bits(x.to_bits() << 23)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each(x: f32, f: impl Fn(PortableLanes) -> PortableLanes) -> f32 {
        let mut out = [0.0; LANES];
        f(PortableLanes::splat(x)).store(&mut out);
        out[0]
    }

    /// erf by its series and continued fraction, in f64.
    fn erf(x: f64) -> f64 {
        if x.abs() > 3.0 {
            let tail = (1..60).rev().fold(x.abs(), |f, k| x.abs() + f64::from(k) / 2.0 / f);
            return x.signum() * (1.0 - (-x * x).exp() / tail / std::f64::consts::PI.sqrt());
        }
        let mut term = x;
        let mut sum = x;
        for n in 1..100 {
            term *= -x * x / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        sum * 2.0 / std::f64::consts::PI.sqrt()
    }

    #[test]
    fn gelu_is_within_its_error() {
        for i in -3_000..=3_000_i16 {
            let x = f32::from(i) / 250.0;
            let exact = 0.5 * f64::from(x) * (1.0 + erf(f64::from(x) / 2.0_f64.sqrt()));
            let got = f64::from(each(x, Lanes::gelu));
            assert!((got - exact).abs() < 6e-5, "gelu({x}) = {got}, not {exact}");
        }
    }

    #[test]
    fn exp2_is_within_its_error() {
        for i in -8_000..=1_000_i16 {
            let x = f32::from(i) / 100.0;
            let exact = f64::from(x).exp2();
            let got = f64::from(each(x, Lanes::exp2));
            assert!((got / exact - 1.0).abs() < 2e-7, "2^{x} = {got}, not {exact}");
        }
        assert!(each(-1e30, Lanes::exp2) < 1e-23);
    }

    #[test]
    fn halves_round_to_even() {
        assert_eq!(
            [0.5, 1.5, 2.5, -0.5, -1.5, 126.5].map(|x| each(x, Lanes::round)),
            [0.0, 2.0, 2.0, 0.0, -2.0, 126.0]
        );
    }
}
