//! The encoder over one article: windows in, scores of words and of anchors out.
//!
//! Two readings: first every word is scored; the stages then choose anchors (cues, triggers), and the
//! stacks read the words around each. Nothing is decided here.

mod window;

use std::ops::Range;

use sayso_encoder::{Anchor, AnchorScores, Model, Scratch, Table, WordScores};
use sayso_record::CharIndex;

pub use window::ArticleWindow;
use window::windows;

use crate::segment::Sentences;

/// Words to either side of an anchor that its stack reads; as in `train/windows.py`.
const ATTR_REACH: usize = 90;
const EVENT_REACH: usize = 60;

/// Windows read together: enough for the encoder to work well, few enough that a long article's scores are
/// never all in memory.
pub const TOGETHER: usize = 8;

/// Scores of one window, and the vectors they were made from.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// Words of the article that the window holds.
    pub words: Range<usize>,
    /// Sentences of the window, as ranges of its own words.
    pub sentences: Vec<Range<usize>>,
    /// Scores of its words.
    pub scores: WordScores,
    pub(crate) vectors: Table,
}

/// Which stack reads around an anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Around {
    /// A cue, or the first word of a content that has none.
    Cue,
    /// A trigger.
    Trigger,
}

/// An anchor that a stage has chosen, as words of its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Index of the window.
    pub window: usize,
    /// Words of the window.
    pub words: Range<usize>,
    /// The stack's kind of anchor.
    pub kind: usize,
}

/// A word that may be an anchor.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// What the stack is asked.
    pub chosen: Chosen,
    /// First word of its window in the article.
    pub base: usize,
    /// Probability that it is an anchor.
    pub p: f32,
}

impl Candidate {
    /// The anchor's words in the article.
    pub fn words(&self) -> Range<usize> {
        self.base + self.chosen.words.start..self.base + self.chosen.words.end
    }
}

impl Scored {
    /// Where the run that begins at `word` ends: over the words whose best label of the group in `columns` (outside,
    /// first, further) is the third, within the sentence.
    pub fn run_from(&self, word: usize, columns: &Range<usize>) -> usize {
        let limit = self.sentences.iter().find(|s| s.contains(&word)).map_or(word + 1, |s| s.end);
        let goes_on = |at: &usize| {
            let label = &self.scores.anchors.row(*at)[columns.clone()];
            label[2] > label[0] && label[2] > label[1]
        };
        word + 1 + (word + 1..limit).take_while(goes_on).count()
    }
}

/// Runs a model over articles, with the memory it needs; one a thread.
pub struct Reader<'m> {
    model: &'m Model,
    scratch: Scratch,
}

impl<'m> Reader<'m> {
    /// A reader of this model.
    pub fn new(model: &'m Model) -> Self {
        Reader { scratch: model.scratch(), model }
    }

    /// Cuts an article into windows.
    pub fn windows(&self, text: &CharIndex<'_>, sentences: &Sentences) -> Vec<ArticleWindow> {
        windows(text, sentences, self.model.config().max_pieces)
    }

    /// Scores every word of these windows. They are held in memory together, so callers hand in
    /// [`TOGETHER`] at a time.
    pub fn read(&mut self, windows: &[ArticleWindow]) -> Vec<Scored> {
        let inputs: Vec<_> = windows.iter().map(|w| w.window.clone()).collect();
        let vectors = self
            .model
            .encode(&inputs, &mut self.scratch)
            .expect("windows are cut to what the encoder can read");
        let mut out = Vec::with_capacity(windows.len());
        for (window, vectors) in windows.iter().zip(vectors) {
            let scores = self.model.score(&window.window, &vectors, &mut self.scratch);
            out.push(Scored {
                words: window.words.clone(),
                sentences: window.window.sentences.clone(),
                scores,
                vectors,
            });
        }
        out
    }

    /// Scores of the relations of a window's words to their heads (`None` for a root): a row a pair.
    pub fn relations(&mut self, scored: &Scored, pairs: &[(usize, Option<usize>)]) -> Table {
        self.model.relations(&scored.vectors, pairs, &mut self.scratch)
    }

    /// Reads the words around each anchor. The answers stand in the order of `chosen`.
    pub fn around(&mut self, scored: &[Scored], which: Around, chosen: &[Chosen]) -> Vec<AnchorScores> {
        let (stack, reach) = match which {
            Around::Cue => (self.model.attr(), ATTR_REACH),
            Around::Trigger => (self.model.event(), EVENT_REACH),
        };
        let mut out = Vec::with_capacity(chosen.len());
        let mut rest = chosen;
        while let Some(first) = rest.first() {
            let count = rest.iter().take_while(|c| c.window == first.window).count();
            let (here, others) = rest.split_at(count);
            rest = others;
            let window = &scored[first.window];
            let most = window.words.len();
            let anchors: Vec<Anchor> = here
                .iter()
                .map(|c| Anchor {
                    words: c.words.clone(),
                    context: c.words.start.saturating_sub(reach)..most.min(c.words.end + reach),
                    kind: c.kind,
                })
                .collect();
            out.extend(stack.run(&window.vectors, &anchors, &mut self.scratch));
        }
        out
    }
}
