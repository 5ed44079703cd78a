//! JSON Lines: one article an object, one object a line.

use std::borrow::Cow;
use std::fmt;
use std::mem;

use sayso_record::Article;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::error::ReadErrorKind;
use super::lines::{Line, Lines};
use super::published::Published;
use super::reading::Outcome;
use super::stream::{Codec, Stream, read_error};

/// JSON Lines being read.
pub(super) struct JsonLines {
    lines: Lines<Stream>,
    codec: Option<Codec>,
    limit: usize,
    /// Whether a line was seen that is not blank.
    begun: bool,
    ended: bool,
}

impl JsonLines {
    pub(super) fn new(stream: Stream, limit: usize) -> Self {
        let codec = stream.codec();
        JsonLines { lines: Lines::new(stream, limit), codec, limit, begun: false, ended: false }
    }

    /// The article of the next line that is not blank.
    pub(super) fn next(&mut self) -> Option<Outcome> {
        while !self.ended {
            match self.lines.next_line() {
                Ok(Some(Line::Whole { bytes, number, offset })) => {
                    let Some(line) = JsonLine::new(bytes, offset) else { continue };
                    if !mem::replace(&mut self.begun, true) && line.opens_many_lines() {
                        self.ended = true;
                        return Some((Some(number), Err(ReadErrorKind::ManyLines)));
                    }
                    return Some((Some(number), line.article(self.codec.is_some())));
                }
                Ok(Some(Line::TooLong { number })) => {
                    self.begun = true;
                    return Some((Some(number), Err(ReadErrorKind::LineTooLong { limit: self.limit })));
                }
                Ok(None) => {
                    self.ended = true;
                    if !self.begun {
                        return Some((None, Err(ReadErrorKind::Empty)));
                    }
                }
                Err(error) => {
                    self.ended = true;
                    return Some((Some(self.lines.number()), Err(read_error(error, self.codec))));
                }
            }
        }
        None
    }
}

/// A line that holds more than white space.
struct JsonLine<'a> {
    /// The line without a byte order mark, which a concatenation of files leaves in the middle of one.
    bytes: &'a [u8],
    /// Of `bytes` in the file.
    offset: u64,
}

impl<'a> JsonLine<'a> {
    /// `None` for an empty line.
    fn new(line: &'a [u8], offset: u64) -> Option<Self> {
        let bytes = line.strip_prefix(super::BOM).unwrap_or(line);
        let offset = offset + (line.len() - bytes.len()) as u64;
        (!bytes.trim_ascii().is_empty()).then_some(JsonLine { bytes, offset })
    }

    /// Whether this looks like the first line of a value laid out over many lines, which would be an
    /// error on every line. A line that was cut off seldom ends just so.
    fn opens_many_lines(&self) -> bool {
        matches!(self.bytes.trim_ascii_end().last(), Some(b'{' | b'[' | b','))
            && serde_json::from_slice::<IgnoredAny>(self.bytes).is_err_and(|error| error.is_eof())
    }

    /// The article of this line; its text is exactly what JSON says it is.
    fn article(&self, uncompressed: bool) -> Result<Article, ReadErrorKind> {
        let line = std::str::from_utf8(self.bytes).map_err(|error| {
            let offset = self.offset + error.valid_up_to() as u64;
            ReadErrorKind::Utf8 { offset, uncompressed }
        })?;
        if !line.trim_ascii_start().starts_with('{') {
            // The derived reader would also take the fields as a list.
            let found: Field = serde_json::from_str(line).map_err(|error| json_error(&error))?;
            return Err(ReadErrorKind::NotAnObject { found: found.name() });
        }
        let fields: Fields = serde_json::from_str(line).map_err(|error| json_error(&error))?;
        fields.article()
    }
}

/// The fields as they stand, so that a field of the wrong type can be named.
#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(borrow, default)]
    id: Field<'a>,
    #[serde(borrow, default)]
    text: Field<'a>,
    #[serde(borrow, default)]
    outlet: Field<'a>,
    #[serde(borrow, default)]
    published: Field<'a>,
    #[serde(borrow, default)]
    title: Field<'a>,
    #[serde(borrow, default)]
    byline: Field<'a>,
    #[serde(borrow, default)]
    url: Field<'a>,
}

impl Fields<'_> {
    fn article(self) -> Result<Article, ReadErrorKind> {
        let published = self.published.optional("published")?.map(Published::new).transpose()?;
        Ok(Article {
            id: self.id.required("id")?,
            text: self.text.required("text")?,
            outlet: self.outlet.optional("outlet")?,
            published: published.map(String::from),
            title: self.title.optional("title")?,
            byline: self.byline.optional("byline")?,
            url: self.url.optional("url")?,
        })
    }
}

