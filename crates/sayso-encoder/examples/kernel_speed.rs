//! Speed of each kernel on one thread: multiply-adds a second of the linear maps, and pieces a second of a model of
//! full size with random weights.
//!
//! `cargo run --release -p sayso-encoder --example kernel_speed [KERNEL…]`
#![expect(clippy::print_stdout, reason = "its output is what the example is for")]

#[path = "../tests/random_model/mod.rs"]
mod random_model;

use std::time::Instant;

use random_model::{Random, RandomModel, Sizes};
use sayso_encoder::kernel::{Activation, Kernel, Linear, Rows};
use sayso_encoder::{Anchor, Model, Window};

/// Seconds that this thread has run for, which other work on the machine does not add to; where the system does not
/// tell, seconds since `start`.
fn seconds(start: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| start.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

/// The mean time of as many runs as take `enough` seconds together: for work so long that it may be interrupted.
fn mean(enough: f64, mut work: impl FnMut()) -> f64 {
    work();
    let start = Instant::now();
    let before = seconds(start);
    let mut runs = 0.0;
    loop {
        work();
        runs += 1.0;
        let taken = seconds(start) - before;
        if taken >= enough {
            return taken / runs;
        }
    }
}

/// The least time of several runs, in seconds: for short work.
fn least(runs: usize, mut work: impl FnMut()) -> f64 {
    let time = |_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    (0..runs).map(time).fold(f64::MAX, f64::min)
}

fn linear(kernel: Kernel, spread: f32, rows: usize, outputs: usize, inputs: usize) {
    let r = &mut Random(1);
    let weights: Vec<i8> =
        (0..inputs * outputs).map(|_| (r.normal() * spread).clamp(-127.0, 127.0) as i8).collect();
    let ones = vec![1.0; outputs];
    let linear = Linear::new(kernel, &weights, inputs, &ones, &ones);
    let values: Vec<f32> = (0..rows * inputs).map(|_| r.normal()).collect();
    let mut quantised = Rows::new(kernel);
    let mut out = vec![0.0; rows * outputs];
    let quantise = least(8, || quantised.quantise(&values, inputs));
    let plain = least(8, || linear.forward(&mut quantised, Activation::None, &mut out));
    let gelu = least(8, || linear.forward(&mut quantised, Activation::Gelu, &mut out));
    let rate = |seconds: f64| (rows * linear.work()) as f64 / seconds / 1e9;
    println!(
        "{kernel:8} weights of ±{spread:2}, {rows:4} rows, {outputs:4} <- {inputs:4}: {:6.1} GMAC/s, with GELU {:6.1}; quantising takes {:.1} %",
        rate(plain),
        rate(gelu),
        100.0 * quantise / plain
    );
}

fn main() {
    let names: Vec<String> = std::env::args().skip(1).collect();
    let kernels =
        Kernel::available().filter(|k| names.is_empty() || names.iter().any(|name| name == k.name()));
    for kernel in kernels {
        for (outputs, inputs) in [(1152, 384), (384, 384), (1536, 384), (384, 1536)] {
            linear(kernel, 40.0, 240, outputs, inputs);
            linear(kernel, 10.0, 240, outputs, inputs);
        }
        model(kernel, 40.0);
        model(kernel, 10.0);
    }
}

fn model(kernel: Kernel, spread: f32) {
    let random = RandomModel::new(Sizes { spread, ..Sizes::FULL }, 1);
    let file = random.file();
    let load = least(3, || drop(Model::load_for(kernel, &[&file])));
    println!("{kernel:8} model with weights of ±{spread} loads in {:.1} ms", load * 1e3);
    let model = match Model::load_for(kernel, &[&file]) {
        Ok(model) => model,
        Err(error) => return println!("{error}"),
    };
    let scratch = &mut model.scratch();
    let r = &mut Random(2);
    for length in [220, 30] {
        let windows: Vec<Window> = (0..1320 / length).map(|_| random.window(length, r)).collect();
        let mut words = Vec::new();
        let encode = mean(1.0, || words = model.encode(&windows, scratch).unwrap_or_default());
        let heads = mean(0.3, || {
            for (window, words) in windows.iter().zip(&words) {
                let pairs: Vec<_> = (0..words.len()).map(|i| (i, Some(i / 2))).collect();
                drop((model.score(window, words, scratch), model.relations(words, &pairs, scratch)));
            }
        });
        let pieces = (windows.len() * length) as f64;
        println!(
            "{kernel:8} windows of {length:3}: {:6.0} pieces/s; the heads take {:.1} % of the encoder's time",
            pieces / encode,
            100.0 * heads / encode
        );
        let context = 0..words[0].len().min(60);
        let anchors: Vec<Anchor> =
            (0..10).map(|i| Anchor { words: i..i + 1, context: context.clone(), kind: 0 }).collect();
        let stack = mean(0.3, || drop(model.event().run(&words[0], &anchors, scratch)));
        println!(
            "{kernel:8} an anchor with a context of {} words takes {:.0} us",
            context.len(),
            stack * 1e5
        );
    }
}
