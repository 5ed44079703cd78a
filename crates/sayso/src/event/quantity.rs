//! How many: a count phrase as printed to its bounds, as the coding guide has them ("How many").
//!
//! The phrase is a noun phrase, or a part of one; words around the number are passed over. What is no
//! count (ages, percentages, ordinals, fractions, "several") is `None`, never a guess.

use crate::numeral;

/// The bounds of a count; at least one of them is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The least it can be.
    pub min: Option<u64>,
    /// The most it can be.
    pub max: Option<u64>,
}

impl Quantity {
    /// Exactly, or about, `n`.
    pub fn exactly(n: u64) -> Self {
        Quantity { min: Some(n), max: Some(n) }
    }

    fn from(n: u64) -> Self {
        Quantity { min: Some(n), max: None }
    }
}

/// Reads a count phrase, token by token as printed; case does not matter.
///
/// "more than 1,000" is 1,001 at least, "up to 30 men" 30 at most, "several men" `None`.
pub fn quantity(words: &[&str]) -> Option<Quantity> {
    let parts = normalise(words);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    sum(&parts).or_else(|| first(&parts))
}

/// Lower case; hyphens, commas and plus signs alone; quotation marks and brackets gone.
fn normalise(words: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    for word in words.iter().flat_map(|w| w.split_whitespace()) {
        let lower = word
            .to_lowercase()
            .replace(['–', '—', '‑'], "-")
            .replace(['“', '”', '"', '(', ')', '[', ']'], "");
        let mut rest = lower.as_str();
        while let Some(at) = rest.find(['-', '+', '%', '$', '€', '£']) {
            let (head, tail) = rest.split_at(at);
            let mark = tail.chars().next().map_or(0, char::len_utf8);
            push(&mut out, head);
            out.push(tail[..mark].to_owned());
            rest = &tail[mark..];
        }
        push(&mut out, rest);
    }
    out
}

fn push(out: &mut Vec<String>, word: &str) {
    let body = word.trim_end_matches([',', ';', '.', ':']);
    if !body.is_empty() {
        out.push(body.to_owned());
    }
    if word.ends_with([',', ';']) {
        out.push(",".to_owned());
    }
}

/// What the words before a number do to it.
#[derive(Clone, Copy)]
enum Bound {
    /// "more than"
    Above,
    /// "at least"
    AtLeast,
    /// "up to", "nearly"
    AtMost,
    /// "fewer than"
    Below,
    /// "about"
    About,
}

const BOUNDS: &[(&[&str], Bound)] = &[
    (&["no", "more", "than"], Bound::AtMost),
    (&["not", "more", "than"], Bound::AtMost),
    (&["no", "fewer", "than"], Bound::AtLeast),
    (&["no", "less", "than"], Bound::AtLeast),
    (&["not", "fewer", "than"], Bound::AtLeast),
    (&["not", "less", "than"], Bound::AtLeast),
    (&["a", "minimum", "of"], Bound::AtLeast),
    (&["a", "maximum", "of"], Bound::AtMost),
    (&["as", "many", "as"], Bound::AtMost),
    (&["as", "few", "as"], Bound::AtLeast),
    (&["in", "excess", "of"], Bound::Above),
    (&["upwards", "of"], Bound::Above),
    (&["upward", "of"], Bound::Above),
    (&["north", "of"], Bound::Above),
    (&["more", "than"], Bound::Above),
    (&["greater", "than"], Bound::Above),
    (&["better", "than"], Bound::Above),
    (&["at", "least"], Bound::AtLeast),
    (&["at", "most"], Bound::AtMost),
    (&["up", "to"], Bound::AtMost),
    (&["close", "to"], Bound::AtMost),
    (&["fewer", "than"], Bound::Below),
    (&["less", "than"], Bound::Below),
    (&["over"], Bound::Above),
    (&["above"], Bound::Above),
    (&["exceeding"], Bound::Above),
    (&["minimum"], Bound::AtLeast),
    (&["maximum"], Bound::AtMost),
    (&["nearly"], Bound::AtMost),
    (&["almost"], Bound::AtMost),
    (&["approaching"], Bound::AtMost),
    (&["under"], Bound::Below),
    (&["below"], Bound::Below),
    (&["about"], Bound::About),
    (&["around"], Bound::About),
    (&["approximately"], Bound::About),
    (&["roughly"], Bound::About),
    (&["some"], Bound::About),
    (&["circa"], Bound::About),
    (&["an", "estimated"], Bound::About),
    (&["estimated"], Bound::About),
];

