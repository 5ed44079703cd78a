//! Phrases that stand in the calendar by themselves, or lack only their year.

use super::calendar::{self, Third, Unit};
use super::names;
use super::reader::{Found, Reader};
use super::{Direction, Interval, Kind};

/// Figures only: "2017-10-10", "13/10/2017", "10.10.2017", "9/11". Where day and month could be either
/// ("10/5/2017"), the phrase is found and its interval left open.
pub(super) fn figures(r: &Reader, at: usize) -> Option<Found> {
    let word = r.w(at);
    let sign = word.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<&str> = word.split(sign).collect();
    if word == "9/11" {
        return Some(Found::calendar(
            at + 1,
            Unit::Day,
            calendar::day(2001, 9, 11).map(|d| Interval::days(d, d)),
        ));
    }
    let [a, b, c] = parts[..] else { return None };
    let n = |s: &str| s.parse::<i16>().ok();
    let (x, y, z) = (n(a)?, n(b)?, n(c)?);
    let dates = match (a.len(), c.len()) {
        (4, 1..=2) => vec![(x, y, z)],
        (1..=2, 4) if sign == '.' => vec![(z, y, x)],
        (1..=2, 4) => vec![(z, x, y), (z, y, x)],
        _ => return None,
    };
    let mut days: Vec<_> = dates
        .iter()
        .filter_map(|&(y, m, d)| calendar::day(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?))
        .collect();
    days.dedup();
    match days[..] {
        [] => None,
        [day] => Some(Found::calendar(at + 1, Unit::Day, Some(Interval::days(day, day)))),
        _ => Some(Found::calendar(at + 1, Unit::Day, None)),
    }
}

/// Day of the month in figures or, where `words` allows, as an ordinal word; one or two words long.
fn day_number(r: &Reader, at: usize, words: bool) -> Option<i8> {
    let word = r.w(at);
    let n = match word.parse::<i64>() {
        Ok(n) if word.len() <= 2 => n,
        Ok(_) => return None,
        Err(_) if words || word.starts_with(|c: char| c.is_ascii_digit()) => names::ordinal(word)?,
        Err(_) => return None,
    };
    i8::try_from(n).ok().filter(|n| (1..=31).contains(n))
}

/// "5", "5-7", "5 to 7", "13, 14, and 15": first day, last day, one past the words.
fn day_list(r: &Reader, at: usize, ends: impl Fn(usize) -> bool) -> Option<(i8, i8, usize)> {
    let first = day_number(r, at, true)?;
    let (mut day, mut next) = (first, at + 1);
    let mut closed = (first, next);
    loop {
        let joined = match r.w(next) {
            "," if r.w(next + 1) == "and" => 2,
            "," | "and" | "-" | "–" | "to" | "or" | "/" | "through" | "&" => 1,
            _ => break,
        };
        let Some(later) = day_number(r, next + joined, true).filter(|&d| d > day) else { break };
        let hyphen = matches!(r.w(next), "-" | "–");
        (day, next) = (later, next + joined + 1);
        // A comma may open a list that turns out to be none: keep the longest that ends well.
        if hyphen || ends(next) {
            closed = (day, next);
        }
    }
    Some((first, closed.0, closed.1))
}

/// The year behind a day and month: "2017", ", 2017", "of 2017", "'89", "[1989]". Gives it and one past it.
fn year_behind(r: &Reader, at: usize) -> Option<(i16, usize)> {
    if let Some(year) = year_number(r, at) {
        return Some((year, at + 1));
    }
    if matches!(r.w(at), "," | "of" | "in") {
        let year = year_number(r, at + 1)?;
        return Some((year, at + 2));
    }
    if r.w(at) == "[" && r.w(at + 2) == "]" {
        return Some((year_number(r, at + 1)?, at + 3));
    }
    let short = r.w(at).strip_prefix(['\'', '’'])?;
    two_digits(short).map(|year| (year, at + 1))
}

/// "89" is 1989, "17" is 2017.
fn two_digits(word: &str) -> Option<i16> {
    let n: i16 = word.parse().ok().filter(|_| word.len() == 2)?;
    Some(if n >= 40 { 1900 + n } else { 2000 + n })
}

