//! Plain text: the whole file is one article, kept as it came.

use sayso_record::Article;

use super::error::ReadErrorKind;

/// The text of `bytes` without its byte order mark, and where that starts. Nothing else is changed:
/// line breaks stay as they are, because offsets count them. The error comes with its line.
pub(super) fn decode(bytes: &[u8], uncompressed: bool) -> Result<&str, (Option<u64>, ReadErrorKind)> {
    if super::is_utf16(bytes) {
        return Err((None, ReadErrorKind::Utf16));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        let line = 1 + memchr::memchr_iter(b'\n', &bytes[..offset]).count() as u64;
        (Some(line), ReadErrorKind::Utf8 { offset: offset as u64, uncompressed })
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The article that a plain text file is.
pub(super) fn article(
    bytes: &[u8],
    id: &str,
    uncompressed: bool,
) -> Result<Article, (Option<u64>, ReadErrorKind)> {
    let text = decode(bytes, uncompressed)?;
    if text.trim().is_empty() {
        return Err((None, ReadErrorKind::Empty));
    }
    Ok(Article { id: id.to_owned(), text: text.to_owned(), ..Article::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_text_but_for_the_byte_order_mark() {
        let article =
            article(b"\xef\xbb\xbfBAGHDAD \xe2\x80\x94 One.\r\n\r\nTwo. \n", "a.txt", false).unwrap();
        assert_eq!(article.text, "BAGHDAD — One.\r\n\r\nTwo. \n");
        assert_eq!(article.id, "a.txt");
    }

    #[test]
    fn names_line_and_byte_of_broken_utf8() {
        let (line, kind) = article(b"One.\nTw\xff.", "a.txt", false).unwrap_err();
        assert_eq!(line, Some(2));
        assert!(matches!(kind, ReadErrorKind::Utf8 { offset: 7, .. }), "{kind}");
    }

    #[test]
    fn blank_is_empty() {
        assert!(matches!(article(b"\xef\xbb\xbf \r\n", "a", false), Err((None, ReadErrorKind::Empty))));
        assert!(matches!(article(b"\xff\xfeO\0n\0", "a", false), Err((None, ReadErrorKind::Utf16))));
    }
}
