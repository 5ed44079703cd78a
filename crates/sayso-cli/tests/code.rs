//! `sayso code` end to end: real articles through the built command.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::thread;

use assert_cmd::Command;
use sayso_record::{CharIndex, Coding, Span};

fn sayso(arguments: &[&str]) -> Command {
    let mut command = assert_cmd::cargo_bin_cmd!("sayso");
    command.arg("code").args(arguments).env_remove("COLUMNS");
    command
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/hawija.jsonl")
}

fn run(arguments: &[&str], input: &str) -> Output {
    sayso(arguments).write_stdin(input).output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn codings(output: &Output) -> Vec<Coding> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A JSON line of an article.
fn line(id: &str, text: &str) -> String {
    serde_json::json!({"id": id, "text": text}).to_string() + "\n"
}

#[test]
fn the_examples_are_coded_in_order_and_hold_together() {
    let output = run(&[examples().to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    let codings = codings(&output);
    let ids: Vec<_> = codings.iter().map(|coding| coding.id.clone()).collect();
    assert_eq!(ids, (1..=15).map(|n| format!("hawija-{n:02}")).collect::<Vec<_>>());
    assert!(codings.iter().all(|coding| coding.outlet.is_some() && coding.published.is_some()));
    for coding in &codings {
        let text = CharIndex::new(&coding.text);
        for event in &coding.events {
            let trigger = Span::new(event.trigger.start, event.trigger.end);
            assert_eq!(text.slice(trigger), event.trigger.text, "{} {}", coding.id, event.id);
            for id in &event.chain {
                assert!(
                    coding.attributions.iter().any(|a| a.id == *id),
                    "{} {}: no {id}",
                    coding.id,
                    event.id
                );
            }
        }
    }
}

#[test]
fn the_same_bytes_whatever_the_number_of_threads() {
    let examples = examples();
    let path = examples.to_str().unwrap();
    for format in ["json", "csv", "table"] {
        let one = run(&["-f", format, "-j", "1", path], "");
        assert_eq!(one.status.code(), Some(0));
        for threads in ["2", "5"] {
            assert_eq!(
                one.stdout,
                run(&["-f", format, "-j", threads, path], "").stdout,
                "{format} -j {threads}"
            );
        }
    }
}

#[test]
fn standard_input_is_read_where_no_path_is_named() {
    let input = line("one", "Talks ended on Monday.") + &line("two", "The army shelled the town.");
    for arguments in [&[][..], &["-"]] {
        let output = run(arguments, &input);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let ids: Vec<_> = codings(&output).into_iter().map(|coding| coding.id).collect();
        assert_eq!(ids, ["one", "two"]);
    }
    let output = run(&[], "");
    assert_eq!(stdout(&output), "");
    assert_eq!(output.status.code(), Some(1), "an empty input is named, not passed over");
}

#[test]
fn bad_articles_are_named_and_the_others_coded() {
    let folder = tempfile::tempdir().unwrap();
    let inside = |name: &str| folder.path().join(name);
    let lines =
        line("1", "Talks ended.") + "{\"id\": \"2\"}\nnot json\n" + &line("4", "Troops entered the town.");
    fs::write(inside("a.jsonl"), lines).unwrap();
    fs::write(inside("b.txt"), b"broken \xff text").unwrap();
    fs::write(inside("c.txt"), "").unwrap();
    fs::write(inside("d.txt"), "The rebels surrendered.").unwrap();

    let output = run(&["-j", "2", folder.path().to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(1));
    let ids: Vec<_> = codings(&output).into_iter().map(|coding| coding.id).collect();
    assert_eq!(ids, ["1", "4", "d.txt"]);

    let folder = folder.path().to_str().unwrap();
    let errors = stderr(&output).replace(folder, "FOLDER");
    for start in [
        "sayso: FOLDER/a.jsonl:2: ",
        "sayso: FOLDER/a.jsonl:3: ",
        "sayso: FOLDER/b.txt:1: ",
        "sayso: FOLDER/c.txt: ",
    ] {
        assert_eq!(errors.lines().filter(|line| line.starts_with(start)).count(), 1, "{start} in {errors}");
    }
    assert!(
        errors.lines().all(|line| line.starts_with("sayso: ") || line.starts_with("  hint: ")),
        "{errors}"
    );
}

#[test]
fn a_missing_file_does_not_stop_the_others() {
    let examples = examples();
    let output = run(&["no/such/file.txt", examples.to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(codings(&output).len(), 15);
    assert!(stderr(&output).starts_with("sayso: no/such/file.txt: "), "{}", stderr(&output));
}

#[test]
fn bare_texts_take_outlet_and_date_from_the_options() {
    let output = run(&["--published", "2017-10-10", "--outlet", "Rudaw"], "Militants surrendered last week.");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let coding = codings(&output).remove(0);
    assert_eq!(coding.outlet.as_deref(), Some("Rudaw"));
    assert_eq!(coding.published.as_deref(), Some("2017-10-10"));
    // What the article itself says goes before.
    let input = "{\"id\": \"1\", \"text\": \"Talks ended.\", \"outlet\": \"AFP\"}\n";
    assert_eq!(codings(&run(&["--outlet", "Rudaw"], input))[0].outlet.as_deref(), Some("AFP"));
}

#[test]
fn output_goes_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("events.csv");
    let examples = examples();
    let output = run(&["-f", "csv", "-o", file.to_str().unwrap(), examples.to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
    let written = fs::read_to_string(&file).unwrap();
    assert!(written.starts_with("article,outlet,published,event,type,"), "{written}");
    assert_eq!(written, stdout(&run(&["-f", "csv", examples.to_str().unwrap()], "")));
}

#[test]
fn a_table_names_every_article() {
    let output = run(&["-f", "table", examples().to_str().unwrap()], "");
    for number in 1..=15 {
        assert!(stdout(&output).contains(&format!("hawija-{number:02} · ")));
    }
    assert!(!stdout(&output).contains('\x1b'), "no colour, no cursor movements");
}

#[test]
fn a_closed_pipe_ends_an_endless_stream_quietly() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_sayso"))
        .arg("code")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // Writes until nobody reads any more.
    let writer = thread::spawn(move || {
        (0..).find(|n: &u64| input.write_all(line(&n.to_string(), "Talks ended.").as_bytes()).is_err())
    });
    let mut first = String::new();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    reader.read_line(&mut first).unwrap();
    assert_eq!(serde_json::from_str::<Coding>(&first).unwrap().id, "0");
    drop(reader);
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!(stderr(&output), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_stream_is_coded_as_it_comes() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_sayso"))
        .arg("code")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for id in ["one", "two", "three"] {
        input.write_all(line(id, "Talks ended.").as_bytes()).unwrap();
        let mut coded = String::new();
        // The input stays open: a result held back until its end would never come.
        output.read_line(&mut coded).unwrap();
        assert_eq!(serde_json::from_str::<Coding>(&coded).unwrap().id, id);
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told() {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_sayso"))
        .arg("code")
        .arg(examples())
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
        .wait_with_output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("sayso: standard output: cannot write: "), "{}", stderr(&output));
}
