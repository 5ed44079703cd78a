//! Who says what, with which words: source, cue, content, and which attribution stands in which.
//!
//! A cue (or the first word of a content that has none) anchors an attribution; the stack labels source
//! and content around it, so that layers may overlap to any depth. Definitions: PARC3 (Pareti 2016),
//! PolNeAR (Newell et al. 2018); all layers are marked, as in `corpora/chains`.

mod anchor;
mod chain;
mod content;
mod nest;
mod source;
mod style;

use std::ops::Range;

use sayso_encoder::{AnchorScores, Config};
use sayso_record::{Attribution, Content, Cue, Source, SourceKind, Span};

pub use anchor::candidates;
pub use chain::{Chain, chain_over};

use crate::analysis::{Analysis, Labels};
use crate::decode::{argmax, runs, softmax};
use crate::encode::Candidate;
use crate::lexicon::{CueAct, Lexicon};
use crate::settings::{AttributionSettings, after_second_look};

/// Where the attribution stack's labels are, by name.
pub struct AttrLabels {
    source: usize,
    content: usize,
    real: (usize, usize),
    kinds: Vec<Option<SourceKind>>,
    /// The stack's kind of anchor for a content without cue.
    bare: usize,
    asserted: (usize, usize),
    /// The groups of anchor labels that mark cues and contents without one.
    anchors: Vec<anchor::Group>,
}

impl AttrLabels {
    /// Finds the labels of a model; `None` where one is missing.
    pub fn of(config: &Config) -> Option<Self> {
        let role = |name: &str| config.attr.roles.iter().position(|r| r == name);
        let group = |name: &str| config.attr.out.iter().position(|g| g.0 == name);
        let label = |group: usize, name: &str| config.attr.out[group].1.iter().position(|l| l == name);
        let (real, asserted) = (group("real")?, group("asserted")?);
        Some(AttrLabels {
            source: role("source")?,
            content: role("content")?,
            real: (real, label(real, "yes")?),
            bare: config.attr.kinds.iter().position(|k| k == "bare")?,
            kinds: config.attr.of.iter().map(|k| kind_of(k)).collect(),
            asserted: (asserted, label(asserted, "yes")?),
            anchors: anchor::groups(config)?,
        })
    }
}

fn kind_of(name: &str) -> Option<SourceKind> {
    Some(match name {
        "outlet" => SourceKind::Outlet,
        "document" => SourceKind::Document,
        "person" => SourceKind::Person,
        "official" => SourceKind::Official,
        "group" => SourceKind::Group,
        "witness" => SourceKind::Witness,
        "detainee" => SourceKind::Detainee,
        "unnamed" => SourceKind::Unnamed,
        _ => return None,
    })
}

/// An attribution as words of the article.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// `None` for a quotation left hanging.
    pub cue: Option<Range<usize>>,
    /// Pieces of the source; none where the text names nobody.
    pub source: Vec<Range<usize>>,
    /// Pieces of the content, at least one.
    pub content: Vec<Range<usize>>,
    /// Kind of the source.
    pub kind: Option<SourceKind>,
    /// Whether the saying is neither negated nor hypothetical.
    pub asserted: bool,
    /// What the source does with the content.
    pub act: CueAct,
    /// Index of the attribution in whose content it stands.
    pub within: Option<usize>,
    /// Probability that it is one.
    pub p: f32,
}

impl Found {
    /// Number of words of the content.
    pub fn content_words(&self) -> usize {
        self.content.iter().map(|c| c.len()).sum()
    }

    /// Whether a word stands in the content.
    pub fn covers(&self, word: usize) -> bool {
        self.content.iter().any(|c| c.contains(&word))
    }

    /// Where it begins in the text.
    fn first_word(&self) -> usize {
        let pieces = self.content.iter().chain(&self.source).chain(&self.cue);
        pieces.map(|p| p.start).min().unwrap_or(0)
    }
}

/// Decides which candidates are attributions, and what belongs to each.
pub fn decide(
    analysis: &Analysis<'_>,
    candidates: &[Candidate],
    answers: &[AnchorScores],
    labels: &AttrLabels,
    settings: &AttributionSettings,
) -> Vec<Found> {
    let pairs = candidates.iter().zip(answers);
    pairs
        .filter_map(|(candidate, answer)| decide_one(analysis, candidate, answer, labels, settings))
        .collect()
}

