//! A page's bytes to text. UTF-8 goes first: old pages say ISO-8859-1 and mean it, newer ones say it
//! out of habit, and bytes that are no UTF-8 seldom look as if they were.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use crate::read::error::ReadErrorKind;
use crate::read::text;

/// How far into the page the declaration is looked for; browsers look through 1,024 bytes.
const LOOKED_THROUGH: usize = 4096;

/// The text of the page; the error comes with its line where it has one.
pub(super) fn decode(bytes: &[u8], uncompressed: bool) -> Result<Cow<'_, str>, (Option<u64>, ReadErrorKind)> {
    let declared = match Encoding::for_bom(bytes) {
        Some((encoding, length)) if encoding != UTF_8 => Some((encoding, length)),
        Some(_) => None,
        None => declaration(&bytes[..bytes.len().min(LOOKED_THROUGH)]).map(|encoding| (encoding, 0)),
    };
    match text::decode(bytes, uncompressed) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(broken) => match declared {
            Some((encoding, mark)) if encoding != UTF_8 => encoding
                .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
                .ok_or((None, ReadErrorKind::Charset { charset: encoding.name() })),
            _ => Err(broken),
        },
    }
}

/// The character set that a `<meta>` tag or the XML declaration names.
fn declaration(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.to_ascii_lowercase();
    head.split(|b| *b == b'<').find_map(|tag| {
        let key: &[u8] = if tag.starts_with(b"meta") {
            b"charset"
        } else if tag.starts_with(b"?xml") {
            b"encoding"
        } else {
            return None;
        };
        let tag = tag.split(|b| *b == b'>').next()?;
        let value = &tag[memchr::memmem::find(tag, key)? + key.len()..];
        let value = value.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|b| b" \t\r\n\"';?/".contains(b)).unwrap_or(value.len());
        Encoding::for_label(&value[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_declaration() {
        let name = |head: &str| declaration(head.as_bytes()).map(Encoding::name);
        assert_eq!(name("<html><META Charset=\"Windows-1251\">"), Some("windows-1251"));
        assert_eq!(name("<meta http-equiv=x content='text/html; charset=iso-8859-1'>"), Some("windows-1252"));
        assert_eq!(name("<?xml version='1.0' encoding='utf-8'?>"), Some("UTF-8"));
        assert_eq!(name("<p>charset=koi8-r<meta name=x>"), None);
        assert_eq!(name("<meta charset=unheard-of>"), None);
    }

    #[test]
    fn decodes_what_is_declared_unless_it_is_utf8() {
        let text = |bytes: &'static [u8]| decode(bytes, false).unwrap();
        assert_eq!(text(b"<meta charset=latin1>caf\xe9 \x93a\x94"), "<meta charset=latin1>café “a”");
        assert_eq!(text(b"<meta charset=latin1>caf\xc3\xa9"), "<meta charset=latin1>café");
        assert_eq!(text(b"\xff\xfec\0a\0"), "ca");
        assert_eq!(text(b"\xef\xbb\xbfcaf\xc3\xa9"), "café");
    }

    #[test]
    fn broken_utf8_is_an_error_with_its_place() {
        let (line, kind) = decode(b"<meta charset=utf-8>\ncaf\xe9", false).unwrap_err();
        assert_eq!(line, Some(2));
        assert!(matches!(kind, ReadErrorKind::Utf8 { offset: 24, .. }));
        let (_, kind) = decode(b"<meta charset=shift_jis>\x81", false).unwrap_err();
        assert_eq!(kind.to_string(), "the page says its character set is Shift_JIS, but its bytes are not");
    }
}
