//! Work of the developers, never shipped: words and pieces of articles for `train/`, cut by the very code
//! that reads articles at run time, so that training and use cannot drift apart; and measuring.
//!
//! ```text
//! sayso-dev prepare ARTICLES.jsonl…            words, sentences and pieces of each article, one JSON object a line
//! sayso-dev pieces < WORDS.jsonl               pieces of sentences that are cut already: {"words": […]} a line
//! sayso-dev code SETTINGS.toml ARTICLES.jsonl  codings under other thresholds, to choose them on dev
//! sayso-dev names ARTICLES.jsonl GOLD.jsonl    names, nested, exact with type, against corpora/names
//! sayso-dev parse FILE.conllu [--raw]          UPOS, UAS and LAS against a treebank, from its words or from raw text
//! ```

mod names;
mod parse;
mod prepare;

use std::io::{self, Write};
use std::process::ExitCode;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "usage: sayso-dev prepare ARTICLES.jsonl… | pieces < WORDS.jsonl | code SETTINGS.toml ARTICLES.jsonl | names ARTICLES.jsonl GOLD.jsonl | parse FILE.conllu [--raw]";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args.as_slice() {
        ["prepare", paths @ ..] if !paths.is_empty() => {
            paths.iter().try_for_each(|path| prepare::articles(path))
        }
        ["pieces"] => prepare::words(),
        ["code", settings, articles] => code(settings, articles),
        ["names", articles, gold] => names::evaluate(articles, gold),
        ["parse", path] => parse::evaluate(path, false),
        ["parse", path, "--raw"] => parse::evaluate(path, true),
        _ => Err(USAGE.into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "sayso-dev: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Codings of a file of articles under the thresholds of a file like `data/decoding.toml`.
fn code(settings: &str, articles: &str) -> Result<()> {
    let settings = toml::from_str(&std::fs::read_to_string(settings)?)?;
    let coder = sayso::Coder::new()?.with_settings(settings);
    let mut session = coder.session();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in std::fs::read_to_string(articles)?.lines() {
        let article: sayso::Article = serde_json::from_str(line)?;
        serde_json::to_writer(&mut out, &session.code(&article))?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}
