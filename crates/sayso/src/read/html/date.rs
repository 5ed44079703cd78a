//! The dates that pages give, in the forms they give them, to the two forms of the record.
//!
//! A form that could be read in two ways, such as 10/11/2017, is not read: an unknown date is better
//! than a wrong one. A time without a zone gives the day alone.

use jiff::Zoned;
use jiff::civil::Date;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;

use crate::read::published::Published;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The date that `value` writes.
pub(super) fn published(value: &str) -> Option<Published> {
    let value = value.trim();
    // Nobody writes a date in more, and the date library need not look at it.
    if value.len() > 64 || !value.is_ascii() {
        return None;
    }
    let text =
        iso(value).or_else(|| rfc2822(value)).or_else(|| year_first(value)).or_else(|| in_words(value))?;
    Published::new(text).ok()
}

/// Whether a publication can be that old. The first two are what programs write for "no date".
fn is_plausible(date: Date) -> bool {
    date != jiff::civil::date(1970, 1, 1) && date.year() >= 1700
}

/// ISO 8601 in its many variants.
fn iso(value: &str) -> Option<String> {
    let zulu = value.strip_suffix("UTC").or_else(|| value.strip_suffix("GMT"));
    let zulu = zulu.map(|rest| format!("{}Z", rest.trim_end()));
    let spaced = zulu.as_deref().unwrap_or(value);
    // "2017-10-10 08:30:00 +0300"
    let joined = spaced.replace(" +", "+").replace(" -", "-");
    let pieces = Pieces::parse(&joined).ok()?;
    let date = pieces.date();
    if !is_plausible(date) {
        return None;
    }
    match (pieces.time(), pieces.to_numeric_offset()) {
        (Some(time), Some(offset)) => {
            let (hour, minute, second) = (time.hour(), time.minute(), time.second());
            Some(format!("{date}T{hour:02}:{minute:02}:{second:02}{}", zone(offset)?))
        }
        _ => Some(date.to_string()),
    }
}

/// As in mail: "Tue, 10 Oct 2017 08:30:00 +0300".
fn rfc2822(value: &str) -> Option<String> {
    let moment: Zoned = jiff::fmt::rfc2822::parse(value).ok()?;
    let local = moment.datetime();
    let time = local.time();
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    is_plausible(local.date()).then_some(format!(
        "{}T{hour:02}:{minute:02}:{second:02}{}",
        local.date(),
        zone(moment.offset())?
    ))
}

fn zone(offset: Offset) -> Option<String> {
    let seconds = offset.seconds();
    if seconds == 0 {
        return Some("Z".to_owned());
    }
    let minutes = seconds.abs() / 60;
    let sign = if seconds < 0 { '-' } else { '+' };
    (seconds % 60 == 0).then(|| format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60))
}

/// "2017/10/10", "2017.10.10", with or without a time.
fn year_first(value: &str) -> Option<String> {
    let mut numbers = value.split(|c: char| !c.is_ascii_digit());
    let (year, month, day) = (numbers.next()?, numbers.next()?, numbers.next()?);
    (year.len() == 4).then(|| date(year, month.parse().ok()?, day))?
}

/// "Tuesday, October 10, 2017", "10 Oct. 2017 8:30 a.m.".
fn in_words(value: &str) -> Option<String> {
    let mut words =
        value.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    if ["sun", "mon", "tue", "wed", "thu", "fri", "sat"].iter().any(|day| starts(words.peek(), day)) {
        words.next();
    }
    let (one, two, year) = (words.next()?, words.next()?, words.next()?);
    let (month, day) = if one.starts_with(|c: char| c.is_ascii_digit()) { (two, one) } else { (one, two) };
    let month = MONTHS.iter().position(|name| starts(Some(&month), name))?;
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (year.len() == 4).then(|| date(year, i8::try_from(month).ok()? + 1, day))?
}

fn starts(word: Option<&&str>, prefix: &str) -> bool {
    word.and_then(|word| word.get(..3)).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn date(year: &str, month: i8, day: &str) -> Option<String> {
    let date = Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    is_plausible(date).then(|| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Option<String> {
        published(value).map(String::from)
    }

    #[test]
    fn reads_the_usual_forms() {
        for (value, expected) in [
            ("2017-10-10", "2017-10-10"),
            (" 2017-10-10T08:30:00Z\n", "2017-10-10T08:30:00Z"),
            ("2017-10-10T08:30:00.123+03:00", "2017-10-10T08:30:00+03:00"),
            ("2017-10-10T08:30:00+0300", "2017-10-10T08:30:00+03:00"),
            ("2017-10-10T08:30-05", "2017-10-10T08:30:00-05:00"),
            ("2017-10-10 08:30:00 +0330", "2017-10-10T08:30:00+03:30"),
            ("2017-10-10 08:30:00 UTC", "2017-10-10T08:30:00Z"),
            ("2017-10-10T08:30:00", "2017-10-10"),
            ("2017-10-10 08:30", "2017-10-10"),
            ("20171010", "2017-10-10"),
            ("2017/10/10", "2017-10-10"),
            ("2017/10/9 08:30", "2017-10-09"),
            ("Tue, 10 Oct 2017 08:30:00 GMT", "2017-10-10T08:30:00Z"),
            ("Tue, 10 Oct 2017 08:30:00 -0400", "2017-10-10T08:30:00-04:00"),
            ("October 10, 2017", "2017-10-10"),
            ("Tuesday, October 10th, 2017 at 8:30 a.m.", "2017-10-10"),
            ("10 Oct. 2017", "2017-10-10"),
            ("Sept. 3, 2017", "2017-09-03"),
        ] {
            assert_eq!(read(value).as_deref(), Some(expected), "{value}");
        }
    }

    #[test]
    fn reads_nothing_doubtful() {
        for value in [
            "",
            "10/11/2017",
            "2017",
            "2017-10",
            "2017-02-30",
            "yesterday",
            "0001-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "October 32, 2017",
            "1507624200",
            "８ October 2017",
        ] {
            assert_eq!(read(value), None, "{value}");
        }
    }
}
