//! What goes to standard error: one line that names the thing and the reason, then a hint.

use std::fmt;
use std::io::{self, Write};

use crate::clean::clean;

/// Something that went wrong, as the user reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What it is about: `PATH:LINE`, or an article's id; none where it is about the whole run.
    pub about: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// What may help.
    pub hint: Option<String>,
}

impl Message {
    /// A message about the run as a whole.
    pub fn new(reason: impl Into<String>) -> Self {
        Message { about: None, reason: reason.into(), hint: None }
    }

    /// The same, about this file or article.
    pub fn about(mut self, about: impl Into<String>) -> Self {
        self.about = Some(about.into());
        self
    }

    /// The same, with a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names of files and articles come from outside, and so may the reason's own words.
        f.write_str("sayso: ")?;
        if let Some(about) = &self.about {
            write!(f, "{}: ", clean(about))?;
        }
        write!(f, "{}", clean(&self.reason))?;
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {}", clean(hint))?;
        }
        Ok(())
    }
}

/// Prints a message. A closed standard error is no reason to stop coding.
pub fn print(message: &Message) {
    let _ = writeln!(io::stderr().lock(), "{message}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_place_then_the_reason_then_the_hint() {
        let message =
            Message::new("no text").about("news.jsonl:7").hint("each line needs \"id\" and \"text\"");
        insta::assert_snapshot!(message, @r#"
        sayso: news.jsonl:7: no text
          hint: each line needs "id" and "text"
        "#);
        assert_eq!(Message::new("could not start").to_string(), "sayso: could not start");
    }

    #[test]
    fn a_file_name_cannot_drive_the_terminal() {
        let message = Message::new("broken").about("\x1b[2Jx\n.txt");
        assert_eq!(message.to_string(), "sayso: ␛[2Jx .txt: broken");
    }
}
