//! Sentences and words: measured on texts of news, and what holds for any text at all.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use sayso::segment::Sentences;

/// One text of `tests/data/sentences/`, set as its layout says.
struct Sample {
    name: String,
    text: Vec<char>,
    /// Where each sentence ends.
    ends: BTreeSet<usize>,
    /// Those of them where a paragraph ends as well.
    paragraphs: BTreeSet<usize>,
}

/// What stands between sentences and between paragraphs, and the width of lines.
struct Layout {
    sentence: &'static str,
    paragraph: &'static str,
    width: Option<usize>,
}

impl Layout {
    fn named(name: &str) -> Layout {
        let (sentence, paragraph, width) = match name {
            "page" => (" ", "\n\n", None),
            "lines" => ("\n", "\n", None),
            "one" => (" ", " ", None),
            "wire" => ("  ", "    ", None),
            "telex" => ("  ", "\n   ", None),
            "wrapped" => (" ", "\n\n", Some(70)),
            "typed" => ("  ", "\n\n", Some(70)),
            "indented" => (" ", "\n    ", Some(70)),
            _ => panic!("no layout {name}"),
        };
        Layout { sentence, paragraph, width }
    }
}

/// The texts of one file; `README.md` beside it explains its lines.
fn samples(file: &str) -> Vec<Sample> {
    let path = format!("{}/tests/data/sentences/{file}", env!("CARGO_MANIFEST_DIR"));
    let marked = std::fs::read_to_string(&path).expect(&path);
    let mut out = Vec::new();
    for block in marked.split("\n== ").skip(1) {
        let (head, lines) = block.split_once('\n').expect("a text has sentences");
        let (name, layout) = head.split_once(": ").expect("== NAME: LAYOUT");
        out.push(sample(name, &Layout::named(layout), lines));
    }
    out
}

fn sample(name: &str, layout: &Layout, lines: &str) -> Sample {
    let mut text = Vec::new();
    let (mut ends, mut paragraphs) = (BTreeSet::new(), BTreeSet::new());
    let mut new_paragraph = false;
    for line in lines.lines().filter(|line| !line.starts_with('#')) {
        if line.is_empty() {
            new_paragraph = true;
            continue;
        }
        let (between, sentence) = match line.split_at_checked(2) {
            Some(("+ ", rest)) => ("", rest),
            Some(("^ ", rest)) => ("\n", rest),
            _ if new_paragraph => (layout.paragraph, line),
            _ => (layout.sentence, line),
        };
        if !text.is_empty() {
            if between.contains('\n') || new_paragraph {
                paragraphs.insert(text.len());
            }
            text.extend(between.chars());
        }
        new_paragraph = false;
        text.extend(sentence.chars());
        ends.insert(text.len());
    }
    paragraphs.insert(text.len());
    if let Some(width) = layout.width {
        wrap(&mut text, width);
    }
    Sample { name: name.to_owned(), text, ends, paragraphs }
}

/// Turns the last blank of each overlong line into a line break; no character moves.
fn wrap(text: &mut [char], width: usize) {
    let (mut line, mut blank) = (0, None);
    for at in 0..text.len() {
        match text[at] {
            '\n' => (line, blank) = (at + 1, None),
            ' ' if text[line..at].iter().any(|&c| c != ' ') => blank = Some(at),
            _ => {}
        }
        if let Some(last) = blank.filter(|_| at - line >= width) {
            text[last] = '\n';
            (line, blank) = (last + 1, None);
        }
    }
}

#[derive(Default)]
struct Count {
    gold: usize,
    found: usize,
    both: usize,
}

impl Count {
    fn add(&mut self, gold: &BTreeSet<usize>, found: &BTreeSet<usize>) {
        self.gold += gold.len();
        self.found += found.len();
        self.both += gold.intersection(found).count();
    }

    fn f1(&self) -> f64 {
        2.0 * self.both as f64 / (self.gold + self.found) as f64
    }
}

