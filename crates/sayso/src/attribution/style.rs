//! Direct, indirect or mixed: whether the content stands in quotation marks.

use sayso_record::{CharIndex, Span, Style};

use crate::segment::Sentences;

/// For each character of the text, whether it stands inside double quotation marks.
///
/// A quotation that is not closed ends with its paragraph, unless the next one opens with a mark again, as
/// quotations of several paragraphs do. A line break inside a paragraph only wraps it.
pub(super) fn quoted(text: &str, read: &Sentences) -> Vec<bool> {
    let mut out = Vec::with_capacity(text.len());
    let mut inside = false;
    let mut paragraphs = read
        .sentences
        .chunk_by(|a, b| a.paragraph == b.paragraph)
        .map(|paragraph| read.tokens[paragraph[0].tokens.start].start)
        .peekable();
    for (at, c) in text.chars().enumerate() {
        if paragraphs.next_if_eq(&at).is_some() {
            inside = false;
        }
        match c {
            '“' | '«' | '„' => {
                inside = true;
                out.push(true);
            }
            '”' | '»' => {
                inside = false;
                out.push(true);
            }
            '"' => {
                inside = !inside;
                out.push(true);
            }
            _ => out.push(inside),
        }
    }
    out
}

/// The style of a content: at least nine tenths of its letters quoted, some, or none.
pub(super) fn of(text: &CharIndex<'_>, content: &[Span], quoted: &[bool]) -> Style {
    let (mut letters, mut within) = (0usize, 0usize);
    for span in content {
        for (c, quoted) in text.slice(*span).chars().zip(&quoted[span.start..span.end]) {
            if c.is_alphanumeric() {
                letters += 1;
                within += usize::from(*quoted);
            }
        }
    }
    match within {
        0 => Style::Indirect,
        n if n * 10 >= letters * 9 => Style::Direct,
        _ => Style::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(text: &str) -> Style {
        let index = CharIndex::new(text);
        of(&index, &[Span::new(0, index.len())], &quoted(text, &Sentences::of(text)))
    }

    #[test]
    fn quotation_marks_decide() {
        assert_eq!(style("“We will hold the town.”"), Style::Direct);
        assert_eq!(style("the town “will hold” until winter"), Style::Mixed);
        assert_eq!(style("the town will hold"), Style::Indirect);
    }

    #[test]
    fn a_quotation_runs_over_a_wrapped_line_and_ends_with_its_paragraph() {
        let wrapped = "The talks broke off in Cairo, and \"no date was set for\n\
            another round\", the ministry of water said on Sunday in a\n\
            statement that it gave to the state news agency, without\n\
            naming those who had been there for the two other lands.";
        for (text, inside, outside) in
            [(wrapped, "another", "ministry"), ("\"We will hold the town.\nThe army left.", "town", "army")]
        {
            let read = Sentences::of(text);
            let quoted = quoted(text, &read);
            let at = |word: &str| text.find(word).expect("it stands there");
            assert!(quoted[at(inside)] && !quoted[at(outside)], "{text}");
        }
    }
}
