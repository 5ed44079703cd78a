//! Sources: which of the labelled phrases speaks, and its fullest mention in the article.

use std::ops::Range;

use super::Found;
use crate::analysis::{Analysis, Labels};

/// The source phrase nearest to the cue, with what continues it ("officials and witnesses" is one phrase
/// already); further phrases are strays of the labeller.
pub(super) fn nearest(
    phrases: Vec<Range<usize>>,
    anchor: &Range<usize>,
    content: &[Range<usize>],
) -> Vec<Range<usize>> {
    let outside = |p: &Range<usize>| !content.iter().any(|c| c.start <= p.start && p.end <= c.end);
    let gap = |p: &Range<usize>| {
        if p.end <= anchor.start { anchor.start - p.end } else { p.start.saturating_sub(anchor.end) }
    };
    // A source inside the content it speaks is possible ("the claim, he said, …") but rare.
    phrases.into_iter().min_by_key(|p| (!outside(p), gap(p))).into_iter().collect()
}

/// Fullest name of each source; `None` where a pronoun's referent is not clear.
pub(super) fn names(analysis: &Analysis<'_>, labels: &Labels, found: &[Found]) -> Vec<Option<String>> {
    let people = Mentions::of(analysis, labels);
    let mut out: Vec<Option<String>> = Vec::with_capacity(found.len());
    for f in found {
        let name = f.source.first().and_then(|source| {
            let text = analysis.words(source.clone());
            match pronoun(&analysis.lower[source.clone()]) {
                Some(number) => antecedent(analysis, found, &out, f, number),
                None => people.fullest(analysis, source).or_else(|| Some(text.to_owned())),
            }
        });
        out.push(name);
    }
    out
}

#[derive(Clone, Copy, PartialEq)]
enum Number {
    One,
    Many,
}

/// Whether the source is only a pronoun of the third person.
fn pronoun(words: &[String]) -> Option<Number> {
    match words {
        [word] => match word.as_str() {
            "he" | "she" | "him" | "her" | "it" => Some(Number::One),
            "they" | "them" => Some(Number::Many),
            _ => None,
        },
        _ => None,
    }
}

/// The last source before a pronoun that is no pronoun itself and agrees in number.
fn antecedent(
    analysis: &Analysis<'_>,
    found: &[Found],
    names: &[Option<String>],
    of: &Found,
    number: Number,
) -> Option<String> {
    let at = of.source.first()?.start;
    let before = found.iter().zip(names).filter_map(|(f, name)| {
        let source = f.source.first()?;
        (source.start < at).then_some((source, name.as_ref()?))
    });
    before
        .filter(|(source, _)| {
            let words = &analysis.lower[(*source).clone()];
            let many = words.iter().any(|w| w == "and")
                || words.last().is_some_and(|w| w.ends_with('s') && !w.ends_with("ss"));
            many == (number == Number::Many) || pronoun(words).is_some()
        })
        .max_by_key(|(source, _)| source.start)
        .map(|(_, name)| name.clone())
}

/// Names of people and bodies in the article, to complete short ones.
struct Mentions {
    /// Words of each name in lower case, with the phrase as printed.
    names: Vec<(Vec<String>, Range<usize>)>,
}

impl Mentions {
    fn of(analysis: &Analysis<'_>, labels: &Labels) -> Self {
        let wanted = |name: &str| matches!(name, "PER" | "ORG" | "OUTLET" | "ARMED");
        let names = analysis.names.iter().filter(|n| wanted(labels.name(n)));
        Mentions {
            names: names.map(|n| (analysis.lower[n.words.clone()].to_vec(), n.words.clone())).collect(),
        }
    }

    /// The longest name that ends in the source's words ("Ward" → "Clarissa Ward"), or that it abbreviates
    /// ("NYT" → "New York Times"); with the title that the longer mention's own phrase gives it.
    fn fullest(&self, analysis: &Analysis<'_>, source: &Range<usize>) -> Option<String> {
        let lower = &analysis.lower[source.clone()];
        let short: &[String] = match lower {
            [the, rest @ ..] if the == "the" && !rest.is_empty() => rest,
            all => all,
        };
        let letters: String = short.iter().flat_map(|w| w.chars()).filter(|c| c.is_alphanumeric()).collect();
        let abbreviates = |words: &[String]| {
            short.len() == 1
                && words.len() >= 2
                && letters.len() >= 2
                && words
                    .iter()
                    .filter(|w| !matches!(w.as_str(), "of" | "the" | "and" | "for"))
                    .filter_map(|w| w.chars().next())
                    .collect::<String>()
                    == letters
        };
        let longer = self
            .names
            .iter()
            .filter(|(words, _)| words.len() > short.len() && (words.ends_with(short) || abbreviates(words)))
            .max_by_key(|(words, at)| (words.len(), std::cmp::Reverse(at.start)))?;
        Some(analysis.words(longer.1.clone()).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::by_hand::{labels, name};
    use crate::lexicon::CueAct;

    fn by(source: Range<usize>, content: Range<usize>) -> Found {
        Found {
            cue: Some(source.end..source.end + 1),
            source: vec![source],
            content: vec![content],
            kind: None,
            asserted: true,
            act: CueAct::Report,
            within: None,
            p: 1.0,
        }
    }

    #[test]
    fn short_names_and_pronouns_get_their_fullest_mention() {
        // 0 The 1 New 2 York 3 Times 4 said 5 so 6 . 7 NYT 8 added 9 more 10 . 11 It 12 said 13 this 14 .
        let mut analysis = Analysis::of("The New York Times said so. NYT added more. It said this.");
        name(&mut analysis, 1..4, "OUTLET");
        let found = [by(0..4, 5..6), by(7..8, 9..10), by(11..12, 13..14)];
        let names = names(&analysis, &labels(), &found);
        assert_eq!(names[1].as_deref(), Some("New York Times"));
        assert_eq!(names[2].as_deref(), Some("New York Times"));
    }

    #[test]
    fn a_pronoun_without_a_referent_has_no_name() {
        let analysis = Analysis::of("They said so.");
        assert_eq!(names(&analysis, &labels(), &[by(0..1, 2..3)]), [None]);
    }
}
