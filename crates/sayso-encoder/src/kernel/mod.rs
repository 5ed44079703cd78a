//! Which instructions the arithmetic runs on, chosen once, and the int8 matrix product behind [`Linear`].
//!
//! All kernels give the same bits. The integer product is exact in `i32`, and the `f32` parts are written once, over
//! lanes of eight, with a fixed order of operations and no fused multiply-add; a kernel only decides which
//! instructions carry them out. All `unsafe` code of the crate is in this module and those below it.

mod linear;
mod packed;
mod portable;
mod rows;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod vnni;

pub(crate) mod lanes;

use std::fmt;
use std::sync::OnceLock;

use lanes::{Lanes, PortableLanes};
pub use linear::{Activation, Linear};
pub use rows::Rows;

/// Environment variable that forces a kernel: `portable`, `avx2` or `vnni`.
pub const KERNEL_VARIABLE: &str = "SAYSO_KERNEL";

/// A set of instructions known to work on this processor.
///
/// There is no way to make one for instructions that the processor lacks, which is what the `unsafe` calls rely on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Kernel(Kind);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Vnni,
}

/// A kernel was asked for that cannot run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KernelError {
    /// No kernel has this name.
    #[error("no kernel is called {name:?}; {KERNEL_VARIABLE} takes portable, avx2 or vnni")]
    Unknown {
        /// The name asked for.
        name: String,
    },
    /// The processor lacks the instructions.
    #[error("kernel {name} was asked for, but this processor cannot run it")]
    Unsupported {
        /// The name asked for.
        name: String,
    },
    /// The processor has the instructions, but they gave wrong products.
    #[error("kernel {name} was asked for, but its products on this processor are wrong")]
    Wrong {
        /// The name asked for.
        name: String,
    },
}

/// Work that is written once over [`Lanes`] and compiled for every kernel.
pub(crate) trait Op {
    /// What it gives back.
    type Output;
    /// Does the work. Implementations are `#[inline(always)]`, as is all they call, so that they take on the
    /// instructions of the caller.
    fn run<L: Lanes>(self) -> Self::Output;
}

impl Kernel {
    /// Portable code, which every processor runs.
    pub const PORTABLE: Kernel = Kernel(Kind::Portable);

    /// The kernel of this process: the one named in the environment, or else the fastest that works.
    pub fn chosen() -> Result<Kernel, KernelError> {
        static CHOSEN: OnceLock<Result<Kernel, KernelError>> = OnceLock::new();
        CHOSEN
            .get_or_init(|| match std::env::var_os(KERNEL_VARIABLE) {
                Some(name) if !name.is_empty() => Kernel::named(&name.to_string_lossy()),
                _ => Ok(Kernel::available().next().unwrap_or(Kernel::PORTABLE)),
            })
            .clone()
    }

    /// The kernel called `name`, if this processor runs it.
    pub fn named(name: &str) -> Result<Kernel, KernelError> {
        let unsupported = || KernelError::Unsupported { name: name.to_owned() };
        match name {
            "portable" => Ok(Kernel::PORTABLE),
            #[cfg(target_arch = "x86_64")]
            "avx2" => Kernel::avx2().ok_or_else(unsupported),
            #[cfg(target_arch = "x86_64")]
            "vnni" => {
                let kernel = Kernel::vnni().ok_or_else(unsupported)?;
                if kernel.agrees() { Ok(kernel) } else { Err(KernelError::Wrong { name: name.to_owned() }) }
            }
            #[cfg(not(target_arch = "x86_64"))]
            "avx2" | "vnni" => Err(unsupported()),
            _ => Err(KernelError::Unknown { name: name.to_owned() }),
        }
    }

    /// Every kernel that works on this processor, fastest first.
    pub fn available() -> impl Iterator<Item = Kernel> {
        ["vnni", "avx2", "portable"].into_iter().filter_map(|name| Kernel::named(name).ok())
    }

    /// Its name, as [`KERNEL_VARIABLE`] takes it.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Kind::Vnni => "vnni",
        }
    }

    #[cfg(target_arch = "x86_64")]
    fn avx2() -> Option<Kernel> {
        is_x86_feature_detected!("avx2").then_some(Kernel(Kind::Avx2))
    }

    #[cfg(target_arch = "x86_64")]
    fn vnni() -> Option<Kernel> {
        (is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vnni"))
        .then_some(Kernel(Kind::Vnni))
    }

    /// Whether a small product equals the portable one. Asked before VNNI is trusted: it is the kernel that the
    /// machines at hand could run least, and an emulator or a processor with a fault would go unnoticed.
    #[cfg(target_arch = "x86_64")]
    fn agrees(self) -> bool {
        const ROWS: usize = 13;
        const INPUTS: usize = 20;
        const OUTPUTS: usize = 41;
        // A fixed sequence that reaches both ends of the range.
        let byte = |i: usize| (i.wrapping_mul(2_654_435_761) >> 7) as i8;
        let weights: Vec<i8> = (0..INPUTS * OUTPUTS).map(|i| byte(i).max(-127)).collect();
        let scale: Vec<f32> = (0..OUTPUTS).map(|i| 1.0 + i as f32 / 8.0).collect();
        let values: Vec<f32> = (0..ROWS * INPUTS).map(|i| f32::from(byte(i + 9))).collect();
        let product = |kernel: Kernel| {
            let linear = Linear::new(kernel, &weights, INPUTS, &scale, &scale);
            let mut rows = Rows::new(kernel);
            rows.quantise(&values, INPUTS);
            let mut out = vec![0.0; ROWS * OUTPUTS];
            linear.forward(&mut rows, Activation::None, &mut out);
            out
        };
        product(self) == product(Kernel::PORTABLE)
    }

    /// Runs `op` with the lanes of this kernel.
    #[inline]
    pub(crate) fn run<O: Op>(self, op: O) -> O::Output {
        match self.0 {
            Kind::Portable => op.run::<PortableLanes>(),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: kernels of these two kinds are only made where AVX2 was detected.
            Kind::Avx2 | Kind::Vnni => unsafe { avx2::run(op) },
        }
    }
}

impl fmt::Debug for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Also to be run in an interpreter, where no processor has the instructions:
    /// `RUSTFLAGS="-C target-feature=+avx2,+avx512f,+avx512bw,+avx512vnni" cargo +nightly miri test -p sayso-encoder
    /// --lib products_agree`.
    #[test]
    #[cfg(target_arch = "x86_64")]
    fn products_agree_wherever_there_are_the_instructions() {
        assert!(Kernel::vnni().is_some() || !cfg!(target_feature = "avx512vnni"));
        for kernel in [Kernel::avx2(), Kernel::vnni()].into_iter().flatten() {
            assert!(kernel.agrees(), "{kernel}");
        }
    }

    #[test]
    fn a_kernel_is_found_by_its_name() {
        for kernel in Kernel::available() {
            assert_eq!(Kernel::named(kernel.name()), Ok(kernel));
        }
        assert_eq!(Kernel::available().last(), Some(Kernel::PORTABLE));
        let unknown = Kernel::named("neon9").unwrap_err();
        assert_eq!(
            unknown.to_string(),
            "no kernel is called \"neon9\"; SAYSO_KERNEL takes portable, avx2 or vnni"
        );
    }
}
