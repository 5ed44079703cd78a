//! Plain text, which is kept but for its byte order mark.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let [text] = &sayso_fuzz::read("a.txt", bytes, 4096)[..] {
        assert_eq!(text.as_bytes(), bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    }
    // As on standard input, where the first bytes tell the format.
    sayso_fuzz::read("-", bytes, 4096);
});
