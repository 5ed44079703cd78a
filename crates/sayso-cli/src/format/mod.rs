//! How a coded article is printed. One [`Format`] for all subcommands, one module a format; what they
//! show of an event comes from [`event`], so that no two formats tell it differently.

pub mod csv;
mod event;
mod json;
mod table;

use sayso_record::Coding;

/// A way to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A table for reading
    Table,
    /// One JSON object an article, one article a line
    Json,
    /// One row an event
    Csv,
}

/// Prints coded articles; shared by all threads, so it keeps nothing between articles.
pub trait Print: Send + Sync {
    /// Appends what stands before the first article.
    fn head(&self, out: &mut Vec<u8>);

    /// Appends one article.
    fn coding(&self, coding: &Coding, out: &mut Vec<u8>);
}

impl Format {
    /// The printer of this format; a table is laid out for `width` columns.
    pub fn printer(self, width: u16) -> Box<dyn Print> {
        match self {
            Format::Table => Box::new(table::Table { width }),
            Format::Json => Box::new(json::Json),
            Format::Csv => Box::new(csv::Csv),
        }
    }
}

/// A hand-made coded article for the tests of the printers.
#[cfg(test)]
pub fn sample() -> Coding {
    serde_json::from_str(include_str!("sample.json")).expect("the sample is a coded article")
}
