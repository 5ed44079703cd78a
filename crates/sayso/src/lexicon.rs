//! Word lists of `data/`: cues by what they do, and hedges.

use std::collections::HashMap;
use std::sync::OnceLock;

use sayso_record::Certainty;
use serde::Deserialize;

/// What the source of a cue does with its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CueAct {
    /// Says, knows, thinks, fears: it vouches for it.
    Report,
    /// Orders or asks for it.
    Directive,
    /// Promises, plans or threatens it.
    Commissive,
    /// Would have it so.
    Desire,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    directive: Vec<String>,
    commissive: Vec<String>,
    desire: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HedgeFile {
    probable: Vec<String>,
    possible: Vec<String>,
}

/// The lists that ship with sayso.
pub struct Lexicon {
    cues: HashMap<String, CueAct>,
    /// Hedges as words, longest first.
    hedges: Vec<(Vec<String>, Certainty)>,
}

impl Lexicon {
    /// The built-in lists.
    pub fn builtin() -> &'static Lexicon {
        static BUILTIN: OnceLock<Lexicon> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let cues: CueFile = toml::from_str(include_str!("../data/cues.toml"))
                .expect("data/cues.toml is checked by a test");
            let hedges: HedgeFile = toml::from_str(include_str!("../data/hedges.toml"))
                .expect("data/hedges.toml is checked by a test");
            let mut lexicon = Lexicon { cues: HashMap::new(), hedges: Vec::new() };
            for (lemmas, act) in [
                (cues.directive, CueAct::Directive),
                (cues.commissive, CueAct::Commissive),
                (cues.desire, CueAct::Desire),
            ] {
                for lemma in lemmas {
                    for form in inflections(&lemma) {
                        lexicon.cues.insert(form, act);
                    }
                }
            }
            for (phrases, certainty) in
                [(hedges.probable, Certainty::Probable), (hedges.possible, Certainty::Possible)]
            {
                for phrase in phrases {
                    lexicon.hedges.push((phrase.split(' ').map(str::to_owned).collect(), certainty));
                }
            }
            lexicon.hedges.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
            lexicon
        })
    }

    /// What a cue does: the first of its words, in lower case, that is in a list decides.
    pub fn cue_act<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> CueAct {
        words.into_iter().find_map(|w| self.cues.get(w).copied()).unwrap_or(CueAct::Report)
    }

    /// The hedge that begins at `words[0]`: how many words it has, and what it says.
    pub fn hedge(&self, words: &[String]) -> Option<(usize, Certainty)> {
        self.hedges.iter().find(|(hedge, _)| words.starts_with(hedge)).map(|(hedge, c)| (hedge.len(), *c))
    }
}

/// Regular forms of an English verb, which serve for the noun's plural too.
fn inflections(lemma: &str) -> Vec<String> {
    let mut out = vec![lemma.to_owned()];
    let bytes = lemma.as_bytes();
    let n = bytes.len();
    let vowel = |c: u8| matches!(c, b'a' | b'e' | b'i' | b'o' | b'u');
    let irregular: &[&str] = match lemma {
        "swear" => &["swore", "sworn"],
        "forbid" => &["forbade", "forbidden"],
        "seek" => &["sought"],
        "undertake" => &["undertook", "undertaken"],
        "beg" => &["begged", "begging"],
        "plan" => &["planned", "planning"],
        "permit" => &["permitted", "permitting"],
        "commit" => &["committed", "committing"],
        "prefer" => &["preferred", "preferring"],
        "ban" => &["banned", "banning"],
        _ => &[],
    };
    out.extend(irregular.iter().map(|&w| w.to_owned()));
    if lemma.ends_with('e') {
        out.extend([format!("{lemma}s"), format!("{lemma}d"), format!("{}ing", &lemma[..n - 1])]);
    } else if lemma.ends_with('y') && n > 1 && !vowel(bytes[n - 2]) {
        let stem = &lemma[..n - 1];
        out.extend([format!("{stem}ies"), format!("{stem}ied"), format!("{lemma}ing")]);
    } else {
        let s = if lemma.ends_with("sh")
            || lemma.ends_with("ss")
            || lemma.ends_with("ch")
            || lemma.ends_with('x')
        {
            "es"
        } else {
            "s"
        };
        out.extend([format!("{lemma}{s}"), format!("{lemma}ed"), format!("{lemma}ing")]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_cues_are_known() {
        let lexicon = Lexicon::builtin();
        for (word, act) in [
            ("ordered", CueAct::Directive),
            ("urging", CueAct::Directive),
            ("vowed", CueAct::Commissive),
            ("planned", CueAct::Commissive),
            ("replied", CueAct::Report),
            ("said", CueAct::Report),
            ("hopes", CueAct::Desire),
        ] {
            assert_eq!(lexicon.cue_act([word]), act, "{word}");
        }
    }

    #[test]
    fn the_longest_hedge_wins() {
        let words: Vec<String> = ["may", "have", "fled"].map(str::to_owned).to_vec();
        assert_eq!(Lexicon::builtin().hedge(&words), Some((2, Certainty::Possible)));
        assert_eq!(Lexicon::builtin().hedge(&words[2..]), None);
    }
}
