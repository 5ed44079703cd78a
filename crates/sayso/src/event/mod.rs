//! What happened: triggers with type, status, those who take part, how many, and the words that show it.
//!
//! PLOVER 2021 with the project's coding guide. The stack that reads around a trigger gives scores; here
//! they become events.

mod certainty;
mod mention;
mod mode;
mod quantity;
mod trigger;

use std::ops::Range;

use sayso_encoder::{AnchorScores, Config};
use sayso_record::{Certainty, EventType, RoleKind, Status};

pub use certainty::Hedged;
pub use mention::fold;
pub use quantity::{Quantity, quantity};
pub use trigger::candidates;

use crate::analysis::{Analysis, Labels};
use crate::decode::{argmax, runs, softmax};
use crate::encode::Candidate;
use crate::settings::{EventSettings, after_second_look};

/// Where the event stack's labels are, by name.
pub struct EventLabels {
    trigger: Range<usize>,
    actor: usize,
    recipient: usize,
    place: usize,
    time: usize,
    count: usize,
    roles: Vec<(usize, RoleKind)>,
    real: (usize, usize),
    types: (usize, Vec<EventType>),
    modes: (usize, Vec<Option<String>>),
    status: (usize, Vec<Status>),
    salient: (usize, usize),
    contexts: (usize, Vec<String>),
    of: Vec<String>,
}

impl EventLabels {
    /// Finds the labels of a model; `None` where one is missing or unknown.
    pub fn of(config: &Config) -> Option<Self> {
        let stack = &config.event;
        let role = |name: &str| stack.roles.iter().position(|r| r == name);
        let group = |name: &str| stack.out.iter().position(|g| g.0 == name);
        let names = |name: &str| group(name).map(|g| (g, &stack.out[g].1));
        let yes = |name: &str| names(name).and_then(|(g, l)| Some((g, l.iter().position(|l| l == "yes")?)));
        let mut start = 0;
        let mut trigger = None;
        for anchors in &config.anchors {
            if anchors.0 == "trigger" {
                trigger = Some(start..start + anchors.1.len());
            }
            start += anchors.1.len();
        }
        let (types, type_names) = names("type")?;
        let (modes, mode_names) = names("mode")?;
        let (status, status_names) = names("status")?;
        let (contexts, context_names) = names("context")?;
        Some(EventLabels {
            trigger: trigger?,
            actor: role("actor")?,
            recipient: role("recipient")?,
            place: role("place")?,
            time: role("time")?,
            count: role("count")?,
            roles: [
                ("perpetrator_individual", RoleKind::PerpetratorIndividual),
                ("perpetrator_organization", RoleKind::PerpetratorOrganization),
                ("target", RoleKind::Target),
                ("victim", RoleKind::Victim),
                ("instrument", RoleKind::Instrument),
            ]
            .into_iter()
            .map(|(name, kind)| Some((role(name)?, kind)))
            .collect::<Option<_>>()?,
            real: yes("real")?,
            types: (types, type_names.iter().map(|n| EventType::from_name(n)).collect::<Option<_>>()?),
            modes: (modes, mode_names.iter().map(|n| (n != "none").then(|| n.clone())).collect()),
            status: (status, status_names.iter().map(|n| Status::from_name(n)).collect::<Option<_>>()?),
            salient: yes("salient")?,
            contexts: (contexts, context_names.clone()),
            of: stack.of.clone(),
        })
    }
}

/// How many of what, with the words that say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The words.
    pub words: Range<usize>,
    /// What is counted.
    pub of: String,
    /// The number.
    pub quantity: Quantity,
}

