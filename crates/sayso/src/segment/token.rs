//! Words as the English treebanks cut them (UD English EWT and GUM): clitics, hyphens and currency
//! signs stand alone, "U.S." and "1,000" stay whole. No character moves.

use super::abbreviation::{Abbreviations, lower_case};

/// No abbreviation, clitic or unit is longer: the end of a longer run of characters is not looked up.
const LONGEST_KNOWN: usize = 24;

/// A word: `[start, end)` in characters of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// Cuts `text[from..to]` into words.
pub(super) fn tokens(text: &[char], from: usize, to: usize, known: &Abbreviations) -> Vec<Token> {
    let mut out = Vec::with_capacity((to - from) / 5);
    let mut at = from;
    while at < to {
        if is_blank(text[at]) {
            at += 1;
            continue;
        }
        let start = at;
        while at < to && !is_blank(text[at]) {
            at += 1;
        }
        Chunk { text, known, out: &mut out }.cut(start, at);
    }
    out
}

/// White space, and the marks that print as nothing.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// A figure set above the line, as a footnote's sign.
pub(super) fn is_superior(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´')
}

/// Marks that never stand inside a word.
fn always_alone(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '<'
            | '>'
            | '!'
            | '?'
            | ';'
            | '—'
            | '–'
            | '…'
            | '•'
            | '·'
            | '|'
            | '*'
            | '$'
            | '€'
            | '£'
            | '¥'
            | '%'
            | '='
            | '~'
            | '^'
            | '+'
            | '¿'
            | '¡'
            | '\\'
    )
}

struct Chunk<'a> {
    text: &'a [char],
    known: &'a Abbreviations,
    out: &'a mut Vec<Token>,
}