/// Counts of one file: all sentences, and those that end within a paragraph; and each error in its place.
fn measure(file: &str) -> (Count, Count, Vec<String>) {
    let (mut all, mut inner) = (Count::default(), Count::default());
    let mut errors = Vec::new();
    for sample in samples(file) {
        let read = Sentences::of(&sample.text.iter().collect::<String>());
        let found: BTreeSet<usize> = (0..read.sentences.len()).map(|i| read.span(i).end).collect();
        all.add(&sample.ends, &found);
        inner.add(&(&sample.ends - &sample.paragraphs), &(&found - &sample.paragraphs));
        for &end in sample.ends.symmetric_difference(&found) {
            let what = if sample.ends.contains(&end) { "missed" } else { "wrong" };
            let before: String = sample.text[end.saturating_sub(40)..end].iter().collect();
            let after: String = sample.text[end..].iter().take(30).collect();
            errors.push(format!("{what} in {}: {before}|{after}", sample.name));
        }
    }
    (all, inner, errors)
}

fn demand(file: &str, sentences: usize) {
    let (all, inner, errors) = measure(file);
    assert!(all.gold >= sentences, "{} sentences", all.gold);
    let report = format!(
        "{file}: F1 {:.4} on {} sentences, {:.4} on the {} within paragraphs\n{}",
        all.f1(),
        all.gold,
        inner.f1(),
        inner.gold,
        errors.join("\n")
    );
    assert!(all.f1() >= 0.985 && inner.f1() >= 0.97, "{report}");
}

#[test]
fn sentences_of_news_end_where_they_should() {
    demand("first.txt", 300);
}

#[test]
fn sentences_of_news_not_seen_before_end_where_they_should() {
    demand("second.txt", 300);
}

/// The sentences of a text as strings.
fn sentences(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let read = Sentences::of(text);
    (0..read.sentences.len()).map(|i| read.span(i)).map(|s| chars[s.start..s.end].iter().collect()).collect()
}

/// The words of a text, parted by blanks.
fn words(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let word = |t: &sayso::segment::Token| chars[t.start..t.end].iter().collect::<String>();
    Sentences::of(text).tokens.iter().map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_are_cut_as_the_treebanks_cut_them() {
    assert_eq!(words("U.S.-backed troops won't leave."), "U.S. - backed troops wo n't leave .");
    assert_eq!(words("It cost $1,000.50, he'd've said."), "It cost $ 1,000.50 , he 'd 've said .");
    assert_eq!(words("He said no. In No. 5 the sun shone."), "He said no . In No. 5 the sun shone .");
    assert_eq!(words("Brown v. Board, p. 4, c. 1500"), "Brown v. Board , p. 4 , c. 1500");
}

#[test]
fn a_missing_blank_and_a_footnote_part_the_stop_from_its_word() {
    assert_eq!(words("he said.\"We left.\""), "he said . \" We left . \"");
    assert_eq!(words("They died.[1] Then 5 km² fell.²"), "They died . [ 1 ] Then 5 km² fell . ²");
}

#[test]
fn titles_initials_and_numbers_end_nothing() {
    assert_eq!(sentences("Lt. Gen. Omar N. Bradley met Mr. Truman at No. 10. He left.").len(), 2);
    assert_eq!(sentences("1. Wages").len(), 1);
}

#[test]
fn an_abbreviation_ends_a_sentence_before_a_word_that_starts_one() {
    assert_eq!(sentences("They went to the U.S. The U.S. Embassy knew.").len(), 2);
    assert_eq!(sentences("It began at 9 a.m. Police came. It ended at 9 p.m. Friday.").len(), 3);
    assert_eq!(
        sentences("Shares fell. He sold Acme Corp. Shares of others rose. He saw no shares.").len(),
        4
    );
    assert_eq!(sentences("WASHINGTON, D.C. — The court ruled.").len(), 1);
}

#[test]
fn the_speaker_stays_with_the_quotation() {
    assert_eq!(sentences("\"Why?\" he asked. \"Go!\" SOS Méditerranée wrote. \"No.\" He left.").len(), 4);
    assert_eq!(sentences("\"why?\" the minister asked. he left.").len(), 2);
}

#[test]
fn wide_blanks_tell_in_text_without_capitals() {
    assert_eq!(sentences("he lives in the u.s.  police know.  gen. officers do too.  who else?").len(), 4);
}

#[test]
fn a_paragraph_ends_a_sentence_and_is_counted() {
    let read = Sentences::of("Kenya votes\nBy our staff\n\nIt rained.");
    let paragraphs: Vec<usize> = read.sentences.iter().map(|s| s.paragraph).collect();
    assert_eq!(paragraphs, [0, 1, 2]);
    assert_eq!(read.sentence_of(read.tokens.len() - 1), 2);
}

/// White space and what prints as nothing.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || "\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2060}\u{feff}\u{ad}".contains(c)
}

