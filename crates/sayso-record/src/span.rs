//! Half-open spans in Unicode scalar values, and the only conversions to and from bytes.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// `[start, end)` in Unicode scalar values of an article's `text`; a two-element array in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First character of the span.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
}

impl Span {
    /// A span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Span { start, end }
    }

    /// Number of characters.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds no character.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a character.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.start, self.end].serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let [start, end] = <[usize; 2]>::deserialize(deserializer)?;
        if start > end {
            return Err(serde::de::Error::custom(format!("span [{start}, {end}] runs backwards")));
        }
        Ok(Span { start, end })
    }
}

impl JsonSchema for Span {
    fn schema_name() -> Cow<'static, str> {
        "Span".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "[start, end), in Unicode scalar values of text",
            "type": "array",
            "items": { "type": "integer", "minimum": 0 },
            "minItems": 2,
            "maxItems": 2
        })
    }
}

/// A text with a table from character offsets to byte offsets.
///
/// ASCII texts need no table; others cost four bytes a character.
#[derive(Clone, Debug)]
pub struct CharIndex<'t> {
    text: &'t str,
    /// Byte offset of each character, and of the end; empty when the text is ASCII.
    bytes: Vec<u32>,
}

impl<'t> CharIndex<'t> {
    /// Indexes `text`.
    ///
    /// # Panics
    /// When `text` is longer than `u32::MAX` bytes; readers refuse such articles long before.
    pub fn new(text: &'t str) -> Self {
        assert!(u32::try_from(text.len()).is_ok(), "text of {} bytes cannot be indexed", text.len());
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(b, _)| b as u32).chain([text.len() as u32]).collect()
        };
        CharIndex { text, bytes }
    }

    /// The text itself.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Number of characters.
    pub fn len(&self) -> usize {
        if self.bytes.is_empty() { self.text.len() } else { self.bytes.len() - 1 }
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Byte offset of character `at` (or of the end of the text).
    pub fn byte(&self, at: usize) -> usize {
        if self.bytes.is_empty() { at } else { self.bytes[at] as usize }
    }

    /// Character offset of byte `at`, which must be a character boundary.
    pub fn char(&self, at: usize) -> usize {
        if self.bytes.is_empty() { at } else { self.bytes.partition_point(|&b| (b as usize) < at) }
    }

    /// The words of a span.
    pub fn slice(&self, span: Span) -> &'t str {
        &self.text[self.byte(span.start)..self.byte(span.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_by_characters_not_bytes() {
        let index = CharIndex::new("Al Ḩawījah “fell”");
        assert_eq!(index.len(), 17);
        assert_eq!(index.slice(Span::new(3, 10)), "Ḩawījah");
        assert_eq!(index.char(index.byte(12)), 12);
    }

    #[test]
    fn a_backward_span_is_refused() {
        assert!(serde_json::from_str::<Span>("[5, 3]").is_err());
        assert_eq!(serde_json::from_str::<Span>("[3, 5]").unwrap(), Span::new(3, 5));
    }
}
