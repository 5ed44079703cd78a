//! Phrases counted from the day of publication: "yesterday", "last week", "two months ago", "this year".

use super::calendar::{self, Unit};
use super::names;
use super::reader::{Found, Reader};
use super::{Direction, Interval, Kind};

fn days_from(r: &Reader, first: i64, last: i64) -> Option<Interval> {
    let p = r.published?;
    Some(Interval::days(calendar::plus_days(p, first)?, calendar::plus_days(p, last)?))
}

/// "today", "yesterday", "tomorrow", "tonight", "last night", "this morning", "overnight", "the day before
/// yesterday". "Overnight" is the night before publication: both its days.
pub(super) fn day(r: &Reader, at: usize) -> Option<Found> {
    let the = usize::from(r.w(at) == "the");
    let found = |words: usize, first, last, direction| {
        Some(Found::calendar(at + words, Unit::Day, days_from(r, first, last)).toward(direction))
    };
    if r.says(at + the, &["day", "before", "yesterday"]) {
        return found(the + 3, -2, -2, Direction::Past);
    }
    if r.says(at + the, &["day", "after", "tomorrow"]) {
        return found(the + 3, 2, 2, Direction::Future);
    }
    match (r.w(at), r.w(at + 1)) {
        // "USA Today" is a paper.
        ("today", _) if r.before(at, 1) != "usa" => found(1, 0, 0, Direction::Present),
        ("tonight", _) => found(1, 0, 0, Direction::Present),
        ("yesterday", _) => found(1, -1, -1, Direction::Past),
        ("tomorrow", _) => found(1, 1, 1, Direction::Future),
        ("last", "night" | "evening") => found(2, -1, -1, Direction::Past),
        ("this", "morning" | "afternoon" | "evening") => found(2, 0, 0, Direction::Present),
        ("this", "day") if r.before(at, 1) != "to" => found(2, 0, 0, Direction::Present),
        ("currently", _) => found(1, 0, 0, Direction::Present),
        ("right", "now") | ("at", "present") => found(2, 0, 0, Direction::Present),
        ("at", "the") if r.w(at + 2) == "moment" => found(3, 0, 0, Direction::Present),
        ("overnight", next) => {
            let other = matches!(
                next,
                "curfew"
                    | "curfews"
                    | "stay"
                    | "stays"
                    | "train"
                    | "flight"
                    | "bus"
                    | "ferry"
                    | "shift"
                    | "low"
                    | "lows"
                    | "sensation"
                    | "success"
                    | "delivery"
                    | "bag"
                    | "guests"
                    | "rate"
                    | "lending"
            );
            if other { None } else { found(1, -1, 0, Direction::Past) }
        }
        _ => None,
    }
}

/// A calendar unit: "last week" (Monday to Sunday before), "this month", "next year", "the weekend",
/// "over the weekend", "last weekend".
///
/// "last" and "next" with "the" count from the day instead: see [`rolling`].
pub(super) fn unit(r: &Reader, at: usize) -> Option<Found> {
    let (shift, direction) = match r.w(at) {
        "last" | "past" => (-1, Direction::Past),
        "this" => (0, Direction::Present),
        "next" | "coming" => (1, Direction::Future),
        "the" if r.w(at + 1) == "weekend" => return weekend(r, at),
        _ => return None,
    };
    if r.w(at + 1) == "past" || matches!(r.w(at), "past" | "coming") {
        return None;
    }
    let (unit, false) = names::unit(r.w(at + 1))? else { return None };
    if unit <= Unit::Day || r.before(at, 1) == "the" || unit == Unit::Century && shift != 0 {
        return None;
    }
    let interval = r.published.and_then(|p| match unit {
        Unit::Decade => {
            let first = p.year().div_euclid(10).checked_mul(10)?.checked_add(10 * shift as i16)?;
            calendar::years(first, first.checked_add(9)?)
        }
        Unit::Century => {
            let first = (p.year() - 1).div_euclid(100).checked_mul(100)?.checked_add(1)?;
            calendar::years(first, first.checked_add(99)?)
        }
        _ => calendar::around(first_of(p, unit, shift)?, unit),
    });
    Some(Found::calendar(at + 2, unit, interval).toward(direction))
}

/// A day inside the unit that lies `shift` units away; taken from the first of the month, so that the
/// 31st does not fall out of a shorter one.
fn first_of(day: jiff::civil::Date, unit: Unit, shift: i64) -> Option<jiff::civil::Date> {
    let start = if unit >= Unit::Month { calendar::day(day.year(), day.month(), 1)? } else { day };
    calendar::shifted(start, unit, shift)
}