impl Bound {
    fn apply(self, q: Quantity) -> Option<Quantity> {
        Some(match self {
            Bound::About => q,
            Bound::AtLeast => Quantity { min: Some(q.min?), max: None },
            Bound::AtMost => Quantity { min: None, max: Some(q.max?) },
            // "more than dozens" says no more than "dozens".
            Bound::Above if q.max.is_none() => q,
            Bound::Above => Quantity { min: Some(q.min?.checked_add(1)?), max: None },
            Bound::Below => Quantity { min: None, max: Some(q.max?.checked_sub(1)?) },
        })
    }
}

fn bound(words: &[&str]) -> Option<(Bound, usize)> {
    BOUNDS.iter().find(|(phrase, _)| words.starts_with(phrase)).map(|&(phrase, b)| (b, phrase.len()))
}

/// Words that may stand between a bound or an article and its number: "an additional 12", "a total of 40".
fn passes(word: &str) -> bool {
    matches!(
        word,
        "total"
            | "of"
            | "further"
            | "additional"
            | "reported"
            | "record"
            | "combined"
            | "staggering"
            | "whopping"
            | "mere"
            | "good"
            | "full"
            | "whole"
            | "possibly"
            | "perhaps"
            | "the"
            | "other"
            | "more"
            | "another"
            | "just"
            | "only"
            | "well"
            | "slightly"
    )
}

/// The first count in the phrase.
fn first(words: &[&str]) -> Option<Quantity> {
    let mut joined = false; // whether something uncounted stands before an "and"
    for at in 0..words.len() {
        let rest = &words[at..];
        if excluded_by(words, at) {
            continue;
        }
        if is_zero(rest) {
            return Some(Quantity::exactly(0));
        }
        if let Some((q, _)) = element(rest) {
            let article = matches!(rest[0], "a" | "an" | "another");
            return match joined {
                false => Some(q),
                true if article => None,
                // "the mayor and two guards": two at least.
                true => Some(Quantity { min: q.min, max: None }).filter(|q| q.min.is_some()),
            };
        }
        if is_vague(rest) || is_boundless(rest) {
            return None;
        }
        joined |= at > 0 && rest[0] == "and";
    }
    None
}

/// "six policemen and twenty civilians": every part of the list has its count, and they are of one kind.
fn sum(words: &[&str]) -> Option<Quantity> {
    let outcome = |w: &&str| {
        matches!(
            *w,
            "killed"
                | "dead"
                | "died"
                | "wounded"
                | "injured"
                | "hurt"
                | "missing"
                | "arrested"
                | "captured"
                | "detained"
                | "deaths"
                | "injuries"
        )
    };
    if words.iter().filter(|w| outcome(w)).count() > 1 {
        return None;
    }
    let mut total = Quantity::exactly(0);
    let (mut at, mut parts, mut last_joined) = (0, 0, false);
    let mut before = "";
    while at < words.len() {
        while at < words.len() && matches!(words[at], "," | "and") {
            last_joined = words[at] == "and";
            at += 1;
        }
        while at < words.len() && matches!(words[at], "the" | "his" | "her" | "its" | "their" | "all") {
            at += 1;
        }
        let (q, used) = element(words.get(at..).filter(|r| !r.is_empty())?)?;
        // "thousands and thousands" are thousands.
        if q.max.is_none() && words[at] == before {
            return None;
        }
        before = words[at];
        at += used;
        if words[at..].starts_with(&["of", "them"]) || words[at..].starts_with(&["of", "whom"]) {
            return None;
        }
        total.min = total.min.zip(q.min).and_then(|(a, b)| a.checked_add(b));
        total.max = total.max.zip(q.max).and_then(|(a, b)| a.checked_add(b));
        parts += 1;
        while at < words.len() && !matches!(words[at], "," | "and") {
            at += 1;
        }
    }
    (parts > 1 && last_joined && (total.min.is_some() || total.max.is_some())).then_some(total)
}

