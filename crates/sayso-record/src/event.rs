//! Events, as PLOVER (Open Event Data Alliance, 2021 manual) types them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Root, Span};

/// One happening as one article reports it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// `e1`, `e2`, …, in order of the text.
    pub id: String,
    /// 1 for what the article is most about.
    pub salience: Option<u32>,
    /// The word or words that name it; the fullest mention.
    pub trigger: Phrase,
    /// Every trigger of this event in the article.
    pub mentions: Vec<Span>,
    /// The clauses a reader checks it against.
    pub evidence: Vec<Span>,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub context: Vec<String>,
    /// Closest CAMEO code.
    pub cameo: Option<String>,
    /// ACLED sub-event type.
    pub acled: Option<String>,
    /// Who did it; both sides of a clash or meeting.
    pub actors: Vec<Participant>,
    /// Whom it was done to.
    pub recipients: Vec<Participant>,
    /// Perpetrators, victims, targets, instruments.
    pub roles: Vec<Role>,
    /// How many.
    pub counts: Vec<Count>,
    /// Where it happened: the id of a place.
    pub place: Option<String>,
    /// When it happened.
    pub date: Option<DateInterval>,
    /// What the text says became of it.
    pub status: Status,
    /// How sure the text is.
    pub certainty: Certainty,
    /// The words that mark distance.
    pub hedges: Vec<Hedge>,
    /// Ids of the attributions it stands under, outermost first.
    pub chain: Vec<String>,
    /// On whose say-so we have it.
    pub root: Option<Root>,
}

/// A span with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Phrase {
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words.
    pub text: String,
}

/// The words that mark the outlet's distance ("reportedly").
pub type Hedge = Phrase;

/// An actor or recipient of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Participant {
    /// Id of the actor.
    pub actor: Option<String>,
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The phrase as printed.
    pub text: String,
}

/// A role filler.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Role {
    /// Which role.
    pub role: RoleKind,
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The phrase as printed.
    pub text: String,
    /// Id of the actor, where it is one.
    pub actor: Option<String>,
}

/// Roles, as MUC-4 has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the contract's own")]
pub enum RoleKind {
    PerpetratorIndividual,
    PerpetratorOrganization,
    Target,
    Victim,
    Instrument,
}

/// How many of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// What is counted: killed, injured, detained, participants …
    pub of: String,
    /// At least so many.
    pub min: Option<u64>,
    /// At most so many.
    pub max: Option<u64>,
    /// The phrase as printed.
    pub text: String,
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// Days from … to, both included, `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateInterval {
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// A closed set of names: the enum, its printed names and the list of all, from one table.
macro_rules! names {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[expect(missing_docs, reason = "the names are PLOVER's and the coding guide's own")]
        pub enum $name { $(#[serde(rename = $text)] $variant),+ }

        impl $name {
            /// All of them, in the order of the contract.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The name in the contract.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The value of that name, if there is one.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.name() == name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

names!(
    /// The sixteen types of PLOVER 2021.
    EventType {
        Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE",
        Cooperate = "COOPERATE", Aid = "AID", Retreat = "RETREAT", Request = "REQUEST",
        Accuse = "ACCUSE", Reject = "REJECT", Threaten = "THREATEN", Protest = "PROTEST",
        Sanction = "SANCTION", Mobilize = "MOBILIZE", Coerce = "COERCE", Assault = "ASSAULT",
    }
);

names!(
    /// What the text says became of an event.
    Status {
        Occurred = "occurred", Ongoing = "ongoing", Planned = "planned", Ordered = "ordered",
        Requested = "requested", Threatened = "threatened", Attempted = "attempted",
        Hypothetical = "hypothetical", Denied = "denied", Negated = "negated", Habitual = "habitual",
    }
);

names!(
    /// How sure the text is, whoever says it.
    Certainty { Certain = "certain", Probable = "probable", Possible = "possible" }
);
