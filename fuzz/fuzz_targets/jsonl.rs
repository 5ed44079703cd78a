//! JSON Lines, with a limit that the fuzzer can reach.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let texts = sayso_fuzz::read("a.jsonl", bytes, 512);
    assert!(texts.len() <= 1 + bytes.iter().filter(|b| **b == b'\n').count());
});
