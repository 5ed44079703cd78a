//! What can be wrong with bytes from outside, where, and what the user can do about it.
//!
//! The message says what is wrong; the remedy is apart from it, in [`ReadError::hint`], so that a
//! caller can print it on a line of its own or leave it out.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::sync::Arc;

use super::published::InvalidPublished;
use super::stream::Codec;

/// One article, file or folder that could not be read; reading goes on after it.
///
/// Displayed as `name:line: what is wrong`, the form in which editors and terminals find places.
#[derive(Debug, thiserror::Error)]
#[error("{name}{}: {kind}", line.map_or(String::new(), |line| format!(":{line}")))]
pub struct ReadError {
    name: Arc<str>,
    line: Option<u64>,
    // No `source`: the message tells it whole already.
    kind: ReadErrorKind,
}

impl ReadError {
    pub(super) fn new(name: &Arc<str>, line: Option<u64>, kind: ReadErrorKind) -> Self {
        ReadError { name: Arc::clone(name), line, kind }
    }

    /// The file or folder, fit to print: bytes that are no UTF-8 and control characters are escaped.
    /// Standard input is `<stdin>`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The line, counted from 1, where there is one to name.
    pub fn line(&self) -> Option<u64> {
        self.line
    }

    /// What is wrong.
    pub fn kind(&self) -> &ReadErrorKind {
        &self.kind
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<Cow<'static, str>> {
        self.kind.hint()
    }
}