/// A count with the bound before it and the marks behind it, or an article that stands for one.
fn element(words: &[&str]) -> Option<(Quantity, usize)> {
    if let Some((kind, used)) = bound(words).filter(|(_, used)| words.get(*used) != Some(&"of")) {
        let skipped = words[used..].iter().take_while(|w| passes(w)).count();
        let mut start = used + skipped;
        // "at least about 30"
        if let Some((Bound::About, more)) = bound(&words[start..]) {
            start += more;
        }
        if let Some((q, more)) = words.get(start..).filter(|r| !r.is_empty()).and_then(amount) {
            return Some((kind.apply(q)?, start + more));
        }
        if !matches!(kind, Bound::About) && matches!(words.get(start), Some(&("a" | "an"))) {
            let (q, more) = article(&words[start..])?;
            return Some((kind.apply(q)?, start + more));
        }
        return None;
    }
    amount(words).or_else(|| article(words))
}

/// "1,000", "20 to 30", "dozens", "several hundred", "both", "ten or more".
fn amount(words: &[&str]) -> Option<(Quantity, usize)> {
    if let Some(found) = indefinite(words) {
        return Some(found);
    }
    if words[0] == "between" || words[0] == "from" {
        let (low, used) = numeral::read(&words[1..])?;
        let (high, more) = match words.get(1 + used)? {
            &("and" | "to" | "-") => numeral::read(&words[2 + used..])?,
            _ => return None,
        };
        return in_order(low, high).map(|q| (q, 2 + used + more));
    }
    let (n, mut used) = numeral::read(words)?;
    if matches!(words.get(used), Some(&("to" | "-" | "or")))
        && let Some((high, more)) =
            words.get(used + 1..).and_then(numeral::read).filter(|&(high, _)| n < high)
    {
        let end = used + 1 + more;
        if is_measure(&words[end..]) || is_share(high, &words[end..]) {
            return None;
        }
        // "two to three thousand" is both of them thousands.
        let low = match numeral::scale(words[end - 1]) {
            Some(by) if n < 100 && high >= by => n.checked_mul(by).filter(|&low| low < high).unwrap_or(n),
            _ => n,
        };
        return in_order(low, high).map(|q| (q, end));
    }
    let rest = &words[used..];
    if is_measure(rest) || is_share(n, rest) {
        return None;
    }
    let q = match rest {
        ["or", "more", ..] => {
            used += 2;
            Quantity::from(n)
        }
        ["or", "fewer" | "less", ..] => {
            used += 2;
            Quantity { min: None, max: Some(n) }
        }
        ["-", "plus", ..] => {
            used += 2;
            Quantity::from(n)
        }
        ["plus" | "+", ..] => {
            used += 1;
            Quantity::from(n)
        }
        _ => Quantity::exactly(n),
    };
    Some((q, used))
}

fn in_order(low: u64, high: u64) -> Option<Quantity> {
    (low <= high).then_some(Quantity { min: Some(low), max: Some(high) })
}

/// "dozens", "tens of thousands", "several hundred", "a couple of", "both": words that count without a number.
fn indefinite(words: &[&str]) -> Option<(Quantity, usize)> {
    fn plural(word: &str) -> Option<u64> {
        Some(match word {
            "tens" => 20,
            "dozens" => 24,
            "scores" => 40,
            _ => 2 * numeral::scale(word.strip_suffix('s')?)?,
        })
    }
    Some(match words {
        // A plural of a plural: the lower bounds multiply, the second one as a singular.
        [outer, "of", inner, ..] if plural(outer).is_some() && plural(inner).is_some_and(|n| n >= 200) => {
            (Quantity::from((plural(outer)? / 2).checked_mul(plural(inner)?)?), 3)
        }
        ["a", "few" | "couple", "of", by, ..] if numeral::scale(by).is_some() => {
            let n = 2 * numeral::scale(by)?;
            (if words[1] == "few" { Quantity::from(n) } else { Quantity::exactly(n) }, 4)
        }
        ["a", "few", by, ..] if numeral::scale(by).is_some() => (Quantity::from(2 * numeral::scale(by)?), 3),
        ["a", "couple", by, ..] if numeral::scale(by).is_some() => {
            (Quantity::exactly(2 * numeral::scale(by)?), 3)
        }
        ["several" | "many" | "some", by, ..] if numeral::scale(by).is_some() => {
            (Quantity::from(2 * numeral::scale(by)?), 2)
        }
        ["a", "couple" | "pair" | "duo", ..] => (Quantity::exactly(2), 2),
        ["both", ..] => (Quantity::exactly(2), 1),
        [word, ..] => (Quantity::from(plural(word)?), 1),
        [] => return None,
    })
}

