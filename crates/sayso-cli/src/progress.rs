//! The progress bar: on standard error, and only where that is a terminal.

use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use sayso::read;

use crate::message::{self, Message};

/// How often the bar is drawn, a second: enough to look alive, too little to cost anything.
const DRAWN: u8 = 8;

/// The bar, or nothing where nobody would see it.
pub struct Progress {
    bar: ProgressBar,
    bytes: read::Progress,
    articles: u64,
    /// Whether the output scrolls through the terminal that shows the bar.
    shared: bool,
}

impl Progress {
    /// A bar over the bytes to read where their number is known, else a count of articles. `shared` tells
    /// whether the output goes to a terminal too.
    pub fn new(bytes: read::Progress, shared: bool) -> Self {
        let bar = if io::stderr().is_terminal() {
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(DRAWN))
        } else {
            ProgressBar::hidden()
        };
        if !bar.is_hidden() {
            let total = bytes.total_bytes();
            if let Some(total) = total {
                bar.set_length(total);
            }
            bar.set_style(style(total.is_some()));
            bar.enable_steady_tick(Duration::from_secs(1) / DRAWN.into());
        }
        Progress { bar, bytes, articles: 0, shared }
    }

    /// One more article is done, well or badly.
    pub fn article(&mut self) {
        self.articles += 1;
        if self.bar.is_hidden() {
            return;
        }
        match self.bytes.total_bytes() {
            Some(total) => {
                self.bar.set_position(self.bytes.bytes_read().min(total));
                self.bar.set_message(self.articles.to_string());
            }
            None => self.bar.set_position(self.articles),
        }
    }

    /// Prints a message above the bar.
    pub fn print(&self, message: &Message) {
        self.bar.suspend(|| message::print(message));
    }

    /// Runs `write` with the bar out of the way, where output would run into it.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        if self.shared { self.bar.suspend(write) } else { write() }
    }

    /// Removes the bar.
    pub fn finish(self) {
        self.bar.finish_and_clear();
    }
}

fn style(total_known: bool) -> ProgressStyle {
    let template = if total_known {
        "{bar:30} {percent:>3} %  {msg} articles done, {elapsed} gone, {eta} left"
    } else {
        "{spinner} {human_pos} articles done, {elapsed} gone, {rate} a second"
    };
    let rate = |state: &ProgressState, out: &mut dyn Write| {
        let _ = write!(out, "{:.1}", state.per_sec());
    };
    ProgressStyle::with_template(template).expect("both templates are well-formed").with_key("rate", rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_well_formed() {
        style(true);
        style(false);
    }
}
