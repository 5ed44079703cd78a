//! What a file holds, told by its name, or by its first bytes where the name says nothing.

use std::ffi::OsStr;
use std::path::Path;

use super::stream::Codec;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// One JSON object a line.
    JsonLines,
    /// The whole file is the text.
    Text,
    /// A web page.
    Html,
}

/// Compression and format as the name tells them.
pub(super) fn by_name(path: &Path) -> (Option<Codec>, Option<Format>) {
    let extension = |path: &Path| path.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
    let codec = match extension(path).as_deref() {
        Some("gz") => Some(Codec::Gzip),
        Some("zst") => Some(Codec::Zstd),
        _ => None,
    };
    let inner = if codec.is_some() { path.file_stem().map(Path::new) } else { Some(path) };
    let format = match inner.and_then(extension).as_deref() {
        Some("txt") => Some(Format::Text),
        Some("jsonl" | "ndjson" | "json") => Some(Format::JsonLines),
        Some("html" | "htm") => Some(Format::Html),
        _ => None,
    };
    (codec, format)
}

/// How many bytes from the first that is not blank [`by_content`] looks at.
pub(super) const SNIFFED: usize = 16;

/// The format by the first bytes: JSON Lines where the first that is not blank opens an object, HTML
/// where it opens a tag that starts a page, else plain text.
pub(super) fn by_content(head: &[u8]) -> Format {
    const OPENINGS: [&str; 9] =
        ["<!doctype", "<!--", "<?xml", "<html", "<head", "<body", "<meta", "<title", "<article"];
    let head = &head[first_not_blank(head)..];
    if head.first() == Some(&b'{') {
        return Format::JsonLines;
    }
    let opens = |tag: &str| head.get(..tag.len()).is_some_and(|h| h.eq_ignore_ascii_case(tag.as_bytes()));
    if OPENINGS.iter().any(|tag| opens(tag)) { Format::Html } else { Format::Text }
}

/// Where the first byte stands that is neither byte order mark nor white space.
pub(super) fn first_not_blank(head: &[u8]) -> usize {
    let start = if head.starts_with(super::BOM) { super::BOM.len() } else { 0 };
    start + head[start..].iter().take_while(|b| b.is_ascii_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_format_and_compression() {
        let lines = Some(Format::JsonLines);
        assert_eq!(by_name(Path::new("a.jsonl")), (None, lines));
        assert_eq!(by_name(Path::new("a.b.NDJSON.GZ")), (Some(Codec::Gzip), lines));
        assert_eq!(by_name(Path::new("a.htm.zst")), (Some(Codec::Zstd), Some(Format::Html)));
        assert_eq!(by_name(Path::new("a.txt")), (None, Some(Format::Text)));
        assert_eq!(by_name(Path::new("a.gz")), (Some(Codec::Gzip), None));
        assert_eq!(by_name(Path::new("txt")), (None, None));
        assert_eq!(by_name(Path::new("a.md")), (None, None));
    }

    #[test]
    fn first_bytes_tell_format() {
        assert_eq!(by_content(b"\xef\xbb\xbf \r\n\t{\"id\""), Format::JsonLines);
        assert_eq!(by_content(b"\n<!DOCTYPE html>"), Format::Html);
        assert_eq!(by_content(b"<HTML lang=en>"), Format::Html);
        assert_eq!(by_content(b"<3 more"), Format::Text);
        assert_eq!(by_content(b"[1] A note"), Format::Text);
        assert_eq!(by_content(b""), Format::Text);
    }
}
