//! Sizes and label lists, as the weights file carries them.

use serde::Deserialize;

/// What the heads of a model mean. The order of labels is that of the scores.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Config {
    /// Parts of speech.
    pub pos: Vec<String>,
    /// Relations of a word to its head.
    pub rel: Vec<String>,
    /// Types of names; the first means "no name".
    pub names: Vec<String>,
    /// Groups of word labels that anchor or mark attributions and events.
    pub anchors: Vec<Group>,
    /// The stack conditioned on a cue.
    pub attr: StackConfig,
    /// The stack conditioned on a trigger.
    pub event: StackConfig,
    /// Width of the arc heads.
    pub arc: usize,
    /// The most pieces of a window, the special ones counted.
    pub max_pieces: usize,
    /// The most words of a name.
    pub name_width: usize,
}

/// A group of labels that compete: its name, and the labels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Group(pub String, pub Vec<String>);

/// Labels of one conditioned stack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct StackConfig {
    /// Kinds of anchors.
    pub kinds: Vec<String>,
    /// Roles of words; each has three labels: outside, first word, further word.
    pub roles: Vec<String>,
    /// Groups of labels of the anchor itself.
    pub out: Vec<Group>,
    /// What a count counts; empty where the stack has no counts.
    #[serde(default)]
    pub of: Vec<String>,
}

/// Labels of all groups together.
pub(crate) fn labels(groups: &[Group]) -> usize {
    groups.iter().map(|group| group.1.len()).sum()
}
