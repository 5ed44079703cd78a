//! Calendar arithmetic that gives `None` outside jiff's range of years instead of a panic.

use jiff::civil::{Date, Weekday};

use super::Interval;

/// How wide the unit is that a phrase names; what "early" and "late" divide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Season,
    Year,
    Decade,
    Century,
}

pub(super) fn plus_days(day: Date, n: i64) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_days(n).ok()?).ok()
}

pub(super) fn plus_months(day: Date, n: i64) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_months(n).ok()?).ok()
}

pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

pub(super) fn month(year: i16, month: i8) -> Option<Interval> {
    months(year, month, 1)
}

/// `count` whole months from the first of `month`.
pub(super) fn months(year: i16, month: i8, count: i64) -> Option<Interval> {
    let from = day(year, month, 1)?;
    Some(Interval::days(from, plus_days(plus_months(from, count)?, -1)?))
}

pub(super) fn years(from: i16, to: i16) -> Option<Interval> {
    Some(Interval::days(day(from, 1, 1)?, day(to, 12, 31)?))
}

/// Monday to Sunday around `day`.
pub(super) fn week(day: Date) -> Option<Interval> {
    let monday = plus_days(day, -i64::from(day.weekday().to_monday_zero_offset()))?;
    Some(Interval::days(monday, plus_days(monday, 6)?))
}

/// The latest `weekday` not after `day`.
pub(super) fn weekday_back(day: Date, weekday: Weekday) -> Option<Date> {
    plus_days(day, -i64::from(day.weekday().since(weekday)))
}

/// The earliest `weekday` not before `day`.
pub(super) fn weekday_ahead(day: Date, weekday: Weekday) -> Option<Date> {
    plus_days(day, i64::from(weekday.since(day.weekday())))
}

/// `n` units from `day`, to the day.
pub(super) fn shifted(day: Date, unit: Unit, n: i64) -> Option<Date> {
    match unit {
        Unit::Hour => plus_days(day, n / 24),
        Unit::Day => plus_days(day, n),
        Unit::Week | Unit::Weekend => plus_days(day, n.checked_mul(7)?),
        Unit::Month => plus_months(day, n),
        Unit::Season => plus_months(day, n.checked_mul(3)?),
        Unit::Year => plus_months(day, n.checked_mul(12)?),
        Unit::Decade => plus_months(day, n.checked_mul(120)?),
        Unit::Century => plus_months(day, n.checked_mul(1200)?),
    }
}

/// The calendar unit around `day`. Tens of years count in years: "a decade ago" names the year.
pub(super) fn around(day: Date, unit: Unit) -> Option<Interval> {
    match unit {
        Unit::Hour | Unit::Day => Some(Interval::days(day, day)),
        Unit::Weekend => {
            let sunday = week(day)?.to?;
            Some(Interval::days(plus_days(sunday, -1)?, sunday))
        }
        Unit::Week => week(day),
        Unit::Month => month(day.year(), day.month()),
        Unit::Season => months(day.year(), (day.month() - 1) / 3 * 3 + 1, 3),
        Unit::Year | Unit::Decade => years(day.year(), day.year()),
        Unit::Century => None,
    }
}

/// A third of a unit, as "early", "mid" and "late" name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Third {
    Early,
    Mid,
    Late,
}

/// "early October" is the 1st to the 10th, "mid-October" to the 20th, "late October" the rest; a year's
/// thirds are of four months; a decade's are years 0–3, 4–6 and 7–9; a week's are Monday to Wednesday,
/// Tuesday to Thursday and Thursday to Sunday; a season's are its months.
pub(super) fn third(whole: Interval, unit: Unit, third: Third) -> Option<Interval> {
    let (from, to) = (whole.from?, whole.to?);
    let (skip, keep) = match (unit, third) {
        (Unit::Hour | Unit::Day | Unit::Weekend, _) => return Some(whole),
        (Unit::Week, Third::Early) => (0, 3),
        (Unit::Week, Third::Mid) => (1, 3),
        (Unit::Week, Third::Late) => (3, 4),
        (Unit::Month, Third::Early) => (0, 10),
        (Unit::Month, Third::Mid) => (10, 10),
        (Unit::Month, Third::Late) => (20, 11),
        (_, Third::Early) => (0, 4),
        (_, Third::Mid) => (4, 3),
        (_, Third::Late) => (7, 3),
    };
    let (start, end) = match unit {
        Unit::Week | Unit::Month => (plus_days(from, skip)?, plus_days(from, skip + keep - 1)?),
        Unit::Decade => {
            (shifted(from, Unit::Year, skip)?, plus_days(shifted(from, Unit::Year, skip + keep)?, -1)?)
        }
        _ => {
            let length = match unit {
                Unit::Season => 1,
                Unit::Century => 400,
                _ => 4,
            };
            let nth = third as i64;
            let stop = if third == Third::Late {
                to
            } else {
                plus_days(plus_months(from, (nth + 1) * length)?, -1)?
            };
            (plus_months(from, nth * length)?, stop)
        }
    };
    let end = end.min(to);
    (start <= end).then_some(Interval::days(start, end))
}
