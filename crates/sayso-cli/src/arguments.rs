//! What can be typed, as data. `--help`, the man page and the completions are all made from these
//! definitions. Nothing here looks at the world (files, terminal, processors), so parsing fails
//! only on what was typed.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueHint};
use sayso::read::Published;

use crate::format::Format;

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "sayso",
    version,
    about = "Reads news; says what happened, and on whose say-so",
    long_about = "Reads news; says what happened, and on whose say-so.\n\n\
        Each article is coded into its events (who did what to whom, where, when, how many, and what \
        became of it), each with the chain of who said so, from the outlet down to the source that \
        knows. Everything runs on this machine: no network, no other files.",
    after_help = "Start with: sayso code ARTICLE.txt",
    after_long_help = MAIN_EXAMPLES,
    max_term_width = 100
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const MAIN_EXAMPLES: &str = "\
Examples:
  Code one article and read the result as a table:
    sayso code article.txt

  Code a collection into one JSON object a line:
    sayso code news.jsonl.zst > coded.jsonl

  Switch on completions in bash:
    sayso generate completions bash > ~/.local/share/bash-completion/completions/sayso";

/// What sayso can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Code articles: their events, each with the chain of who said so
    #[command(long_about = CODE_ABOUT, after_long_help = CODE_EXAMPLES)]
    Code(CodeArguments),
    /// Print the JSON Schema of what goes in or what comes out
    #[command(after_long_help = SCHEMA_EXAMPLES)]
    Schema(SchemaArguments),
    /// Print the man page or shell completions
    #[command(subcommand)]
    Generate(Generate),
}

const CODE_ABOUT: &str = "\
Code articles: their events, each with the chain of who said so.

PATH is a file or a folder (read with all its subfolders); `-`, or no PATH at all, is standard \
input. Understood are JSON Lines, plain text and HTML pages, also compressed (.gz, .zst). A line of JSON \
Lines is one article:

  {\"id\": …, \"text\": …, \"outlet\": …, \"published\": …, \"title\": …, \"byline\": …, \"url\": …}

`id` and `text` are required. A plain text or HTML file is one article; its name is its id.

Coded articles come out in the order of the input, and the same bytes come out whatever the number of \
threads. An article that cannot be read or coded is named on standard error and left out; all others are \
coded.";

const CODE_EXAMPLES: &str = "\
Formats:
  table  For reading. The outlet stands first in each chain, the source that knows last:
         The New York Times ‹ Kurdish intelligence officials
  json   Everything, one JSON object an article, one article a line; `sayso schema` describes it.
  csv    One row an event, UTF-8. The header is:
         article,outlet,published,event,type,mode,trigger,start,end,status,certainty,actors,
         recipients,place,date_from,date_to,counts,chain,root,root_kind,evidence
         Several values in one cell are parted by `; `. A count reads `killed 3..3` (at least..at
         most; an unknown bound is left out). Unknown values are empty. An article without events
         has no row.

Environment:
  SAYSO_KERNEL  The instructions to compute with: vnni, avx2 or portable. By default the fastest
                that this processor has; the result is the same.
  NO_COLOR      If set, help and errors in usage have no colour. Tables never have any.

Exit status:
  0  every article was coded
  1  some article could not be read or coded
  2  wrong usage, or sayso could not start

Examples:
  Two articles, as a table on the terminal:
    sayso code first.txt second.html

  Say when and by whom a bare text was published, so that \"last week\" can be dated:
    sayso code --published 2017-10-10 --outlet Rudaw article.txt

  A collection from standard input, only the denied events, with jq:
    zstdcat news.jsonl.zst | sayso code | jq -c '.events[] | select(.status == \"denied\")'

  A folder of pages into a spreadsheet:
    sayso code --format csv --output events.csv pages/";

/// Arguments of `sayso code`.
#[derive(Debug, Args)]
pub struct CodeArguments {
    /// Files and folders to read; `-` or none for standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,

    /// How to print: by default `table` on a terminal, `json` in a pipe or a file
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,

    /// Day of publication for articles that do not tell it themselves: YYYY-MM-DD or RFC 3339
    #[arg(long, value_name = "DATE")]
    pub published: Option<Published>,

    /// Outlet for articles that do not tell it themselves
    #[arg(long, value_name = "NAME", value_parser = parse_outlet)]
    pub outlet: Option<String>,

    /// Number of articles coded at once: by default the number of processors
    #[arg(short = 'j', long, value_name = "N", value_parser = parse_threads)]
    pub threads: Option<NonZeroUsize>,

    /// Write to FILE, which is overwritten, instead of standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// Arguments of `sayso schema`.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// Which record
    #[arg(value_enum, value_name = "RECORD", default_value_t = Record::Coding)]
    pub record: Record,
}

/// The records that have a schema.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum Record {
    /// What comes out: a coded article
    Coding,
    /// What goes in: an article
    Article,
}

const SCHEMA_EXAMPLES: &str = "\
Examples:
  sayso schema > coding.schema.json
  sayso schema article";

/// What `sayso generate` can print.
#[derive(Debug, Subcommand)]
pub enum Generate {
    /// Print a man page
    #[command(after_long_help = "Examples:\n  \
        sayso generate man > ~/.local/share/man/man1/sayso.1\n  \
        sayso generate man code > ~/.local/share/man/man1/sayso-code.1")]
    Man {
        /// The subcommand whose page to print; without it, that of sayso itself
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
    /// Print completions for a shell
    #[command(after_long_help = "Examples:\n  \
        sayso generate completions bash > ~/.local/share/bash-completion/completions/sayso\n  \
        sayso generate completions fish > ~/.config/fish/completions/sayso.fish")]
    Completions {
        /// The shell
        #[arg(value_enum, value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
}

/// More threads than this are a slip of the finger.
const MOST_THREADS: usize = 1024;

fn parse_threads(text: &str) -> Result<NonZeroUsize, String> {
    text.parse()
        .ok()
        .filter(|n: &NonZeroUsize| n.get() <= MOST_THREADS)
        .ok_or_else(|| format!("expected a number from 1 to {MOST_THREADS}"))
}

fn parse_outlet(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() { Err("expected a name".into()) } else { Ok(name.into()) }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn definitions_hold_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_argument_and_command_says_what_it_is_for() {
        fn walk(command: &clap::Command) {
            assert!(command.get_about().is_some(), "{} has no help", command.get_name());
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{} has no help", argument.get_id());
            }
            command.get_subcommands().for_each(walk);
        }
        walk(&Arguments::command());
    }

    #[test]
    fn help_names_the_csv_header_in_full() {
        let unwrapped: String = CODE_EXAMPLES.split_whitespace().collect();
        assert!(unwrapped.contains(&crate::format::csv::HEADER.join(",")));
    }

    #[test]
    fn threads_are_a_small_positive_number() {
        assert_eq!(parse_threads("2").map(NonZeroUsize::get), Ok(2));
        for bad in ["0", "-1", "1025", "two", ""] {
            assert!(parse_threads(bad).is_err(), "{bad}");
        }
    }
}
