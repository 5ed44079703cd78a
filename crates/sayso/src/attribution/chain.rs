//! The attributions that an event stands under, and on whose say-so we have it.

use super::Found;
use crate::lexicon::CueAct;

/// Indices of attributions, outermost first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// Those whose source vouches for the words, asserted.
    pub links: Vec<usize>,
}

impl Chain {
    /// The innermost link whose source is named or described.
    pub fn root(&self, found: &[Found]) -> Option<usize> {
        self.links.iter().rev().copied().find(|&i| !found[i].source.is_empty())
    }
}

/// The chain over a word: every asserted attribution whose content holds it, but not one whose own cue it is,
/// nor one whose source only orders, promises or wishes the content.
pub fn chain_over(word: usize, found: &[Found]) -> Chain {
    let mut links: Vec<usize> = (0..found.len())
        .filter(|&i| {
            let f = &found[i];
            f.asserted
                && f.act == CueAct::Report
                && f.covers(word)
                && !f.cue.as_ref().is_some_and(|c| c.contains(&word))
        })
        .collect();
    links.sort_by_key(|&i| (std::cmp::Reverse(found[i].content_words()), depth(i, found), i));
    Chain { links }
}

fn depth(of: usize, found: &[Found]) -> usize {
    let mut depth = 0;
    let mut at = of;
    while let Some(parent) = found[at].within {
        depth += 1;
        at = parent;
        if depth > found.len() {
            break;
        }
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(content: std::ops::Range<usize>, act: CueAct, asserted: bool, source: bool) -> Found {
        Found {
            cue: None,
            source: if source { vec![content.start..content.start + 1] } else { vec![] },
            content: vec![content],
            kind: None,
            asserted,
            act,
            within: None,
            p: 1.0,
        }
    }

    #[test]
    fn outermost_first_and_the_root_is_the_innermost_with_a_source() {
        let all = [
            found(5..9, CueAct::Report, true, false),
            found(0..20, CueAct::Report, true, true),
            found(3..12, CueAct::Report, true, true),
            found(4..11, CueAct::Directive, true, true),
            found(4..10, CueAct::Report, false, true),
        ];
        let chain = chain_over(6, &all);
        assert_eq!(chain.links, [1, 2, 0]);
        assert_eq!(chain.root(&all), Some(2));
        assert_eq!(chain_over(25, &all).root(&all), None);
    }
}
