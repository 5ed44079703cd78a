//! Untrusted text made harmless for a terminal.
//!
//! News comes from anywhere: an escape sequence in an article could retitle the terminal, hide text or
//! write to the clipboard; a direction override could show a chain backwards.

use std::borrow::Cow;

/// `text` on one line, every control or direction character replaced by a visible one.
pub fn clean(text: &str) -> Cow<'_, str> {
    let plain = !text.contains("  ")
        && !text.contains(|c: char| replacement(c).is_some() || (c.is_whitespace() && c != ' '));
    if plain && text.trim().len() == text.len() {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !cleaned.is_empty() {
            cleaned.push(' ');
        }
        cleaned.extend(word.chars().map(|c| replacement(c).unwrap_or(c)));
    }
    Cow::Owned(cleaned)
}

/// What is shown in place of a character that a terminal would obey.
fn replacement(c: char) -> Option<char> {
    match c {
        // The pictures of the control characters stand in the same order as these.
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32),
        '\x7f' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' => Some(char::REPLACEMENT_CHARACTER),
        // Marks, embeddings, overrides and isolates of direction.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some(char::REPLACEMENT_CHARACTER)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_is_left_alone() {
        for text in ["", "Hawija", "Al Ḩawījah “fell”", "الحويجة"] {
            assert!(matches!(clean(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn nothing_is_left_that_a_terminal_would_obey() {
        let all: String = ('\0'..='\u{2100}').collect();
        assert!(!clean(&all).contains(|c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)));
        assert_eq!(clean("a\x1b]0;title\x07b"), "a␛]0;title␇b");
        assert_eq!(clean("\u{9b}31m\u{202e}abc"), "\u{fffd}31m\u{fffd}abc");
    }

    #[test]
    fn white_space_becomes_one_blank() {
        assert_eq!(clean("  fell\n\n on\tThursday\u{a0}"), "fell on Thursday");
    }
}
