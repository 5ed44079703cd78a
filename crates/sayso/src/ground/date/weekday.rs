//! Weekdays. One alone is the latest such day up to the day of publication.

use jiff::civil::Weekday;

use super::calendar::{self, Unit};
use super::names;
use super::reader::{Found, Reader};
use super::{Direction, Interval, Kind, absolute};

/// "Monday", "last Friday", "this Sunday", "next Tuesday", "Monday last week", "Monday, 7 August",
/// "Sunday (30 July)", "Friday the 13th".
///
/// "last" is the latest such day before the day of publication, "next" the first one after it, "this" the
/// one of the same calendar week. A day and month beside it decide, and the weekday decides their year.
pub(super) fn weekday(r: &Reader, at: usize) -> Option<Found> {
    let (lead, direction, text) = match (r.w(at), r.w(at + 1)) {
        ("this", "past") | ("the", "past") => (2, Some(Direction::Past), false),
        ("this", "coming") | ("the", "coming") => (2, Some(Direction::Future), false),
        ("the", "previous" | "following" | "same" | "next") => (2, None, true),
        ("that" | "previous" | "following", _) => (1, None, true),
        ("last" | "past", _) => (1, Some(Direction::Past), false),
        ("next" | "coming", _) => (1, Some(Direction::Future), false),
        ("this", _) => (1, Some(Direction::Present), false),
        _ => (0, None, false),
    };
    let name = at + lead;
    let (day, full) = names::weekday(r.w(name))?;
    if is_a_name(r, name) {
        return None;
    }
    if let Some(dated) = with_date(r, name + 1, day) {
        return Some(dated);
    }
    // "sat." and "wed." end sentences as verbs, "sun." as a noun: they need a date beside them.
    let short = r.w(name).ends_with('.')
        && !matches!(r.w(name), "sat." | "sun." | "wed.")
        && preposition(r.before(at, 1));
    if !full && !short {
        return None;
    }
    if text {
        return Some(Found::unresolved(name + 1, Kind::Text));
    }
    // "Monday last week", "Friday of this week", "Friday next week"
    let of = name + 1 + usize::from(r.w(name + 1) == "of");
    if let (true, Some((shift, toward))) = (r.w(of + 1) == "week" && lead == 0, week_shift(r.w(of))) {
        let on = r.published.and_then(|p| in_week(calendar::plus_days(p, 7 * shift)?, day));
        return Some(Found::calendar(of + 2, Unit::Day, on).toward(toward));
    }
    let on = r.published.and_then(|p| match direction {
        Some(Direction::Past) => calendar::weekday_back(calendar::plus_days(p, -1)?, day),
        Some(Direction::Future) => calendar::weekday_ahead(calendar::plus_days(p, 1)?, day),
        Some(Direction::Present) => in_week(p, day)?.from,
        None if r.ahead => calendar::weekday_ahead(p, day),
        None => calendar::weekday_back(p, day),
    });
    Some(Found { direction, ..Found::calendar(name + 1, Unit::Day, on.map(|d| Interval::days(d, d))) })
}

fn week_shift(word: &str) -> Option<(i64, Direction)> {
    Some(match word {
        "last" => (-1, Direction::Past),
        "this" => (0, Direction::Present),
        "next" => (1, Direction::Future),
        _ => return None,
    })
}

fn in_week(day: jiff::civil::Date, weekday: Weekday) -> Option<Interval> {
    let on = calendar::weekday_ahead(calendar::week(day)?.from?, weekday)?;
    Some(Interval::days(on, on))
}

fn preposition(word: &str) -> bool {
    matches!(word, "on" | "last" | "next" | "since" | "until" | "this" | "by" | "late" | "early" | "from")
}

/// Weekdays that name a paper, a feast or another day than their own: "the Mail on Sunday", "Black Friday".
fn is_a_name(r: &Reader, name: usize) -> bool {
    let feast = matches!(
        r.before(name, 1),
        "black"
            | "bloody"
            | "good"
            | "palm"
            | "easter"
            | "super"
            | "cyber"
            | "holy"
            | "ash"
            | "maundy"
            | "shrove"
            | "giving"
            | "casual"
            | "whit"
    );
    let paper = matches!(
        r.w(name + 1),
        "times"
            | "telegraph"
            | "mirror"
            | "express"
            | "mail"
            | "herald"
            | "star"
            | "world"
            | "tribune"
            | "vanguard"
            | "mercury"
            | "independent"
            | "post"
    ) && (!r.cased || r.capital(name + 1));
    feast || paper || r.before(name, 1) == "on" && r.before(name, 2) == "mail"
}

/// The date beside a weekday: ", Oct. 9", "(18 September)", "20 August", "the 9th".
fn with_date(r: &Reader, at: usize, day: Weekday) -> Option<Found> {
    let bracket = r.w(at) == "(";
    let start = at + usize::from(matches!(r.w(at), "," | "(")) + usize::from(r.w(at) == "on");
    let found = [absolute::month_day(r, start), absolute::day_month(r, start), absolute::figures(r, start)]
        .into_iter()
        .flatten()
        .next();
    let Some(mut found) = found else {
        let the = r.w(start) == "the" && start == at;
        let number = names::ordinal(r.w(start + 1))
            .filter(|_| the && r.w(start + 1).starts_with(|c: char| c.is_ascii_digit()));
        let number = i8::try_from(number?).ok()?;
        // The latest month in which that day is that weekday.
        let on = r.published.and_then(|p| {
            (0..60).find_map(|n| {
                let month = calendar::plus_months(
                    calendar::day(p.year(), p.month(), 1)?,
                    if r.ahead { n } else { -n },
                )?;
                let on = calendar::day(month.year(), month.month(), number)?;
                (on.weekday() == day && if r.ahead { on >= p } else { on <= p }).then_some(on)
            })
        });
        return Some(Found::calendar(start + 2, Unit::Day, on.map(|d| Interval::days(d, d))));
    };
    if bracket && r.w(found.end) == ")" {
        found.end += 1;
    }
    // A year that the text does not print is the one in which the weekday is right.
    let printed = Reader { published: None, ..*r };
    let open = [absolute::month_day(&printed, start), absolute::day_month(&printed, start)]
        .into_iter()
        .flatten()
        .next();
    if let (Some(Found { interval: None, .. }), Some(Interval { from: Some(from), to: Some(to) }), Some(p)) =
        (open, found.interval, r.published)
    {
        let width = from.until(to).map(|s| i64::from(s.get_days())).unwrap_or(0);
        found.interval = (-6..=1)
            .filter_map(|shift| calendar::day(p.year().checked_add(shift)?, from.month(), from.day()))
            .filter(|d| d.weekday() == day)
            .min_by_key(|d| p.until(*d).map_or(i32::MAX, |s| s.get_days().abs()))
            .and_then(|d| Some(Interval::days(d, calendar::plus_days(d, width)?)))
            .or(found.interval);
    }
    Some(found)
}
