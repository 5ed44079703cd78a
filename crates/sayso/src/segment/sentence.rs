//! Where one sentence ends and the next begins.

use std::collections::HashSet;

use super::abbreviation::{Abbreviations, Kind, lower_case};
use super::layout::Layout;
use super::quotation::{self, Side};
use super::token::{self, Token};
use super::{Sentence, Sentences};

/// Longest sentence in words; wire tables and lists without a stop are cut there.
const LONGEST: usize = 160;

/// How far to look for a bracket's other end, for a verb of speech, for the word behind opening marks.
const REACH: usize = 8;

/// Splits the whole text.
pub(super) fn split(text: &[char]) -> Sentences {
    let known = Abbreviations::builtin();
    let layout = Layout::of(text);
    let parts: Vec<Vec<Token>> = layout
        .paragraphs(text)
        .into_iter()
        .map(|(from, to)| token::tokens(text, from, to, known))
        .filter(|words| !words.is_empty())
        .collect();
    let common = common_words(text, &parts);
    let mut out = Sentences::default();
    for (number, words) in parts.into_iter().enumerate() {
        let base = out.tokens.len();
        let paragraph = Paragraph {
            text,
            sides: quotation::sides(text, &words),
            words: &words,
            layout,
            known,
            common: &common,
        };
        let mut start = 0;
        for at in 0..words.len() {
            let last = at + 1 == words.len();
            if last || at + 1 - start >= LONGEST || paragraph.ends(start, at) {
                out.sentences.push(Sentence { tokens: base + start..base + at + 1, paragraph: number });
                start = at + 1;
            }
        }
        out.tokens.extend(words);
    }
    out
}

/// The words that the text has in lower case somewhere: one of them with a capital most likely starts a sentence.
fn common_words(text: &[char], parts: &[Vec<Token>]) -> HashSet<String> {
    let words = parts.iter().flatten().map(|word| &text[word.start..word.end]);
    words
        .filter(|word| word.len() > 1 && word.iter().all(|c| c.is_lowercase()))
        .map(|word| word.iter().collect())
        .collect()
}

struct Paragraph<'a> {
    text: &'a [char],
    words: &'a [Token],
    sides: Vec<Side>,
    layout: Layout,
    known: &'a Abbreviations,
    common: &'a HashSet<String>,
}