/// All attributions of an article, found window by window: without repeats, in order of the text, nested.
pub fn nested(mut found: Vec<Found>) -> Vec<Found> {
    nest::drop_repeats(&mut found);
    found.sort_by_key(|f| {
        (f.first_word(), std::cmp::Reverse(f.content_words()), f.cue.clone().map(|c| c.start))
    });
    nest::nest(&mut found);
    found
}

fn decide_one(
    analysis: &Analysis<'_>,
    candidate: &Candidate,
    answer: &AnchorScores,
    labels: &AttrLabels,
    settings: &AttributionSettings,
) -> Option<Found> {
    let real = softmax(&answer.groups[labels.real.0])[labels.real.1];
    let p = after_second_look(candidate.p, real, settings.second_look);
    if p < settings.accept {
        return None;
    }
    let base = candidate.base;
    let spans = |role: usize, price: f32| -> Vec<Range<usize>> {
        let first = answer.context.start;
        runs(answer.context.len(), |w| answer.role(first + w, role), price)
            .into_iter()
            .map(|r| base + first + r.start..base + first + r.end)
            .collect()
    };
    let content = spans(labels.content, settings.content_price);
    if content.is_empty() {
        return None;
    }
    let source = spans(labels.source, settings.source_price);
    let source = source::nearest(source, &candidate.words(), &content);
    let cue = (candidate.chosen.kind != labels.bare).then(|| candidate.words());
    let content = content::whole_pieces(analysis, content, source.iter().chain(&cue));
    let act = match &cue {
        Some(cue) => Lexicon::builtin().cue_act(analysis.lower[cue.clone()].iter().map(String::as_str)),
        None => CueAct::Report,
    };
    let kind = source.first().and_then(|words| kind(answer, words.start - base..words.end - base, labels));
    let asserted = softmax(&answer.groups[labels.asserted.0])[labels.asserted.1] >= 0.5;
    Some(Found { cue, source, content, kind, asserted, act, within: None, p })
}

/// The kind of a source, by the sum of what its words (of the window) say.
fn kind(answer: &AnchorScores, words: Range<usize>, labels: &AttrLabels) -> Option<SourceKind> {
    let mut sums = vec![0.0; labels.kinds.len()];
    for word in words {
        for (sum, score) in sums.iter_mut().zip(answer.of.row(word - answer.context.start)) {
            *sum += score;
        }
    }
    labels.kinds.get(argmax(&sums)).copied().flatten()
}

