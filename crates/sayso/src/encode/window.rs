//! Sentences to windows that the encoder reads at once: whole paragraphs while they fit, else whole
//! sentences. `train/windows.py` cuts in the same way; a change here is a change there.

use std::ops::Range;

use sayso_encoder::Window;
use sayso_encoder::wordpiece::{CLS, Case, SEP, WordPiece};
use sayso_record::{CharIndex, Span};

use crate::segment::Sentences;

/// A window and the words of the article that it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleWindow {
    /// Words of the article.
    pub words: Range<usize>,
    /// What the encoder reads; its first and last sentence may be cut.
    pub window: Window,
}

/// A sentence, or a piece of one too long for a window.
struct Unit {
    words: Range<usize>,
    paragraph: usize,
    pieces: usize,
}

/// Cuts an article into windows of at most `most_pieces` pieces, special ones counted.
pub fn windows(text: &CharIndex<'_>, read: &Sentences, most_pieces: usize) -> Vec<ArticleWindow> {
    let room = most_pieces - 2;
    let vocabulary = WordPiece::builtin();
    let mut pieces: Vec<u16> = Vec::with_capacity(read.tokens.len() * 2);
    // Where the pieces of each word start, and its case class.
    let mut starts = Vec::with_capacity(read.tokens.len() + 1);
    let mut cases = Vec::with_capacity(read.tokens.len());
    for token in &read.tokens {
        let word = text.slice(Span::new(token.start, token.end));
        starts.push(pieces.len());
        vocabulary.pieces(word, &mut pieces);
        cases.push(Case::of(word) as u8);
    }
    starts.push(pieces.len());

    let units = units(read, &starts, room);
    let mut out = Vec::new();
    let mut first = 0;
    while first < units.len() {
        let past = first + fill(&units[first..], room);
        out.push(build(&units[first..past], &pieces, &starts, &cases));
        first = past;
    }
    out
}

fn units(read: &Sentences, starts: &[usize], room: usize) -> Vec<Unit> {
    let mut units = Vec::new();
    for s in &read.sentences {
        let mut at = s.tokens.start;
        while at < s.tokens.end {
            let mut end = at;
            while end < s.tokens.end && starts[end + 1] - starts[at] <= room {
                end += 1;
            }
            units.push(Unit { words: at..end, paragraph: s.paragraph, pieces: starts[end] - starts[at] });
            at = end;
        }
    }
    units
}

/// How many units go into the next window. At least one.
fn fill(units: &[Unit], room: usize) -> usize {
    let mut used = 0;
    for (at, unit) in units.iter().enumerate() {
        if at > 0 {
            if used + unit.pieces > room {
                return at;
            }
            let new_paragraph = units[at - 1].paragraph != unit.paragraph;
            if new_paragraph && used * 2 > room {
                let paragraph: usize =
                    units[at..].iter().take_while(|u| u.paragraph == unit.paragraph).map(|u| u.pieces).sum();
                if used + paragraph > room {
                    return at;
                }
            }
        }
        used += unit.pieces;
    }
    units.len()
}

fn build(units: &[Unit], pieces: &[u16], starts: &[usize], cases: &[u8]) -> ArticleWindow {
    let words = units[0].words.start..units[units.len() - 1].words.end;
    let base = starts[words.start];
    let mut window = Window { pieces: vec![CLS], cases: vec![Case::None as u8], ..Window::default() };
    window.pieces.extend_from_slice(&pieces[base..starts[words.end]]);
    window.pieces.push(SEP);
    for word in words.clone() {
        window.words.push(1 + starts[word] - base);
        window.cases.extend(std::iter::repeat_n(cases[word], starts[word + 1] - starts[word]));
    }
    window.cases.push(Case::None as u8);
    for unit in units {
        window.sentences.push(unit.words.start - words.start..unit.words.end - words.start);
    }
    ArticleWindow { words, window }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, room: usize) -> Vec<ArticleWindow> {
        windows(&CharIndex::new(text), &Sentences::of(text), room)
    }

    #[test]
    fn every_word_is_in_one_window() {
        let text =
            "Troops entered Hawija. Officials said so.\nThe governor fled, witnesses said. Nobody was hurt.";
        let count = Sentences::of(text).tokens.len();
        for room in [6, 9, 14, 40] {
            let cut = cut(text, room);
            assert_eq!(
                cut.iter().flat_map(|w| w.words.clone()).collect::<Vec<_>>(),
                (0..count).collect::<Vec<_>>()
            );
            assert!(cut.iter().all(|w| w.window.pieces.len() <= room), "{room}");
        }
    }

    #[test]
    fn a_paragraph_is_kept_whole_where_it_can_be() {
        let text = "One two three four five six.\nSeven eight nine ten.";
        assert_eq!(cut(text, 13).len(), 2);
        assert_eq!(cut(text, 40).len(), 1);
    }
}