/// A field's value: a text, or what it is instead.
#[derive(Default)]
enum Field<'a> {
    /// Not there, or `null`.
    #[default]
    Null,
    Text(Cow<'a, str>),
    Other(&'static str),
}

impl Field<'_> {
    fn required(self, field: &'static str) -> Result<String, ReadErrorKind> {
        match self {
            Field::Null => Err(ReadErrorKind::MissingField { field }),
            Field::Text(text) if text.trim().is_empty() => Err(ReadErrorKind::EmptyField { field }),
            Field::Text(text) => Ok(text.into_owned()),
            Field::Other(found) => Err(ReadErrorKind::WrongType { field, found }),
        }
    }

    /// Empty text is unknown too, which the record writes as `null`.
    fn optional(self, field: &'static str) -> Result<Option<String>, ReadErrorKind> {
        match self {
            Field::Null => Ok(None),
            Field::Text(text) => Ok(Some(text.into_owned()).filter(|text| !text.trim().is_empty())),
            Field::Other(found) => Err(ReadErrorKind::WrongType { field, found }),
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Field::Null => "null",
            Field::Text(_) => "a text",
            Field::Other(name) => name,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Field<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldVisitor;

        impl<'de> Visitor<'de> for FieldVisitor {
            type Value = Field<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON value")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Field::Null)
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Field::Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Field::Text(Cow::Owned(text.to_owned())))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
                Ok(Field::Other("true or false"))
            }

            fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
                Ok(Field::Other("a number"))
            }

            fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
                Ok(Field::Other("a number"))
            }

            fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
                Ok(Field::Other("a number"))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Field::Other("a list"))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
                while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Field::Other("an object"))
            }
        }

        deserializer.deserialize_any(FieldVisitor)
    }
}

/// The parser's message without its "at line 1 column 5": the line is ours to tell.
fn json_error(error: &serde_json::Error) -> ReadErrorKind {
    let mut message = error.to_string();
    if let Some(place) = message.rfind(" at line ") {
        message.truncate(place);
    }
    if error.classify() == Category::Eof {
        message = "the line ends in the middle of the object".to_owned();
    }
    ReadErrorKind::Json { column: error.column(), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Article, ReadErrorKind> {
        JsonLine::new(line.as_bytes(), 0).expect("not blank").article(false)
    }

    fn message(line: &str) -> String {
        read(line).unwrap_err().to_string()
    }

    #[test]
    fn reads_all_fields_and_ignores_others() {
        let article = read(
            r#" {"id":"1","text":"a\r\n \u00e9\ud83d\ude00","outlet":"AP","published":"2017-10-10","title":"T",
                "byline":"B","url":"u","tags":[1,{"x":null}],"id2":3} "#
                .replace('\n', "")
                .as_str(),
        )
        .unwrap();
        assert_eq!(article.text, "a\r\n é😀");
        assert_eq!(article.outlet.as_deref(), Some("AP"));
        assert_eq!(article.published.as_deref(), Some("2017-10-10"));
        assert_eq!(article.title.as_deref(), Some("T"));
        assert_eq!(article.byline.as_deref(), Some("B"));
        assert_eq!(article.url.as_deref(), Some("u"));
    }

    #[test]
    fn null_and_empty_are_unknown() {
        let article = read(r#"{"id":"1","text":"a","outlet":null,"published":"","title":" "}"#).unwrap();
        assert_eq!(article, Article { id: "1".into(), text: "a".into(), ..Article::default() });
    }

    #[test]
    fn says_which_field_is_wrong() {
        assert_eq!(message(r#"{"id":"1"}"#), "`text` is missing");
        assert_eq!(message(r#"{"id":"1","text":null}"#), "`text` is missing");
        assert_eq!(message(r#"{"text":"a"}"#), "`id` is missing");
        assert_eq!(message(r#"{"id":"1","text":" \n"}"#), "`text` is empty");
        assert_eq!(message(r#"{"id":1,"text":"a"}"#), "`id` is a number, not a text");
        assert_eq!(message(r#"{"id":"1","text":["a"]}"#), "`text` is a list, not a text");
        assert_eq!(message(r#"{"id":"1","text":"a","url":{"a":1}}"#), "`url` is an object, not a text");
        assert_eq!(message(r#"{"id":"1","text":"a","title":false}"#), "`title` is true or false, not a text");
        assert_eq!(
            message(r#"{"id":"1","text":"a","published":"soon"}"#),
            "`published`: \"soon\" is neither a day (YYYY-MM-DD) nor a time as in RFC 3339"
        );
    }

    #[test]
    fn says_what_is_no_json() {
        assert_eq!(
            message(r#"{"id":"1","text":"a","text":"b"}"#),
            "not valid JSON at column 27: duplicate field `text`"
        );
        assert_eq!(message(r#"{"id":"1","text":"a"} x"#), "not valid JSON at column 23: trailing characters");
        assert_eq!(
            message(r#"{"id":"1","text":"a"#),
            "not valid JSON at column 19: the line ends in the middle of the object"
        );
        assert!(message(r#"{"id":"1","text":"\ud800"}"#).starts_with("not valid JSON at column"));
        assert_eq!(message(r#"["1","a"]"#), "not a JSON object, but a list");
        assert_eq!(message("12"), "not a JSON object, but a number");
        assert!(message("BAGHDAD").starts_with("not valid JSON at column 1"));
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_more() {
        for open in ["[", "{\"a\":"] {
            let _ = message(&format!(r#"{{"id":"1","x":{}"#, open.repeat(100_000)));
            let _ = message(&format!(r#"{{"text":{}"#, open.repeat(100_000)));
            let _ = message(&open.repeat(100_000));
        }
    }

    #[test]
    fn byte_order_mark_and_blank_lines() {
        assert!(JsonLine::new(b" \t\r", 0).is_none());
        assert!(JsonLine::new(b"\xef\xbb\xbf", 0).is_none());
        let line = JsonLine::new(b"\xef\xbb\xbf{\"id\":\"\xff\"}", 10).unwrap();
        assert!(matches!(line.article(true), Err(ReadErrorKind::Utf8 { offset: 20, uncompressed: true })));
    }
}
