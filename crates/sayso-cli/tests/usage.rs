//! The command as a user meets it before any article is coded: help, version, wrong usage, and what
//! is generated.

use assert_cmd::Command;
use insta::assert_snapshot;

/// The command, in surroundings that are the same everywhere.
fn sayso(arguments: &[&str]) -> Command {
    let mut command = assert_cmd::cargo_bin_cmd!("sayso");
    command.args(arguments).env_remove("COLUMNS").env("NO_COLOR", "1");
    command
}

/// Exit status, standard output and standard error as one page.
fn page(arguments: &[&str]) -> String {
    let output = sayso(arguments).output().unwrap();
    format!(
        "status: {}\n--- stdout\n{}--- stderr\n{}",
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap()
    )
}

#[test]
fn help() {
    assert_snapshot!(page(&["--help"]), @"
    status: 0
    --- stdout
    Reads news; says what happened, and on whose say-so.

    Each article is coded into its events (who did what to whom, where, when, how many, and what became
    of it), each with the chain of who said so, from the outlet down to the source that knows.
    Everything runs on this machine: no network, no other files.

    Usage: sayso <COMMAND>

    Commands:
      code      Code articles: their events, each with the chain of who said so
      schema    Print the JSON Schema of what goes in or what comes out
      generate  Print the man page or shell completions
      help      Print this message or the help of the given subcommand(s)

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    Examples:
      Code one article and read the result as a table:
        sayso code article.txt

      Code a collection into one JSON object a line:
        sayso code news.jsonl.zst > coded.jsonl

      Switch on completions in bash:
        sayso generate completions bash > ~/.local/share/bash-completion/completions/sayso
    --- stderr
    ");
}

#[test]
fn help_of_code() {
    assert_snapshot!(page(&["code", "--help"]), @r#"
    status: 0
    --- stdout
    Code articles: their events, each with the chain of who said so.

    PATH is a file or a folder (read with all its subfolders); `-`, or no PATH at all, is standard
    input. Understood are JSON Lines, plain text and HTML pages, also compressed (.gz, .zst). A line of
    JSON Lines is one article:

      {"id": …, "text": …, "outlet": …, "published": …, "title": …, "byline": …, "url": …}

    `id` and `text` are required. A plain text or HTML file is one article; its name is its id.

    Coded articles come out in the order of the input, and the same bytes come out whatever the number
    of threads. An article that cannot be read or coded is named on standard error and left out; all
    others are coded.

    Usage: sayso code [OPTIONS] [PATH]...

    Arguments:
      [PATH]...
              Files and folders to read; `-` or none for standard input

    Options:
      -f, --format <FORMAT>
              How to print: by default `table` on a terminal, `json` in a pipe or a file

              Possible values:
              - table: A table for reading
              - json:  One JSON object an article, one article a line
              - csv:   One row an event

          --published <DATE>
              Day of publication for articles that do not tell it themselves: YYYY-MM-DD or RFC 3339

          --outlet <NAME>
              Outlet for articles that do not tell it themselves

      -j, --threads <N>
              Number of articles coded at once: by default the number of processors

      -o, --output <FILE>
              Write to FILE, which is overwritten, instead of standard output

      -h, --help
              Print help (see a summary with '-h')

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

      Say when and by whom a bare text was published, so that "last week" can be dated:
        sayso code --published 2017-10-10 --outlet Rudaw article.txt

      A collection from standard input, only the denied events, with jq:
        zstdcat news.jsonl.zst | sayso code | jq -c '.events[] | select(.status == "denied")'

      A folder of pages into a spreadsheet:
        sayso code --format csv --output events.csv pages/
    --- stderr
    "#);
}

#[test]
fn short_help_of_code() {
    assert_snapshot!(page(&["code", "-h"]), @"
    status: 0
    --- stdout
    Code articles: their events, each with the chain of who said so

    Usage: sayso code [OPTIONS] [PATH]...

    Arguments:
      [PATH]...  Files and folders to read; `-` or none for standard input

    Options:
      -f, --format <FORMAT>   How to print: by default `table` on a terminal, `json` in a pipe or a file
                              [possible values: table, json, csv]
          --published <DATE>  Day of publication for articles that do not tell it themselves: YYYY-MM-DD
                              or RFC 3339
          --outlet <NAME>     Outlet for articles that do not tell it themselves
      -j, --threads <N>       Number of articles coded at once: by default the number of processors
      -o, --output <FILE>     Write to FILE, which is overwritten, instead of standard output
      -h, --help              Print help (see more with '--help')
    --- stderr
    ");
}

#[test]
fn version() {
    let output = sayso(&["--version"]).output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("sayso {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn nothing_typed_shows_the_help() {
    sayso(&[]).assert().code(2);
}

#[test]
fn wrong_usage() {
    assert_snapshot!(page(&["code", "--format", "xml"]), @"
    status: 2
    --- stdout
    --- stderr
    error: invalid value 'xml' for '--format <FORMAT>'
      [possible values: table, json, csv]

    For more information, try '--help'.
    ");
    assert_snapshot!(page(&["code", "--published", "10 October"]), @r#"
    status: 2
    --- stdout
    --- stderr
    error: invalid value '10 October' for '--published <DATE>': "10 October" is neither a day (YYYY-MM-DD) nor a time as in RFC 3339

    For more information, try '--help'.
    "#);
    assert_snapshot!(page(&["code", "--outlet", " "]), @"
    status: 2
    --- stdout
    --- stderr
    error: invalid value ' ' for '--outlet <NAME>': expected a name

    For more information, try '--help'.
    ");
    assert_snapshot!(page(&["code", "-j", "0"]), @"
    status: 2
    --- stdout
    --- stderr
    error: invalid value '0' for '--threads <N>': expected a number from 1 to 1024

    For more information, try '--help'.
    ");
    assert_snapshot!(page(&["cod"]), @"
    status: 2
    --- stdout
    --- stderr
    error: unrecognized subcommand 'cod'

      tip: a similar subcommand exists: 'code'

    Usage: sayso <COMMAND>

    For more information, try '--help'.
    ");
    assert_snapshot!(page(&["generate", "man", "cod"]), @"
    status: 2
    --- stdout
    --- stderr
    sayso: there is no command `cod`
      hint: the commands are: code, schema, generate, help
    ");
}

#[test]
fn an_output_that_is_also_input_is_wrong_usage() {
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("a.txt");
    std::fs::write(&article, "Talks ended.").unwrap();
    let path = article.to_str().unwrap();
    let output = sayso(&["code", path, "--output", path]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr).unwrap().contains("is the output and would also be read as input")
    );
    assert_eq!(std::fs::read_to_string(&article).unwrap(), "Talks ended.");
    let output = sayso(&["code", path, "--output", "no/such/folder/out.jsonl"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn schemas_are_json() {
    for (arguments, title) in
        [(&["schema"][..], "Coding"), (&["schema", "coding"], "Coding"), (&["schema", "article"], "Article")]
    {
        let output = sayso(arguments).output().unwrap();
        assert!(output.status.success());
        let schema: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(schema["title"], title);
    }
}

#[test]
fn man_pages_and_completions_are_printed() {
    for what in [
        &["man"][..],
        &["man", "code"],
        &["completions", "bash"],
        &["completions", "zsh"],
        &["completions", "fish"],
    ] {
        let mut arguments = vec!["generate"];
        arguments.extend(what);
        let output = sayso(&arguments).output().unwrap();
        assert!(output.status.success(), "{what:?}");
        assert!(output.stdout.len() > 500, "{what:?}");
        assert!(output.stderr.is_empty(), "{what:?}");
    }
}