/// Four figures that can be a year and do not count what follows ("2000 soldiers") nor tell the hour ("2000 gmt").
fn year_number(r: &Reader, at: usize) -> Option<i16> {
    let word = r.w(at);
    if word.len() != 4 || !word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let counted = matches!(
        r.w(at + 1),
        "people"
            | "persons"
            | "soldiers"
            | "troops"
            | "fighters"
            | "militants"
            | "men"
            | "women"
            | "children"
            | "civilians"
            | "families"
            | "villages"
            | "villagers"
            | "villages."
            | "homes"
            | "houses"
            | "refugees"
            | "prisoners"
            | "detainees"
            | "police"
            | "policemen"
            | "officers"
            | "members"
            | "workers"
            | "students"
            | "residents"
            | "protesters"
            | "demonstrators"
            | "cases"
            | "dead"
            | "deaths"
            | "casualties"
            | "dollars"
            | "euros"
            | "pounds"
            | "percent"
            | "meters"
            | "metres"
            | "km"
            | "kilometers"
            | "kilometres"
            | "miles"
            | "feet"
            | "tons"
            | "tonnes"
            | "acres"
            | "hectares"
            | "votes"
            | "gmt"
            | "hours"
            | "hrs"
            | "local"
            | "utc"
            | "others"
            | "more"
            | "or"
            | "rounds"
            | "rockets"
            | "missiles"
            | "vehicles"
            | "tanks"
            | "rebels"
            | "guerrillas"
            | "jobs"
            | "seats"
            | "%"
    );
    let year: i16 = word.parse().ok()?;
    ((1500..=2100).contains(&year) && !counted).then_some(year)
}

/// Whether "may", "march", "april", "june", "august" or a short form names the month although no day or
/// year stands beside it: "in May", "last March", "early June", "mid-August".
fn month_in_context(r: &Reader, at: usize) -> bool {
    let lead = r.before(at, 1);
    let lead = if lead == "-" { r.before(at, 2) } else { lead };
    match lead {
        "in" | "since" | "until" | "till" | "last" | "next" | "early" | "late" | "mid" | "during"
        | "throughout" | "between" => true,
        "this" | "from" | "to" | "through" | "past" | "and" | "-" => r.capital(at),
        "of" => matches!(
            r.before(at, 2),
            "end" | "beginning" | "start" | "middle" | "month" | "half" | "week" | "part" | "weeks" | "days"
        ),
        _ => false,
    }
}

fn is_month_and_verb(word: &str) -> bool {
    matches!(word, "march" | "may")
}

fn is_month_and_word(word: &str) -> bool {
    matches!(word, "march" | "april" | "may" | "june" | "august")
}

/// Month and day: "Oct. 5", "October 5th, 2017", "Oct. 5-7", "November 16 and 17", "October the 5th".
pub(super) fn month_day(r: &Reader, at: usize) -> Option<Found> {
    let (month, _) = names::month(r.w(at))?;
    if r.cased && !r.capital(at) {
        return None;
    }
    let start = at + 1 + usize::from(r.w(at + 1) == "the");
    if r.w(start).parse::<i64>().is_err()
        && !r.w(start).starts_with(|c: char| c.is_ascii_digit())
        && start == at + 1
    {
        return None;
    }
    let closed = |end: usize| r.closes(end) || year_number(r, end).is_some();
    let (first, last, end) = day_list(r, start, closed)?;
    // "they may 15 people", "march 10 miles": a verb needs a clean end to be a month.
    if is_month_and_verb(r.w(at)) && !r.capital(at) && !closed(end) {
        return None;
    }
    dated(r, month, first, last, end)
}

/// Day and month: "5 October 2017", "the 5th of October", "16 - 17 October", "12 and 13 February", "13 Nov 89".
pub(super) fn day_month(r: &Reader, at: usize) -> Option<Found> {
    let start = at + usize::from(r.w(at) == "the");
    let names_month = |end: usize| names::month(r.w(end + usize::from(r.w(end) == "of"))).is_some();
    if !r.w(start).starts_with(|c: char| c.is_ascii_digit()) && r.w(start + 1) != "of" {
        return None;
    }
    let (first, last, end) = day_list(r, start, names_month)?;
    let at_month = end + usize::from(r.w(end) == "of");
    let (month, _) = names::month(r.w(at_month))?;
    if r.cased && !r.capital(at_month) {
        return None;
    }
    let end = at_month + 1;
    if is_month_and_verb(r.w(at_month))
        && !r.capital(at_month)
        && !r.closes(end)
        && year_number(r, end).is_none()
        && !names::is_day_part(r.w(end))
    {
        return None;
    }
    // "13 Nov 89"
    if let Some(year) = two_digits(r.w(end)).filter(|y| *y >= 1940 && *y < 2000 && r.closes(end + 1)) {
        return dated_in(month, first, last, end + 1, year);
    }
    dated(r, month, first, last, end)
}