/// "the weekend": the latest one begun by the day of publication.
fn weekend(r: &Reader, at: usize) -> Option<Found> {
    let led = matches!(
        r.before(at, 1),
        "over"
            | "at"
            | "on"
            | "during"
            | "since"
            | "in"
            | "throughout"
            | "through"
            | "until"
            | "by"
            | "after"
            | "before"
            | "for"
    );
    if !led || matches!(r.w(at + 2), "before" | "after" | "of") {
        return None;
    }
    let interval = r.published.and_then(|p| {
        let saturday = match r.ahead {
            true => calendar::weekday_ahead(p, jiff::civil::Weekday::Saturday)?,
            false => calendar::weekday_back(p, jiff::civil::Weekday::Saturday)?,
        };
        Some(Interval::days(saturday, calendar::plus_days(saturday, 1)?))
    });
    Some(Found::calendar(at + 2, Unit::Weekend, interval))
}

/// Time up to the day of publication, or from it on: "the last 24 hours", "the past week", "the last three
/// months", "the next two days". "A few" leaves the interval open.
pub(super) fn rolling(r: &Reader, at: usize) -> Option<Found> {
    let mut next = at;
    let the = matches!(r.w(next), "the" | "this" | "these");
    next += usize::from(the);
    let direction = match r.w(next) {
        "past" | "last" | "preceding" => Direction::Past,
        "next" | "coming" => Direction::Future,
        "recent" => return recent(r, next),
        _ => return None,
    };
    let rolls = r.w(next) == "past" || r.w(next) == "coming" || the;
    next += 1;
    let vague = matches!(r.w(next), "few" | "several" | "couple" | "many" | "some");
    let (count, used) = match vague {
        true => (None, if r.w(next) == "couple" { 1 + usize::from(r.w(next + 1) == "of") } else { 1 }),
        false => match r.number(next) {
            Some((n, used)) => (Some(n), used),
            None => (None, 0),
        },
    };
    let count = if r.w(next) == "couple" { Some(2) } else { count };
    next += used;
    next += usize::from(r.w(next) == "-");
    let (unit, plural) = names::unit(r.w(next))?;
    let end = next + 1;
    // "the last days of the siege" are the siege's.
    let owned = r.w(end) == "of" && r.w(at + usize::from(the)) != "past";
    if owned || r.w(end) == "before" || unit == Unit::Century {
        return None;
    }
    if count.is_none() && (vague || plural) {
        return (vague || rolls && plural).then(|| Found::unresolved(end, Kind::Vague).toward(direction));
    }
    if count.is_none()
        && (!rolls || plural || unit == Unit::Hour || unit == Unit::Day && direction == Direction::Future)
    {
        return None;
    }
    // "the next week" and "the next year" follow on something in the text, unless they span time to come.
    if count.is_none()
        && direction == Direction::Future
        && r.w(next - 1) == "next"
        && !matches!(r.before(at, 1), "over" | "in" | "within" | "during" | "for")
    {
        return None;
    }
    let count = count.unwrap_or(1);
    let interval = r.published.and_then(|p| {
        // Part of a day reaches into its neighbour.
        let count = if unit == Unit::Hour { count.checked_add(23)? } else { count };
        Some(match direction {
            Direction::Future => Interval::days(p, calendar::shifted(p, unit, count)?),
            _ => Interval::days(calendar::shifted(p, unit, -count)?, p),
        })
    });
    Some(Found::calendar(end, unit, interval).toward(direction))
}

/// "recent days", "recently": past, but how far is not said.
fn recent(r: &Reader, at: usize) -> Option<Found> {
    let (_, plural) = names::unit(r.w(at + 1))?;
    plural.then(|| Found::unresolved(at + 2, Kind::Vague).toward(Direction::Past))
}

/// "recently", "in recent weeks", "not long ago", "years ago", "nowadays".
pub(super) fn vague(r: &Reader, at: usize) -> Option<Found> {
    let (end, direction) = match (r.w(at), r.w(at + 1), r.w(at + 2)) {
        ("recently" | "lately", ..) => (at + 1, Direction::Past),
        ("nowadays", ..) => (at + 1, Direction::Present),
        ("these", "days", _) => (at + 2, Direction::Present),
        ("long", "ago", _) => (at + 2, Direction::Past),
        ("not", "long", "ago") => (at + 3, Direction::Past),
        ("recent", ..) => return recent(r, at),
        _ => return None,
    };
    Some(Found::unresolved(end, Kind::Vague).toward(direction))
}

/// How a count of units is held to be exact.
#[derive(Clone, Copy, PartialEq)]
enum Bound {
    About,
    More,
    Less,
}

