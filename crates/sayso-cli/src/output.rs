//! Where coded articles go: standard output or a file.

use std::fs::{self, File};
use std::io::{self, IsTerminal, StdoutLock, Write};
use std::path::{Path, PathBuf};

use crate::format::Format;
use crate::message::Message;

/// Width of a table that no terminal limits.
const FREE_WIDTH: u16 = 120;

/// The open output.
pub enum Output {
    /// Standard output. A line is written through as soon as it is whole, so that a pipe from an
    /// endless stream never waits for the next article.
    Standard(StdoutLock<'static>),
    /// A file, and its name for messages.
    File(File, PathBuf),
}

impl Output {
    /// Opens `file`, or standard output; neither may be among what is read from `inputs`.
    pub fn open(file: Option<PathBuf>, inputs: &[PathBuf]) -> Result<Self, Message> {
        let Some(file) = file.filter(|file| file.as_os_str() != "-") else {
            // Where the system tells it, a redirection (`sayso code . > coded.jsonl`).
            let redirected = fs::read_link("/proc/self/fd/1").ok();
            redirected.map_or(Ok(()), |path| refuse_input(&path, inputs))?;
            return Ok(Output::Standard(io::stdout().lock()));
        };
        // Before it is opened: opening empties it.
        refuse_input(&file, inputs)?;
        match File::create(&file) {
            Ok(open) => Ok(Output::File(open, file)),
            Err(error) => {
                Err(Message::new(format!("cannot be written: {error}")).about(file.display().to_string()))
            }
        }
    }

    /// Whether somebody reads along.
    pub fn is_terminal(&self) -> bool {
        matches!(self, Output::Standard(out) if out.is_terminal())
    }

    /// The format that is expected here where none was asked for.
    pub fn usual_format(&self) -> Format {
        if self.is_terminal() { Format::Table } else { Format::Json }
    }

    /// How wide a table may be.
    pub fn width(&self) -> u16 {
        let terminal = match self {
            Output::Standard(out) if out.is_terminal() => terminal_size::terminal_size_of(out),
            _ => None,
        };
        // Some terminals say 0 for "unknown".
        terminal.map_or(FREE_WIDTH, |(width, _)| if width.0 == 0 { FREE_WIDTH } else { width.0 })
    }

    /// As messages name it.
    pub fn name(&self) -> String {
        match self {
            Output::Standard(_) => "standard output".into(),
            Output::File(_, path) => path.display().to_string(),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Standard(out) => out.write(bytes),
            Output::File(file, _) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Standard(out) => out.flush(),
            Output::File(file, _) => file.flush(),
        }
    }
}

/// Refuses an output that would be read as input, and so grow for ever or destroy what it reads.
fn refuse_input(output: &Path, inputs: &[PathBuf]) -> Result<(), Message> {
    // A terminal, /dev/null or a pipe may well be both.
    if fs::metadata(output).is_ok_and(|metadata| !metadata.is_file()) {
        return Ok(());
    }
    // A file that is not there yet lies where its folder is.
    let real = fs::canonicalize(output).ok().or_else(|| {
        let folder =
            output.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(fs::canonicalize(folder).ok()?.join(output.file_name()?))
    });
    let Some(real) = real else { return Ok(()) };
    for input in inputs {
        let Ok(read) = fs::canonicalize(input) else { continue };
        if real == read || (real.starts_with(&read) && read_in_folders(&real)) {
            return Err(Message::new("is the output and would also be read as input")
                .about(output.display().to_string())
                .hint("write to a file outside of what is read"));
        }
    }
    Ok(())
}

/// Whether the reader takes a file of this name when it walks a folder.
fn read_in_folders(path: &Path) -> bool {
    let extension = |path: &Path| path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    let inner = match extension(path).as_deref() {
        Some("gz" | "zst") => path.with_extension(""),
        _ => path.to_owned(),
    };
    matches!(extension(&inner).as_deref(), Some("txt" | "jsonl" | "ndjson" | "json" | "html" | "htm"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_among_the_inputs_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let inside = |name: &str| folder.path().join(name);
        fs::write(inside("a.txt"), "Talks ended.").unwrap();
        let inputs = [folder.path().to_owned()];
        assert!(refuse_input(&inside("a.txt"), &[inside("a.txt")]).is_err());
        assert!(refuse_input(&inside("./coded.jsonl"), &inputs).is_err());
        assert!(refuse_input(&inside("coded.JSON.gz"), &inputs).is_err());
        assert!(refuse_input(&inside("events.csv"), &inputs).is_ok());
        assert!(refuse_input(&inside("b.txt"), &[inside("a.txt")]).is_ok());
        assert!(refuse_input(Path::new("coded.jsonl"), &inputs).is_ok());
        assert!(refuse_input(Path::new("/dev/null"), &[PathBuf::from("/dev/null")]).is_ok());
    }
}
