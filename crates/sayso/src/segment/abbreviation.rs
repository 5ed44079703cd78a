//! The abbreviations of `data/abbreviations.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Vec<String>,
    numbered: Vec<String>,
    time: Vec<String>,
    closing: Vec<String>,
    plain: Vec<String>,
    also_words: Vec<String>,
    starters: Vec<String>,
    after_name: Vec<String>,
    after_time: Vec<String>,
    reports: Vec<String>,
    hyphen_prefixes: Vec<String>,
}

/// What follows an abbreviation as a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or an office: its stop ends no sentence.
    Title,
    /// A number; before anything else it is a word, or another abbreviation.
    Numbered,
    /// Nothing, or a day, or a time zone.
    Time,
    /// Nothing, if a capital follows.
    Closing,
    /// Anything.
    Plain,
}

/// What a full stop after a word may mean.
pub(super) struct Abbreviations {
    kinds: HashMap<String, Kind>,
    also_words: HashSet<String>,
    starters: HashSet<String>,
    after_name: HashSet<String>,
    after_time: HashSet<String>,
    reports: HashSet<String>,
    hyphen_prefixes: HashSet<String>,
}

impl Abbreviations {
    /// The list that ships with sayso.
    pub(super) fn builtin() -> &'static Abbreviations {
        static BUILTIN: OnceLock<Abbreviations> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let file: File = toml::from_str(include_str!("../../data/abbreviations.toml"))
                .expect("data/abbreviations.toml is checked by a test");
            let set = |list: Vec<String>| list.into_iter().collect();
            let mut kinds = HashMap::new();
            for (kind, list) in [
                (Kind::Title, file.title),
                (Kind::Numbered, file.numbered),
                (Kind::Time, file.time),
                (Kind::Closing, file.closing),
                (Kind::Plain, file.plain),
            ] {
                kinds.extend(list.into_iter().map(|word| (word, kind)));
            }
            Abbreviations {
                kinds,
                also_words: set(file.also_words),
                starters: set(file.starters),
                after_name: set(file.after_name),
                after_time: set(file.after_time),
                reports: set(file.reports),
                hyphen_prefixes: set(file.hyphen_prefixes),
            }
        })
    }

    /// Of an abbreviation in lower case, without its last stop.
    pub(super) fn kind(&self, lower: &str) -> Option<Kind> {
        self.kinds.get(lower).copied()
    }

    /// Whether the stop after `word` belongs to it; `number_next` where a number follows.
    pub(super) fn is_abbreviation(&self, word: &[char], number_next: bool) -> bool {
        let lower = lower_case(word);
        match self.kind(&lower) {
            None => false,
            Some(Kind::Numbered) => number_next,
            Some(_) => number_next || word[0].is_uppercase() || !self.also_words.contains(&lower),
        }
    }

    /// Whether the word starts sentences far more often than it follows an abbreviation within one.
    pub(super) fn starts_sentences(&self, lower: &str) -> bool {
        self.starters.contains(lower)
    }

    /// Whether the word, perhaps with its stop, follows a name and so starts no sentence.
    pub(super) fn follows_name(&self, lower: &str) -> bool {
        self.after_name.contains(lower.trim_end_matches('.'))
    }

    /// Whether the word goes with a time of day: a day, a month, a time zone.
    pub(super) fn follows_time(&self, lower: &str) -> bool {
        self.after_time.contains(lower)
    }

    /// Whether the word is a verb that tells who spoke.
    pub(super) fn reports(&self, lower: &str) -> bool {
        self.reports.contains(lower)
    }

    /// Whether a hyphen after the word stays inside it.
    pub(super) fn is_hyphen_prefix(&self, lower: &str) -> bool {
        self.hyphen_prefixes.contains(lower)
    }
}

/// A word in lower case.
pub(super) fn lower_case(word: &[char]) -> String {
    word.iter().flat_map(|c| c.to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_abbreviation(word: &str, number_next: bool) -> bool {
        Abbreviations::builtin().is_abbreviation(&word.chars().collect::<Vec<_>>(), number_next)
    }

    #[test]
    fn lists_are_in_lower_case_and_without_their_stop() {
        let known = Abbreviations::builtin();
        let sets = [
            &known.also_words,
            &known.starters,
            &known.after_name,
            &known.after_time,
            &known.reports,
            &known.hyphen_prefixes,
        ];
        for word in known.kinds.keys().chain(sets.into_iter().flatten()) {
            assert_eq!(*word, word.to_lowercase());
            assert!(!word.ends_with('.'), "{word}");
        }
        assert!(known.also_words.iter().all(|word| known.kinds.contains_key(word)));
    }

    #[test]
    fn some_are_words_unless_a_number_follows() {
        assert!(is_abbreviation("No", true) && !is_abbreviation("no", false));
        assert!(is_abbreviation("Sun", false) && !is_abbreviation("sun", false));
        assert!(is_abbreviation("gen", false));
    }
}
