//! Place names, found by the encoder and not by a list; also inside longer names.

use std::ops::Range;

use sayso_record::{Place, PlaceKind};

use crate::analysis::{Analysis, Labels};
use crate::decode::Name;

/// A toponym as words of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toponym {
    /// Its words.
    pub words: Range<usize>,
    /// What it does there.
    pub kind: PlaceKind,
}

/// Place names of an article, in order. No demonym is told from the names of faiths and parties yet.
pub fn toponyms(analysis: &Analysis<'_>, labels: &Labels) -> Vec<Toponym> {
    let is_place = |name: &Name| matches!(labels.name(name), "GPE" | "LOC" | "FAC");
    let mut out: Vec<Toponym> = Vec::new();
    // Names stand in order, longer ones first, and none crosses another: those still open hold this one.
    let mut open: Vec<&Name> = Vec::new();
    for name in &analysis.names {
        open.retain(|other| other.words.end > name.words.start);
        if is_place(name) {
            let inside = open.iter().any(|other| name.words.end <= other.words.end && !is_place(other));
            let kind = if inside { PlaceKind::Associative } else { PlaceKind::Literal };
            out.push(Toponym { words: name.words.clone(), kind });
        }
        open.push(name);
    }
    out
}

/// The records of the contract. The gazetteer's fields stay `null`: no gazetteer entry is looked up yet.
pub fn records(analysis: &Analysis<'_>, toponyms: &[Toponym]) -> Vec<Place> {
    toponyms
        .iter()
        .enumerate()
        .map(|(i, toponym)| {
            let span = analysis.read.span_of(toponym.words.clone());
            Place {
                id: format!("p{}", i + 1),
                start: span.start,
                end: span.end,
                text: analysis.text.slice(span).to_owned(),
                name: None,
                geonameid: None,
                country: None,
                admin1: None,
                lat: None,
                lon: None,
                feature: None,
                kind: Some(toponym.kind),
                p: None,
            }
        })
        .collect()
}

/// The toponym that an event's place phrases name: the first that shares a word with one of them, one within
/// another name only where there is no other.
pub fn of_phrase(phrases: &[Range<usize>], toponyms: &[Toponym]) -> Option<usize> {
    phrases.iter().find_map(|phrase| {
        let shares = |t: &Toponym| t.words.start < phrase.end && phrase.start < t.words.end;
        toponyms
            .iter()
            .position(|t| shares(t) && t.kind == PlaceKind::Literal)
            .or_else(|| toponyms.iter().position(shares))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::by_hand::{labels, name};

    #[test]
    fn a_place_inside_the_name_of_a_body_is_associative() {
        // 0 Iraq 1 and 2 the 3 Kirkuk 4 Police 5 met 6 in 7 Dibis 8 .
        let mut analysis = Analysis::of("Iraq and the Kirkuk Police met in Dibis.");
        name(&mut analysis, 0..1, "GPE");
        name(&mut analysis, 3..5, "ORG");
        name(&mut analysis, 3..4, "GPE");
        name(&mut analysis, 7..8, "GPE");
        let found = toponyms(&analysis, &labels());
        let kinds: Vec<_> = found.iter().map(|t| (t.words.clone(), t.kind)).collect();
        let (literal, associative) = (PlaceKind::Literal, PlaceKind::Associative);
        assert_eq!(kinds, [(0..1, literal), (3..4, associative), (7..8, literal)]);
        assert_eq!(of_phrase(&[2..8], &found), Some(2));
        assert_eq!(of_phrase(&[2..5], &found), Some(1));
        assert_eq!(of_phrase(&[5..6], &found), None);
    }
}
