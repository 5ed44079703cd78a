//! Bytes to [`Article`]: JSON Lines, plain text and web pages, from files, folders and standard input.
//!
//! [`Sources`] goes through its paths in order and yields one article after another, or an error that
//! names the file and line and concerns that article alone. It holds one article at a time: a line of
//! JSON Lines, or a whole text or HTML file, and refuses either beyond [`ReadOptions::max_bytes`], so
//! that memory stays flat on an endless stream and on a small file that decompresses to a huge one.
//!
//! What the name ends in tells the format (`.txt`; `.jsonl`, `.ndjson`, `.json`; `.html`, `.htm`; each
//! also with `.gz` or `.zst` after it). Where it tells nothing, as on standard input, the first bytes
//! do; but in a folder such a file is passed over. Text is kept exactly as it came, because offsets
//! count its characters: only a byte order mark is taken away. Nothing is repaired: text that is no
//! UTF-8 or a date that is no date is an error, because a silent guess would end up as data.
//!
//! ```
//! use sayso::read::{ReadOptions, Sources};
//!
//! let lines = "{\"id\": \"1\", \"text\": \"Talks ended.\"}\n{\"id\": \"2\"}\n";
//! let mut articles = Sources::from_reader("news.jsonl", lines.as_bytes(), ReadOptions::default());
//! assert_eq!(articles.next().unwrap().unwrap().text, "Talks ended.");
//! let error = articles.next().unwrap().unwrap_err();
//! assert_eq!(error.to_string(), "news.jsonl:2: `text` is missing");
//! assert!(articles.next().is_none());
//! ```

mod error;
mod find;
mod format;
mod html;
mod jsonl;
mod lines;
mod name;
mod progress;
mod published;
mod reading;
mod stream;
mod text;

use std::fs::{self, File};
use std::io::{self, Read};
use std::iter::FusedIterator;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sayso_record::Article;

pub use error::{ReadError, ReadErrorKind};
pub use progress::Progress;
pub use published::{InvalidPublished, Published};
pub use stream::Codec;

use find::{Files, Found};
use format::Format;
use reading::{Origin, Reading};
use stream::Stream;

/// UTF-8's byte order mark.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Standard input as messages name it.
const STDIN: &str = "<stdin>";

/// What holds for all articles of a [`Sources`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// The outlet of articles that name none.
    pub outlet: Option<String>,
    /// The date of publication of articles that name none.
    pub published: Option<Published>,
    /// How large one article may be as it is read, uncompressed: a JSON line, or a whole plain text
    /// or HTML file.
    pub max_bytes: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions { outlet: None, published: None, max_bytes: 16 << 20 }
    }
}

/// The articles of files, folders and standard input, one after another; see the [module](self).
///
/// It goes on after an error: only `None` is the end.
pub struct Sources {
    /// Kept for [`Sources::measure`].
    paths: Vec<PathBuf>,
    files: Files,
    reading: Option<Reading>,
    options: ReadOptions,
    progress: Progress,
}

impl Sources {
    /// Reads `paths` in order: files, folders with everything below them, and `-` for standard input.
    pub fn new(paths: impl IntoIterator<Item = impl Into<PathBuf>>, options: ReadOptions) -> Self {
        let paths: Vec<PathBuf> = paths.into_iter().map(Into::into).collect();
        let progress = Progress::default();
        let skips = progress.clone();
        let files = Files::new(paths.clone(), move || skips.add_skipped());
        Sources { paths, files, reading: None, options, progress }
    }

    /// Reads from `reader` as from a file called `name`: its ending tells the format.
    pub fn from_reader(name: &str, reader: impl Read + Send + 'static, options: ReadOptions) -> Self {
        let mut sources = Sources::new(Vec::<PathBuf>::new(), options);
        let path = Path::new(name);
        let origin = Origin { name: Arc::from(name::printable(path)), id: name::file_id(path, None) };
        let (codec, format) = format::by_name(path);
        let stream = Stream::new(reader, None, codec, &sources.progress);
        sources.reading = Some(sources.begin(origin, stream, format));
        sources
    }

    /// Counters that another thread may watch.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Adds up the sizes of all files, for [`Progress::total_bytes`]. This walks the folders once more,
    /// so ask only where somebody watches. `None`, and no total, where an input such as a pipe cannot
    /// tell its size.
    pub fn measure(&self) -> Option<u64> {
        let mut total = 0;
        for found in Files::new(self.paths.clone(), || ()) {
            // What cannot be found now will be reported when its turn comes.
            let Ok(found) = found else { continue };
            let metadata = fs::metadata(found.path?).ok();
            match metadata {
                Some(metadata) if metadata.is_file() => total += metadata.len(),
                Some(_) => return None,
                None => {}
            }
        }
        self.progress.set_total(total);
        Some(total)
    }

    fn with_defaults(&self, mut article: Article) -> Article {
        if article.outlet.is_none() {
            article.outlet.clone_from(&self.options.outlet);
        }
        if article.published.is_none() {
            article.published = self.options.published.clone().map(String::from);
        }
        article
    }

    fn open(&self, found: Found) -> Reading {
        let Found { path, name, id } = found;
        let (codec, format) = path.as_deref().map_or((None, None), format::by_name);
        let stream = match path {
            None => Stream::new(io::stdin(), None, codec, &self.progress),
            Some(path) => File::open(path).and_then(|file| Stream::open(file, codec, &self.progress)),
        };
        self.begin(Origin { name, id }, stream, format)
    }

    fn begin(&self, origin: Origin, opened: io::Result<Stream>, format: Option<Format>) -> Reading {
        self.progress.add_file();
        Reading::new(origin, opened, format, self.options.max_bytes)
    }
}

impl Iterator for Sources {
    type Item = Result<Article, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(reading) = &mut self.reading {
                match reading.next() {
                    Some(Ok(article)) => return Some(Ok(self.with_defaults(article))),
                    Some(Err(error)) => return Some(Err(error)),
                    None => self.reading = None,
                }
            }
            match self.files.next()? {
                Ok(found) => self.reading = Some(self.open(found)),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl FusedIterator for Sources {}

/// Whether a byte order mark of UTF-16 stands at the start.
fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}
