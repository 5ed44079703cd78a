//! Names out of the scores of all spans: best first, none may cross another, nesting is allowed (Yu et al. 2020).

use std::ops::Range;

use sayso_encoder::NameScores;

use super::softmax;

/// A span of words with a type.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Its words.
    pub words: Range<usize>,
    /// Index of its type; never 0, which is "no name".
    pub label: usize,
    /// Probability of that type.
    pub p: f32,
}

/// Names among the words of the given sentences, in order; `margin` is added to the score of "no name".
pub fn names(scores: &NameScores, sentences: &[Range<usize>], margin: f32) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    for sentence in sentences {
        for start in sentence.clone() {
            for end in start + 1..=sentence.end.min(start + scores.most_words) {
                let span = scores.span(start..end);
                let (label, best) = span[1..]
                    .iter()
                    .enumerate()
                    .fold((0, f32::NEG_INFINITY), |m, (i, &s)| if s > m.1 { (i + 1, s) } else { m });
                if best > span[0] + margin {
                    found.push(Name { words: start..end, label, p: softmax(span)[label] });
                }
            }
        }
    }
    found.sort_by(|a, b| {
        b.p.total_cmp(&a.p).then(a.words.start.cmp(&b.words.start)).then(b.words.end.cmp(&a.words.end))
    });
    let mut kept: Vec<Name> = Vec::new();
    for name in found {
        if !kept.iter().any(|k| crosses(&k.words, &name.words)) {
            kept.push(name);
        }
    }
    kept.sort_by_key(|n| (n.words.start, std::cmp::Reverse(n.words.end)));
    kept
}

fn crosses(a: &Range<usize>, b: &Range<usize>) -> bool {
    let overlap = a.start < b.end && b.start < a.end;
    let nested = (a.start <= b.start && b.end <= a.end) || (b.start <= a.start && a.end <= b.end);
    overlap && !nested
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_names_stay_and_crossing_ones_give_way() {
        // Three words, spans of up to three, types none and PLACE and BODY.
        let mut scores = NameScores { types: 3, most_words: 3, values: vec![0.0; 27] };
        let mut set = |start: usize, len: usize, values: [f32; 3]| {
            scores.values[(start * 3 + len - 1) * 3..][..3].copy_from_slice(&values);
        };
        for start in 0..3 {
            for len in 1..=3 {
                set(start, len, [5.0, 0.0, 0.0]);
            }
        }
        set(0, 1, [0.0, 6.0, 0.0]); // Paris
        set(0, 2, [0.0, 0.0, 7.0]); // Paris Police
        set(1, 2, [0.0, 0.0, 2.0]); // crosses it
        let words: Vec<_> = names(&scores, &[0..3], 0.0).into_iter().map(|n| (n.words, n.label)).collect();
        assert_eq!(words, [(0..2, 2), (0..1, 1)]);
    }
}
