//! Bytes from outside: counted, decompressed, and looked at before they are read.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, ErrorKind, Read};

use flate2::bufread::MultiGzDecoder;

use super::error::ReadErrorKind;
use super::format::{SNIFFED, first_not_blank};
use super::progress::Progress;

/// How much is read at once.
const BUFFER: usize = 1 << 16;

/// How much white space is looked through for the first byte that tells the format.
const LOOKED_THROUGH: usize = 1 << 16;

/// A compression that is undone while reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// gzip, of one or more members.
    Gzip,
    /// Zstandard, of one or more frames.
    Zstd,
}

impl fmt::Display for Codec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Codec::Gzip => "gzip",
            Codec::Zstd => "zstd",
        })
    }
}

/// A stream of uncompressed bytes.
pub(super) struct Stream {
    reader: BufReader<Box<dyn Read + Send>>,
    codec: Option<Codec>,
}

impl Stream {
    /// Opens a file, which may be a pipe or a device.
    pub(super) fn open(file: File, codec: Option<Codec>, progress: &Progress) -> io::Result<Self> {
        let metadata = file.metadata()?;
        let length = metadata.is_file().then_some(metadata.len());
        Stream::new(file, length, codec, progress)
    }

    /// Decompresses `reader` where `codec` or its first bytes say so. `length` is that of the
    /// compressed data, where known.
    pub(super) fn new(
        reader: impl Read + Send + 'static,
        length: Option<u64>,
        codec: Option<Codec>,
        progress: &Progress,
    ) -> io::Result<Self> {
        let mut reader = Counted { reader, read: 0, length, progress: progress.clone() };
        let mut head = Vec::with_capacity(4);
        read_up_to(&mut reader, &mut head, 4)?;
        let codec = codec.or(match head[..] {
            [0x1f, 0x8b, ..] => Some(Codec::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd] => Some(Codec::Zstd),
            _ => None,
        });
        let reader = Cursor::new(head).chain(reader);
        let reader: Box<dyn Read + Send> = match codec {
            None => Box::new(reader),
            Some(Codec::Gzip) => Box::new(MultiGzDecoder::new(BufReader::with_capacity(BUFFER, reader))),
            // Its default bound on the window keeps a frame from asking for more than 128 MiB.
            Some(Codec::Zstd) => {
                Box::new(zstd::Decoder::with_buffer(BufReader::with_capacity(BUFFER, reader))?)
            }
        };
        Ok(Stream { reader: BufReader::with_capacity(BUFFER, reader), codec })
    }

    pub(super) fn codec(&self) -> Option<Codec> {
        self.codec
    }

    /// The first bytes, which stay to be read: up to and some beyond the first that is not blank. Of a
    /// pipe that somebody types into, no more is waited for than needed.
    pub(super) fn peek(self) -> (io::Result<Vec<u8>>, Self) {
        let Stream { mut reader, codec } = self;
        let mut head = Vec::new();
        let outcome = loop {
            let piece = match fill(&mut reader) {
                Ok(piece) => piece,
                Err(error) => break Err(error),
            };
            let length = piece.len();
            head.extend_from_slice(piece);
            reader.consume(length);
            let blank = first_not_blank(&head);
            let decided = head.get(blank) == Some(&b'{') || head.len() >= blank + SNIFFED;
            if decided || length == 0 || head.len() >= LOOKED_THROUGH {
                break Ok(head.clone());
            }
        };
        let reader: Box<dyn Read + Send> = Box::new(Cursor::new(head).chain(reader));
        (outcome, Stream { reader: BufReader::with_capacity(BUFFER, reader), codec })
    }

    /// Everything, unless that is more than `limit` bytes.
    pub(super) fn read_whole(mut self, limit: usize) -> Result<Vec<u8>, ReadErrorKind> {
        let mut bytes = Vec::new();
        let outcome = (&mut self.reader).take(limit as u64 + 1).read_to_end(&mut bytes);
        outcome.map_err(|error| read_error(error, self.codec))?;
        if bytes.len() > limit { Err(ReadErrorKind::FileTooLarge { limit }) } else { Ok(bytes) }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader.read(buffer)
    }
}

impl BufRead for Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.reader.consume(amount);
    }
}

/// Tells damaged data from a failing disk: only the latter has a number from the operating system.
pub(super) fn read_error(source: io::Error, codec: Option<Codec>) -> ReadErrorKind {
    match codec {
        Some(codec) if source.raw_os_error().is_none() => {
            if source.kind() == ErrorKind::UnexpectedEof {
                ReadErrorKind::Truncated { codec, source }
            } else {
                ReadErrorKind::Corrupt { codec, source }
            }
        }
        _ => ReadErrorKind::Read(source),
    }
}

/// Appends to `head` until it has `wanted` bytes or the reader ends.
fn read_up_to(reader: &mut impl Read, head: &mut Vec<u8>, wanted: usize) -> io::Result<()> {
    reader.take((wanted - head.len()) as u64).read_to_end(head).map(drop)
}

/// `fill_buf` that does not give up on a signal.
pub(super) fn fill<R: BufRead>(reader: &mut R) -> io::Result<&[u8]> {
    loop {
        // Asked twice because the borrow checker cannot return the first answer out of a loop.
        match reader.fill_buf() {
            Ok(_) => break,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    reader.fill_buf()
}

/// Tells [`Progress`] of every byte read, and at the end of those that never were.
struct Counted<R> {
    reader: R,
    read: u64,
    length: Option<u64>,
    progress: Progress,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.read += read as u64;
        self.progress.add_bytes(read as u64);
        Ok(read)
    }
}

impl<R> Drop for Counted<R> {
    fn drop(&mut self) {
        self.progress.add_bytes(self.length.unwrap_or(0).saturating_sub(self.read));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(bytes: &'static [u8]) -> Stream {
        Stream::new(bytes, None, None, &Progress::default()).unwrap()
    }

    #[test]
    fn peeking_loses_nothing() {
        for bytes in [&b""[..], b"  ", b" {\"id\"", b"\xef\xbb\xbf<html><body>and so on", b"\n\nplain text"] {
            let (head, stream) = stream(bytes).peek();
            assert!(bytes.starts_with(&head.unwrap()));
            assert_eq!(stream.read_whole(100).unwrap(), bytes);
        }
    }

    #[test]
    fn a_typed_object_is_not_waited_on() {
        struct Typed(Vec<&'static [u8]>);
        impl Read for Typed {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let typed = self.0.pop().expect("not asked for more than is there");
                buffer[..typed.len()].copy_from_slice(typed);
                Ok(typed.len())
            }
        }
        let typed = Typed(vec![b"{\"i", b"  \n "]);
        let (head, _) = Stream::new(typed, None, None, &Progress::default()).unwrap().peek();
        assert_eq!(head.unwrap(), b"  \n {\"i");
    }

    #[test]
    fn whole_files_are_bounded() {
        assert_eq!(stream(b"12345").read_whole(5).unwrap(), b"12345");
        assert!(matches!(stream(b"123456").read_whole(5), Err(ReadErrorKind::FileTooLarge { limit: 5 })));
    }

    #[test]
    fn a_file_given_up_counts_as_read() {
        let progress = Progress::default();
        let stream = Stream::new(io::repeat(b'x').take(1 << 20), Some(1 << 20), None, &progress).unwrap();
        assert!(stream.read_whole(10).is_err());
        assert_eq!(progress.bytes_read(), 1 << 20);
    }
}
