//! Words to word pieces: the uncased vocabulary of BERT (Devlin et al. 2019), greedy longest match
//! first (Wu et al. 2016), and the case that the vocabulary loses, as a class beside each word.

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Piece that opens a window.
pub const CLS: u16 = 101;
/// Piece that closes a window.
pub const SEP: u16 = 102;
/// Piece for what the vocabulary cannot spell.
pub const UNKNOWN: u16 = 100;
/// A longer word is cut off after so many pieces, so that one word can never fill a window.
pub const MOST_PIECES: usize = 16;

/// How a word is written; the class is added to the input beside the uncased piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Case {
    /// Marks, and the special pieces.
    None = 0,
    /// "troops"
    Lower = 1,
    /// "Peshmerga"
    Title = 2,
    /// "KRG"
    Upper = 3,
    /// "McCain", "iPhone"
    Mixed = 4,
    /// Holds a digit.
    Digit = 5,
    /// "A", "U.S."
    Initial = 6,
}

impl Case {
    /// The class of a word.
    pub fn of(word: &str) -> Case {
        let (mut upper, mut lower, mut digit, mut stops) = (0, 0, false, false);
        let mut first_upper = None;
        for c in word.chars() {
            digit |= c.is_numeric();
            stops |= c == '.';
            if c.is_alphabetic() {
                first_upper.get_or_insert(c.is_uppercase());
                upper += usize::from(c.is_uppercase());
                lower += usize::from(!c.is_uppercase());
            }
        }
        match (upper, lower) {
            _ if digit => Case::Digit,
            (0, 0) => Case::None,
            (0, _) => Case::Lower,
            (1, 0) => Case::Initial,
            (_, 0) if stops => Case::Initial,
            (_, 0) => Case::Upper,
            (1, _) if first_upper == Some(true) => Case::Title,
            _ => Case::Mixed,
        }
    }
}

/// The vocabulary.
pub struct WordPiece {
    whole: HashMap<&'static str, u16>,
    inner: HashMap<&'static str, u16>,
    longest: usize,
}

impl WordPiece {
    /// The vocabulary that the weights were trained with.
    pub fn builtin() -> &'static WordPiece {
        static BUILTIN: OnceLock<WordPiece> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let mut wp = WordPiece { whole: HashMap::new(), inner: HashMap::new(), longest: 0 };
            for (id, piece) in include_str!("../data/vocab.txt").lines().enumerate() {
                let (table, piece) = match piece.strip_prefix("##") {
                    Some(rest) if !rest.is_empty() => (&mut wp.inner, rest),
                    _ => (&mut wp.whole, piece),
                };
                wp.longest = wp.longest.max(piece.len());
                table.insert(piece, id as u16);
            }
            wp
        })
    }

    /// Appends the pieces of one word (at least one, at most [`MOST_PIECES`]) to `out`.
    pub fn pieces(&self, word: &str, out: &mut Vec<u16>) {
        let before = out.len();
        if word.bytes().all(|b| b.is_ascii_lowercase()) {
            self.run(word, out);
        } else {
            let plain: String = if word.is_ascii() {
                word.to_ascii_lowercase()
            } else {
                word.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)).collect()
            };
            // Marks and ideographs are pieces of their own.
            let mut start = 0;
            for (at, c) in plain.char_indices() {
                if is_mark(c) || is_ideograph(c) {
                    self.run(&plain[start..at], out);
                    self.run(&plain[at..at + c.len_utf8()], out);
                    start = at + c.len_utf8();
                } else if c.is_whitespace() || c.is_control() {
                    self.run(&plain[start..at], out);
                    start = at + c.len_utf8();
                }
            }
            self.run(&plain[start..], out);
        }
        if out.len() == before {
            out.push(UNKNOWN);
        }
        out.truncate(before + MOST_PIECES);
    }

    /// Longest match first over a run without marks.
    fn run(&self, run: &str, out: &mut Vec<u16>) {
        if run.is_empty() {
            return;
        }
        let before = out.len();
        let mut at = 0;
        while at < run.len() {
            let table = if at == 0 { &self.whole } else { &self.inner };
            let mut end = run.len().min(at + self.longest);
            while !run.is_char_boundary(end) {
                end -= 1;
            }
            let found = loop {
                if end <= at {
                    break None;
                }
                if let Some(&id) = table.get(&run[at..end]) {
                    break Some(id);
                }
                end -= 1;
                while !run.is_char_boundary(end) {
                    end -= 1;
                }
            };
            match found {
                Some(id) => out.push(id),
                None => {
                    out.truncate(before);
                    out.push(UNKNOWN);
                    return;
                }
            }
            at = end;
            if out.len() - before >= MOST_PIECES {
                return;
            }
        }
    }
}

/// What BERT's pre-tokenizer calls punctuation: all non-alphanumeric ASCII, and the Unicode classes P.
fn is_mark(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    matches!(c, '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
        | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{66a}'..='\u{66d}' | '\u{6d4}' | '\u{ff01}'..='\u{ff0f}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spell(word: &str) -> Vec<&'static str> {
        let vocab: Vec<&str> = include_str!("../data/vocab.txt").lines().collect();
        let mut out = Vec::new();
        WordPiece::builtin().pieces(word, &mut out);
        out.into_iter().map(|id| vocab[id as usize]).collect()
    }

    #[test]
    fn spells_as_bert_does() {
        assert_eq!(spell("Baghdad"), ["baghdad"]);
        assert_eq!(spell("U.S."), ["u", ".", "s", "."]);
        assert_eq!(spell("Ḩawījah"), spell("hawijah"));
        assert_eq!(spell("\u{200b}\u{1f9ff}"), ["[UNK]"]);
        assert!(spell(&"supercalifragilistic".repeat(50)).len() <= MOST_PIECES);
    }

    #[test]
    fn case_classes() {
        for (word, case) in [
            ("troops", Case::Lower),
            ("Mosul", Case::Title),
            ("KRG", Case::Upper),
            ("U.S.", Case::Initial),
            ("McCain", Case::Mixed),
            ("2017", Case::Digit),
            (",", Case::None),
        ] {
            assert_eq!(Case::of(word), case, "{word}");
        }
    }
}
