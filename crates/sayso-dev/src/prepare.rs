//! Words, sentences and pieces for `train/`.

use std::io::{self, BufRead, BufReader, BufWriter, Write};

use sayso::segment::Sentences;
use sayso_encoder::wordpiece::{Case, WordPiece};
use sayso_record::{Article, CharIndex, Span};
use serde::{Deserialize, Serialize};

use crate::Result;

#[derive(Serialize)]
struct Prepared<'a> {
    id: &'a str,
    tokens: Vec<(usize, usize)>,
    /// First word, one past the last word, paragraph.
    sentences: Vec<(usize, usize, usize)>,
    pieces: Vec<Vec<u16>>,
    case: Vec<u8>,
}

#[derive(Deserialize)]
struct Words {
    words: Vec<String>,
}

#[derive(Serialize)]
struct Pieces {
    pieces: Vec<Vec<u16>>,
    case: Vec<u8>,
}

fn spell(words: impl Iterator<Item = impl AsRef<str>>) -> (Vec<Vec<u16>>, Vec<u8>) {
    let vocabulary = WordPiece::builtin();
    words
        .map(|word| {
            let mut out = Vec::new();
            vocabulary.pieces(word.as_ref(), &mut out);
            (out, Case::of(word.as_ref()) as u8)
        })
        .unzip()
}

/// Prints each article of a JSON Lines file, cut.
pub fn articles(path: &str) -> Result<()> {
    let file = BufReader::new(std::fs::File::open(path).map_err(|e| format!("{path}: {e}"))?);
    let mut out = BufWriter::new(io::stdout().lock());
    for (line, text) in file.lines().enumerate() {
        let article: Article =
            serde_json::from_str(&text?).map_err(|e| format!("{path}:{}: {e}", line + 1))?;
        let index = CharIndex::new(&article.text);
        let read = Sentences::of(&article.text);
        let (pieces, case) = spell(read.tokens.iter().map(|t| index.slice(Span::new(t.start, t.end))));
        let prepared = Prepared {
            id: &article.id,
            tokens: read.tokens.iter().map(|t| (t.start, t.end)).collect(),
            sentences: read.sentences.iter().map(|s| (s.tokens.start, s.tokens.end, s.paragraph)).collect(),
            pieces,
            case,
        };
        serde_json::to_writer(&mut out, &prepared)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Prints the pieces of sentences that are words already, from standard input.
pub fn words() -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for (line, text) in io::stdin().lock().lines().enumerate() {
        let given: Words = serde_json::from_str(&text?).map_err(|e| format!("line {}: {e}", line + 1))?;
        let (pieces, case) = spell(given.words.iter());
        serde_json::to_writer(&mut out, &Pieces { pieces, case })?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
