//! The `sayso` command: arguments, threads, printing, exit status. The method is in the `sayso` crate.

mod arguments;
mod clean;
mod code;
mod coder;
mod format;
mod generate;
mod guard;
mod message;
mod output;
mod pipeline;
mod progress;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command, Record};
use message::Message;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// Everything was done.
    Done,
    /// Some article could not be read or coded.
    SomeFailed,
}

/// Wrong usage, or sayso could not start or go on; also what clap returns for wrong usage.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(Status::Done) => ExitCode::SUCCESS,
        Ok(Status::SomeFailed) => ExitCode::FAILURE,
        Err(message) => {
            message::print(&message);
            ExitCode::from(FAILED)
        }
    }
}

fn run(command: Command) -> Result<Status, Message> {
    match command {
        Command::Code(arguments) => code::run(arguments),
        Command::Schema(arguments) => {
            let schema = match arguments.record {
                Record::Coding => sayso_record::coding_schema(),
                Record::Article => sayso_record::article_schema(),
            };
            print(format!("{:#}\n", schema.as_value()).as_bytes())
        }
        Command::Generate(what) => {
            let mut text = Vec::new();
            generate::run(&what, &mut text)?;
            print(&text)
        }
    }
}

/// Prints a short text on standard output; a reader that has gone away is no failure.
fn print(text: &[u8]) -> Result<Status, Message> {
    let mut out = io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Message::new(format!("cannot write: {error}")).about("standard output"))
        }
        _ => Ok(Status::Done),
    }
}
