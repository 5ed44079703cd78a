//! Which modes an event type has (`data/modes.toml`).

use std::collections::HashMap;
use std::sync::OnceLock;

use sayso_record::EventType;

/// The modes of a type; none for a type without.
pub(super) fn modes(of: EventType) -> &'static [String] {
    static MODES: OnceLock<HashMap<String, Vec<String>>> = OnceLock::new();
    let table = MODES.get_or_init(|| {
        toml::from_str(include_str!("../../data/modes.toml")).expect("data/modes.toml is checked by a test")
    });
    table.get(of.name()).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_the_file_is_a_type() {
        let table: HashMap<String, Vec<String>> =
            toml::from_str(include_str!("../../data/modes.toml")).expect("it is TOML");
        assert!(table.keys().all(|name| EventType::from_name(name).is_some()), "{:?}", table.keys());
        assert!(modes(EventType::Agree).is_empty());
        assert!(modes(EventType::Retreat).iter().any(|m| m == "disarm"));
    }
}
