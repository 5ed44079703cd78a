//! The coder of the `sayso` crate, joined to the pipeline.

use std::env;
use std::sync::Arc;

use sayso::{Coder, Session};
use sayso_record::{Article, Coding};

use crate::message::Message;
use crate::pipeline::{Code, Coders};

/// The environment variable that forces a kernel on the encoder; `--help` tells of it.
const KERNEL: &str = "SAYSO_KERNEL";

/// Reads the weights, which are part of this program.
pub fn load() -> Result<Arc<dyn Coders>, Message> {
    match Coder::new() {
        Ok(coder) => Ok(Arc::new(coder)),
        Err(error) => Err(Message::new(format!("could not start: {error}")).hint(hint())),
    }
}

/// What may help: only two things can be wrong, and the user made only one of them.
fn hint() -> String {
    match env::var_os(KERNEL) {
        Some(_) => format!("unset {KERNEL}, and sayso chooses what this processor can run"),
        None => "this build of sayso cannot be used: build or install it again".into(),
    }
}

impl Coders for Coder {
    fn session(&self) -> Box<dyn Code + '_> {
        Box::new(self.session())
    }
}

impl Code for Session<'_> {
    fn code(&mut self, article: &Article) -> Coding {
        self.code(article)
    }
}
