//! Sources: which of the labelled phrases speaks, and its fullest mention in the article.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Found;
use crate::analysis::{Analysis, Labels};
use crate::ground::actor::is_pronoun;

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
            let lower = &analysis.lower[source.clone()];
            match (pronoun(lower), lower) {
                (Some(number), _) => antecedent(analysis, found, &out, f, number),
                // "I", "we", "who": whom they stand for is not known here.
                (None, [word]) if is_pronoun(word) && !is_in_capitals(text) => None,
                _ => people.fullest(analysis, source).or_else(|| Some(text.to_owned())),
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

/// The name of the last source before a pronoun that has one and agrees in number.
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
            let of_words = || {
                let many = words.iter().any(|w| w == "and")
                    || words.last().is_some_and(|w| w.ends_with('s') && !w.ends_with("ss"));
                if many { Number::Many } else { Number::One }
            };
            pronoun(words).unwrap_or_else(of_words) == number
        })
        .max_by_key(|(source, _)| source.start)
        .map(|(_, name)| name.clone())
}

/// Names of people and bodies in the article, to complete short ones: each where it stands first.
struct Mentions<'a> {
    /// By the last word.
    by_end: HashMap<&'a str, Vec<Range<usize>>>,
    /// By the initials.
    by_initials: HashMap<String, Vec<Range<usize>>>,
}

impl<'a> Mentions<'a> {
    fn of(analysis: &'a Analysis<'_>, labels: &Labels) -> Self {
        let mut mentions = Mentions { by_end: HashMap::new(), by_initials: HashMap::new() };
        let mut seen = HashSet::new();
        for name in &analysis.names {
            let words = &analysis.lower[name.words.clone()];
            let wanted = matches!(labels.name(name), "PER" | "ORG" | "OUTLET" | "ARMED");
            let [_, .., last] = words else { continue };
            if !wanted || !seen.insert(words) {
                continue;
            }
            mentions.by_end.entry(last).or_default().push(name.words.clone());
            mentions.by_initials.entry(initials(words)).or_default().push(name.words.clone());
        }
        mentions
    }

    /// The longest name that ends in the source's words ("Ward" → "Clarissa Ward"), or that it abbreviates
    /// ("NYT" → "New York Times").
    fn fullest(&self, analysis: &Analysis<'_>, source: &Range<usize>) -> Option<String> {
        let bare = match analysis.lower[source.clone()].split_first() {
            Some((the, rest)) if the == "the" && !rest.is_empty() => source.start + 1..source.end,
            _ => source.clone(),
        };
        let short = &analysis.lower[bare.clone()];
        let ending = self.by_end.get(short.last()?.as_str()).into_iter().flatten();
        let ending = ending.filter(|name| analysis.lower[(*name).clone()].ends_with(short));
        let letters: String = short.concat().chars().filter(|c| c.is_alphanumeric()).collect();
        let abbreviates = short.len() == 1 && letters.len() >= 2;
        let spelt = self.by_initials.get(&letters).filter(|_| abbreviates).into_iter().flatten();
        let longest = ending
            .chain(spelt)
            .filter(|name| name.len() > short.len())
            .max_by_key(|name| (name.len(), std::cmp::Reverse(name.start)))?;
        Some(analysis.words(longest.clone()).to_owned())
    }
}

/// First letters of a name in lower case, without its small words.
fn initials(words: &[String]) -> String {
    words
        .iter()
        .filter(|w| !matches!(w.as_str(), "of" | "the" | "and" | "for"))
        .filter_map(|w| w.chars().next())
        .collect()
}

/// Whether a word is printed in capitals, as "WHO" and "US" are that are no pronouns.
fn is_in_capitals(word: &str) -> bool {
    word.chars().count() >= 2 && word.chars().all(char::is_uppercase)
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

    #[test]
    fn a_pronoun_agrees_in_number_with_a_pronoun_before_it() {
        // 0 Abadi 1 said 2 so 3 . 4 Officials 5 agreed 6 so 7 . 8 They 9 added 10 more 11 . 12 He 13 left 14 it 15 .
        let analysis = Analysis::of("Abadi said so. Officials agreed so. They added more. He left it.");
        let found = [by(0..1, 2..3), by(4..5, 6..7), by(8..9, 10..11), by(12..13, 14..15)];
        let names = names(&analysis, &labels(), &found);
        let names: Vec<_> = names.iter().map(Option::as_deref).collect();
        assert_eq!(names, [Some("Abadi"), Some("Officials"), Some("Officials"), Some("Abadi")]);
    }

    #[test]
    fn a_relative_pronoun_is_no_abbreviation() {
        // 0 The 1 World 2 Health 3 Organization 4 met 5 Abadi 6 , 7 who 8 said 9 so 10 . 11 WHO 12 agreed 13 so 14 .
        let mut analysis =
            Analysis::of("The World Health Organization met Abadi, who said so. WHO agreed so.");
        name(&mut analysis, 1..4, "ORG");
        let found = [by(7..8, 9..10), by(11..12, 13..14)];
        let names = names(&analysis, &labels(), &found);
        let names: Vec<_> = names.iter().map(Option::as_deref).collect();
        assert_eq!(names, [None, Some("World Health Organization")]);
    }
}
