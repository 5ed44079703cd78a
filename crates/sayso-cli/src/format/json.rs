//! The record itself, one line an article.

use sayso_record::Coding;

use super::Print;

/// One JSON object a line.
pub struct Json;

impl Print for Json {
    fn head(&self, _out: &mut Vec<u8>) {}

    fn coding(&self, coding: &Coding, out: &mut Vec<u8>) {
        serde_json::to_writer(&mut *out, coding).expect("a coding is plain data, and a Vec takes any of it");
        out.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::sample;

    #[test]
    fn one_line_that_reads_back_to_the_same() {
        let mut out = Vec::new();
        Json.coding(&sample(), &mut out);
        let line = String::from_utf8(out).unwrap();
        assert_eq!(line.find('\n'), Some(line.len() - 1));
        assert_eq!(serde_json::from_str::<Coding>(&line).unwrap(), sample());
    }
}