/// "a soldier" is one; "a group of 20 men" twenty; "a group of men" unknown.
fn article(words: &[&str]) -> Option<(Quantity, usize)> {
    if words[0] == "another" {
        return words
            .get(1..)
            .filter(|r| !r.is_empty())
            .and_then(amount)
            .map(|(q, used)| (q, used + 1))
            .or(Some((Quantity::exactly(1), 1)));
    }
    if !matches!(words[0], "a" | "an") {
        return None;
    }
    if words.len() == 1 {
        return Some((Quantity::exactly(1), 1));
    }
    let start = 1 + words[1..].iter().take_while(|w| passes(w)).count();
    let rest = words.get(start..).filter(|r| !r.is_empty())?;
    if start > 1 {
        if let Some((q, used)) = element(rest).filter(|_| !matches!(rest[0], "a" | "an")) {
            return Some((q, start + used));
        }
    } else if let Some((q, used)) = amount(rest).filter(|_| rest[0].starts_with(|c: char| c.is_ascii_digit()))
    {
        return Some((q, start + used));
    }
    if matches!(rest[0], "few" | "lot" | "bit" | "little" | "great" | "good" | "large" | "small")
        && !is_person_after(rest)
    {
        return None;
    }
    if ordinal_fraction(rest[0]) && rest.get(1) == Some(&"of") || matches!(rest[0], "half" | "quarter") {
        return None;
    }
    for (i, word) in
        rest.iter().take(4).enumerate().take_while(|(_, w)| !matches!(**w, "," | "and" | "of" | "who" | "in"))
    {
        let last =
            rest.get(i + 1).is_none_or(|next| matches!(*next, "of" | "," | "and" | "who" | "that" | "in"));
        if !last {
            continue;
        }
        if matches!(*word, "couple" | "pair" | "duo") {
            return Some((Quantity::exactly(2), start + i + 1));
        }
        if *word == "trio" {
            return Some((Quantity::exactly(3), start + i + 1));
        }
        if is_collective(word) {
            let inner = rest.get(i + 2..).filter(|r| !r.is_empty() && rest[i + 1] == "of")?;
            let (q, used) = element(inner).filter(|_| !matches!(inner[0], "a" | "an"))?;
            return Some((q, start + i + 2 + used));
        }
    }
    Some((Quantity::exactly(1), 1))
}

/// "a great leader", "a small boy": the adjective before a person, not before "number" or "crowd".
fn is_person_after(rest: &[&str]) -> bool {
    matches!(rest[0], "great" | "good" | "large" | "small" | "little")
        && rest.get(1).is_some_and(|w| !is_collective(w) && !matches!(*w, "many" | "deal"))
}

fn is_collective(word: &str) -> bool {
    matches!(
        word,
        "group"
            | "number"
            | "crowd"
            | "handful"
            | "lot"
            | "series"
            | "wave"
            | "spate"
            | "string"
            | "family"
            | "majority"
            | "minority"
            | "team"
            | "gang"
            | "mob"
            | "band"
            | "convoy"
            | "unit"
            | "squad"
            | "contingent"
            | "army"
            | "force"
            | "battalion"
            | "brigade"
            | "party"
            | "delegation"
            | "mixture"
            | "cell"
            | "array"
            | "variety"
            | "fraction"
            | "percentage"
            | "proportion"
            | "part"
            | "batch"
            | "set"
            | "list"
            | "range"
            | "toll"
            | "average"
    )
}