fn dated(r: &Reader, month: i8, first: i8, last: i8, end: usize) -> Option<Found> {
    if let Some((year, end)) = year_behind(r, end) {
        return dated_in(month, first, last, end, year);
    }
    // A day that no year has ("31 June") is no date.
    calendar::day(2000, month, first)?;
    calendar::day(2000, month, last)?;
    let make =
        |year| Some(Interval::days(calendar::day(year, month, first)?, calendar::day(year, month, last)?));
    // "the Sept. 11 attacks" are those of 2001, whatever the year of the article.
    if (month, first, last) == (9, 11, 11)
        && matches!(r.w(end), "attack" | "attacks" | "terrorist" | "terror" | "hijackers" | "hijackings")
    {
        return Some(Found::calendar(end, Unit::Day, make(2001)));
    }
    Some(Found::calendar(end, Unit::Day, r.nearest(make)))
}

fn dated_in(month: i8, first: i8, last: i8, end: usize, year: i16) -> Option<Found> {
    let interval = Interval::days(calendar::day(year, month, first)?, calendar::day(year, month, last)?);
    Some(Found::calendar(end, Unit::Day, Some(interval)))
}

/// A month, with or without its year: "October 2017", "October of 2017", "in May", "last September", "this past March".
pub(super) fn month(r: &Reader, at: usize) -> Option<Found> {
    let (lead, direction) = match (r.w(at), r.w(at + 1)) {
        ("this", "past") | ("the", "past") => (2, Some(Direction::Past)),
        ("this", "coming") => (2, Some(Direction::Future)),
        ("last" | "past", _) => (1, Some(Direction::Past)),
        ("next" | "coming", _) => (1, Some(Direction::Future)),
        ("this", _) => (1, Some(Direction::Present)),
        _ => (0, None),
    };
    let name = at + lead;
    let (month, full) = names::month(r.w(name))?;
    if r.cased && !r.capital(name) {
        return None;
    }
    if let Some((year, end)) = year_behind(r, name + 1).filter(|_| lead == 0 && r.w(name + 1) != "in") {
        return Some(Found::calendar(end, Unit::Month, calendar::month(year, month)));
    }
    let sure = full && !is_month_and_word(r.w(name));
    if !sure && !month_in_context(r, name)
        || r.w(name + 1).starts_with(|c: char| c.is_ascii_digit()) && lead == 0 && !sure
    {
        return None;
    }
    let interval = match direction {
        None => r.nearest(|year| calendar::month(year, month)),
        Some(Direction::Past) => r.published.and_then(|p| {
            let year = if month < p.month() { p.year() } else { p.year().checked_sub(1)? };
            calendar::month(year, month)
        }),
        Some(Direction::Future) => r.published.and_then(|p| {
            let year = if month > p.month() { p.year() } else { p.year().checked_add(1)? };
            calendar::month(year, month)
        }),
        Some(Direction::Present) => r.published.and_then(|p| calendar::month(p.year(), month)),
    };
    Some(Found { direction, ..Found::calendar(name + 1, Unit::Month, interval) })
}

