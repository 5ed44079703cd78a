//! What comes out for one article: attributions, actors, places, dates, events.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Event, Span};

/// Version of the contract, in every record as `sayso`.
pub const VERSION: u32 = 1;

/// One coded article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Coding {
    /// Version of this contract ([`VERSION`]).
    pub sayso: u32,
    /// The article's id.
    pub id: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When, as the input gave it.
    pub published: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Exactly the text that all offsets index.
    pub text: String,
    /// Sentences in order.
    pub sentences: Vec<Span>,
    /// Who says what, with which words.
    pub attributions: Vec<Attribution>,
    /// Those who take part in the events.
    pub actors: Vec<Actor>,
    /// Place names.
    pub places: Vec<Place>,
    /// Time phrases.
    pub dates: Vec<DateMention>,
    /// What happened, as this article reports it.
    pub events: Vec<Event>,
}

/// Source, cue and content, as PARC3 (Pareti 2016) and PolNeAR (Newell et al. 2018) define them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// `a0`, `a1`, …, in order of the text.
    pub id: String,
    /// Who says it; `null` where the text names nobody.
    pub source: Option<Source>,
    /// The words that attribute; `null` for a quotation left hanging.
    pub cue: Option<Cue>,
    /// What is said.
    pub content: Content,
    /// How it is quoted.
    pub style: Style,
    /// The attribution in whose content this one stands.
    pub within: Option<String>,
    /// `false` where the saying itself is negated or hypothetical.
    pub asserted: bool,
}

/// The source of an attribution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Where it stands; several pieces only where it is truly broken.
    pub spans: Vec<Span>,
    /// Its words.
    pub text: String,
    /// Fullest or canonical name where known.
    pub name: Option<String>,
    /// What kind of source it is.
    pub kind: Option<SourceKind>,
}

/// The cue of an attribution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cue {
    /// Where it stands.
    pub spans: Vec<Span>,
    /// Its words.
    pub text: String,
}

/// The content of an attribution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Content {
    /// Where it stands; several pieces where source and cue break it.
    pub spans: Vec<Span>,
}

/// Kinds of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the contract's own")]
pub enum SourceKind {
    Outlet,
    Document,
    Person,
    Official,
    Group,
    Witness,
    Detainee,
    Unnamed,
}

/// How the content is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// All of it in quotation marks.
    Direct,
    /// None of it.
    Indirect,
    /// Part of it.
    Mixed,
}

/// One who takes part in events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// `k1`, `k2`, ….
    pub id: String,
    /// Neutral canonical name where known, else the fullest mention.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER sector (GOV, MIL, REB …).
    pub sector: Option<String>,
    /// Every mention, in the outlet's own words.
    pub mentions: Vec<Span>,
}

/// A place name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// `p1`, `p2`, ….
    pub id: String,
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The name as printed.
    pub text: String,
    /// The gazetteer's name.
    pub name: Option<String>,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-level division.
    pub admin1: Option<String>,
    /// Latitude in degrees.
    pub lat: Option<f64>,
    /// Longitude in degrees.
    pub lon: Option<f64>,
    /// GeoNames feature code.
    pub feature: Option<String>,
    /// What the name does here.
    pub kind: Option<PlaceKind>,
    /// Calibrated probability that the gazetteer entry is right.
    pub p: Option<f64>,
}

/// What a place name does in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    /// It is the place.
    Literal,
    /// A metonym, or part of an organisation's name.
    Associative,
    /// The people of the place.
    Demonym,
}

/// A time phrase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DateMention {
    /// `d1`, `d2`, ….
    pub id: String,
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The phrase as printed.
    pub text: String,
    /// First day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// On whose say-so an event is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Root {
    /// Name of the source; the outlet's own for its own voice.
    pub name: Option<String>,
    /// Its kind.
    pub kind: Option<SourceKind>,
}
