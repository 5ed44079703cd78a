//! Numbers as news prints them: "1,000", "1.5 million", "twenty-three", "two hundred and five", "half a dozen".

/// Reads the number that begins `words` (lower-cased tokens); gives it and how many words it took.
///
/// Whole numbers only: "1.5" is none, "1.5 million" is one. Ordinals and fractions are none.
pub(crate) fn read(words: &[&str]) -> Option<(u64, usize)> {
    match words {
        // "half a dozen", "half a million", "half-dozen"
        ["half", "a", unit, ..] => Some((scale(unit)? / 2, 3)),
        ["half", "-", unit, ..] => Some((scale(unit)? / 2, 3)),
        ["half-dozen", ..] => Some((6, 1)),
        ["a" | "an", unit, rest @ ..] if scale(unit).is_some() => {
            let (n, used) = spelled(words.get(1..)?)?;
            debug_assert!(used <= rest.len() + 1, "a number ends inside the words it was read from");
            Some((n, used + 1))
        }
        [first, ..] if first.starts_with(|c: char| c.is_ascii_digit()) => figures(words),
        _ => spelled(words),
    }
}

/// The value of a word below a hundred: "seven", "twelve", "forty", "twenty-three", "thirtythree".
pub(crate) fn small(word: &str) -> Option<u64> {
    if let Some(n) = unit(word).or_else(|| tens(word)) {
        return Some(n);
    }
    let cut = word.char_indices().map(|(at, _)| at).find(|&at| tens(&word[..at]).is_some())?;
    let rest = word[cut..].trim_start_matches('-');
    let low = unit(rest).filter(|n| (1..10).contains(n))?;
    Some(tens(&word[..cut])? + low)
}

fn unit(word: &str) -> Option<u64> {
    const UNITS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    UNITS.iter().position(|&u| u == word).map(|n| n as u64)
}

fn tens(word: &str) -> Option<u64> {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    TENS.iter().position(|&t| t == word).map(|n| 10 * (n as u64 + 2)).or((word == "fourty").then_some(40))
}

/// What multiplies: "dozen", "hundred", "million".
pub(crate) fn scale(word: &str) -> Option<u64> {
    Some(match word {
        "dozen" => 12,
        "hundred" => 100,
        "thousand" => 1_000,
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        "trillion" => 1_000_000_000_000,
        _ => return None,
    })
}

/// As [`scale`], with the short forms that follow figures: "2.3bn", "30k", "1.5m".
fn short_scale(word: &str) -> Option<u64> {
    Some(match word {
        "k" => 1_000,
        "m" | "mn" | "mln" => 1_000_000,
        "bn" | "bln" => 1_000_000_000,
        "tn" | "trn" => 1_000_000_000_000,
        _ => return scale(word),
    })
}

/// "1,000", "1.5 million", "10 000", "30k".
fn figures(words: &[&str]) -> Option<(u64, usize)> {
    let first = words[0];
    let stop = first.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).unwrap_or(first.len());
    let (mut mantissa, places) = decimal(&first[..stop])?;
    let mut used = 1;
    if stop < first.len() {
        mantissa = mantissa.checked_mul(short_scale(&first[stop..])?)?;
    } else if places == 0 && first.len() <= 3 {
        // Thousands set apart by a blank.
        while let Some(group) =
            words.get(used).filter(|w| w.len() == 3 && w.bytes().all(|b| b.is_ascii_digit()))
        {
            mantissa = mantissa.checked_mul(1000)?.checked_add(group.parse().ok()?)?;
            used += 1;
        }
    }
    while let Some(by) = words.get(used).and_then(|w| short_scale(w)) {
        mantissa = mantissa.checked_mul(by)?;
        used += 1;
    }
    let by = 10u64.checked_pow(places)?;
    (mantissa % by == 0).then_some((mantissa / by, used))
}