/// What is wrong, without the place.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// A path that was asked for is not there.
    #[error("no such file or folder")]
    Missing,
    /// A link in a folder points at nothing.
    #[error("this link leads nowhere")]
    DeadLink,
    /// A link in a folder leads back to a folder around it.
    #[error("this link leads back to {to}, a folder it lies in")]
    LinkLoop {
        /// The folder it leads back to.
        to: String,
    },
    /// A file or folder could not be opened.
    #[error("cannot be opened: {0}")]
    Open(#[source] io::Error),
    /// Reading failed half-way.
    #[error("cannot be read on: {0}")]
    Read(#[source] io::Error),
    /// A folder without a file of a kind that is read.
    #[error("the folder holds no file that is read ({skipped} of other kinds passed over)")]
    NothingInFolder {
        /// Files passed over because of their names.
        skipped: u64,
    },
    /// Nothing there, or only white space.
    #[error("is empty")]
    Empty,
    /// A JSON line longer than the limit. The next line is read again.
    #[error("the line is longer than {}", Bytes(*limit))]
    LineTooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// A plain text or HTML file longer than the limit.
    #[error("the file is larger than {}, uncompressed", Bytes(*limit))]
    FileTooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// Bytes that are no UTF-8.
    #[error("broken UTF-8 at byte {offset} of the {}file", if *uncompressed { "uncompressed " } else { "" })]
    Utf8 {
        /// Of the first bad byte, counted from 0 at the start of the (uncompressed) file.
        offset: u64,
        /// Whether the file is compressed, so that `offset` counts what comes out of it.
        uncompressed: bool,
    },
    /// UTF-16, as its byte order mark tells.
    #[error("is UTF-16, not UTF-8")]
    Utf16,
    /// A page whose bytes do not fit the character set that it declares.
    #[error("the page says its character set is {charset}, but its bytes are not")]
    Charset {
        /// The character set, by its standard name.
        charset: &'static str,
    },
    /// The compressed data stops in the middle.
    #[error("the {codec} data ends too early; what came whole before the end was read")]
    Truncated {
        /// Which compression.
        codec: Codec,
        /// What the decoder said.
        #[source]
        source: io::Error,
    },
    /// The compressed data is damaged, or is something else.
    #[error("the {codec} data is damaged ({source}); what came whole before the damage was read")]
    Corrupt {
        /// Which compression.
        codec: Codec,
        /// What the decoder said.
        #[source]
        source: io::Error,
    },
    /// A line that is not JSON, or that names a field twice.
    #[error("not valid JSON at column {column}: {message}")]
    Json {
        /// Byte of the line, counted from 1.
        column: usize,
        /// What the parser said.
        message: String,
    },
    /// JSON, but no object.
    #[error("not a JSON object, but {found}")]
    NotAnObject {
        /// What it is: "a list", "a text".
        found: &'static str,
    },
    /// One JSON value over several lines. The rest of the file is passed over.
    #[error("the JSON goes on over several lines; one object a line is read")]
    ManyLines,
    /// An object without a field that every article has.
    #[error("`{field}` is missing")]
    MissingField {
        /// The field's name.
        field: &'static str,
    },
    /// A field that must not be empty is.
    #[error("`{field}` is empty")]
    EmptyField {
        /// The field's name.
        field: &'static str,
    },
    /// A field that should be a text is something else.
    #[error("`{field}` is {found}, not a text")]
    WrongType {
        /// The field's name.
        field: &'static str,
        /// What it is: "a number", "a list".
        found: &'static str,
    },
    /// A date of publication in neither of the two forms.
    #[error("`published`: {0}")]
    Published(#[from] InvalidPublished),
    /// A page without a stretch of prose.
    #[error("no article found in the page")]
    NoArticle,
    /// A page whose elements are nested too deeply.
    #[error("the page nests its elements more than {limit} deep")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// A page with too many elements or attributes.
    #[error("the page holds more elements or attributes than an article has")]
    TooComplex,
    /// A page on which the extraction of its main text failed.
    #[error("the main text of the page could not be extracted")]
    Extraction,
}

impl ReadErrorKind {
    fn hint(&self) -> Option<Cow<'static, str>> {
        use ReadErrorKind as Kind;
        Some(Cow::Borrowed(match self {
            Kind::Missing => "check the spelling; a relative path starts at the current folder",
            Kind::DeadLink => "remove the link, or put back what it points at",
            Kind::LinkLoop { .. } => {
                "the folder itself is read once; remove the link to be rid of this message"
            }
            Kind::Open(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                "give yourself leave to read it, or leave it out"
            }
            Kind::Open(_) | Kind::Read(_) | Kind::Extraction => return None,
            Kind::NothingInFolder { .. } => {
                "files ending in .txt, .jsonl, .ndjson, .json, .html or .htm are read, also with .gz or .zst after \
                 that; name a file itself to have it read whatever its ending"
            }
            Kind::Empty => "leave it out, or fetch it again",
            Kind::LineTooLong { .. } => {
                "JSON Lines needs a line break after every object; check that the file has them"
            }
            Kind::FileTooLarge { .. } => {
                "a text or HTML file is one article; give many articles as JSON Lines, one object a line"
            }
            Kind::Utf8 { .. } => {
                "convert the file, for example from Windows-1252: iconv -f WINDOWS-1252 -t UTF-8 FILE"
            }
            Kind::Utf16 => "convert the file: iconv -f UTF-16 -t UTF-8 FILE",
            Kind::Charset { .. } => {
                "convert the page to UTF-8, or correct the character set that it declares"
            }
            Kind::Truncated { .. } | Kind::Corrupt { .. } => "fetch or compress the file again",
            Kind::Json { .. } => "every line must be one JSON object with each field once",
            Kind::NotAnObject { .. } => {
                "every line must be an object such as {\"id\": \"1\", \"text\": \"…\"}; turn a list into lines with: jq -c '.[]' FILE"
            }
            Kind::ManyLines => {
                "put each object on a line of its own: jq -c . FILE, or jq -c '.[]' FILE where the file is a list"
            }
            Kind::MissingField { .. } | Kind::EmptyField { .. } => {
                "every article needs an `id` and a `text`, and neither may be empty"
            }
            Kind::WrongType { .. } => "put the value in quotes",
            Kind::Published(_) => "write 2017-10-10 or 2017-10-10T08:30:00Z, or null where it is not known",
            Kind::NoArticle => "give the text of the article itself as .txt or as a JSON line",
            Kind::TooDeep { .. } | Kind::TooComplex => {
                "no browser would show it as an article; give its text as .txt or as a JSON line"
            }
        }))
    }
}

/// A number of bytes as people write it.
struct Bytes(usize);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Bytes(bytes) = *self;
        match bytes {
            _ if bytes >= 1 << 20 && bytes.is_multiple_of(1 << 20) => write!(f, "{} MiB", bytes >> 20),
            _ if bytes >= 1 << 10 && bytes.is_multiple_of(1 << 10) => write!(f, "{} KiB", bytes >> 10),
            _ => write!(f, "{bytes} bytes"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_file_and_line_before_what_is_wrong() {
        let error =
            ReadError::new(&Arc::from("a.jsonl"), Some(3), ReadErrorKind::MissingField { field: "text" });
        assert_eq!(error.to_string(), "a.jsonl:3: `text` is missing");
        assert!(error.hint().is_some_and(|hint| hint.contains("`id`")));
        let error = ReadError::new(&Arc::from("b.txt"), None, ReadErrorKind::Empty);
        assert_eq!(error.to_string(), "b.txt: is empty");
    }

    #[test]
    fn writes_limits_in_round_units() {
        let shown = |limit| ReadErrorKind::LineTooLong { limit }.to_string();
        assert_eq!(shown(16 << 20), "the line is longer than 16 MiB");
        assert_eq!(shown(2048), "the line is longer than 2 KiB");
        assert_eq!(shown(100), "the line is longer than 100 bytes");
    }
}
