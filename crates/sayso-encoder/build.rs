//! Sets `sayso_weights` when the weights lie in the source tree, so that the crate also builds without them.

use std::path::Path;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(sayso_weights)");
    let files = ["weights/sayso.safetensors", "weights/words.safetensors"];
    for file in files {
        println!("cargo::rerun-if-changed={file}");
    }
    if files.iter().all(|file| Path::new(file).exists()) {
        println!("cargo::rustc-cfg=sayso_weights");
    }
}
