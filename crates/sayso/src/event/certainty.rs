//! How sure the text is: the hedges of `data/hedges.toml` whose scope holds the trigger. By rule, not
//! learned: hedges are few, their words are known, and a reader can see them.

use std::ops::Range;

use sayso_record::Certainty;

use crate::analysis::{Analysis, Labels};
use crate::lexicon::Lexicon;

/// The hedges of an article.
pub struct Hedged {
    hedges: Vec<(Range<usize>, Certainty)>,
}

impl Hedged {
    /// Finds the hedges of every sentence.
    pub fn of(analysis: &Analysis<'_>) -> Self {
        let lexicon = Lexicon::builtin();
        let mut hedges = Vec::new();
        for sentence in &analysis.read.sentences {
            let mut word = sentence.tokens.start;
            while word < sentence.tokens.end {
                match lexicon.hedge(&analysis.lower[word..sentence.tokens.end]) {
                    Some((count, certainty)) => {
                        hedges.push((word..word + count, certainty));
                        word += count;
                    }
                    None => word += 1,
                }
            }
        }
        Hedged { hedges }
    }

    /// Certainty of the event with this trigger, and the hedges over it.
    ///
    /// A hedge scopes over what hangs below the word it modifies: the adverb and the modal over their verb's
    /// clause, the adjective over its noun, "is believed to" over its complement. A clause of its own below
    /// (another verb's content) is out of reach of an adverb: "reportedly said that troops attacked" hedges
    /// the saying.
    pub fn over(
        &self,
        analysis: &Analysis<'_>,
        labels: &Labels,
        trigger: &Range<usize>,
    ) -> (Certainty, Vec<Range<usize>>) {
        let head = analysis.head_of(trigger.clone());
        let sentence = analysis.sentence(head);
        let mut certainty = Certainty::Certain;
        let mut over = Vec::new();
        // Hedges stand in order of the text.
        let first = self.hedges.partition_point(|(words, _)| words.start < sentence.start);
        for (words, degree) in self.hedges[first..].iter().take_while(|(words, _)| words.start < sentence.end)
        {
            if trigger.contains(&words.start) || is_addressed(analysis, labels, words) {
                continue;
            }
            if scopes(analysis, labels, words, head) {
                certainty = certainty.max(*degree);
                over.push(words.clone());
            }
        }
        (certainty, over)
    }
}

/// "Said to reporters" tells to whom; only with a verb ("said to have fled") is it a hedge.
fn is_addressed(analysis: &Analysis<'_>, labels: &Labels, hedge: &Range<usize>) -> bool {
    let last = hedge.end - 1;
    analysis.lower[last] == "to" && matches!(labels.relation(analysis, analysis.heads[last]), "obl" | "nmod")
}

fn scopes(analysis: &Analysis<'_>, labels: &Labels, hedge: &Range<usize>, trigger: usize) -> bool {
    let first = hedge.start;
    let relation = labels.relation(analysis, first);
    let governor = match relation {
        "advmod" | "aux" | "amod" => analysis.heads[first],
        // "is believed to have …", "appears to …": what hangs below the hedge itself.
        _ => first,
    };
    let mut at = trigger;
    for _ in 0..64 {
        if at == governor {
            return true;
        }
        if analysis.heads[at] == at {
            return false;
        }
        // An adverb or a modal does not reach into a clause that another verb reports, nor an adjective past its noun.
        let step = labels.relation(analysis, at);
        if governor != first
            && (matches!(step, "ccomp" | "parataxis" | "acl" | "advcl") || relation == "amod")
        {
            return false;
        }
        at = analysis.heads[at];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::by_hand::{labels, sentence};

    fn certainty(text: &str, syntax: &[(usize, &str)], trigger: usize) -> (Certainty, usize) {
        let analysis = sentence(text, syntax);
        let (certainty, over) = Hedged::of(&analysis).over(&analysis, &labels(), &(trigger..trigger + 1));
        (certainty, over.len())
    }

    #[test]
    fn an_adverb_hedges_its_own_verb_and_not_what_that_verb_reports() {
        let syntax = [(2, "nsubj"), (2, "advmod"), (2, "root")];
        assert_eq!(certainty("Fighters reportedly surrendered", &syntax, 2), (Certainty::Probable, 1));
        let syntax = [(2, "nsubj"), (2, "advmod"), (2, "root"), (4, "nsubj"), (2, "ccomp")];
        assert_eq!(
            certainty("Officials reportedly said troops attacked", &syntax, 4),
            (Certainty::Certain, 0)
        );
    }

    #[test]
    fn believed_to_hedges_its_complement() {
        let syntax = [(2, "nsubj"), (2, "aux"), (2, "root"), (5, "dep"), (5, "aux"), (2, "xcomp")];
        assert_eq!(certainty("Rebels are believed to have fled", &syntax, 5), (Certainty::Probable, 1));
    }

    #[test]
    fn said_to_somebody_is_no_hedge() {
        let syntax = [(1, "nsubj"), (1, "root"), (3, "dep"), (1, "nmod"), (5, "nsubj"), (1, "ccomp")];
        assert_eq!(certainty("He said to reporters troops attacked", &syntax, 5), (Certainty::Certain, 0));
    }

    #[test]
    fn a_modal_makes_it_possible() {
        let syntax = [(3, "nsubj"), (3, "aux"), (3, "aux"), (3, "root")];
        assert_eq!(certainty("Rebels may have fled", &syntax, 3), (Certainty::Possible, 1));
    }
}