/// The records of the contract, in the order of `found`.
pub fn records(analysis: &Analysis<'_>, labels: &Labels, found: &[Found]) -> Vec<Attribution> {
    let quoted = style::quoted(analysis.text.text(), &analysis.read);
    let names = source::names(analysis, labels, found);
    found
        .iter()
        .zip(names)
        .enumerate()
        .map(|(i, (f, name))| {
            let spans = |pieces: &[Range<usize>]| -> Vec<Span> {
                pieces.iter().map(|p| analysis.read.span_of(p.clone())).collect()
            };
            let content = spans(&f.content);
            Attribution {
                id: format!("a{i}"),
                source: (!f.source.is_empty()).then(|| {
                    let spans = spans(&f.source);
                    let words: Vec<&str> = spans.iter().map(|s| analysis.text.slice(*s)).collect();
                    Source { text: words.join(" … "), spans, name, kind: f.kind }
                }),
                cue: f.cue.as_ref().map(|cue| {
                    let span = analysis.read.span_of(cue.clone());
                    Cue { spans: vec![span], text: analysis.text.slice(span).to_owned() }
                }),
                style: style::of(&analysis.text, &content, &quoted),
                content: Content { spans: content },
                within: f.within.map(|w| format!("a{w}")),
                asserted: f.asserted,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::by_hand;
    use crate::encode::{Chosen, Scored};
    use sayso_encoder::{Group, StackConfig, Table, WordScores};

    fn list(names: &str) -> Vec<String> {
        names.split(' ').map(str::to_owned).collect()
    }

    fn config() -> Config {
        Config {
            anchors: vec![
                Group("cue_polnear".into(), list("O B I")),
                Group("cue_chains".into(), list("O B I")),
                Group("trigger".into(), list("O B I")),
                Group("bare".into(), list("no yes")),
            ],
            attr: StackConfig {
                kinds: list("polnear chains bare"),
                roles: list("source content"),
                out: vec![Group("real".into(), list("no yes")), Group("asserted".into(), list("no yes"))],
                of: list("outlet official"),
            },
            ..Config::default()
        }
    }

    const SETTINGS: AttributionSettings = AttributionSettings {
        candidate: 0.2,
        accept: 0.5,
        second_look: 0.5,
        source_price: 0.5,
        content_price: 1.0,
    };

    /// Anchor scores of seven words in which the given (word, column)s stand out.
    fn scored(marks: &[(usize, usize)]) -> Vec<Scored> {
        let width = 11;
        let mut anchors = Table::zeros(7, width);
        for word in 0..7 {
            for column in [0, 3, 6, 9] {
                anchors.values[word * width + column] = 5.0;
            }
        }
        for (word, column) in marks {
            anchors.values[word * width + column] = 9.0;
        }
        vec![Scored {
            words: 0..7,
            sentences: vec![0..7],
            scores: WordScores { anchors, ..WordScores::default() },
            ..Scored::default()
        }]
    }

    #[test]
    fn the_surest_group_speaks_and_a_cue_beats_a_bare_beginning() {
        let labels = AttrLabels::of(&config()).expect("all labels are there");
        let found =
            candidates(&scored(&[(2, 1), (3, 5), (3, 2), (5, 4), (5, 10), (6, 10)]), &labels, &SETTINGS);
        let kinds: Vec<_> = found.iter().map(|c| (c.words(), c.chosen.kind)).collect();
        assert_eq!(kinds, [(2..4, 0), (5..6, 1), (6..7, 2)]);
    }

    #[test]
    fn scores_become_an_attribution() {
        let labels = AttrLabels::of(&config()).expect("all labels are there");
        // "Kurdish officials said rebels surrendered on Sunday"
        let text = "Kurdish officials said rebels surrendered on Sunday";
        let analysis = by_hand::sentence(
            text,
            &[(1, "amod"), (2, "nsubj"), (2, "root"), (4, "nsubj"), (2, "ccomp"), (6, "dep"), (4, "nmod")],
        );
        let mut roles = Table::zeros(7, 6);
        for word in 0..7 {
            roles.values[word * 6] = 5.0;
            roles.values[word * 6 + 3] = 5.0;
        }
        let mut set = |word: usize, column: usize| roles.values[word * 6 + column] = 10.0;
        set(0, 1);
        set(1, 2);
        set(3, 4);
        for word in 4..7 {
            set(word, 5);
        }
        let answer = AnchorScores {
            context: 0..7,
            roles,
            groups: vec![vec![0.0, 5.0], vec![0.0, 3.0]],
            // The words of the source decide, "Kurdish" against and "officials" for an official.
            of: Table { width: 2, values: [1.0, 0.0, 0.0, 3.0].into_iter().chain([0.0; 10]).collect() },
        };
        let candidate = Candidate { chosen: Chosen { window: 0, words: 2..3, kind: 1 }, base: 0, p: 0.9 };
        let found = nested(decide(&analysis, &[candidate], &[answer], &labels, &SETTINGS));
        let record = records(&analysis, &by_hand::labels(), &found);
        let [a] = &record[..] else { panic!("{record:?}") };
        let source = a.source.as_ref().expect("a source");
        assert_eq!((source.text.as_str(), source.kind), ("Kurdish officials", Some(SourceKind::Official)));
        assert_eq!(a.cue.as_ref().map(|c| c.text.as_str()), Some("said"));
        assert_eq!(analysis.text.slice(a.content.spans[0]), "rebels surrendered on Sunday");
        assert!(a.asserted && a.within.is_none());
        assert_eq!(chain_over(4, &found).links, [0]);
    }
}
