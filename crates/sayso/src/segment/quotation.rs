//! Which marks open and which close: a straight quotation mark does not tell by itself.

use super::token::{Token, is_apostrophe};

/// What a word is to the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// No bracket and no quotation mark.
    Neither,
    Opens,
    Closes,
}

/// The side of each word of a paragraph. Blanks decide for straight marks; where they do not, an open
/// quotation closes.
pub(super) fn sides(text: &[char], words: &[Token]) -> Vec<Side> {
    let mut out = Vec::with_capacity(words.len());
    // Open straight quotations: double, single.
    let mut open = [false; 2];
    for (at, word) in words.iter().enumerate() {
        let c = text[word.start];
        let side = match c {
            _ if word.end - word.start != 1 => Side::Neither,
            '“' | '„' | '‘' | '«' | '‹' | '(' | '[' | '{' | '¿' | '¡' => Side::Opens,
            '”' | '’' | '»' | '›' | ')' | ']' | '}' => Side::Closes,
            '"' | '\'' | '`' | '´' => {
                let kind = usize::from(is_apostrophe(c));
                let before = at == 0
                    || words[at - 1].end < word.start
                    || out[at - 1] == Side::Opens
                    || is_dash(text[word.start - 1]);
                let after =
                    words.get(at + 1).is_none_or(|next| next.start > word.end || is_stop(text[next.start]));
                let opens = if before == after { !open[kind] } else { before };
                open[kind] = opens;
                if opens { Side::Opens } else { Side::Closes }
            }
            _ => Side::Neither,
        };
        out.push(side);
    }
    out
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—')
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…' | ')' | ']' | '}' | '”' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::Sentences;

    /// The marks that open as `<`, those that close as `>`.
    fn marks(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let words = Sentences::of(text).tokens;
        sides(&chars, &words)
            .into_iter()
            .filter_map(|side| match side {
                Side::Neither => None,
                Side::Opens => Some('<'),
                Side::Closes => Some('>'),
            })
            .collect()
    }

    #[test]
    fn blanks_decide() {
        assert_eq!(marks("\"Go,\" he said, \"now.\""), "<><>");
        assert_eq!(marks("('Go')"), "<<>>");
        assert_eq!(marks("“Go,” he said"), "<>");
    }

    #[test]
    fn an_open_quotation_closes_where_blanks_do_not_tell() {
        assert_eq!(marks("\" Go . \" He left."), "<>");
        assert_eq!(marks("\"We ran,\" he said.\"We left.\""), "<><>");
        assert_eq!(marks("\"They cried 'Help!'\""), "<<>>");
    }

    #[test]
    fn each_paragraph_of_a_long_quotation_opens_anew() {
        assert_eq!(marks("\"We go."), "<");
    }
}
