//! Web pages. The bytes stand alone, and behind an article that makes them part of a page.
#![no_main]

const PAGE: &[u8] = b"<!doctype html><html><head><title>Talks end</title></head><body><article>\
    <p>The talks between the two governments ended on Tuesday without an agreement, both said.</p>";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    sayso_fuzz::read("a.html", bytes, 1 << 20);
    sayso_fuzz::read("a.html", &[PAGE, bytes].concat(), 1 << 20);
});
