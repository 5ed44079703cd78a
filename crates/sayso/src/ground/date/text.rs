//! Phrases that only another date of the text, or the hour, or habit can place. They are found and left open.

use super::calendar::Unit;
use super::deictic;
use super::names;
use super::reader::{Found, Reader};
use super::{Direction, Kind};

/// Counted from something told: "a day earlier", "two days later", "two weeks into the offensive", "hours after",
/// "three days before the vote".
pub(super) fn counted(r: &Reader, at: usize) -> Option<Found> {
    let lead = match (r.w(at), r.w(at + 1)) {
        ("more" | "less", "than") | ("at", "least") => 2,
        (
            "just" | "only" | "about" | "nearly" | "almost" | "over" | "around" | "some" | "barely"
            | "shortly",
            _,
        ) => 1,
        _ => 0,
    };
    let start = at + lead;
    let (_, used) = deictic::count(r, start)?;
    names::unit(r.w(start + used))?;
    let end = start + used + 1;
    let end = if r.says(end, &["and", "a", "half"]) { end + 3 } else { end };
    let direction = match r.w(end) {
        "earlier" | "before" | "beforehand" | "previously" => Some(Direction::Past),
        "later" | "after" | "afterward" | "afterwards" | "hence" | "into" | "since" => None,
        _ => return None,
    };
    Some(Found { direction, ..Found::unresolved(end + 1, Kind::Text) })
}

/// "the next day", "the previous week", "the same day", "that night", "the night before", "the day after",
/// "the following Monday" stands with the weekdays; "since then".
pub(super) fn pointed(r: &Reader, at: usize) -> Option<Found> {
    let found = |end| Some(Found::unresolved(end, Kind::Text));
    if r.says(at, &["since", "then"]) {
        return found(at + 2);
    }
    let unit_like = |at: usize| {
        names::unit(r.w(at)).is_some_and(|(unit, plural)| !plural && unit > Unit::Hour)
            || matches!(
                r.w(at),
                "morning" | "afternoon" | "evening" | "summer" | "spring" | "winter" | "autumn" | "weekend"
            )
    };
    if r.w(at) == "that" && unit_like(at + 1) {
        // "said that night raids", "that day-old": only where the phrase ends.
        return if r.closes(at + 2) { found(at + 2) } else { None };
    }
    let the = usize::from(r.w(at) == "the");
    let next = at + the;
    if matches!(r.w(next), "previous" | "next" | "following" | "preceding" | "same")
        && unit_like(next + 1)
        && (the == 1 || r.w(next) != "next")
    {
        return found(next + 2);
    }
    if the == 1 && unit_like(next) && matches!(r.w(next + 1), "before" | "after") {
        return found(next + 2);
    }
    None
}

/// Habit: "every Friday", "each year", "Mondays", "every two weeks".
pub(super) fn repeated(r: &Reader, at: usize) -> Option<Found> {
    let found = |end| Some(Found::unresolved(end, Kind::Repeated));
    if r.w(at).strip_suffix('s').and_then(names::weekday).is_some_and(|(_, full)| full) {
        return found(at + 1);
    }
    if !matches!(r.w(at), "every" | "each") {
        return None;
    }
    let next = at + 1 + usize::from(r.w(at + 1) == "other");
    let next = r.number(next).map_or(next, |(_, used)| next + used);
    let unit = names::unit(r.w(next)).is_some()
        || names::is_day_part(r.w(next))
        || names::season(r.w(next)).is_some();
    (unit || names::weekday(r.w(next)).is_some() || names::month(r.w(next)).is_some_and(|(_, full)| full))
        .then_some(())
        .and_then(|()| found(next + 1))
}

/// One past an hour of the day at `at`: "6 p.m.", "6:30 a.m.", "0315", "1600 gmt", "noon", "dawn", "9 o'clock".
/// Four figures alone need a date behind them, which the caller sees to: `Hour::Bare`.
pub(super) fn hour(r: &Reader, at: usize) -> Option<(usize, Hour)> {
    let word = r.w(at);
    let half_day =
        |at: usize| matches!(r.w(at), "a.m." | "p.m." | "am" | "pm" | "a.m" | "p.m" | "o'clock" | "o’clock");
    let zone = |at: usize| -> usize {
        let plain = usize::from(matches!(
            r.w(at),
            "gmt" | "utc" | "hours" | "hrs" | "et" | "est" | "edt" | "pt" | "pst" | "pdt" | "cet" | "bst"
        ));
        let local = if r.says(at + plain, &["local", "time"]) { 2 } else { 0 };
        let bracket = if r.w(at + plain + local) == "("
            && r.w(at + plain + local + 2) == "gmt"
            && r.w(at + plain + local + 3) == ")"
        {
            4
        } else {
            0
        };
        plain + local + bracket
    };
    if matches!(
        word,
        "noon" | "midnight" | "midday" | "dawn" | "daybreak" | "dusk" | "nightfall" | "sunrise" | "sunset"
    ) {
        return Some((at + 1, Hour::Sure));
    }
    if word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'))
    {
        let clock = word.len() <= 5 && word.split([':', '.']).count() == 2;
        if half_day(at + 1) && word.len() <= 5 {
            return Some((at + 2 + zone(at + 2), Hour::Sure));
        }
        let zoned = zone(at + 1);
        if (clock && word.contains(':') || word.len() == 4) && zoned > 0 {
            return Some((at + 1 + zoned, Hour::Sure));
        }
        if clock && word.contains(':') {
            return Some((at + 1, Hour::Sure));
        }
        let minutes = word.get(2..).and_then(|m| m.parse::<u8>().ok()).is_some_and(|m| m < 60);
        let hours = word.get(..2).and_then(|h| h.parse::<u8>().ok()).is_some_and(|h| h <= 24);
        if word.len() == 4 && minutes && hours {
            return Some((at + 1, Hour::Bare));
        }
    }
    names_hour(word).filter(|()| half_day(at + 1)).map(|()| (at + 2, Hour::Sure))
}

fn names_hour(word: &str) -> Option<()> {
    crate::numeral::small(word).filter(|n| (1..=12).contains(n)).map(|_| ())
}

/// How sure it is that figures tell the hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hour {
    Sure,
    Bare,
}