/// A year alone: "in 2014", "the 2003 invasion", "since 1988", "(2011)", "2015-16".
pub(super) fn year(r: &Reader, at: usize) -> Option<Found> {
    let year = year_number(r, at)?;
    if matches!(r.w(at + 1), "-" | "–") {
        let long = year_number(r, at + 2);
        let last = long
            .or_else(|| two_digits(r.w(at + 2)).map(|y| year / 100 * 100 + y % 100))
            .filter(|&y| y > year);
        if let Some(last) = last.filter(|_| (1700..=2100).contains(&year)) {
            return Some(Found::calendar(at + 3, Unit::Year, calendar::years(year, last)));
        }
    }
    let lead = match r.before(at, 1) {
        "-" | "(" => r.before(at, 2),
        lead => lead,
    };
    let led = match lead {
        "in" | "since" | "until" | "till" | "by" | "before" | "after" | "from" | "during" | "throughout"
        | "through" | "early" | "late" | "mid" | "circa" | "fiscal" | "year" | "back" | "pre" | "post"
        | "'s" | "’s" | "the" | "a" | "his" | "her" | "its" | "their" | "our" | "around" => true,
        "of" => !matches!(
            r.before(at, 2),
            "total"
                | "number"
                | "force"
                | "group"
                | "crowd"
                | "loss"
                | "maximum"
                | "minimum"
                | "toll"
                | "army"
        ),
        "between" => r.w(at + 1) == "and" && year_number(r, at + 2).is_some(),
        "and" | "or" | "to" | "," => year_number(r, at.saturating_sub(2)).is_some() && at >= 2,
        _ => false,
    };
    let parenthesis = r.before(at, 1) == "(" && matches!(r.w(at + 1), ")" | "-" | "–");
    let tells = matches!(
        r.w(at + 1),
        "election"
            | "elections"
            | "presidential"
            | "invasion"
            | "war"
            | "uprising"
            | "revolution"
            | "coup"
            | "campaign"
            | "attack"
            | "attacks"
            | "referendum"
            | "bombing"
            | "bombings"
            | "massacre"
            | "crisis"
            | "peace"
            | "agreement"
            | "deal"
            | "accord"
            | "genocide"
            | "olympics"
    );
    let (low, high) = if led { (1700, 2100) } else { (1900, 2100) };
    let fits = (low..=high).contains(&year) && (led || parenthesis || tells);
    fits.then(|| Found::calendar(at + 1, Unit::Year, calendar::years(year, year)))
}

/// A decade or a century: "the 1990s", "the '80s", "the eighties", "the 19th century".
pub(super) fn decade(r: &Reader, at: usize) -> Option<Found> {
    let start = at + usize::from(r.w(at) == "the");
    let word = r.w(start);
    if let (Some(n), "century") = (names::ordinal(word), r.w(start + usize::from(r.w(start + 1) == "-") + 1))
    {
        let end = start + usize::from(r.w(start + 1) == "-") + 2;
        let last = i16::try_from(n).ok()?.checked_mul(100)?;
        return Some(Found::calendar(end, Unit::Century, calendar::years(last - 99, last)));
    }
    // "the 1960's"
    let led = start > at || matches!(r.before(at, 1), "early" | "late" | "mid" | "-");
    let apostrophe = led && word.len() == 4 && matches!(r.w(start + 1), "'s" | "’s");
    let decade = match word {
        _ if apostrophe => word.parse().ok()?,
        "twenties" => 1920,
        "thirties" => 1930,
        "forties" => 1940,
        "fifties" => 1950,
        "sixties" => 1960,
        "seventies" => 1970,
        "eighties" => 1980,
        "nineties" => 1990,
        _ => {
            let stem = word.strip_suffix('s')?.trim_end_matches(['\'', '’']);
            match stem.strip_prefix(['\'', '’']) {
                Some(short) => two_digits(short)?,
                None if stem.len() == 4 => stem.parse().ok()?,
                None => return None,
            }
        }
    };
    // "in his forties" is an age.
    let spelled = word.ends_with("ties");
    if decade % 10 != 0
        || !(1700..=2100).contains(&decade)
        || spelled && !matches!(r.before(start, 1), "the" | "early" | "late" | "mid" | "-")
    {
        return None;
    }
    if spelled && matches!(r.before(start, 2), "his" | "her" | "their" | "my") {
        return None;
    }
    Some(Found::calendar(
        start + 1 + usize::from(apostrophe),
        Unit::Decade,
        calendar::years(decade, decade + 9),
    ))
}

/// A day of the month alone: "on the 14th", "since the 3rd", "the 14th of last month".
pub(super) fn day_of_month(r: &Reader, at: usize) -> Option<Found> {
    if r.w(at) != "the" || !r.w(at + 1).starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let day = day_number(r, at + 1, false).filter(|_| names::ordinal(r.w(at + 1)).is_some())?;
    let of_month = match (r.w(at + 2), r.w(at + 3), r.w(at + 4)) {
        ("of", "this", "month") => Some(0),
        ("of", "last", "month") => Some(-1),
        ("of", "next", "month") => Some(1),
        _ => None,
    };
    if let Some(shift) = of_month {
        let on =
            r.published.and_then(|p| calendar::plus_months(calendar::day(p.year(), p.month(), 1)?, shift));
        let day = on.and_then(|m| calendar::day(m.year(), m.month(), day));
        return Some(Found::calendar(at + 5, Unit::Day, day.map(|d| Interval::days(d, d))));
    }
    let led = matches!(
        r.before(at, 1),
        "on" | "since" | "by" | "until" | "till" | "from" | "before" | "after" | "around" | "between" | "of"
    );
    if !led || r.w(at + 2) == "of" || !r.closes(at + 2) {
        return None;
    }
    let interval = r.published.and_then(|p| {
        let first = calendar::day(p.year(), p.month(), 1)?;
        (0..9).find_map(|n| {
            let month = calendar::plus_months(first, if r.ahead { n } else { -n })?;
            let found = calendar::day(month.year(), month.month(), day)?;
            (if r.ahead { found >= p } else { found <= p }).then_some(Interval::days(found, found))
        })
    });
    Some(Found::calendar(at + 2, Unit::Day, interval))
}

