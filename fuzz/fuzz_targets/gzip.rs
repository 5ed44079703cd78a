//! Compressed streams: damaged ones, cut ones, and ones that grow without end.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    sayso_fuzz::read("a.jsonl.gz", bytes, 4096);
    sayso_fuzz::read("a.txt.gz", bytes, 4096);
});
