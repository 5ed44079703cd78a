//! Names against `corpora/names`: a name is right when its offsets and its type are, nested ones counted.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Write};

use sayso::analysis::{Analysis, Labels};
use sayso::encode::Reader;
use sayso_encoder::Model;
use serde::Deserialize;

use crate::Result;

#[derive(Deserialize)]
struct Gold {
    id: String,
    names: Vec<Name>,
}

#[derive(Deserialize)]
struct Name {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
}

/// Right, predicted, gold.
#[derive(Clone, Copy, Default)]
struct Tally(usize, usize, usize);

impl Tally {
    fn f1(self) -> f64 {
        200.0 * self.0 as f64 / (self.1 + self.2).max(1) as f64
    }
}

/// Prints F1 of all names, of each type, and untyped.
pub fn evaluate(articles: &str, gold: &str) -> Result<()> {
    let gold: HashMap<String, Gold> = std::fs::read_to_string(gold)?
        .lines()
        .map(|l| serde_json::from_str::<Gold>(l).map(|g| (g.id.clone(), g)))
        .collect::<std::result::Result<_, _>>()?;
    let model = Model::builtin().map_err(|e| e.to_string())?;
    let labels = Labels::of(model.config());
    let mut reader = Reader::new(model);
    let settings = sayso::Settings::default();
    let (mut all, mut untyped) = (Tally::default(), Tally::default());
    let mut by_type: BTreeMap<String, Tally> = BTreeMap::new();
    for line in std::fs::read_to_string(articles)?.lines() {
        let article: sayso::Article = serde_json::from_str(line)?;
        let Some(gold) = gold.get(&article.id) else { continue };
        let mut analysis = Analysis::of(&article.text);
        let scored = reader.read(&reader.windows(&analysis.text, &analysis.read));
        analysis.annotate(&scored, &mut reader, settings.names.margin);
        let mine: HashSet<(usize, usize, &str)> = analysis
            .names
            .iter()
            .map(|n| {
                let span = analysis.read.span_of(n.words.clone());
                (span.start, span.end, labels.name(n))
            })
            .collect();
        let theirs: HashSet<(usize, usize, &str)> =
            gold.names.iter().map(|n| (n.start, n.end, n.kind.as_str())).collect();
        let spans = |set: &HashSet<(usize, usize, &str)>| -> HashSet<(usize, usize)> {
            set.iter().map(|n| (n.0, n.1)).collect()
        };
        let (mine_spans, their_spans) = (spans(&mine), spans(&theirs));
        untyped.0 += mine_spans.intersection(&their_spans).count();
        untyped.1 += mine_spans.len();
        untyped.2 += their_spans.len();
        for name in &mine {
            by_type.entry(name.2.to_owned()).or_default().1 += 1;
            all.1 += 1;
        }
        for name in &theirs {
            let tally = by_type.entry(name.2.to_owned()).or_default();
            tally.2 += 1;
            all.2 += 1;
            if mine.contains(name) {
                tally.0 += 1;
                all.0 += 1;
            }
        }
    }
    let mut out = io::stdout().lock();
    for (kind, tally) in by_type {
        writeln!(
            out,
            "{kind:8} F1 {:5.1}  ({} right, {} predicted, {} gold)",
            tally.f1(),
            tally.0,
            tally.1,
            tally.2
        )?;
    }
    writeln!(out, "untyped  F1 {:5.1}", untyped.f1())?;
    writeln!(out, "all      F1 {:5.2}  ({} right, {} predicted, {} gold)", all.f1(), all.0, all.1, all.2)?;
    Ok(())
}