/// A part of a month or year: "the first week of October", "the last week of January", "the second half
/// of 2017", "the third quarter", "the first three months of the year", "Q3 2017".
///
/// A month's first week is its first seven days, and so on; its last week the last seven.
pub(super) fn part(r: &Reader, at: usize) -> Option<Found> {
    if let Some(quarter) =
        r.w(at).strip_prefix('q').and_then(|q| q.parse::<i8>().ok()).filter(|q| (1..=4).contains(q))
    {
        let (year, end) = year_behind(r, at + 1)?;
        return Some(Found::calendar(end, Unit::Season, calendar::months(year, quarter * 3 - 2, 3)));
    }
    let start = at + usize::from(r.w(at) == "the");
    let nth = match r.w(start) {
        "last" | "final" => -1,
        "first" | "opening" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        _ => return None,
    };
    let (count, used) = r.number(start + 1).filter(|(n, _)| (1..400).contains(n)).unwrap_or((1, 0));
    let unit_at = start + 1 + used;
    let half = r.w(unit_at) == "half";
    let unit = if half { Unit::Season } else { names::unit(r.w(unit_at)).map(|(unit, _)| unit)? };
    if r.w(unit_at + 1) != "of" {
        return None;
    }
    let whole = whole_of(r, unit_at + 2)?;
    if unit >= whole.unit || used > 0 && nth > 1 || nth > 1 && unit == Unit::Day {
        return None;
    }
    let days = |whole: Interval| -> Option<Interval> {
        let (from, to) = (whole.from?, whole.to?);
        let step = |day, n: i64| match half {
            true if whole_is_month(whole) => calendar::plus_days(day, 15 * n),
            true => calendar::plus_months(day, 6 * n),
            false => calendar::shifted(day, unit, n),
        };
        if nth < 0 {
            // The day after the end, so that months are counted back from a first.
            let start = step(calendar::plus_days(to, 1)?, -count)?;
            return Some(Interval::days(start.max(from), to));
        }
        let start = step(from, nth - 1)?;
        let stop = calendar::plus_days(step(start, count)?, -1)?;
        let stop = if half && nth == 2 { to } else { stop.min(to) };
        (start <= stop).then_some(Interval::days(start, stop))
    };
    Some(Found { interval: whole.interval.and_then(days), unit, ..whole })
}

fn whole_is_month(whole: Interval) -> bool {
    whole.from.zip(whole.to).is_some_and(|(a, b)| (a.year(), a.month()) == (b.year(), b.month()))
}

/// What a part is part of: a month, a year, "this month", "last year", "the year".
pub(super) fn whole_of(r: &Reader, at: usize) -> Option<Found> {
    if let Some((unit, false)) = names::unit(r.w(at + 1)).filter(|(unit, _)| *unit > Unit::Day)
        && r.w(at) == "the"
        && !matches!(r.w(at + 2), "of" | "before" | "after")
    {
        return Some(Found::calendar(at + 2, unit, r.published.and_then(|p| calendar::around(p, unit))));
    }
    let candidates = [month(r, at), year(r, at), decade(r, at), season(r, at), super::deictic::unit(r, at)];
    candidates.into_iter().flatten().max_by_key(|f| f.end)
}