impl Chunk<'_> {
    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            self.out.push(Token { start, end });
        }
    }

    /// One run of characters without blanks.
    fn cut(&mut self, mut start: usize, mut end: usize) {
        if self.is_link(start, end) {
            // Closing marks after a link are not part of it.
            let mut stop = end;
            while stop > start + 1
                && matches!(self.text[stop - 1], '.' | ',' | ')' | ']' | ';' | ':' | '"' | '”' | '!' | '?')
            {
                stop -= 1;
            }
            self.push(start, stop);
            for at in stop..end {
                self.push(at, at + 1);
            }
            return;
        }
        // Marks in front.
        while start < end {
            let c = self.text[start];
            if matches!(c, '.' | '-' | '_' | '*' | '=' | '!' | '?') {
                let run = self.run(start, end);
                // ".45" and "-5" are numbers.
                if run == 1
                    && matches!(c, '.' | '-')
                    && start + 1 < end
                    && self.text[start + 1].is_ascii_digit()
                    && c == '.'
                {
                    break;
                }
                self.push(start, start + run);
                start += run;
            } else if always_alone(c)
                || (is_apostrophe(c) && !self.is_clitic_at(start, end))
                || matches!(c, ',' | ':' | '/' | '#' | '&' | '@' if start + 1 < end && c != '@')
            {
                self.push(start, start + 1);
                start += 1;
            } else {
                break;
            }
        }
        if start >= end {
            return;
        }
        // Marks behind, kept to be pushed after the word.
        let mut tail = Vec::new();
        while end > start + 1 {
            let c = self.text[end - 1];
            let take = match c {
                '.' => {
                    let mut run = 1;
                    while end - run > start && self.text[end - run - 1] == '.' {
                        run += 1;
                    }
                    if run >= 2 {
                        Some(run)
                    } else if self.is_abbreviation(start, end - 1) {
                        None
                    } else {
                        Some(1)
                    }
                }
                ',' | ':' | '/' | '-' => Some(1),
                c if is_apostrophe(c) => Some(1),
                c if always_alone(c) => Some(1),
                // A footnote's sign, but not "km²".
                c if is_superior(c) => {
                    let run = self.text[start..end].iter().rev().take_while(|c| is_superior(**c)).count();
                    let before = (end - run).checked_sub(1).filter(|&at| at >= start).map(|at| self.text[at]);
                    before.is_some_and(|c| matches!(c, '.' | ',') || always_alone(c)).then_some(run)
                }
                _ => None,
            };
            match take {
                Some(run) => {
                    tail.push(Token { start: end - run, end });
                    end -= run;
                }
                None => break,
            }
        }
        self.inside(start, end);
        // "?!", "--" and the like behind a word stay one mark where they repeat.
        tail.reverse();
        for t in tail {
            match self.out.last_mut() {
                Some(last)
                    if last.end == t.start
                        && t.end - t.start == 1
                        && last.start >= end
                        && self.text[last.start] == self.text[t.start]
                        && matches!(self.text[t.start], '!' | '?' | '-' | '*' | '=') =>
                {
                    last.end = t.end;
                }
                _ => self.out.push(t),
            }
        }
    }

    /// How often the character at `at` repeats.
    fn run(&self, at: usize, end: usize) -> usize {
        self.text[at..end].iter().take_while(|&&c| c == self.text[at]).count()
    }

    /// A chunk whose outer marks are gone: split at dashes, slashes, hyphens and clitics.
    fn inside(&mut self, start: usize, end: usize) {
        let mut word = start;
        let mut at = start;
        while at < end {
            let c = self.text[at];
            let run = self.run(at, end);
            let before_digit = at > start && self.text[at - 1].is_ascii_digit();
            let after_digit = at + run < end && self.text[at + run].is_ascii_digit();
            let split = match c {
                '-' if run >= 2 => true,
                '.' if run >= 2 => true,
                '-' => at > word && at + 1 < end && !self.keeps_hyphen(word, at, end),
                '/' => {
                    at > word && at + 1 < end && !(before_digit && after_digit && self.is_date(start, end))
                }
                ',' => !(before_digit && after_digit),
                ':' => !(before_digit && after_digit),
                '&' => at > word && at + 1 < end && end - start > 5,
                '.' => {
                    // "agreed.The": a stop without its space.
                    at > word + 1
                        && at + 2 < end
                        && self.text[at - 1].is_lowercase()
                        && self.text[at + 1].is_uppercase()
                        && self.text[at + 2].is_lowercase()
                }
                c => always_alone(c),
            };
            if split {
                self.word_and_stop(word, at);
                self.push(at, at + run);
                word = at + run;
            }
            at += run;
        }
        self.word(word, end);
    }

    /// A word before a mark inside a chunk, and its stop where the blank is missing: `said."We`, "fell.[1".
    fn word_and_stop(&mut self, start: usize, end: usize) {
        let stop = end > start + 1 && self.text[end - 1] == '.' && !self.is_abbreviation(start, end - 1);
        if stop && !self.text[start..end - 1].contains(&'.') {
            self.word(start, end - 1);
            self.push(end - 1, end);
        } else {
            self.word(start, end);
        }
    }

    /// A single word, perhaps with a clitic or a number with its unit.
    fn word(&mut self, start: usize, end: usize) {
        if start >= end {
            return;
        }
        // "wouldn't've": one clitic at a time from the right.
        let mut clitics = Vec::new();
        let mut stem = end;
        while let Some(cut) = self.clitic(start, stem) {
            clitics.push(Token { start: cut, end: stem });
            stem = cut;
        }
        self.stem(start, stem);
        self.out.extend(clitics.into_iter().rev());
    }

    /// A word without clitics.
    fn stem(&mut self, start: usize, end: usize) {
        if end - start > LONGEST_KNOWN {
            self.push(start, end);
            return;
        }
        let lower = lower_case(&self.text[start..end]);
        match lower.as_str() {
            "cannot" | "gonna" | "gotta" => {
                self.push(start, start + 3);
                self.push(start + 3, end);
                return;
            }
            "wanna" => {
                self.push(start, start + 3);
                self.push(start + 3, end);
                return;
            }
            _ => {}
        }
        // "10am", "40km": a number and its unit.
        let digits = self.text[start..end]
            .iter()
            .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ':'))
            .count();
        if digits > 0 && digits < end - start {
            let unit: String = lower.chars().skip(digits).collect();
            if matches!(
                unit.as_str(),
                "am" | "pm"
                    | "a.m."
                    | "p.m."
                    | "km"
                    | "kg"
                    | "m"
                    | "mm"
                    | "cm"
                    | "ft"
                    | "mph"
                    | "kph"
                    | "bn"
                    | "mn"
                    | "k"
            ) && digits <= 9
            {
                self.push(start, start + digits);
                self.push(start + digits, end);
                return;
            }
        }
        self.push(start, end);
    }

    /// Where the clitic of `text[start..end]` begins, if it ends in one.
    fn clitic(&self, start: usize, end: usize) -> Option<usize> {
        let n = end - start;
        let low = |at: usize| self.text[at].to_ascii_lowercase();
        if n > 3 && low(end - 1) == 't' && is_apostrophe(self.text[end - 2]) && low(end - 3) == 'n' {
            return Some(end - 3);
        }
        if n > 2 && is_apostrophe(self.text[end - 2]) && matches!(low(end - 1), 's' | 'm' | 'd') {
            return Some(end - 2);
        }
        if n > 3
            && is_apostrophe(self.text[end - 3])
            && matches!((low(end - 2), low(end - 1)), ('r', 'e') | ('v', 'e') | ('l', 'l'))
        {
            return Some(end - 3);
        }
        None
    }

    /// Whether an apostrophe that opens a chunk begins a clitic or a shortened year ("'s", "'90s").
    fn is_clitic_at(&self, start: usize, end: usize) -> bool {
        let rest = &self.text[start + 1..end];
        if rest.len() >= 2 && rest[..2].iter().all(|c| c.is_ascii_digit()) {
            return true;
        }
        let letters = rest.iter().take(LONGEST_KNOWN).take_while(|c| c.is_alphabetic()).count();
        let known = matches!(
            lower_case(&rest[..letters]).as_str(),
            "s" | "re" | "ve" | "ll" | "d" | "m" | "t" | "em" | "til" | "cause"
        );
        known && rest[letters..].iter().all(|&c| matches!(c, '.' | ',') || always_alone(c))
    }

    /// Whether the hyphen at `at` stays inside the word.
    fn keeps_hyphen(&self, word: usize, at: usize, end: usize) -> bool {
        at - word <= LONGEST_KNOWN && self.known.is_hyphen_prefix(&lower_case(&self.text[word..at]))
            // Telephone numbers and scores: digits on both sides.
            || (7..=LONGEST_KNOWN).contains(&(end - word))
                && self.text[word..end].iter().all(|c| c.is_ascii_digit() || *c == '-')
    }

    /// "9/11", "10/5/2017", "24/7".
    fn is_date(&self, start: usize, end: usize) -> bool {
        end - start <= LONGEST_KNOWN && self.text[start..end].iter().all(|c| c.is_ascii_digit() || *c == '/')
    }

    fn is_link(&self, start: usize, end: usize) -> bool {
        let chunk = &self.text[start..end];
        let begins =
            |s: &str| chunk.len() > s.len() && s.chars().zip(chunk).all(|(a, b)| a == b.to_ascii_lowercase());
        if begins("http://") || begins("https://") || begins("www.") {
            return true;
        }
        if matches!(chunk[0], '@' | '#') && chunk.len() > 1 {
            return chunk[1].is_alphabetic();
        }
        // name@host.tld
        let Some(sign) = chunk.iter().position(|&c| c == '@') else { return false };
        sign > 0
            && chunk[sign + 1..]
                .iter()
                .position(|&c| c == '.')
                .is_some_and(|dot| dot > 0 && sign + 1 + dot + 1 < chunk.len())
            && chunk[..sign].iter().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+'))
    }

    /// Whether the stop after `text[start..end]` belongs to the word.
    fn is_abbreviation(&self, start: usize, end: usize) -> bool {
        // What stands after the last hyphen or slash decides ("U.S.-Calif.").
        let near = start.max(end.saturating_sub(LONGEST_KNOWN));
        let from = match (near..end).rev().find(|&i| matches!(self.text[i], '-' | '/' | '—')) {
            Some(mark) => mark + 1,
            None if near > start => return false,
            None => start,
        };
        let word = &self.text[from..end];
        let number_next =
            self.text[end + 1..].iter().take(3).find(|c| !is_blank(**c)).is_some_and(|c| c.is_ascii_digit());
        match word.len() {
            0 => false,
            // An initial, but not "I" at the end of a sentence.
            1 if word[0].is_uppercase() => word[0] != 'I',
            _ => self.known.is_abbreviation(word, number_next) || is_acronym(word),
        }
    }
}

