//! The date of publication: RFC 3339 or `YYYY-MM-DD`, checked once and then kept as it was written.

use std::fmt;
use std::str::FromStr;

/// A date of publication known to be RFC 3339 or `YYYY-MM-DD`.
///
/// ```
/// use sayso::read::Published;
///
/// assert!("2017-10-10".parse::<Published>().is_ok());
/// assert!("2017-10-10T08:30:00+03:00".parse::<Published>().is_ok());
/// assert!("10 October 2017".parse::<Published>().is_err());
/// assert!("2017-02-30".parse::<Published>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Published(String);

impl Published {
    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Checks `text` and keeps it.
    pub fn new(text: String) -> Result<Self, InvalidPublished> {
        if is_date(&text) || is_rfc3339(&text) {
            Ok(Published(text))
        } else {
            Err(InvalidPublished::new(&text))
        }
    }
}

impl From<Published> for String {
    fn from(published: Published) -> String {
        published.0
    }
}

impl FromStr for Published {
    type Err = InvalidPublished;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Published::new(text.to_owned())
    }
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no date of publication.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{shown:?} is neither a day (YYYY-MM-DD) nor a time as in RFC 3339")]
pub struct InvalidPublished {
    shown: String,
}

impl InvalidPublished {
    /// Enough to recognise it by: the value comes from outside and may be of any length.
    const SHOWN: usize = 40;

    fn new(text: &str) -> Self {
        let mut shown: String = text.chars().take(Self::SHOWN).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        InvalidPublished { shown }
    }
}

/// `YYYY-MM-DD` and a day that exists. The date library alone would also take other ISO 8601 forms.
fn is_date(text: &str) -> bool {
    has_shape(text.as_bytes(), b"dddd-dd-dd") && text.parse::<jiff::civil::Date>().is_ok()
}

/// `date-time` of RFC 3339, section 5.6, and a moment that exists.
fn is_rfc3339(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some((head, rest)) = bytes.split_at_checked(19) else { return false };
    let separator = head[10];
    if !matches!(separator, b'T' | b't' | b' ') {
        return false;
    }
    if !has_shape(&head[..10], b"dddd-dd-dd") || !has_shape(&head[11..], b"dd:dd:dd") {
        return false;
    }
    let zone = match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().take_while(|b| b.is_ascii_digit()).count();
            // Nine digits are a nanosecond; the date library refuses more.
            if !(1..=9).contains(&digits) {
                return false;
            }
            &fraction[digits..]
        }
        _ => rest,
    };
    let zone_fits = match zone {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', offset @ ..] => has_shape(offset, b"dd:dd"),
        _ => false,
    };
    zone_fits && text.parse::<jiff::Timestamp>().is_ok()
}

/// Whether `bytes` has a digit wherever `shape` has a `d`, and is the same elsewhere.
fn has_shape(bytes: &[u8], shape: &[u8]) -> bool {
    bytes.len() == shape.len()
        && bytes.iter().zip(shape).all(|(b, s)| if *s == b'd' { b.is_ascii_digit() } else { b == s })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_days_and_rfc_3339() {
        for good in [
            "2017-10-10",
            "2016-02-29",
            "2017-10-10T08:30:00Z",
            "2017-10-10t08:30:00z",
            "2017-10-10 08:30:00Z",
            "2017-10-10T08:30:00.123456789+03:00",
            "2017-10-10T08:30:00-00:00",
            "2016-12-31T23:59:60Z",
        ] {
            assert_eq!(good.parse::<Published>().unwrap().as_str(), good);
        }
    }

    #[test]
    fn refuses_all_else() {
        for bad in [
            "",
            " 2017-10-10",
            "2017-10-10\n",
            "2017-10",
            "20171010",
            "2017-10-1",
            "2017-13-01",
            "2017-02-29",
            "2017-10-10T08:30",
            "2017-10-10T08:30:00",
            "2017-10-10T08:30Z",
            "2017-10-10T24:00:01Z",
            "2017-10-10T08:30:00.Z",
            "2017-10-10T08:30:00+0300",
            "2017-10-10T08:30:00+03:00[Asia/Baghdad]",
            "2017-10-10T08:30:00+99:00",
            "October 10, 2017",
            "２０１７-10-10",
        ] {
            assert!(bad.parse::<Published>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_long_value_is_cut_in_the_message() {
        let error = "x".repeat(1000).parse::<Published>().unwrap_err();
        assert!(error.to_string().len() < 150, "{error}");
    }
}