impl Paragraph<'_> {
    fn word(&self, at: usize) -> &[char] {
        &self.text[self.words[at].start..self.words[at].end]
    }

    /// The characters between a word and the next.
    fn gap(&self, at: usize) -> &[char] {
        match self.words.get(at + 1) {
            Some(next) => &self.text[self.words[at].end..next.start],
            None => &[],
        }
    }

    /// Whether a sentence that began at word `start` ends with word `at`.
    fn ends(&self, start: usize, at: usize) -> bool {
        // The marks that close behind a stop belong to its sentence: the last of them may end it.
        let stop = self.stop_before(start, at);
        let mark = self.word(stop);
        if !mark.last().is_some_and(|&c| is_stop(c)) {
            return false;
        }
        if at + 1 >= self.words.len() {
            return true;
        }
        if self.closes_after(at) || !self.has_word(start, stop) || self.is_item_number(start, stop) {
            return false;
        }
        let follow = self.first_word_after(at);
        if self.gap(at).is_empty() && !self.word(follow)[0].is_uppercase() {
            return false;
        }
        if self.known.follows_name(&lower_case(self.word(follow))) {
            return false;
        }
        if mark.iter().all(|&c| is_stop(c)) {
            self.stop_ends(stop, at, follow)
        } else {
            self.abbreviation_ends(start, stop, at, follow)
        }
    }

    /// The word before the closing marks and the footnote signs that end at `at`.
    fn stop_before(&self, start: usize, at: usize) -> usize {
        let mut stop = at;
        while stop > start {
            if let Some(open) = self.note_back(start, stop) {
                stop = open - 1;
            } else if self.sides[stop] == Side::Closes || is_note_sign(self.word(stop)) {
                stop -= 1;
            } else {
                break;
            }
        }
        stop
    }

    /// Where the footnote sign that ends at `close` begins, as in "fell.[3, 4]".
    fn note_back(&self, start: usize, close: usize) -> Option<usize> {
        if self.word(close) != [']'] {
            return None;
        }
        let open = (start + 1..close).rev().take(REACH).find(|&i| self.word(i) == ['['])?;
        self.is_note(open, close).then_some(open)
    }

    /// Whether "[" and "]" enclose a footnote's sign: numbers, right behind a word or a single blank.
    fn is_note(&self, open: usize, close: usize) -> bool {
        open > 0
            && matches!(self.gap(open - 1), [] | [' '])
            && open + 1 < close
            && (open + 1..close)
                .all(|i| self.word(i).iter().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | '–')))
    }

    /// Whether marks that close the sentence are still to come.
    fn closes_after(&self, at: usize) -> bool {
        let next = at + 1;
        match self.sides[next] {
            // A lone ’ behind a blank is an apostrophe ("’Tis").
            Side::Closes => self.gap(at).is_empty() || self.word(next) != ['’'],
            Side::Opens => {
                self.word(next) == ['[']
                    && (next + 1..self.words.len())
                        .take(REACH)
                        .find(|&i| self.word(i) == [']'])
                        .is_some_and(|close| self.is_note(next, close))
            }
            Side::Neither => self.gap(at).is_empty() && is_note_sign(self.word(next)),
        }
    }

    /// Whether a word, not only marks, stands before the stop.
    fn has_word(&self, start: usize, stop: usize) -> bool {
        (start..=stop).any(|i| self.word(i).iter().any(|c| c.is_alphanumeric()))
    }

    /// "1." and "A." at the start of a sentence number what follows.
    fn is_item_number(&self, start: usize, stop: usize) -> bool {
        let first = self.word(start);
        match stop - start {
            0 => first.len() <= 3,
            1 => {
                self.word(stop) == ['.']
                    && (first.len() == 1 && first[0].is_alphabetic()
                        || first.len() <= 2 && first.iter().all(|c| c.is_ascii_digit()))
            }
            _ => false,
        }
    }

    /// The first word of what follows, behind its opening marks, dashes and dots.
    fn first_word_after(&self, at: usize) -> usize {
        let mut follow = at + 1;
        while follow + 1 < self.words.len()
            && follow < at + REACH
            && (self.sides[follow] == Side::Opens || self.is_lead(follow))
        {
            follow += 1;
        }
        follow
    }

    /// A dash or a list's mark, or the dots of a sentence that is quoted from its middle.
    fn is_lead(&self, at: usize) -> bool {
        let word = self.word(at);
        matches!(word, ['-' | '–' | '—' | '•' | '*'])
            || is_ellipsis(word) && (self.sides[at - 1] == Side::Opens || !self.gap(at - 1).is_empty())
    }

    /// A stop that stands alone: full stop, question mark, ellipsis.
    fn stop_ends(&self, stop: usize, at: usize, follow: usize) -> bool {
        let mark = self.word(stop);
        let head = self.word(follow);
        let ellipsis = is_ellipsis(mark);
        // A speaker may follow a quotation that ends in a question or an exclamation: "Why?" he asked.
        let speech = stop < at && !mark.contains(&'.') && self.speaker_follows(follow);
        if self.layout.capitals {
            let capital =
                if ellipsis { head.iter().any(|c| c.is_uppercase()) } else { begins_sentence(head) };
            let quoted_middle =
                self.sides[at + 1] == Side::Opens && follow > at + 1 && is_ellipsis(self.word(follow - 1));
            return (capital || quoted_middle) && !speech;
        }
        if self.layout.wide && self.gap(at) == [' '] && (ellipsis || speech) {
            return false;
        }
        if ellipsis && !self.is_wide(at) {
            return self.known.starts_sentences(&lower_case(head));
        }
        let begins = head[0].is_alphanumeric() || self.sides[at + 1] == Side::Opens;
        begins && (!speech || self.layout.wide && self.is_wide(at))
    }

    /// A stop that is part of an abbreviation may end a sentence as well.
    fn abbreviation_ends(&self, start: usize, stop: usize, at: usize, follow: usize) -> bool {
        let mark = self.word(stop);
        let body = lower_case(&mark[..mark.len() - 1]);
        let kind = self.known.kind(&body);
        if kind == Some(Kind::Title) || follow > at + 1 && self.sides[at + 1] == Side::Neither {
            return false;
        }
        let head = self.word(follow);
        let lower = lower_case(head);
        let starter = self.known.starts_sentences(&lower);
        if !self.layout.capitals {
            if mark.len() == 2 {
                return false;
            }
            return if self.layout.wide { self.is_wide(at) } else { starts_anywhere(&lower) };
        }
        if !head[0].is_uppercase() {
            return false;
        }
        let long_starter = starter && head.len() > 1;
        match kind {
            // An initial, or a thing that goes by a letter: "Plan B. The".
            _ if mark.len() == 2 => stop > start && long_starter && !self.is_initial(stop - 1),
            Some(Kind::Time) => {
                starter || !self.known.follows_time(&lower) && !head.iter().all(|c| c.is_uppercase())
            }
            Some(Kind::Closing) => true,
            _ if starter => true,
            // "U.S. President" and "U.S. Prices" look alike.
            _ if mark[..mark.len() - 1].contains(&'.') => {
                self.sides[at + 1] == Side::Opens && self.word(at + 1) != ['(']
            }
            // "Corp. Chairman Smith" against "Corp. Shares of".
            _ => {
                let plain_next =
                    self.words.get(follow + 1).is_some_and(|next| self.text[next.start].is_lowercase());
                plain_next && self.common.contains(&lower)
            }
        }
    }

    fn is_initial(&self, at: usize) -> bool {
        matches!(self.word(at), [c, '.'] if c.is_uppercase())
    }

    /// Whether two blanks or more, or a line break, follow.
    fn is_wide(&self, at: usize) -> bool {
        let gap = self.gap(at);
        gap.len() >= 2 || gap == ['\n']
    }

    /// Whether the words from `from` on name a speaker: "he said.", "asked the judge", "the minister added,".
    fn speaker_follows(&self, from: usize) -> bool {
        for at in from..self.words.len().min(from + REACH) {
            let word = self.word(at);
            if matches!(word, ['.' | ',' | ';' | ':' | '!' | '?' | '"' | '”' | '“']) {
                return false;
            }
            if self.known.reports(&lower_case(word)) {
                return at == from
                    || self
                        .words
                        .get(at + 1)
                        .is_none_or(|_| matches!(self.word(at + 1), ['.' | ',' | ';' | ':']));
            }
        }
        false
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

fn is_ellipsis(word: &[char]) -> bool {
    word.len() >= 2 && word.iter().all(|&c| c == '.') || word == ['…']
}

/// Superior figures and the like.
fn is_note_sign(word: &[char]) -> bool {
    word.iter().all(|&c| token::is_superior(c) || matches!(c, '*' | '†' | '‡'))
}

/// Whether a word can be the first of a sentence where capitals tell.
fn begins_sentence(head: &[char]) -> bool {
    let first = head[0];
    // "iPhone" may begin one too; a letter of a script without capitals tells nothing.
    first.is_uppercase()
        || first.is_ascii_digit()
        || first.is_alphabetic()
            && (!first.is_lowercase() || head == ['i'] || head.iter().any(|c| c.is_uppercase()))
        || !first.is_alphabetic() && !matches!(first, ',' | ';' | ':' | '.')
}

/// Words that hardly follow an abbreviation within a sentence, in text without capitals.
fn starts_anywhere(lower: &str) -> bool {
    matches!(
        lower,
        "the" | "he" | "she" | "it" | "they" | "we" | "this" | "these" | "but" | "however" | "according"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentences of `text` as strings.
    fn cut(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let read = split(&chars);
        (0..read.sentences.len())
            .map(|i| read.span(i))
            .map(|span| chars[span.start..span.end].iter().collect())
            .collect()
    }

    /// Asserts that `marked`, cut at each "|", is cut there and nowhere else.
    #[track_caller]
    fn cuts(marked: &str) {
        let want: Vec<&str> = marked.split('|').map(str::trim).collect();
        assert_eq!(cut(&marked.replace('|', "")), want);
    }

    #[test]
    fn a_stop_before_a_capital_or_a_number_ends() {
        cuts("Oil fell.| Gold rose!| 20 firms closed?| iPhones sold.");
        cuts("Yahoo! said so. and left.");
    }

    #[test]
    fn closing_marks_go_with_their_stop() {
        cuts("\"We ran.\"| (They did.)| “Did they?”| ‘Yes.’| He left.");
        cuts("\"We ran. \"| He left.");
    }

    #[test]
    fn footnote_signs_go_with_their_stop() {
        cuts("It fell.[1]| It rose.[2][3]| It sank. [4, 5]| So it did.²| No more.*| End.");
        cuts("It fell [sic].| [Applause] It rose.");
    }

    #[test]
    fn a_speaker_stays_with_the_quotation() {
        cuts(
            "\"Why?\" asked Il Manifesto.| \"Go!\" SOS Méditerranée wrote.| \"Why?\"| Police said about 300 came.",
        );
    }

    #[test]
    fn titles_end_nothing() {
        cuts("Lt. Gen. Omar N. Bradley met Mrs. Roosevelt.| Brown v. Board came first.");
    }

    #[test]
    fn acronyms_and_firms_end_before_a_starter() {
        cuts(
            "He left the U.S.| The U.S. Embassy knew.| He owned Acme Inc.| It closed.| Acme Inc. Chairman and founder.",
        );
    }

    #[test]
    fn words_that_are_common_in_the_text_start_sentences() {
        cuts("He sold shares of Acme Corp.| Shares of others rose.");
        cuts("He sold Acme Corp. Shares of others rose.");
    }

    #[test]
    fn times_of_day_go_with_days_and_zones() {
        cuts(
            "It began at 9 a.m. Friday.| It ended at 9 p.m. GMT.| It began again at 10 p.m.| Rescuers came.",
        );
    }

    #[test]
    fn single_letters_are_initials_unless_a_starter_follows() {
        cuts("J. S. Bach.| He chose Plan B.| The rest chose Plan C.");
    }

    #[test]
    fn numbers_of_items_end_nothing() {
        cuts("1. Wages are due.| 2. Talks are on.");
        cuts("A. To the cellar.");
    }

    #[test]
    fn no_sentence_starts_with_what_follows_a_name() {
        cuts("Yahoo! Inc. was sold.| It was old.");
    }

    #[test]
    fn datelines_go_with_their_sentence() {
        cuts("WASHINGTON, D.C. — The court ruled.| ERBIL, Iraq, Oct. 5 (Reuters) - The army left.");
    }

    #[test]
    fn dots_end_before_a_capital_only() {
        cuts("He waited ... and left.| He waited...| Then he left.| \"... and then we ran,\" he said.");
        cuts("It was bad.| ... I never went back.");
    }

    #[test]
    fn a_missing_blank_does_not_hide_a_stop() {
        cuts("They agreed.|They left.| \"We ran,\" he said.|\"We hid.\"");
    }

    #[test]
    fn text_without_capitals_ends_at_every_stop() {
        cuts("the army left.| it was late.| \"why?\" he asked.| \"who knows?\"| nobody did.");
        cuts("THE U.S. EMBASSY CLOSED.| IT HAD NO STAFF.");
    }

    #[test]
    fn wide_blanks_end_abbreviations_in_text_without_capitals() {
        cuts(
            "he lives in the u.s.|  police know.|  gen. officers came at 5 p.m. on friday.|  they left...|  who knows?",
        );
    }

    #[test]
    fn endless_sentences_are_cut() {
        let read = split(&"word ".repeat(LONGEST * 2).chars().collect::<Vec<_>>());
        assert_eq!(read.sentences.len(), 2);
    }
}
