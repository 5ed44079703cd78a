//! Direct, indirect or mixed: whether the content stands in quotation marks.

use sayso_record::{CharIndex, Span, Style};

/// For each character of the text, whether it stands inside double quotation marks.
///
/// A quotation that is not closed ends with its paragraph, unless the next one opens with a mark again, as
/// quotations of several paragraphs do.
pub(super) fn quoted(text: &str) -> Vec<bool> {
    let mut out = Vec::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
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
            '\n' => {
                inside = false;
                out.push(false);
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
        of(&index, &[Span::new(0, index.len())], &quoted(text))
    }

    #[test]
    fn quotation_marks_decide() {
        assert_eq!(style("“We will hold the town.”"), Style::Direct);
        assert_eq!(style("the town “will hold” until winter"), Style::Mixed);
        assert_eq!(style("the town will hold"), Style::Indirect);
    }
}
