//! Place names, found by the encoder and not by a list; also inside longer names.

use std::ops::Range;

use sayso_record::{Place, PlaceKind};

use crate::analysis::{Analysis, Labels};

/// A toponym as words of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toponym {
    /// Its words.
    pub words: Range<usize>,
    /// What it does there.
    pub kind: PlaceKind,
}

/// Place names of an article, in order: names of places, and the people of a place where the word names them.
pub fn toponyms(analysis: &Analysis<'_>, labels: &Labels) -> Vec<Toponym> {
    let mut out: Vec<Toponym> = Vec::new();
    for name in &analysis.names {
        let kind = match labels.name(name) {
            "GPE" | "LOC" | "FAC" => {
                let inside = analysis.names.iter().any(|other| {
                    other.words != name.words
                        && other.words.start <= name.words.start
                        && name.words.end <= other.words.end
                        && !matches!(labels.name(other), "GPE" | "LOC" | "FAC")
                });
                if inside { PlaceKind::Associative } else { PlaceKind::Literal }
            }
            _ => continue,
        };
        out.push(Toponym { words: name.words.clone(), kind });
    }
    out.dedup_by(|a, b| a.words == b.words);
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

/// The toponym that an event's place phrase names: the first inside it, not one within another name.
pub fn of_phrase(phrases: &[Range<usize>], toponyms: &[Toponym]) -> Option<usize> {
    phrases.iter().find_map(|phrase| {
        let inside = |t: &Toponym| t.words.start < phrase.end && phrase.start < t.words.end;
        toponyms
            .iter()
            .position(|t| inside(t) && t.kind == PlaceKind::Literal)
            .or_else(|| toponyms.iter().position(inside))
    })
}