/// Figures with their commas checked: the digits without the point, and how many stood behind it.
fn decimal(word: &str) -> Option<(u64, u32)> {
    let (whole, fraction) = word.split_once('.').unwrap_or((word, ""));
    let mut groups = whole.split(',');
    let head = groups.next()?;
    let grouped = whole.contains(',');
    if head.is_empty() || grouped && head.len() > 3 || groups.any(|g| g.len() != 3) {
        return None;
    }
    let bytes = || whole.bytes().chain(fraction.bytes()).filter(|&b| b != b',');
    if bytes().any(|b| !b.is_ascii_digit()) {
        return None;
    }
    let mut n: u64 = 0;
    for b in bytes() {
        n = n.checked_mul(10)?.checked_add(u64::from(b - b'0'))?;
    }
    Some((n, fraction.len() as u32))
}

/// "two hundred and five thousand", "twenty - three", "one and a half million".
fn spelled(words: &[&str]) -> Option<(u64, usize)> {
    let (mut total, mut group) = (0u64, 0u64);
    let (mut used, mut at) = (0, 0);
    let mut last_scale = u64::MAX;
    let mut open = true; // whether a word below a hundred may follow
    while let Some(&word) = words.get(at) {
        let next = words.get(at + 1).copied().unwrap_or("");
        if let Some(n) = small(word) {
            let after_tens = group % 100 >= 20 && group % 10 == 0 && (1..10).contains(&n);
            if !open && !after_tens {
                break;
            }
            group = group.checked_add(n)?;
            open = false;
            at += 1;
        } else if used > 0 && joins(word, next, group, open && total + group >= 100) {
            at += 1;
            continue;
        } else if let ("and", "a", Some(&"half"), Some(by)) =
            (word, next, words.get(at + 2), words.get(at + 3).and_then(|w| scale(w)))
        {
            if used == 0 {
                break;
            }
            return Some((group.checked_mul(by)?.checked_add(by / 2)?, at + 4));
        } else if word == "hundred" && group < 100 {
            group = group.max(1) * 100;
            open = true;
            at += 1;
        } else if let Some(by) = scale(word).filter(|&by| by != 100 && by < last_scale) {
            total = total.checked_add(group.max(1).checked_mul(by)?)?;
            (group, last_scale, open) = (0, by, by > 12);
            at += 1;
        } else {
            break;
        }
        used = at;
    }
    (used > 0).then_some((total.checked_add(group)?, used))
}

/// Whether a mark or an "and" goes on with the number: "twenty - three", "two hundred and five".
fn joins(word: &str, next: &str, group: u64, after_hundred: bool) -> bool {
    match word {
        "-" => {
            group % 100 >= 20 && group.is_multiple_of(10) && unit(next).is_some_and(|n| (1..10).contains(&n))
        }
        "and" => after_hundred && small(next).is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn numbers_are_read_whole() {
        for (text, value, used) in [
            ("1,000 fighters", 1_000, 1),
            ("1.5 million people", 1_500_000, 2),
            ("10 000 troops", 10_000, 2),
            ("30k", 30_000, 1),
            ("2.3bn", 2_300_000_000, 1),
            ("seven", 7, 1),
            ("twenty - three men", 23, 3),
            ("twenty-three men", 23, 1),
            ("thirtythree seamen", 33, 1),
            ("two hundred and five", 205, 4),
            ("two hundred and a driver", 200, 2),
            ("three hundred thousand", 300_000, 3),
            ("two thousand five hundred and ten", 2_510, 6),
            ("a hundred people", 100, 2),
            ("half a million", 500_000, 3),
            ("half a dozen", 6, 3),
            ("two dozen men", 24, 2),
            ("one and a half million", 1_500_000, 5),
            ("four and five", 4, 1),
            ("three trillion", 3_000_000_000_000, 2),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            assert_eq!(read(&words), Some((value, used)), "{text}");
        }
    }

    #[test]
    fn what_is_no_whole_number_is_none() {
        for text in [
            "1.5",
            "a soldier",
            "second",
            "third",
            "10th",
            "1,00",
            "half of them",
            "many",
            "",
            "99999999999999999999",
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            assert_eq!(read(&words), None, "{text}");
        }
    }
}