/// An event as words of the article.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The trigger.
    pub trigger: Range<usize>,
    /// Every trigger of this event, its own among them.
    pub mentions: Vec<Range<usize>>,
    /// PLOVER type.
    pub event_type: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub context: Vec<String>,
    /// What became of it.
    pub status: Status,
    /// How sure the text is, and by which words.
    pub certainty: Certainty,
    /// The hedges.
    pub hedges: Vec<Range<usize>>,
    /// Who did it.
    pub actors: Vec<Range<usize>>,
    /// Whom it was done to.
    pub recipients: Vec<Range<usize>>,
    /// Role fillers.
    pub roles: Vec<(RoleKind, Range<usize>)>,
    /// How many.
    pub counts: Vec<Counted>,
    /// Phrases that name where it happened.
    pub places: Vec<Range<usize>>,
    /// Phrases that tell when.
    pub times: Vec<Range<usize>>,
    /// Probability that the article is most about it.
    pub salient: f32,
    /// Probability that it is an event.
    pub p: f32,
}

/// Decides which candidates are events, and what belongs to each. In order of the text.
pub fn decide(
    analysis: &Analysis<'_>,
    labels: &Labels,
    hedged: &Hedged,
    candidates: &[Candidate],
    answers: &[AnchorScores],
    event_labels: &EventLabels,
    settings: &EventSettings,
) -> Vec<Found> {
    candidates
        .iter()
        .zip(answers)
        .filter_map(|(candidate, answer)| {
            let (group, yes) = event_labels.real;
            let real = softmax(&answer.groups[group])[yes];
            let p = after_second_look(candidate.p, real, settings.second_look);
            (p >= settings.accept).then(|| {
                let mut event = decide_one(analysis, candidate, answer, event_labels, settings, p);
                (event.certainty, event.hedges) = hedged.over(analysis, labels, &event.trigger);
                event
            })
        })
        .collect()
}

