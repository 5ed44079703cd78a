//! Where a content begins and ends, as PARC3 and PolNeAR mark it: with the "that" that opens it and with its own
//! quotation marks. Half of what the network learnt from marks contents without them; one convention goes out.

use std::ops::Range;

use crate::analysis::Analysis;

/// All pieces with their conjunctions and quotation marks; none grows over another, nor over cue or source.
pub(super) fn whole_pieces<'r>(
    analysis: &Analysis<'_>,
    pieces: Vec<Range<usize>>,
    others: impl IntoIterator<Item = &'r Range<usize>>,
) -> Vec<Range<usize>> {
    let mut taken: Vec<Range<usize>> = others.into_iter().cloned().collect();
    let fixed = taken.len();
    taken.extend(pieces.iter().cloned());
    for i in 0..pieces.len() {
        let piece = taken.remove(fixed + i);
        taken.insert(fixed + i, whole(analysis, piece, &taken));
    }
    taken.split_off(fixed)
}

/// The piece with its conjunction and its quotation marks; never over a word of `taken` (cue and source).
fn whole(analysis: &Analysis<'_>, piece: Range<usize>, taken: &[Range<usize>]) -> Range<usize> {
    let sentence_start = analysis.sentence(piece.start).start;
    let last = analysis.sentence(piece.end - 1);
    let free = |word: usize| !taken.iter().any(|t| t.contains(&word));
    let word = |at: usize| analysis.lower[at].as_str();

    let mut start = piece.start;
    // Quotation mark and conjunction come in either order: that “…, “that ….
    for _ in 0..2 {
        if start > sentence_start
            && free(start - 1)
            && (opens(analysis, start - 1, start) || word(start - 1) == "that")
        {
            start -= 1;
        }
    }

    let mut end = piece.end;
    let marks = (start..end).filter(|&w| is_quote(word(w))).count();
    let open = marks % 2 == 1;
    if open {
        // The closing mark, and the stop that American typesetting puts before it.
        let stop = end < last.end && matches!(word(end), "," | "." | "?" | "!" | ";" | "…" | "...");
        let close = end + usize::from(stop);
        if close < last.end && is_quote(word(close)) && (end..=close).all(free) {
            end = close + 1;
        }
    }
    start..end
}

fn is_quote(word: &str) -> bool {
    matches!(word, "“" | "”" | "\"" | "''" | "``" | "«" | "»")
}

/// Whether the word at `at` is a mark that opens before the word at `next`: a curly one that opens, or a straight
/// one that stands close to what follows.
fn opens(analysis: &Analysis<'_>, at: usize, next: usize) -> bool {
    match analysis.lower[at].as_str() {
        "“" | "«" | "``" => true,
        "\"" | "''" => analysis.read.tokens[at].end == analysis.read.tokens[next].start,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole of the piece that begins with `first` and ends with `last`.
    fn of(text: &str, first: &str, last: &str, taken: &[&str]) -> String {
        let analysis = Analysis::of(text);
        let at =
            |w: &str| analysis.lower.iter().position(|x| *x == w.to_lowercase()).expect("a word of the text");
        let taken: Vec<_> = taken.iter().map(|w| at(w)..at(w) + 1).collect();
        analysis.words(whole(&analysis, at(first)..at(last) + 1, &taken)).to_owned()
    }

    #[test]
    fn the_conjunction_and_the_marks_belong_to_the_content() {
        let text = "Officials said that “the town fell,” and left.";
        assert_eq!(of(text, "the", "fell", &["said"]), "that “the town fell,”");
        assert_eq!(of("\"We hold it,\" the mayor said.", "We", "it", &["mayor", "said"]), "\"We hold it,\"");
        assert_eq!(of("He said the town fell, and left.", "the", "fell", &["said"]), "the town fell");
    }

    #[test]
    fn a_mark_that_closes_what_went_before_is_left() {
        let text = "The “liberators” looted the town, he said.";
        assert_eq!(of(text, "looted", "town", &["he", "said"]), "looted the town");
    }

    #[test]
    fn cue_and_source_are_never_taken() {
        assert_eq!(of("That claims more.", "more", "more", &["That", "claims"]), "more");
    }
}