/// A season: "last spring", "the summer of 2016", "in the winter", "this autumn". Northern hemisphere.
pub(super) fn season(r: &Reader, at: usize) -> Option<Found> {
    let (lead, direction) = match (r.w(at), r.w(at + 1)) {
        ("this", "past") => (2, Some(Direction::Past)),
        ("last" | "past", _) => (1, Some(Direction::Past)),
        ("next" | "coming", _) => (1, Some(Direction::Future)),
        ("this", _) => (1, Some(Direction::Present)),
        ("the", _) => (1, None),
        _ => (0, None),
    };
    let name = at + lead;
    let first = names::season(r.w(name))?;
    let make = |year| calendar::months(year, first, 3);
    if let Some((year, end)) =
        year_behind(r, name + 1).filter(|_| r.w(name + 1) != "," && r.w(name + 1) != "in")
    {
        return Some(Found::calendar(end, Unit::Season, make(year)));
    }
    let the = r.w(at) == "the";
    let led = direction.is_some()
        || (the || matches!(r.before(at, 1), "early" | "late" | "mid" | "-"))
            && matches!(
                r.before(at, 1),
                "in" | "during"
                    | "over"
                    | "throughout"
                    | "since"
                    | "until"
                    | "by"
                    | "early"
                    | "late"
                    | "mid"
                    | "-"
            );
    if !led || r.w(name) == "fall" && direction.is_none() || !r.closes(name + 1) && direction.is_none() {
        return None;
    }
    let interval = r.published.and_then(|p| match direction {
        Some(Direction::Past) => {
            (0..3).find_map(|n| make(p.year().checked_sub(n)?).filter(|i| i.to < Some(p)))
        }
        Some(Direction::Future) => {
            (0..3).find_map(|n| make(p.year().checked_add(n)?).filter(|i| i.from > Some(p)))
        }
        // The winter that January stands in began the year before.
        Some(Direction::Present) => {
            make(p.year().checked_sub(1)?).filter(|i| i.to >= Some(p)).or_else(|| make(p.year()))
        }
        None => r.nearest(make),
    });
    Some(Found { direction, ..Found::calendar(name + 1, Unit::Season, interval) })
}

/// Feasts with a fixed day: "Christmas Eve", "New Year's Day", "the Fourth of July".
pub(super) fn feast(r: &Reader, at: usize) -> Option<Found> {
    const FEASTS: &[(&[&str], i8, i8)] = &[
        (&["christmas", "eve"], 12, 24),
        (&["christmas", "day"], 12, 25),
        (&["christmas"], 12, 25),
        (&["boxing", "day"], 12, 26),
        (&["new", "year", "'s", "eve"], 12, 31),
        (&["new", "year", "’s", "eve"], 12, 31),
        (&["new", "year", "'s", "day"], 1, 1),
        (&["new", "year", "’s", "day"], 1, 1),
        (&["valentine", "'s", "day"], 2, 14),
        (&["valentine", "’s", "day"], 2, 14),
        (&["halloween"], 10, 31),
        (&["may", "day"], 5, 1),
    ];
    let (words, month, day) = FEASTS.iter().find(|(words, ..)| r.says(at, words))?;
    if r.cased && !r.capital(at) {
        return None;
    }
    let end = at + words.len();
    let make = |year| calendar::day(year, *month, *day).map(|d| Interval::days(d, d));
    match year_behind(r, end).filter(|_| r.w(end) != "in" && r.w(end) != "of") {
        Some((year, end)) => Some(Found::calendar(end, Unit::Day, make(year))),
        None => Some(Found::calendar(end, Unit::Day, r.nearest(make))),
    }
}

/// Which third of it "early", "the end of" and their like name; the number of words they take.
pub(super) fn edge(r: &Reader, at: usize) -> Option<(Third, usize)> {
    let start = at + usize::from(r.w(at) == "the");
    let noun = match r.w(start) {
        "beginning" | "start" => Some(Third::Early),
        "middle" => Some(Third::Mid),
        "end" | "close" => Some(Third::Late),
        _ => None,
    };
    if let Some(third) = noun {
        return (r.w(start + 1) == "of").then_some((third, start + 2 - at));
    }
    let third = match r.w(start) {
        "early" => Third::Early,
        "mid" | "middle" => Third::Mid,
        "late" => Third::Late,
        _ => return None,
    };
    let hyphen = usize::from(r.w(start + 1) == "-");
    let joint = usize::from(hyphen == 0 && matches!(r.w(start + 1), "in" | "on"));
    Some((third, start + 1 + hyphen + joint - at))
}

/// "the eve of" anything: a day that the text names only by another.
pub(super) fn eve(r: &Reader, at: usize) -> Option<Found> {
    let start = at + usize::from(r.w(at) == "the");
    (r.says(start, &["eve", "of"])).then(|| Found::unresolved(start + 2, Kind::Text).toward(Direction::Past))
}
