//! A whole phrase: a core with what narrows it ("early", "morning", "at 6 p.m.") and what bounds it ("since",
//! "until", "from … to").

use super::calendar::{self, Unit};
use super::reader::{Found, Reader};
use super::text::{self, Hour};
use super::{Direction, Interval, Kind, absolute, deictic, names, weekday};

type Rule = fn(&Reader, usize) -> Option<Found>;

/// Every rule that names a time by itself. The longest match wins, the first among equals.
const CORES: &[Rule] = &[
    absolute::figures,
    absolute::month_day,
    absolute::day_month,
    absolute::day_of_month,
    absolute::part,
    absolute::month,
    absolute::year,
    absolute::decade,
    absolute::season,
    absolute::feast,
    absolute::eve,
    weekday::weekday,
    deictic::day,
    deictic::unit,
    deictic::rolling,
    deictic::ago,
    deictic::vague,
    text::counted,
    text::pointed,
    text::repeated,
];

/// The longest phrase that begins at `at`.
pub(super) fn phrase(r: &Reader, at: usize) -> Option<Found> {
    longest([range(r, at), bounded(r, at), point(r, at)])
}

fn longest(found: impl IntoIterator<Item = Option<Found>>) -> Option<Found> {
    found.into_iter().flatten().fold(
        None,
        |best: Option<Found>, f| if best.is_some_and(|b| b.end >= f.end) { best } else { Some(f) },
    )
}

fn core(r: &Reader, at: usize) -> Option<Found> {
    longest(CORES.iter().map(|rule| rule(r, at)))
}

/// A core and the part of it that is meant: "early October", "the end of 2016", "earlier this week", "late on
/// Tuesday". What is "earlier" or "later" in a unit reaches to the day of publication, or from it on.
fn edged(r: &Reader, at: usize) -> Option<Found> {
    if matches!(r.w(at), "earlier" | "later") {
        let past = r.w(at) == "earlier";
        let joint = usize::from(matches!(r.w(at + 1), "on" | "in"));
        let inner = at + 1 + joint;
        if joint == 1 && r.says(inner, &["the", "day"]) {
            return Some(Found::unresolved(inner + 2, Kind::Text));
        }
        let whole = match joint == 1 && r.w(inner) == "the" {
            true => absolute::whole_of(r, inner),
            false => core(r, inner),
        }?;
        let toward = if past { Direction::Past } else { Direction::Future };
        if whole.unit <= Unit::Day || whole.kind != Kind::Calendar {
            return Some(whole);
        }
        let Some((p, Interval { from: Some(from), to: Some(to) })) = r.published.zip(whole.interval) else {
            return Some(whole.toward(toward));
        };
        if p < from || to < p {
            return Some(whole);
        }
        let interval = if past { Interval::days(from, p) } else { Interval::days(p, to) };
        return Some(Found { interval: Some(interval), ..whole }.toward(toward));
    }
    if let Some((third, used)) = absolute::edge(r, at) {
        let inner = at + used;
        let whole = longest([absolute::whole_of(r, inner), core(r, inner)])?;
        let interval = whole.interval.and_then(|i| calendar::third(i, whole.unit, third));
        return Some(Found { interval, ..whole });
    }
    core(r, at)
}

/// A phrase with the hour and the part of the day beside it: "Monday morning", "at 6 p.m. on Oct. 5", "the
/// night of 11 November", "shortly before dawn on Sunday", "today, 26 September 1989".
fn point(r: &Reader, at: usize) -> Option<Found> {
    let before = lead(r, at).and_then(|lead| {
        let inner = lead.end + usize::from(matches!(r.w(lead.end), "on" | "of" | ","));
        let found = edged(r, inner).map(|f| with_tail(r, f))?;
        (found.unit <= Unit::Day && found.kind != Kind::Repeated && found.kind != Kind::Vague)
            .then_some(found)
    });
    let hour = lead(r, at).filter(|l| l.alone).map(|l| Found::unresolved(l.end, Kind::Clock));
    let plain = edged(r, at).map(|f| with_tail(r, f));
    longest([before, plain, hour])
}

