//! Which attribution stands in the content of which.

use super::Found;

/// Two finds of one attribution: the same content and the same source. The surer one stays.
pub(super) fn drop_repeats(found: &mut Vec<Found>) {
    found.sort_by(|a, b| b.p.total_cmp(&a.p));
    let mut kept: Vec<Found> = Vec::new();
    for f in found.drain(..) {
        if !kept.iter().any(|k| is_repeat(k, &f)) {
            kept.push(f);
        }
    }
    *found = kept;
}

fn is_repeat(a: &Found, b: &Found) -> bool {
    let shared = shared_words(a, b);
    let all = a.content_words() + b.content_words() - shared;
    if shared * 10 < all * 8 {
        return false;
    }
    // A second find without a cue, or with the same source, tells nothing new; "X said, citing Y" has two sources.
    let same_source = a.source.is_empty()
        || b.source.is_empty()
        || a.source.iter().any(|x| b.source.iter().any(|y| x.start < y.end && y.start < x.end));
    let bare = a.cue.is_none() || b.cue.is_none();
    same_source && (bare || distance(a, b) <= 6)
}

fn shared_words(a: &Found, b: &Found) -> usize {
    let pairs = a.content.iter().flat_map(|x| b.content.iter().map(move |y| (x, y)));
    pairs.map(|(x, y)| x.end.min(y.end).saturating_sub(x.start.max(y.start))).sum()
}

/// Words between two cues.
fn distance(a: &Found, b: &Found) -> usize {
    match (&a.cue, &b.cue) {
        (Some(x), Some(y)) => x.start.abs_diff(y.start),
        _ => 0,
    }
}

/// Sets `within`: the smallest larger content that holds the cue (or the beginning of a content without
/// one) and most of the content.
pub(super) fn nest(found: &mut [Found]) {
    for i in 0..found.len() {
        let me = &found[i];
        let anchor = me.cue.as_ref().map_or(me.content[0].start, |c| c.start);
        let words = me.content_words();
        let parent = (0..found.len())
            .filter(|&j| j != i)
            .filter(|&j| {
                let other = &found[j];
                other.covers(anchor)
                    && other.cue.as_ref().is_none_or(|c| !c.contains(&anchor))
                    && shared_words(me, other) * 2 >= words
                    && (other.content_words(), i) > (words, j)
            })
            .min_by_key(|&j| (found[j].content_words(), j));
        found[i].within = parent;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::CueAct;
    use std::ops::Range;

    fn found(cue: Range<usize>, source: Range<usize>, content: Range<usize>, p: f32) -> Found {
        Found {
            cue: Some(cue),
            source: vec![source],
            content: vec![content],
            kind: None,
            asserted: true,
            act: CueAct::Report,
            within: None,
            p,
        }
    }

    #[test]
    fn three_layers() {
        // A said B told C that D saw it.
        let mut all =
            [found(1..2, 0..1, 2..12, 0.9), found(3..4, 2..3, 6..12, 0.9), found(7..8, 6..7, 8..12, 0.9)];
        nest(&mut all);
        assert_eq!(all.map(|f| f.within), [None, Some(0), Some(1)]);
    }

    #[test]
    fn one_saying_found_twice_is_kept_once() {
        let mut all = vec![
            found(1..2, 0..1, 4..12, 0.9),
            found(3..4, 0..1, 4..12, 0.5),
            found(20..21, 22..23, 24..30, 0.6),
        ];
        drop_repeats(&mut all);
        assert_eq!(all.len(), 2);
        assert!(all.iter().all(|f| f.p > 0.5));
    }
}
