//! How a text is set, before its words are read: paragraphs, wrapped lines, capitals, wide blanks.

use super::token::is_blank;

/// What the setting of the whole text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Whether sentences begin with a capital; not so in texts all in lower or all in upper case.
    pub(super) capitals: bool,
    /// Whether sentences are set apart by two blanks or more.
    pub(super) wide: bool,
    /// Whether single line breaks only wrap lines: the width they are wrapped at.
    pub(super) wrapped: Option<usize>,
}

/// A run of blanks this long parts paragraphs in wire text that lost its line breaks.
const PARAGRAPH_BLANKS: usize = 4;

impl Layout {
    pub(super) fn of(text: &[char]) -> Layout {
        Layout { capitals: has_capitals(text), wide: has_wide_blanks(text), wrapped: wrap_width(text) }
    }

    /// Runs of text between line breaks (between blank or indented lines where lines are wrapped).
    pub(super) fn paragraphs(&self, text: &[char]) -> Vec<(usize, usize)> {
        let one_line = !text.contains(&'\n');
        let mut out = Vec::new();
        let mut start = 0;
        let mut line = 0;
        let mut at = 0;
        while at < text.len() {
            let mut next = at + 1;
            let breaks = match text[at] {
                '\u{2028}' | '\u{2029}' | '\u{c}' => true,
                '\n' => {
                    let here = (line, at);
                    line = next;
                    self.wrapped.is_none_or(|width| breaks_here(text, here, next, width))
                }
                '\r' => self.wrapped.is_none(),
                ' ' => {
                    next = at + text[at..].iter().take_while(|c| **c == ' ').count();
                    let after_stop =
                        at > 0 && matches!(text[at - 1], '.' | '!' | '?' | '…' | '"' | '”' | ')' | ']');
                    next - at >= PARAGRAPH_BLANKS && (after_stop || one_line)
                }
                _ => false,
            };
            if breaks {
                out.push((start, at));
                start = next;
            }
            at = next;
        }
        out.push((start, text.len()));
        out.retain(|&(from, to)| text[from..to].iter().any(|&c| !is_blank(c)));
        out
    }
}

/// Whether capitals tell where sentences begin: there are enough of them, not too many, and they follow stops.
fn has_capitals(text: &[char]) -> bool {
    let (mut upper, mut lower) = (0usize, 0usize);
    for c in text {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    let (mut upper_next, mut lower_next) = (0usize, 0usize);
    for around in text.windows(5) {
        // Two letters before the stop: not an initial.
        if around[0].is_alphabetic()
            && around[1].is_alphabetic()
            && matches!(around[2], '.' | '!' | '?')
            && around[3] == ' '
        {
            upper_next += usize::from(around[4].is_uppercase());
            lower_next += usize::from(around[4].is_lowercase());
        }
    }
    let careless = lower_next >= 3 && lower_next > 2 * upper_next;
    upper * 200 >= lower && lower * 10 >= upper && !careless
}

/// Whether most stops with a blank behind them have more than one.
fn has_wide_blanks(text: &[char]) -> bool {
    let (mut narrow, mut wide) = (0usize, 0usize);
    for pair in text.windows(4) {
        if matches!(pair[0], '.' | '!' | '?') && pair[1] == ' ' {
            match pair[2] {
                ' ' => wide += 1,
                c if !is_blank(c) => narrow += 1,
                _ => {}
            }
        }
    }
    wide >= 2 && wide > narrow
}

/// The width at which lines are wrapped, if they are: hardly a line would hold the first word of the next one,
/// and many end within a sentence.
fn wrap_width(text: &[char]) -> Option<usize> {
    let lines: Vec<&[char]> = text.split(|&c| c == '\n').map(trim_end).collect();
    let width = lines.iter().map(|line| line.len()).max()?;
    if !(40..=110).contains(&width) {
        return None;
    }
    let (mut pairs, mut full, mut open) = (0, 0, 0);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        // A paragraph ends at a blank line and before an indent or an item, wherever that leaves the line.
        let starts_anew = next.iter().take_while(|&&c| is_blank(c)).count() >= 2 || is_item(next);
        if line.is_empty() || next.is_empty() || starts_anew {
            continue;
        }
        pairs += 1;
        full += usize::from(line.len() + 1 + first_word(next) >= width * 17 / 20);
        open += usize::from(line.last().is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '-' | ';')));
    }
    (pairs >= 3 && full * 10 >= pairs * 7 && open * 2 >= pairs).then_some(width)
}

