//! Names of months, days, seasons and units.

use jiff::civil::Weekday;

use super::calendar::Unit;

/// Month and whether the name is written out.
pub(super) fn month(word: &str) -> Option<(i8, bool)> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if let Some(at) = MONTHS.iter().position(|&m| m == word) {
        return Some((at as i8 + 1, true));
    }
    let stem = word.strip_suffix('.').unwrap_or(word);
    if stem == "sept" {
        return Some((9, false));
    }
    MONTHS.iter().position(|m| stem.len() == 3 && m.starts_with(stem)).map(|at| (at as i8 + 1, false))
}

/// Weekday and whether the name is written out.
pub(super) fn weekday(word: &str) -> Option<(Weekday, bool)> {
    Some(match word.strip_suffix('.').unwrap_or(word) {
        "monday" => (Weekday::Monday, true),
        "tuesday" => (Weekday::Tuesday, true),
        "wednesday" => (Weekday::Wednesday, true),
        "thursday" => (Weekday::Thursday, true),
        "friday" => (Weekday::Friday, true),
        "saturday" => (Weekday::Saturday, true),
        "sunday" => (Weekday::Sunday, true),
        "mon" => (Weekday::Monday, false),
        "tue" | "tues" => (Weekday::Tuesday, false),
        "wed" => (Weekday::Wednesday, false),
        "thu" | "thur" | "thurs" => (Weekday::Thursday, false),
        "fri" => (Weekday::Friday, false),
        "sat" => (Weekday::Saturday, false),
        "sun" => (Weekday::Sunday, false),
        _ => return None,
    })
}

/// Unit and whether the word is a plural.
pub(super) fn unit(word: &str) -> Option<(Unit, bool)> {
    Some(match word {
        "minute" | "hour" => (Unit::Hour, false),
        "minutes" | "hours" => (Unit::Hour, true),
        "day" | "night" => (Unit::Day, false),
        "days" | "nights" => (Unit::Day, true),
        "weekend" => (Unit::Weekend, false),
        "weekends" => (Unit::Weekend, true),
        "week" => (Unit::Week, false),
        "weeks" => (Unit::Week, true),
        "month" => (Unit::Month, false),
        "months" => (Unit::Month, true),
        "quarter" => (Unit::Season, false),
        "year" => (Unit::Year, false),
        "years" => (Unit::Year, true),
        "decade" => (Unit::Decade, false),
        "decades" => (Unit::Decade, true),
        "century" => (Unit::Century, false),
        "centuries" => (Unit::Century, true),
        _ => return None,
    })
}

/// First month of a season, as the northern hemisphere has them.
pub(super) fn season(word: &str) -> Option<i8> {
    Some(match word {
        "spring" => 3,
        "summer" => 6,
        "autumn" | "fall" => 9,
        "winter" => 12,
        _ => return None,
    })
}

/// "first" to "thirty-first", "14th", "21st".
pub(super) fn ordinal(word: &str) -> Option<i64> {
    const WORDS: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    if let Some(at) = WORDS.iter().position(|&w| w == word) {
        return Some(at as i64 + 1);
    }
    let stem = ["st", "nd", "rd", "th"].iter().find_map(|suffix| word.strip_suffix(suffix))?;
    if stem.is_empty() || stem.len() > 2 { None } else { stem.parse().ok().filter(|n| *n > 0) }
}

/// A part of the day.
pub(super) fn is_day_part(word: &str) -> bool {
    matches!(
        word,
        "morning"
            | "afternoon"
            | "evening"
            | "night"
            | "midnight"
            | "noon"
            | "midday"
            | "dawn"
            | "daybreak"
            | "dusk"
            | "nightfall"
            | "sunrise"
            | "sunset"
            | "lunchtime"
            | "mid-morning"
            | "midmorning"
            | "nighttime"
    )
}
