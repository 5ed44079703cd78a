//! What the stages found, as the records of the contract: ids, chains, roots, evidence.

use std::ops::Range;

use jiff::civil::Date;
use sayso_record::{
    Actor, Article, Attribution, Count, DateInterval, DateMention, Event, Participant, Phrase, Role, Root,
    SourceKind, Span, Status,
};

use crate::analysis::Analysis;
use crate::attribution::{self, chain_over};
use crate::event;
use crate::ground::actor::Actors;
use crate::ground::date::TimePhrase;
use crate::ground::place::{self, Toponym};

/// The day of an RFC 3339 time or a plain date.
pub(crate) fn published_day(published: &str) -> Option<Date> {
    published.get(..10)?.parse().ok()
}

/// Events with ids, actors, chains and roots.
pub(crate) fn events(
    analysis: &Analysis<'_>,
    article: &Article,
    found: &[event::Found],
    attributions: &[attribution::Found],
    attribution_records: &[Attribution],
    toponyms: &[Toponym],
    times: &[TimePhrase],
) -> (Vec<Actor>, Vec<Event>) {
    let mut actors = Actors::new();
    let ranks = salience(found);
    let events = found
        .iter()
        .zip(ranks)
        .enumerate()
        .map(|(i, (f, rank))| {
            let phrase = |words: &Range<usize>| phrase(analysis, words.clone());
            let chain = chain_over(analysis.head_of(f.trigger.clone()), attributions);
            let root = match chain.root(attributions) {
                Some(link) => {
                    let source = attribution_records[link].source.as_ref();
                    // "He said" names nobody where it is not clear who he is.
                    source.map(|s| Root { name: s.name.clone(), kind: s.kind })
                }
                // "Reportedly" names nobody: on whose say-so is not known.
                None if !chain.links.is_empty() => None,
                None => article
                    .outlet
                    .as_ref()
                    .map(|o| Root { name: Some(o.clone()), kind: Some(SourceKind::Outlet) }),
            };
            let trigger = phrase(&f.trigger);
            Event {
                id: format!("e{}", i + 1),
                salience: Some(rank),
                mentions: f.mentions.iter().map(|m| analysis.read.span_of(m.clone())).collect(),
                evidence: evidence(analysis, f),
                trigger,
                event_type: f.event_type,
                mode: f.mode.clone(),
                context: f.context.clone(),
                cameo: None,
                acled: None,
                actors: participants(&mut actors, analysis, &f.actors),
                recipients: participants(&mut actors, analysis, &f.recipients),
                roles: f
                    .roles
                    .iter()
                    .map(|(role, words)| {
                        let p = phrase(words);
                        // An instrument or a thing hit is no actor.
                        let actor = match role {
                            sayso_record::RoleKind::Target | sayso_record::RoleKind::Instrument => None,
                            _ => actors.participant(analysis, words.clone()).actor,
                        };
                        Role { role: *role, start: p.start, end: p.end, text: p.text, actor }
                    })
                    .collect(),
                counts: f
                    .counts
                    .iter()
                    .map(|c| {
                        let p = phrase(&c.words);
                        Count {
                            of: c.of.clone(),
                            min: c.quantity.min,
                            max: c.quantity.max,
                            text: p.text,
                            start: p.start,
                            end: p.end,
                        }
                    })
                    .collect(),
                place: place::of_phrase(&f.places, toponyms).map(|p| format!("p{}", p + 1)),
                date: when(f, times, article.published.as_deref().and_then(published_day)),
                status: f.status,
                certainty: f.certainty,
                hedges: f.hedges.iter().map(phrase).collect(),
                chain: chain.links.iter().map(|&l| attribution_records[l].id.clone()).collect(),
                root,
            }
        })
        .collect();
    (actors.into_records(), events)
}

fn participants(actors: &mut Actors, analysis: &Analysis<'_>, phrases: &[Range<usize>]) -> Vec<Participant> {
    phrases.iter().map(|words| actors.participant(analysis, words.clone())).collect()
}

fn phrase(analysis: &Analysis<'_>, words: Range<usize>) -> Phrase {
    let span = analysis.read.span_of(words);
    Phrase { start: span.start, end: span.end, text: analysis.text.slice(span).to_owned() }
}

/// Rank of each event: 1 for what the article is most about.
fn salience(found: &[event::Found]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|&a, &b| found[b].salient.total_cmp(&found[a].salient).then(a.cmp(&b)));
    let mut ranks = vec![0; found.len()];
    for (rank, event) in order.into_iter().enumerate() {
        ranks[event] = rank as u32 + 1;
    }
    ranks
}

/// The sentences that hold the trigger and those who take part.
fn evidence(analysis: &Analysis<'_>, event: &event::Found) -> Vec<Span> {
    let counts = event.counts.iter().map(|c| &c.words);
    let words = [&event.trigger].into_iter().chain(&event.actors).chain(&event.recipients).chain(counts);
    let mut sentences: Vec<usize> = words.map(|w| analysis.read.sentence_of(w.start)).collect();
    sentences.sort_unstable();
    sentences.dedup();
    sentences.into_iter().map(|s| analysis.read.span(s)).collect()
}

/// The interval of the time phrase that the event's own phrase is or holds. What is still to come takes the
/// phrase's future reading; what happened cannot have happened after it was published.
fn when(event: &event::Found, times: &[TimePhrase], published: Option<Date>) -> Option<DateInterval> {
    let own = |t: &&TimePhrase| event.times.iter().any(|w| w.start < t.words.end && t.words.start < w.end);
    let to_come = matches!(
        event.status,
        Status::Planned | Status::Ordered | Status::Requested | Status::Threatened | Status::Hypothetical
    );
    let interval = times.iter().filter(own).find_map(|t| match published {
        _ if to_come => t.ahead.or(t.interval),
        Some(last) => t.interval.and_then(|i| i.up_to(last)),
        None => t.interval,
    })?;
    let day = |d: Option<Date>| d.map(|d| d.to_string());
    Some(DateInterval { from: day(interval.from), to: day(interval.to) })
}

/// All time phrases of the article.
pub(crate) fn dates(analysis: &Analysis<'_>, times: &[TimePhrase]) -> Vec<DateMention> {
    times
        .iter()
        .enumerate()
        .map(|(i, time)| {
            let phrase = phrase(analysis, time.words.clone());
            let day = |pick: fn(&crate::ground::date::Interval) -> Option<Date>| {
                time.interval.as_ref().and_then(pick).map(|d| d.to_string())
            };
            DateMention {
                id: format!("d{}", i + 1),
                start: phrase.start,
                end: phrase.end,
                text: phrase.text,
                from: day(|i| i.from),
                to: day(|i| i.to),
            }
        })
        .collect()
}
