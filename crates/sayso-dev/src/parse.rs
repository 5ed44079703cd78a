//! The parser against a treebank, as the CoNLL 2018 shared task scores it (Zeman et al. 2018): LAS counts the
//! universal part of a relation; from raw text, words are aligned by their characters and the score is an F1.

use std::collections::HashMap;
use std::io::{self, Write};

use sayso::analysis::{Analysis, Labels};
use sayso::encode::Reader;
use sayso::segment::{Sentence, Sentences, Token};
use sayso_encoder::Model;

use crate::Result;

/// One word of a treebank.
struct Word {
    form: String,
    upos: String,
    /// Index in the sentence; its own for the root.
    head: usize,
    relation: String,
    space_after: bool,
}

struct Document {
    sentences: Vec<(Vec<Word>, bool)>,
}

/// Prints the scores of one CoNLL-U file.
pub fn evaluate(path: &str, raw: bool) -> Result<()> {
    let documents = read(&std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?)?;
    let model = Model::builtin().map_err(|e| e.to_string())?;
    let labels = Labels::of(model.config());
    let mut reader = Reader::new(model);
    // Words of gold and of sayso, and those that agree on all that is asked.
    let (mut gold, mut mine, mut aligned, mut pos, mut uas, mut las, mut full) = (0, 0, 0, 0, 0, 0, 0);
    for document in &documents {
        let (text, given) = running_text(document);
        let mut analysis = Analysis::of(&text);
        if !raw {
            analysis = analysis.with_sentences(given.clone());
        }
        let scored = reader.read(&reader.windows(&analysis.text, &analysis.read));
        analysis.annotate(&scored, &mut reader, 0.0);
        let at: HashMap<(usize, usize), usize> =
            analysis.read.tokens.iter().enumerate().map(|(i, t)| ((t.start, t.end), i)).collect();
        let words: Vec<(&Word, usize)> = document
            .sentences
            .iter()
            .scan(0, |base, (words, _)| {
                let first = *base;
                *base += words.len();
                Some(words.iter().map(move |w| (w, first + w.head)))
            })
            .flatten()
            .collect();
        let found: Vec<Option<usize>> =
            given.tokens.iter().map(|t| at.get(&(t.start, t.end)).copied()).collect();
        gold += words.len();
        mine += analysis.read.tokens.len();
        for (i, (word, head)) in words.iter().enumerate() {
            let Some(me) = found[i] else { continue };
            aligned += 1;
            pos += usize::from(labels.pos(&analysis, me) == word.upos);
            let head_right = match *head == i {
                true => analysis.heads[me] == me,
                false => found[*head] == Some(analysis.heads[me]) && analysis.heads[me] != me,
            };
            uas += usize::from(head_right);
            let base = |r: &str| r.split(':').next().unwrap_or(r).to_owned();
            las += usize::from(head_right && labels.relation(&analysis, me) == base(&word.relation));
            full += usize::from(head_right && labels.full_relation(&analysis, me) == word.relation);
        }
    }
    let f1 = |right: usize| 200.0 * right as f64 / (gold + mine) as f64;
    writeln!(
        io::stdout(),
        "{path}{}: {gold} words; words {:.2} UPOS {:.2} UAS {:.2} LAS {:.2} (with subtypes {:.2})",
        if raw { " from raw text" } else { "" },
        f1(aligned),
        f1(pos),
        f1(uas),
        f1(las),
        f1(full)
    )?;
    Ok(())
}

fn read(text: &str) -> Result<Vec<Document>> {
    let mut documents: Vec<Document> = Vec::new();
    let mut words: Vec<Word> = Vec::new();
    let mut paragraph = false;
    let mut skip_until = 0;
    let mut multi: Option<(usize, bool)> = None;
    for (number, line) in text.lines().chain([""]).enumerate() {
        if line.starts_with("# newdoc") {
            documents.push(Document { sentences: Vec::new() });
        } else if line.starts_with("# newpar") {
            paragraph = true;
        } else if line.is_empty() {
            if !words.is_empty() {
                if documents.is_empty() {
                    documents.push(Document { sentences: Vec::new() });
                }
                let last = documents.len() - 1;
                documents[last].sentences.push((std::mem::take(&mut words), std::mem::take(&mut paragraph)));
                skip_until = 0;
            }
        } else if !line.starts_with('#') {
            let fields: Vec<&str> = line.split('\t').collect();
            let [id, form, _, upos, _, _, head, relation, _, misc] = fields[..] else {
                return Err(format!("line {}: {} columns instead of 10", number + 1, fields.len()).into());
            };
            let space_after = !misc.contains("SpaceAfter=No");
            if id.contains('.') {
                continue;
            }
            if let Some((_, last)) = id.split_once('-') {
                skip_until = last.parse()?;
                multi = Some((skip_until, space_after));
                continue;
            }
            let at: usize = id.parse()?;
            let head: usize = head.parse()?;
            // The words of a multiword token are written together; the blank is after the last.
            let space_after = match multi {
                Some((last, space)) if at == last => space,
                _ if at <= skip_until => false,
                _ => space_after,
            };
            words.push(Word {
                form: form.to_owned(),
                upos: upos.to_owned(),
                head: if head == 0 { at - 1 } else { head - 1 },
                relation: relation.to_owned(),
                space_after,
            });
        }
    }
    Ok(documents)
}

/// The text of a document and its own sentences and words in it.
fn running_text(document: &Document) -> (String, Sentences) {
    let mut text = String::new();
    let mut length = 0;
    let mut given = Sentences::default();
    for (paragraph, (words, new_paragraph)) in document.sentences.iter().enumerate() {
        if *new_paragraph && length > 0 {
            text.push('\n');
            length += 1;
        }
        let first = given.tokens.len();
        for word in words {
            let count = word.form.chars().count();
            given.tokens.push(Token { start: length, end: length + count });
            text.push_str(&word.form);
            length += count;
            if word.space_after {
                text.push(' ');
                length += 1;
            }
        }
        given.sentences.push(Sentence { tokens: first..given.tokens.len(), paragraph });
    }
    (text, given)
}
