//! File names as printed: any bytes may stand in one, but a message and an id are text.

use std::fmt::Write as _;
use std::path::{Component, Path};

/// The path with bytes that are no UTF-8 as `\xNN` and control characters escaped, so that
/// different files keep different names and none can steer a terminal.
pub(super) fn printable(path: &Path) -> String {
    let mut out = String::new();
    push_printable(&mut out, path.as_os_str().as_encoded_bytes());
    out
}

/// The id of an article that is a file: its path below the folder that was asked for, with `/`
/// between the parts on every system; the bare file name where the file itself was asked for.
pub(super) fn file_id(path: &Path, folder: Option<&Path>) -> String {
    let below = folder.and_then(|folder| path.strip_prefix(folder).ok());
    let Some(below) = below.filter(|below| !below.as_os_str().is_empty()) else {
        return path.file_name().map_or_else(|| printable(path), |name| printable(Path::new(name)));
    };
    let mut id = String::new();
    for part in below.components() {
        if let Component::Normal(part) = part {
            if !id.is_empty() {
                id.push('/');
            }
            push_printable(&mut id, part.as_encoded_bytes());
        }
    }
    id
}

fn push_printable(out: &mut String, bytes: &[u8]) {
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_control() { out.extend(c.escape_default()) } else { out.push(c) }
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_relative_to_the_folder() {
        assert_eq!(file_id(Path::new("/a/b/c.txt"), Some(Path::new("/a"))), "b/c.txt");
        assert_eq!(file_id(Path::new("./a/c.txt"), Some(Path::new("."))), "a/c.txt");
        assert_eq!(file_id(Path::new("/a/b/c.txt"), None), "c.txt");
    }

    #[cfg(unix)]
    #[test]
    fn odd_bytes_are_escaped() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(OsStr::from_bytes(b"caf\xe9\x1b[2J.txt"));
        assert_eq!(printable(path), "caf\\xe9\\u{1b}[2J.txt");
    }
}
