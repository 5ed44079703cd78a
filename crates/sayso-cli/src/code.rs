//! `sayso code`: what was typed is resolved against the world, then articles flow from the reader
//! through the coders to the output.

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use sayso::read::{ReadError, ReadOptions, Sources};

use crate::Status;
use crate::arguments::CodeArguments;
use crate::coder;
use crate::format::Print;
use crate::message::Message;
use crate::output::Output;
use crate::pipeline;
use crate::progress::Progress;

/// Codes what was asked for.
pub fn run(arguments: CodeArguments) -> Result<Status, Message> {
    let CodeArguments { paths, format, published, outlet, threads, output } = arguments;
    let paths = or_standard_input(paths)?;
    let mut output = Output::open(output, &paths)?;
    let printer: Arc<dyn Print> = format.unwrap_or(output.usual_format()).printer(output.width()).into();
    let threads = threads.unwrap_or_else(|| thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));
    let coders = coder::load()?;

    let sources = Sources::new(paths, ReadOptions { outlet, published, ..ReadOptions::default() });
    if io::stderr().is_terminal() {
        sources.measure();
    }
    let mut progress = Progress::new(sources.progress(), output.is_terminal());

    let mut head = Vec::new();
    printer.head(&mut head);
    let mut written = output.write_all(&head);
    let mut status = Status::Done;
    if written.is_ok() {
        let inputs = sources.map(|article| article.map_err(message));
        pipeline::run(inputs, coders, printer, threads, |result| {
            progress.article();
            match result {
                Ok(bytes) => written = progress.aside(|| output.write_all(&bytes)),
                Err(message) => {
                    status = Status::SomeFailed;
                    progress.print(&message);
                }
            }
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    }
    progress.finish();

    match written.and_then(|()| output.flush()) {
        // Whoever read us has seen enough: `head` is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err(error) => return Err(Message::new(format!("cannot write: {error}")).about(output.name())),
        Ok(()) => {}
    }
    Ok(status)
}

/// Standard input where no path was typed, unless somebody sits there who may not know that.
fn or_standard_input(paths: Vec<PathBuf>) -> Result<Vec<PathBuf>, Message> {
    if !paths.is_empty() {
        return Ok(paths);
    }
    if io::stdin().is_terminal() {
        return Err(Message::new("no PATH given")
            .hint("name files or folders, or - to type an article; see: sayso code --help"));
    }
    Ok(vec![PathBuf::from("-")])
}

/// A reader's error as the user reads it.
fn message(error: ReadError) -> Message {
    let place = match error.line() {
        Some(line) => format!("{}:{line}", error.name()),
        None => error.name().to_owned(),
    };
    Message { about: Some(place), reason: error.kind().to_string(), hint: error.hint().map(Into::into) }
}