struct Lead {
    end: usize,
    /// Whether it is a phrase without a date behind it.
    alone: bool,
}

/// What may stand before a day: "at 6 p.m.", "shortly before dawn", "the early hours of", "early in the morning of".
fn lead(r: &Reader, at: usize) -> Option<Lead> {
    let opens = |word: &str| {
        matches!(
            word,
            "shortly"
                | "just"
                | "sometime"
                | "before"
                | "after"
                | "around"
                | "about"
                | "at"
                | "by"
                | "near"
                | "approximately"
                | "since"
                | "until"
        )
    };
    let start = at + (at..at + 3).take_while(|&i| opens(r.w(i))).count();
    if let Some((end, sure)) = text::hour(r, start) {
        let placed = start > at
            || r.w(start).starts_with('0')
            || matches!(r.before(at, 1), "from" | "to" | "between" | "and");
        return (sure == Hour::Sure || placed)
            .then_some(Lead { end, alone: sure == Hour::Sure && start > at });
    }
    let mut next = at;
    let early = matches!(r.w(next), "early" | "late");
    next += usize::from(early);
    next += usize::from(matches!(r.w(next), "in" | "during") && early);
    next += usize::from(r.w(next) == "the");
    let inner = matches!(r.w(next), "early" | "late" | "small" | "pre-dawn" | "predawn");
    next += usize::from(inner);
    let part = match r.w(next) {
        "hours" => inner || early,
        word => names::is_day_part(word) || word == "day" && next > at,
    };
    (part && r.w(next + 1) == "of" && next > at).then_some(Lead { end: next + 1, alone: false })
}

/// Adds the part of the day, the hour or the same day's other name behind a day.
fn with_tail(r: &Reader, mut found: Found) -> Found {
    if found.unit > Unit::Day || matches!(found.kind, Kind::Vague | Kind::Clock) {
        return found;
    }
    // "today, 26 September 1989", "today [Sunday]"
    if found.direction.is_some() && found.kind == Kind::Calendar {
        let inner = found.end + 1;
        let dated = match r.w(found.end) {
            "," => longest([absolute::month_day(r, inner), absolute::day_month(r, inner)]),
            "[" => core(r, inner).filter(|f| r.w(f.end) == "]").map(|f| Found {
                end: f.end + 1,
                interval: None,
                ..f
            }),
            _ => None,
        };
        if let Some(dated) = dated {
            found.interval = dated.interval.or(found.interval);
            found.end = dated.end;
        }
    }
    loop {
        let end = found.end;
        if names::is_day_part(r.w(end)) {
            found.end += 1;
        } else if r.w(end) == "in" && r.w(end + 1) == "the" && names::is_day_part(r.w(end + 2)) {
            found.end += 3;
        } else if r.w(end) == "at" && names::is_day_part(r.w(end + 1)) {
            found.end += 2;
        } else {
            let comma = usize::from(r.w(end) == ",");
            let words = (end + comma..end + comma + 3)
                .take_while(|&i| {
                    matches!(
                        r.w(i),
                        "at" | "around" | "about" | "before" | "after" | "shortly" | "just" | "approximately"
                    )
                })
                .count();
            let Some((stop, sure)) = text::hour(r, end + comma + words).filter(|_| words > 0) else {
                return found;
            };
            if sure == Hour::Bare && r.w(end + comma + words - 1) != "at" {
                return found;
            }
            found.end = stop;
        }
    }
}