fn decide_one(
    analysis: &Analysis<'_>,
    candidate: &Candidate,
    answer: &AnchorScores,
    labels: &EventLabels,
    settings: &EventSettings,
    p: f32,
) -> Found {
    let first = answer.context.start;
    let base = candidate.base + first;
    let spans = |role: usize| -> Vec<Range<usize>> {
        runs(answer.context.len(), |w| answer.role(first + w, role), settings.phrase_price)
            .into_iter()
            .map(|r| base + r.start..base + r.end)
            .collect()
    };
    let counts = spans(labels.count)
        .into_iter()
        .filter_map(|words| {
            let printed: Vec<&str> = words.clone().map(|w| analysis.words(w..w + 1)).collect();
            let quantity = quantity(&printed)?;
            let of = labels.of[argmax(answer.of.row(words.start - base))].clone();
            (of != "other").then_some(Counted { words, of, quantity })
        })
        .collect();
    let roles = labels
        .roles
        .iter()
        .flat_map(|(role, kind)| spans(*role).into_iter().map(move |words| (*kind, words)))
        .collect();
    let best = |group: usize| argmax(&answer.groups[group]);
    let context = answer.groups[labels.contexts.0].iter().zip(&labels.contexts.1);
    let event_type = labels.types.1[best(labels.types.0)];
    // The best of the modes that the type has.
    let allowed = mode::modes(event_type);
    let mode = answer.groups[labels.modes.0]
        .iter()
        .zip(&labels.modes.1)
        .filter(|(_, mode)| mode.as_ref().is_none_or(|m| allowed.contains(m)))
        .max_by(|a, b| a.0.total_cmp(b.0))
        .and_then(|(_, mode)| mode.clone());
    Found {
        trigger: candidate.words(),
        mentions: vec![candidate.words()],
        event_type,
        mode,
        // Contexts are independent of each other: each has its own odds, and 0 is even.
        context: context.filter(|(score, _)| **score > 0.0).map(|(_, name)| name.clone()).collect(),
        status: labels.status.1[best(labels.status.0)],
        certainty: Certainty::Certain,
        hedges: Vec::new(),
        actors: spans(labels.actor),
        recipients: spans(labels.recipient),
        roles,
        counts,
        places: spans(labels.place),
        times: spans(labels.time),
        salient: softmax(&answer.groups[labels.salient.0])[labels.salient.1],
        p,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::by_hand;
    use crate::encode::Chosen;
    use sayso_encoder::{Group, StackConfig, Table};

    fn list(names: &str) -> Vec<String> {
        names.split(' ').map(str::to_owned).collect()
    }

    fn config() -> Config {
        let groups = [
            ("real", "no yes"),
            ("type", "ASSAULT RETREAT"),
            ("mode", "none disarm"),
            ("status", "occurred ordered"),
            ("salient", "no yes"),
            ("context", "military health"),
        ];
        Config {
            anchors: vec![Group("trigger".into(), list("O B I"))],
            event: StackConfig {
                kinds: list("trigger"),
                roles: list(
                    "actor recipient place time count perpetrator_individual perpetrator_organization target victim instrument",
                ),
                out: groups.iter().map(|(name, labels)| Group((*name).into(), list(labels))).collect(),
                of: list("other surrendered"),
            },
            ..Config::default()
        }
    }

    /// Scores for five words: who is word 0 and 1, a count at word 0.
    fn answer(real: f32) -> AnchorScores {
        let roles = 10;
        let mut table = Table::zeros(5, 3 * roles);
        for word in 0..5 {
            for role in 0..roles {
                table.values[word * 30 + role * 3] = 5.0;
            }
        }
        let mut set =
            |word: usize, role: usize, label: usize| table.values[word * 30 + role * 3 + label] = 10.0;
        set(0, 0, 1);
        set(1, 0, 2);
        set(0, 4, 1);
        set(4, 1, 1);
        let mut of = Table::zeros(5, 2);
        of.values[1] = 3.0;
        AnchorScores {
            context: 0..5,
            roles: table,
            groups: vec![
                vec![0.0, real],
                vec![0.0, 4.0],
                vec![0.0, 4.0],
                vec![4.0, 0.0],
                vec![0.0, 2.0],
                vec![1.0, -1.0],
            ],
            of,
        }
    }

    fn code(p: f32, real: f32) -> Vec<Found> {
        let analysis = by_hand::sentence(
            "Twenty fighters surrendered to troops",
            &[(1, "amod"), (2, "nsubj"), (2, "root"), (4, "dep"), (2, "obj")],
        );
        let candidate = Candidate { chosen: Chosen { window: 0, words: 2..3, kind: 0 }, base: 0, p };
        let labels = EventLabels::of(&config()).expect("all labels are there");
        let settings = EventSettings { candidate: 0.1, accept: 0.5, second_look: 0.5, phrase_price: 0.5 };
        decide(
            &analysis,
            &by_hand::labels(),
            &Hedged::of(&analysis),
            &[candidate],
            &[answer(real)],
            &labels,
            &settings,
        )
    }

    #[test]
    fn scores_become_an_event() {
        let found = code(0.9, 4.0);
        let [event] = &found[..] else { panic!("{found:?}") };
        assert_eq!((event.event_type, event.mode.as_deref()), (EventType::Retreat, Some("disarm")));
        assert_eq!((event.status, event.certainty), (Status::Occurred, Certainty::Certain));
        assert_eq!((event.actors.clone(), event.recipients.clone()), (vec![0..2], vec![4..5]));
        assert_eq!(event.context, ["military"]);
        let [count] = &event.counts[..] else { panic!("{:?}", event.counts) };
        assert_eq!(
            (count.of.as_str(), count.quantity.min, count.quantity.max),
            ("surrendered", Some(20), Some(20))
        );
    }

    #[test]
    fn a_second_look_can_refuse_a_trigger() {
        assert!(code(0.6, -6.0).is_empty());
        assert!(code(0.2, 0.0).is_empty());
    }

    #[test]
    fn weights_that_lack_a_label_are_refused() {
        let mut config = config();
        config.event.out.remove(3);
        assert!(EventLabels::of(&config).is_none());
    }
}
