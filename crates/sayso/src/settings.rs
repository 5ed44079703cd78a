//! Thresholds of the decisions, as `data/decoding.toml` has them.

use serde::Deserialize;

/// Where scores become decisions.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Names.
    pub names: NameSettings,
    /// Attributions.
    pub attribution: AttributionSettings,
    /// Events.
    pub event: EventSettings,
}

/// Decisions about names.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameSettings {
    /// Added to the score of "no name".
    pub margin: f32,
}

/// Decisions about attributions.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributionSettings {
    /// Probability from which a word is looked at as a cue.
    pub candidate: f32,
    /// Probability from which it is one.
    pub accept: f32,
    /// Weight, from 0 to 1, of the stack's second look in that probability.
    pub second_look: f32,
    /// Price of each source opened, in log probability.
    pub source_price: f32,
    /// Price of each content opened, in log probability.
    pub content_price: f32,
}

/// Decisions about events.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventSettings {
    /// Probability from which a word is looked at as a trigger.
    pub candidate: f32,
    /// Probability from which it is one.
    pub accept: f32,
    /// Weight, from 0 to 1, of the stack's second look in that probability.
    pub second_look: f32,
    /// Price of each phrase opened, in log probability.
    pub phrase_price: f32,
}

impl Default for Settings {
    fn default() -> Self {
        toml::from_str(include_str!("../data/decoding.toml"))
            .expect("data/decoding.toml is checked by a test")
    }
}

/// Probability after a second look: the weighted geometric mean of both.
pub(crate) fn after_second_look(first: f32, second: f32, weight: f32) -> f32 {
    first.powf(1.0 - weight) * second.powf(weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_settings_load() {
        let settings = Settings::default();
        assert!(settings.event.candidate <= settings.event.accept);
        assert!((after_second_look(0.25, 1.0, 0.5) - 0.5).abs() < 1e-6);
    }
}