fn trim_end(line: &[char]) -> &[char] {
    let end = line.iter().rposition(|&c| !is_blank(c)).map_or(0, |last| last + 1);
    &line[..end]
}

/// How many characters stand before the second word of a line.
fn first_word(line: &[char]) -> usize {
    let indent = line.iter().take_while(|&&c| is_blank(c)).count();
    indent + line[indent..].iter().take_while(|&&c| !is_blank(c)).count()
}

/// Whether the line break behind `line` parts paragraphs in a text wrapped at `width`.
fn breaks_here(text: &[char], line: (usize, usize), next: usize, width: usize) -> bool {
    let rest = &text[next..text.len().min(next + width + 1)];
    let indent = rest.iter().take_while(|&&c| c != '\n' && is_blank(c)).count();
    let Some(&first) = rest.get(indent) else { return true };
    if first == '\n' || indent >= 2 {
        return true;
    }
    let line = trim_end(&text[line.0..line.1]);
    let ended = line.last().is_none_or(|c| !(c.is_alphanumeric() || matches!(c, ',' | '-' | '—' | '–')));
    if ended && is_item(&rest[indent..]) {
        return true;
    }
    // A headline or a byline: the next word had ample room.
    line.len() + 1 + first_word(rest) < width * 7 / 10
}

/// Whether a line begins like an item of a list: "- ", "• ", "3. ", "3) ".
fn is_item(line: &[char]) -> bool {
    let digits = line.iter().take_while(|c| c.is_ascii_digit()).count();
    let mark = line.get(digits);
    let blank = line.get(digits + 1).is_some_and(|&c| is_blank(c));
    blank
        && match digits {
            0 => matches!(mark, Some('-' | '•' | '*' | '·' | '–')),
            1..=2 => matches!(mark, Some('.' | ')')),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(text: &str) -> Layout {
        Layout::of(&text.chars().collect::<Vec<_>>())
    }

    fn paragraphs(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let cut = Layout::of(&chars).paragraphs(&chars);
        cut.into_iter()
            .map(|(from, to)| chars[from..to].iter().collect::<String>().trim().to_owned())
            .collect()
    }

    const WRAPPED: &str = "Talks on the dam broke off in Cairo\n\
        Egypt's ministry of water said on Sunday that talks on the dam had\n\
        broken off in Cairo without an agreement, and that no date was set\n\
        for another round. Ethiopia and Sudan made no statement about what\n\
        had been said.\n\
        \x20   The dam will hold 74 billion cubic metres of water.\n\
        - The next round may be in Khartoum.\n";

    #[test]
    fn capitals_tell_nothing_in_lower_and_upper_case_text() {
        assert!(layout("The army denied it.").capitals);
        assert!(!layout("the army denied it.").capitals);
        assert!(!layout("THE ARMY DENIED IT.").capitals);
        assert!(!layout("so the U.S. denied it. they all do. who knows? not me. We see.").capitals);
    }

    #[test]
    fn wide_blanks_are_those_of_the_whole_text() {
        assert!(layout("it fell.  it rose.  it fell, gen. x said.  ").wide);
        assert!(!layout("It fell. It rose.  It fell. It rose again. ").wide);
    }

    #[test]
    fn every_line_is_a_paragraph_unless_lines_are_wrapped() {
        assert_eq!(
            paragraphs("Kenya votes\nThe court ruled.\r\n\r\nIt was late."),
            ["Kenya votes", "The court ruled.", "It was late."]
        );
    }

    #[test]
    fn wrapped_lines_break_at_headlines_indents_and_items() {
        assert_eq!(layout(WRAPPED).wrapped, Some(66));
        let cut = paragraphs(WRAPPED);
        assert_eq!(cut.len(), 4, "{cut:#?}");
        assert_eq!(cut[0], "Talks on the dam broke off in Cairo");
        assert!(cut[1].ends_with("had been said."));
        assert!(cut[3].starts_with("- The next"));
    }

    #[test]
    fn four_blanks_part_the_paragraphs_of_wire_text() {
        assert_eq!(
            paragraphs("he denied it.  he left.    the talks go on"),
            ["he denied it.  he left.", "the talks go on"]
        );
        assert_eq!(paragraphs("name    place\nOne"), ["name    place", "One"]);
    }
}