/// "from Monday to Wednesday", "between January and June", "Oct. 30 to Nov. 2", "Sunday night into Monday".
///
/// The end is read as the first such day after the beginning, and the beginning takes its year from the end
/// where only the end prints one.
fn range(r: &Reader, at: usize) -> Option<Found> {
    let opener = r.w(at);
    let start = at + usize::from(matches!(opener, "from" | "between"));
    let first = point(r, start).filter(|f| f.kind == Kind::Calendar)?;
    let joint = r.w(first.end);
    let joins = match opener {
        "between" => joint == "and",
        "from" => matches!(joint, "to" | "until" | "till" | "through" | "into" | "-" | "–"),
        _ => matches!(joint, "to" | "until" | "through" | "into" | "-" | "–"),
    };
    if !joins {
        return None;
    }
    let then = first.end + 1;
    let last = point(r, then).filter(|f| f.kind == Kind::Calendar)?;
    if matches!(joint, "-" | "–")
        && (first.direction.is_some() || last.direction.is_some() || first.unit != last.unit)
    {
        return None;
    }
    let absolute = |at| point(&Reader { published: None, ..*r }, at).and_then(|f| f.interval);
    let begins = match (absolute(start), absolute(then)) {
        (None, Some(Interval { to: Some(to), .. })) if first.direction.is_none() => {
            point(&Reader { published: Some(to), ahead: false, ..*r }, start).and_then(|f| f.interval)
        }
        _ => first.interval,
    };
    let interval = begins.zip(last.interval).and_then(|(a, b)| {
        let (from, to) = (a.from?, b.to?);
        if from <= to {
            return Some(Interval::days(from, to));
        }
        let after = point(&Reader { published: a.to, ahead: true, ..*r }, then)?.interval?.to?;
        (last.direction.is_none() && from <= after).then_some(Interval::days(from, after))
    });
    Some(Found { interval, unit: first.unit.max(last.unit), ..Found::calendar(last.end, first.unit, None) })
}

/// "since last Sunday" (to the day of publication), "until Friday", "by the end of the year", "before 2014",
/// "after March", "starting Monday", "from Oct. 5 on".
fn bounded(r: &Reader, at: usize) -> Option<Found> {
    let (word, used) = match (r.w(at), r.w(at + 1), r.w(at + 2)) {
        ("ever", "since", _) => ("since", 2),
        ("prior", "to", _) => ("before", 2),
        ("up", "until" | "to" | "through", _) => ("until", 2),
        ("no", "later", "than") => ("until", 3),
        (word @ ("since" | "before" | "after" | "from"), ..) => (word, 1),
        ("until" | "till" | "through" | "by", ..) => ("until", 1),
        ("starting" | "beginning" | "begining" | "effective", next, _) => {
            ("from", 1 + usize::from(matches!(next, "on" | "from" | "in")))
        }
        _ => return None,
    };
    let reader = if word == "since" { Reader { ahead: false, ..*r } } else { *r };
    let inner = point(&reader, at + used)?;
    if inner.kind != Kind::Calendar {
        return (word == "since").then_some(inner);
    }
    let mut end = inner.end;
    match word {
        "from" if r.w(at) == "from" => {
            if !matches!(r.w(end), "on" | "onward" | "onwards") || !r.closes(end + 1) {
                return None;
            }
            end += 1;
        }
        // "after Friday prayers", "before Monday's vote": the day of that, not the days around it.
        "before" | "after" if !r.closes(end) => return None,
        _ => {}
    }
    let interval = inner.interval.and_then(|i| {
        Some(match word {
            "since" => {
                let from = i.from?;
                Interval { from: Some(from), to: r.published.filter(|p| *p >= from) }
            }
            "until" => Interval { from: None, to: Some(i.to?) },
            "before" => Interval { from: None, to: Some(calendar::plus_days(i.from?, -1)?) },
            "after" => Interval { from: Some(calendar::plus_days(i.to?, 1)?), to: None },
            _ => Interval { from: Some(i.from?), to: None },
        })
    });
    let direction = if word == "since" { Some(Direction::Past) } else { inner.direction };
    Some(Found { end, interval, direction, ..inner })
}
