//! The best runs of words under outside, first and further labels (Ramshaw and Marcus 1995), by Viterbi
//! with a price for each run opened: greedy labels break a long content into pieces.

use std::ops::Range;

/// Index of the greatest number, the first of equals; 0 for none.
pub fn argmax(row: &[f32]) -> usize {
    row.iter().enumerate().fold(0, |m, (i, s)| if *s > row[m] { i } else { m })
}

/// Probabilities of raw scores.
pub fn softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights: Vec<f32> = scores.iter().map(|s| (s - most).exp()).collect();
    let sum: f32 = weights.iter().sum();
    weights.into_iter().map(|w| w / sum).collect()
}

fn log_softmax(scores: &[f32]) -> [f32; 3] {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = scores.iter().map(|s| (s - most).exp()).sum();
    let log = most + sum.ln();
    [scores[0] - log, scores[1] - log, scores[2] - log]
}

/// The most likely runs among `count` words. `scores(word)` gives raw scores of outside, first, further
/// word; each run costs `price` (in log probability), so that a higher price gives fewer, longer runs.
pub fn runs<'s>(count: usize, scores: impl Fn(usize) -> &'s [f32], price: f32) -> Vec<Range<usize>> {
    const OUT: usize = 0;
    const FIRST: usize = 1;
    const FURTHER: usize = 2;
    // best[state] of the words so far, and where each came from.
    let mut best = [0.0f32, f32::NEG_INFINITY, f32::NEG_INFINITY];
    let mut from: Vec<[u8; 3]> = Vec::with_capacity(count);
    for word in 0..count {
        let s = log_softmax(scores(word));
        let any = (0..3).max_by(|&a, &b| best[a].total_cmp(&best[b]).then(b.cmp(&a))).unwrap_or(OUT);
        let inside = if best[FIRST] >= best[FURTHER] { FIRST } else { FURTHER };
        from.push([any as u8, any as u8, inside as u8]);
        best = [best[any] + s[OUT], best[any] + s[FIRST] - price, best[inside] + s[FURTHER]];
    }
    let mut state = (0..3).max_by(|&a, &b| best[a].total_cmp(&best[b]).then(b.cmp(&a))).unwrap_or(OUT);
    let mut out = Vec::new();
    let mut end = None;
    for word in (0..count).rev() {
        match state {
            FIRST => out.push(word..end.take().unwrap_or(word + 1)),
            FURTHER => {
                end.get_or_insert(word + 1);
            }
            _ => end = None,
        }
        state = usize::from(from[word][state]);
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_joins_what_one_doubtful_word_would_part() {
        // B I o I I: the middle word leans outside, and a new run would have to open after it.
        let scores = [
            [0.0, 4.0, 0.0],
            [0.0, 0.0, 4.0],
            [1.0, 0.0, 0.5],
            [0.0, 0.5, 4.0],
            [0.0, 0.0, 4.0],
            [5.0, 0.0, 0.0],
        ];
        assert_eq!(runs(6, |w| &scores[w], 1.0), [0..5]);
    }

    #[test]
    fn runs_may_touch() {
        let scores = [[0.0, 4.0, 0.0], [0.0, 4.0, 0.0], [4.0, 0.0, 0.0]];
        assert_eq!(runs(3, |w| &scores[w], 0.5), [0..1, 1..2]);
        assert!(runs(0, |_| &scores[0], 0.5).is_empty());
    }
}
