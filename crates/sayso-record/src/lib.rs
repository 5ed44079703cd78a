//! The contract: an [`Article`] goes in, a [`Coding`] comes out, one JSON object a line.
//!
//! No I/O and no method here, so that the store, the server and the exports can share these types
//! without pulling in the model. Every offset is a [`Span`]: half-open, counting Unicode scalar
//! values of `text`, so that Python and R users can slice. An unknown value is `None` (`null`),
//! never a guess and never an empty string.

mod article;
mod coding;
mod event;
mod span;

pub use article::Article;
pub use coding::{
    Actor, Attribution, Coding, Content, Cue, DateMention, Place, PlaceKind, Root, Source, SourceKind, Style,
    VERSION,
};
pub use event::{
    Certainty, Count, DateInterval, Event, EventType, Hedge, Participant, Phrase, Role, RoleKind, Status,
};
pub use span::{CharIndex, Span};

/// The JSON Schema of [`Coding`], generated from the types.
pub fn coding_schema() -> schemars::Schema {
    schemars::schema_for!(Coding)
}

/// The JSON Schema of [`Article`], generated from the types.
pub fn article_schema() -> schemars::Schema {
    schemars::schema_for!(Article)
}