/// Counted back: "three days ago", "two weeks ago", "about a year ago", "more than 30 years ago", "nine years
/// ago today", "several days ago". And ahead: "two days from now", "in two weeks' time".
///
/// The unit gives the precision: days the day, weeks the calendar week (Monday to Sunday) that holds the day
/// so far back, months the month, years and decades the year.
pub(super) fn ago(r: &Reader, at: usize) -> Option<Found> {
    let (bound, lead) = match (r.w(at), r.w(at + 1)) {
        ("more" | "longer", "than") | ("at", "least") => (Bound::More, 2),
        ("less" | "fewer", "than") => (Bound::Less, 2),
        ("over", _) => (Bound::More, 1),
        ("under", _) => (Bound::Less, 1),
        (
            "about" | "around" | "nearly" | "almost" | "some" | "approximately" | "roughly" | "just" | "only"
            | "barely",
            _,
        ) => (Bound::About, 1),
        _ => (Bound::About, 0),
    };
    let ahead = r.w(at) == "in";
    let start = at + lead + usize::from(ahead);
    let (count, used) = count(r, start)?;
    let (unit, _) = names::unit(r.w(start + used))
        .or_else(|| (r.w(start + used) == "fortnight").then_some((Unit::Week, false)))?;
    let count =
        count.map(|(n, half)| if r.w(start + used) == "fortnight" { (2 * n, half) } else { (n, half) });
    let mut end = start + used + 1;
    // "a year and a half ago"
    let trailing_half = r.says(end, &["and", "a", "half"]);
    end += if trailing_half { 3 } else { 0 };
    let sign = match r.w(end) {
        "ago" => -1,
        "back" if r.closes(end + 1) => -1,
        "from" if r.w(end + 1) == "now" => 1,
        "'" | "’" | "'s" | "’s" if r.w(end + 1) == "time" => 1,
        _ => return None,
    };
    if ahead && sign < 0 {
        return None;
    }
    end += if sign > 0 { 2 } else { 1 };
    let direction = if sign < 0 { Direction::Past } else { Direction::Future };
    let exactly = sign < 0 && r.w(end) == "today";
    let Some((n, half)) = count.map(|(n, half)| (n, half || trailing_half)) else {
        return Some(Found::unresolved(end, Kind::Vague).toward(direction));
    };
    if unit == Unit::Century {
        return Some(Found::unresolved(end, Kind::Vague).toward(direction));
    }
    end += usize::from(exactly);
    let interval = r.published.and_then(|p| {
        // A half is counted in the next smaller unit.
        let (n, unit) = match (half, unit) {
            (false, unit) => (n, unit),
            (true, Unit::Year) => (n.checked_mul(12)?.checked_add(6)?, Unit::Month),
            (true, Unit::Month) => (n.checked_mul(30)?.checked_add(15)?, Unit::Day),
            (true, Unit::Decade) => (n.checked_mul(10)?.checked_add(5)?, Unit::Year),
            (true, unit) => (n, unit),
        };
        let n = n.checked_mul(sign)?;
        let day = calendar::shifted(
            if unit >= Unit::Month && !exactly && bound == Bound::About {
                calendar::day(p.year(), p.month(), 1)?
            } else {
                p
            },
            unit,
            n,
        )?;
        let near = if exactly { Interval::days(day, day) } else { calendar::around(day, unit)? };
        Some(match (bound, sign < 0) {
            (Bound::About, _) => near,
            (Bound::More, true) => Interval { from: None, to: Some(day) },
            (Bound::Less, true) => Interval::days(day, p),
            (Bound::More, false) => Interval { from: Some(day), to: None },
            (Bound::Less, false) => Interval::days(p, day),
        })
    });
    Some(Found::calendar(end, unit, interval).toward(direction))
}

/// A count with "and a half" beside it; `None` inside where the text leaves it open ("several").
type Count = Option<(i64, bool)>;

/// The count before a unit, and how many words it takes.
pub(super) fn count(r: &Reader, at: usize) -> Option<(Count, usize)> {
    match (r.w(at), r.w(at + 1)) {
        ("a", "couple") => return Some((Some((2, false)), 2 + usize::from(r.w(at + 2) == "of"))),
        ("a", "few") => return Some((None, 2)),
        ("a", "number") if r.w(at + 2) == "of" => return Some((None, 3)),
        ("half", "a" | "an") => return Some((Some((0, true)), 2)),
        ("several" | "few" | "some" | "many", _) => return Some((None, 1)),
        _ => {}
    }
    if let Some((n, used)) = r.number(at) {
        let half = r.says(at + used, &["and", "a", "half"]);
        return Some((Some((n, half)), if half { used + 3 } else { used }));
    }
    match r.w(at) {
        "a" | "an" => Some((Some((1, false)), 1)),
        // "years ago", "months ago"
        word if names::unit(word).is_some_and(|(_, plural)| plural) => Some((None, 0)),
        _ => None,
    }
}
