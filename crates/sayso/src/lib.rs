//! The method: an article in; its events out, each with the chain of who said so.
//!
//! [`Coder`] runs the stages in the order of the modules below.

pub mod read;
pub mod segment;

pub mod encode;

pub mod decode;

pub mod analysis;

pub mod attribution;
pub mod event;
pub mod ground;

mod coder;
mod lexicon;
mod numeral;
mod record;
mod settings;

pub use coder::{Coder, LoadError, Session};
pub use lexicon::{CueAct, Lexicon};
pub use sayso_record::{Article, Coding};
pub use settings::{AttributionSettings, EventSettings, NameSettings, Settings};
