//! Lines of a stream, none held in memory beyond a limit.

use std::io::{self, BufRead};

use super::stream::fill;

/// Reads lines one by one into a buffer of its own. A line over the limit is reported as soon as the
/// limit is passed, and the rest of it is dropped when the next one is asked for.
pub(super) struct Lines<R> {
    reader: R,
    limit: usize,
    buffer: Vec<u8>,
    number: u64,
    start: u64,
    /// Where the reader stands, in bytes.
    position: u64,
    /// Whether the rest of the line before is still to be dropped.
    in_long_line: bool,
}

/// What [`Lines::next_line`] found.
pub(super) enum Line<'a> {
    /// A whole line, without its line break.
    Whole {
        bytes: &'a [u8],
        /// Counted from 1.
        number: u64,
        /// Of the line's first byte in the stream.
        offset: u64,
    },
    /// A line over the limit.
    TooLong {
        /// Counted from 1.
        number: u64,
    },
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(reader: R, limit: usize) -> Self {
        let buffer = Vec::new();
        Lines { reader, limit, buffer, number: 0, start: 0, position: 0, in_long_line: false }
    }

    /// The number of the last line asked for.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The next line, `None` at the end. After an error the stream is of no more use, and a line that
    /// the error cut off is not given.
    pub(super) fn next_line(&mut self) -> io::Result<Option<Line<'_>>> {
        if self.in_long_line {
            while !self.take_piece(false)? {}
            self.in_long_line = false;
        }
        self.buffer.clear();
        self.start = self.position;
        self.number += 1;
        if fill(&mut self.reader)?.is_empty() {
            self.number -= 1;
            return Ok(None);
        }
        loop {
            let ended = self.take_piece(true)?;
            if self.buffer.len() > self.limit {
                self.in_long_line = !ended;
                return Ok(Some(Line::TooLong { number: self.number }));
            }
            if ended {
                return Ok(Some(Line::Whole {
                    bytes: &self.buffer,
                    number: self.number,
                    offset: self.start,
                }));
            }
        }
    }

    /// Moves what the reader holds of the current line, into the buffer where `keep`; whether the line
    /// ended with it. At most one piece beyond the limit is ever kept.
    fn take_piece(&mut self, keep: bool) -> io::Result<bool> {
        let piece = fill(&mut self.reader)?;
        let line_break = memchr::memchr(b'\n', piece);
        let end = line_break.unwrap_or(piece.len());
        if keep {
            self.buffer.extend_from_slice(&piece[..end]);
        }
        let ended = line_break.is_some() || piece.is_empty();
        let used = end + usize::from(line_break.is_some());
        self.reader.consume(used);
        self.position += used as u64;
        Ok(ended)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read as _};

    use super::*;

    fn read(bytes: &[u8], limit: usize, capacity: usize) -> Vec<Result<(u64, u64, String), u64>> {
        let mut lines = Lines::new(BufReader::with_capacity(capacity, bytes), limit);
        let mut all = Vec::new();
        while let Some(line) = lines.next_line().unwrap() {
            all.push(match line {
                Line::Whole { bytes, number, offset } => {
                    Ok((number, offset, String::from_utf8_lossy(bytes).into_owned()))
                }
                Line::TooLong { number } => Err(number),
            });
        }
        all
    }

    #[test]
    fn numbers_lines_and_offsets() {
        for capacity in [1, 2, 3, 100] {
            let whole = |number, offset, line: &str| Ok((number, offset, line.to_owned()));
            assert_eq!(read(b"", 10, capacity), []);
            assert_eq!(
                read(b"ab\n\nc\r\nd", 10, capacity),
                [whole(1, 0, "ab"), whole(2, 3, ""), whole(3, 4, "c\r"), whole(4, 7, "d")]
            );
        }
    }

    #[test]
    fn goes_on_after_a_line_over_the_limit() {
        for capacity in [1, 2, 3, 100] {
            let all = read(b"abcd\nabcde\nabcdefghijkl\nx\nabcdefg", 4, capacity);
            let expected = [Ok((1, 0, "abcd".into())), Err(2), Err(3), Ok((4, 24, "x".into())), Err(5)];
            assert_eq!(all, expected, "capacity {capacity}");
        }
    }

    #[test]
    fn memory_stays_flat_in_an_endless_line() {
        let reader = BufReader::with_capacity(1 << 10, io::repeat(b'x').take(50 << 20));
        let mut lines = Lines::new(reader, 1 << 12);
        assert!(matches!(lines.next_line(), Ok(Some(Line::TooLong { number: 1 }))));
        assert!(matches!(lines.next_line(), Ok(None)));
        assert!(lines.buffer.capacity() <= 1 << 14);
    }
}