/// "U.S", "p.m", "J.F.K": single letters between stops.
fn is_acronym(word: &[char]) -> bool {
    word.len() >= 3
        && word.len() % 2 == 1
        && word.iter().enumerate().all(|(i, c)| if i % 2 == 0 { c.is_alphabetic() } else { *c == '.' })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of `text`, parted by blanks.
    fn cut(text: &str) -> String {
        let text: Vec<char> = text.chars().collect();
        let words = tokens(&text, 0, text.len(), Abbreviations::builtin());
        words.iter().map(|t| text[t.start..t.end].iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn marks_stand_alone_and_repeats_stay_together() {
        assert_eq!(cut("(\"Go!!\")"), "( \" Go !! \" )");
        assert_eq!(cut("wait...and see--now"), "wait ... and see -- now");
    }

    #[test]
    fn hyphens_part_words_but_not_prefixes_and_telephone_numbers() {
        assert_eq!(cut("U.S.-backed ex-minister, 555-0100"), "U.S. - backed ex-minister , 555-0100");
    }

    #[test]
    fn clitics_stand_alone() {
        assert_eq!(
            cut("won't Iraq's they’ve cannot he'd've '90s"),
            "wo n't Iraq 's they ’ve can not he 'd 've '90s"
        );
    }

    #[test]
    fn numbers_keep_their_marks_and_lose_their_units() {
        assert_eq!(cut("$1,000.50 9/11 10:30 5km 40% .45"), "$ 1,000.50 9/11 10:30 5 km 40 % .45");
    }

    #[test]
    fn links_and_addresses_stay_whole() {
        assert_eq!(cut("http://un.org/a-b, press@un.org."), "http://un.org/a-b , press@un.org .");
        assert_eq!(cut("@UN #Iraq"), "@UN #Iraq");
    }

    #[test]
    fn stops_stay_with_abbreviations_only() {
        assert_eq!(cut("Gen. Votel of Acme Inc. left."), "Gen. Votel of Acme Inc. left .");
        assert_eq!(cut("It was he, not I. It was no."), "It was he , not I . It was no .");
        assert_eq!(cut("the sun. No. 5, p. 4"), "the sun . No. 5 , p. 4");
    }

    #[test]
    fn a_missing_blank_parts_words_all_the_same() {
        assert_eq!(cut("agreed.The"), "agreed . The");
        assert_eq!(cut("said.\"We"), "said . \" We");
        assert_eq!(cut("fell.[1]"), "fell . [ 1 ]");
    }

    #[test]
    fn signs_of_footnotes_stand_alone_behind_marks() {
        assert_eq!(cut("fell.¹² 5 km²"), "fell . ¹² 5 km²");
    }

    #[test]
    fn what_prints_as_nothing_is_no_word() {
        assert_eq!(cut("a\u{200b} \u{ad} b"), "a b");
    }
}
