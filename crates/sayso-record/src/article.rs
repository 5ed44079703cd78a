//! What goes in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One published report, as read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    /// Unique in its collection; the file's name where a bare text has none.
    pub id: String,
    /// The report itself. All offsets of the coding count its Unicode scalar values.
    pub text: String,
    /// Who published it.
    #[serde(default)]
    pub outlet: Option<String>,
    /// When: RFC 3339 or `YYYY-MM-DD`.
    #[serde(default)]
    pub published: Option<String>,
    /// Headline, where it is not part of the text.
    #[serde(default)]
    pub title: Option<String>,
    /// Author line.
    #[serde(default)]
    pub byline: Option<String>,
    /// Where it was published.
    #[serde(default)]
    pub url: Option<String>,
}