/// What holds for every text.
fn check(text: &str) -> Result<(), TestCaseError> {
    let chars: Vec<char> = text.chars().collect();
    let read = Sentences::of(text);
    let mut covered = 0;
    for token in &read.tokens {
        prop_assert!(token.start >= covered && token.start < token.end && token.end <= chars.len());
        prop_assert!(chars[covered..token.start].iter().all(|&c| is_blank(c)), "left out before {token:?}");
        prop_assert!(chars[token.start..token.end].iter().all(|&c| !is_blank(c)), "blank in {token:?}");
        covered = token.end;
    }
    prop_assert!(chars[covered..].iter().all(|&c| is_blank(c)), "left out at the end");
    let mut next = 0;
    let mut paragraph = 0;
    for (number, sentence) in read.sentences.iter().enumerate() {
        prop_assert_eq!(sentence.tokens.start, next);
        prop_assert!(sentence.tokens.end > next && sentence.paragraph >= paragraph);
        prop_assert_eq!(read.sentence_of(next), number);
        next = sentence.tokens.end;
        paragraph = sentence.paragraph;
    }
    prop_assert_eq!(next, read.tokens.len());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_cut_without_loss(text in any::<String>()) {
        check(&text)?;
    }

    /// Marks, blanks, clitics and abbreviations in any order.
    #[test]
    fn text_full_of_marks_is_cut_without_loss(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "\"", "'", "’", "“", "”", "(", ")", "[", "]", ".", "...", "…", "?", "!", ",", ";", "-", "--", "—", "/", "@", "#", "&", "*",
            "²", "1", "42", "I", "a", "Gen", "No", "U.S", "p.m", "said", "n't", "'s", "http://", "www.", "\n", "\n\n", "    ", " ", " ", " ",
            "\u{ad}", "\u{200b}", "İ", "ß", "中",
        ]), 0..60)
    ) {
        check(&pieces.concat())?;
    }
}

/// Time is in proportion to length: a text built to be slow must not hold up a run.
#[test]
fn long_hostile_texts_are_read_in_time() {
    let units = [
        "\"", "'", "’", "”", "a.", "a.,", "a's", "'s", "n't", "1-", "1/", "a-", "-", ".", "...", "? ", "' ",
        "\" ", "?\" ", "[1] ", "a.[1", "(", ") ", "¹", ".²", "\n", "\n ", "    ", "a b", "U.S. ", "I. ", "@",
        "a@", "x", "— ", "' s", "?! ", "said ", "\"a ", "A",
    ];
    for unit in units {
        let text = unit.repeat(100_000);
        let begun = Instant::now();
        let read = Sentences::of(&text);
        let taken = begun.elapsed();
        assert!(read.sentences.last().is_none_or(|s| s.tokens.end == read.tokens.len()));
        assert!(taken < Duration::from_secs(10), "{unit:?}: {taken:?}");
    }
}