/// Nothing: "no one", "none of them", "no casualties", "did not cause any injuries", "unharmed".
fn is_zero(rest: &[&str]) -> bool {
    if bound(rest).is_some_and(|(_, used)| used > 1 && !matches!(rest[0], "an" | "a")) {
        return false;
    }
    let harm = |w: &&str| {
        matches!(
            *w,
            "any"
                | "anyone"
                | "anybody"
                | "single"
                | "one"
                | "casualty"
                | "casualties"
                | "death"
                | "deaths"
                | "injury"
                | "injuries"
                | "victim"
                | "victims"
        )
    };
    match rest {
        ["no", next, ..] => !matches!(*next, "longer" | "doubt" | "." | "matter"),
        ["none" | "nobody" | "nil" | "neither" | "unharmed" | "unhurt" | "uninjured" | "unscathed", ..] => {
            true
        }
        ["not" | "n't" | "n’t" | "never" | "without", after @ ..] => after.iter().take(5).any(harm),
        _ => false,
    }
}

/// "up to dozens": a bound that says nothing of its count.
fn is_boundless(rest: &[&str]) -> bool {
    bound(rest).is_some_and(|(kind, used)| {
        let inner = rest.get(used..).filter(|r| !r.is_empty()).and_then(amount);
        inner.is_some_and(|(q, _)| kind.apply(q).is_none())
    })
}

/// "several", "some of the 300": a share or a vague number, so that a number further on is not the count.
fn is_vague(rest: &[&str]) -> bool {
    if numeral::read(rest).is_some_and(|(n, used)| is_share(n, &rest[used..])) {
        return true;
    }
    match rest {
        ["few", ..] => true,
        ["a", next, ..] => matches!(
            *next,
            "few"
                | "handful"
                | "lot"
                | "number"
                | "third"
                | "quarter"
                | "fifth"
                | "tenth"
                | "majority"
                | "fraction"
        ),
        [word, ..] => matches!(
            *word,
            "several"
                | "some"
                | "many"
                | "most"
                | "half"
                | "part"
                | "numerous"
                | "various"
                | "multiple"
                | "countless"
                | "much"
                | "percent"
        ),
        [] => false,
    }
}

/// A number that says how old or how long, by what follows it.
fn is_measure(rest: &[&str]) -> bool {
    fn unit(word: &str) -> bool {
        let single = word.strip_suffix('s').unwrap_or(word);
        matches!(
            single,
            "year"
                | "month"
                | "week"
                | "day"
                | "hour"
                | "minute"
                | "second"
                | "km"
                | "kilometer"
                | "kilometre"
                | "mile"
                | "meter"
                | "metre"
                | "foot"
                | "feet"
                | "inch"
                | "mm"
                | "cm"
                | "ton"
                | "tonne"
                | "kg"
                | "point"
                | "storey"
                | "story"
                | "degree"
        )
    }
    match rest {
        ["-", next, ..] => unit(next),
        [next, "old" | "-", ..] => unit(next),
        ["years" | "year", ..] => true,
        _ => false,
    }
}

/// A number that says what share, by what follows it: "40 percent", "one in five", "two-thirds".
fn is_share(n: u64, rest: &[&str]) -> bool {
    match rest {
        ["%" | "percent" | "pct", ..] | ["per", "cent", ..] | ["-", "percent" | "quarters", ..] => true,
        ["-", next, ..] => ordinal_fraction(next),
        ["in", next, ..] => numeral::read(&[next]).is_some_and(|(of, _)| n < of && of < 1000),
        [next, ..] => ordinal_fraction(next) && (n == 1 || next.ends_with('s')) || *next == "quarters",
        [] => false,
    }
}

fn ordinal_fraction(word: &str) -> bool {
    let single = word.strip_suffix('s').unwrap_or(word);
    matches!(
        single,
        "third"
            | "quarter"
            | "fourth"
            | "fifth"
            | "sixth"
            | "seventh"
            | "eighth"
            | "ninth"
            | "tenth"
            | "half"
    )
}

/// A number that what stands before it makes no count: "$ 300", "aged 15".
fn excluded_by(words: &[&str], at: usize) -> bool {
    at > 0 && matches!(words[at - 1], "$" | "€" | "£" | "aged" | "age" | "no." | "route" | "unit")
}

#[cfg(test)]
mod tests;
