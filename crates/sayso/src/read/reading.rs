//! One file being read, of whatever format.

use std::io;
use std::mem;
use std::sync::Arc;

use sayso_record::Article;

use super::error::{ReadError, ReadErrorKind};
use super::format::{self, Format};
use super::jsonl::JsonLines;
use super::stream::{Stream, read_error};
use super::{html, text};

/// Where an article comes from.
pub(super) struct Origin {
    pub(super) name: Arc<str>,
    /// The id of the article, where the file is one.
    pub(super) id: String,
}

/// A file being read.
pub(super) struct Reading {
    origin: Origin,
    state: State,
}

enum State {
    /// Could not be opened, or not even begun.
    Failed(ReadErrorKind),
    /// A file that is one article.
    Whole {
        stream: Stream,
        html: bool,
        limit: usize,
    },
    Lines(JsonLines),
    Done,
}

/// What an article turned out to be, and the line where that is worth telling.
pub(super) type Outcome = (Option<u64>, Result<Article, ReadErrorKind>);

impl Reading {
    pub(super) fn new(
        origin: Origin,
        opened: io::Result<Stream>,
        format: Option<Format>,
        limit: usize,
    ) -> Self {
        let state = match opened {
            Ok(stream) => State::new(stream, format, limit),
            Err(error) => State::Failed(ReadErrorKind::Open(error)),
        };
        Reading { origin, state }
    }

    /// The next article of this file.
    pub(super) fn next(&mut self) -> Option<Result<Article, ReadError>> {
        let (line, outcome) = if let State::Lines(lines) = &mut self.state {
            lines.next()?
        } else {
            match mem::replace(&mut self.state, State::Done) {
                State::Whole { stream, html, limit } => whole(stream, html, limit, &self.origin.id),
                State::Failed(kind) => (None, Err(kind)),
                State::Lines(_) | State::Done => return None,
            }
        };
        Some(outcome.map_err(|kind| ReadError::new(&self.origin.name, line, kind)))
    }
}

impl State {
    fn new(stream: Stream, format: Option<Format>, limit: usize) -> Self {
        let codec = stream.codec();
        // Looked at even where the name tells the format: UTF-16 has no lines that could be read.
        let (head, stream) = stream.peek();
        let head = match head {
            Ok(head) => head,
            Err(error) => return State::Failed(read_error(error, codec)),
        };
        match format.unwrap_or_else(|| format::by_content(&head)) {
            Format::JsonLines if super::is_utf16(&head) => State::Failed(ReadErrorKind::Utf16),
            Format::JsonLines => State::Lines(JsonLines::new(stream, limit)),
            Format::Html => State::Whole { stream, html: true, limit },
            Format::Text => State::Whole { stream, html: false, limit },
        }
    }
}

/// The article that a whole file is.
fn whole(stream: Stream, html: bool, limit: usize, id: &str) -> Outcome {
    let uncompressed = stream.codec().is_some();
    let article = match stream.read_whole(limit) {
        Err(kind) => Err((None, kind)),
        Ok(bytes) if html => html::article(&bytes, id, uncompressed),
        Ok(bytes) => text::article(&bytes, id, uncompressed),
    };
    match article {
        Ok(article) => (None, Ok(article)),
        Err((line, kind)) => (line, Err(kind)),
    }
}
