//! One event, one record (coding guide, "What is an event"): a happening that an article names again, as the
//! headline and the first sentence do, is one event with several mentions.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Found;
use crate::analysis::Analysis;

/// Folds events that name one happening into the fullest mention; its own phrases stay, what it lacks comes from
/// the others. First cut: the same type, status and certainty, triggers of one stem, a participant in common and
/// none that contradicts.
pub fn fold(analysis: &Analysis<'_>, found: Vec<Found>) -> Vec<Found> {
    let mut folded: Vec<Found> = Vec::with_capacity(found.len());
    for event in found {
        match folded.iter_mut().find(|kept| is_same(analysis, kept, &event)) {
            Some(kept) => merge(kept, event),
            None => folded.push(event),
        }
    }
    folded.sort_by_key(|f| f.trigger.start);
    folded
}

fn is_same(analysis: &Analysis<'_>, a: &Found, b: &Found) -> bool {
    let stem = |f: &Found| -> String {
        analysis.lower[analysis.head_of(f.trigger.clone())].chars().take(5).collect()
    };
    let share =
        |a: &[Range<usize>], b: &[Range<usize>]| a.iter().any(|x| b.iter().any(|y| alike(analysis, x, y)));
    let agree = |a: &[Range<usize>], b: &[Range<usize>]| a.is_empty() || b.is_empty() || share(a, b);
    let counts =
        a.counts.iter().all(|x| b.counts.iter().filter(|y| y.of == x.of).all(|y| y.quantity == x.quantity));
    a.event_type == b.event_type
        && (a.status, a.certainty) == (b.status, b.certainty)
        && stem(a) == stem(b)
        && (share(&a.actors, &b.actors) || share(&a.recipients, &b.recipients))
        && agree(&a.actors, &b.actors)
        && agree(&a.recipients, &b.recipients)
        && counts
}

/// Whether two phrases name the same ones: at least half of the words of both, small ones aside, are shared.
fn alike(analysis: &Analysis<'_>, a: &Range<usize>, b: &Range<usize>) -> bool {
    let words = |r: &Range<usize>| -> BTreeSet<&str> {
        analysis.lower[r.clone()].iter().map(String::as_str).filter(|w| w.chars().count() > 3).collect()
    };
    let (x, y) = (words(a), words(b));
    let shared = x.intersection(&y).count();
    shared > 0 && shared * 2 >= x.union(&y).count() || analysis.lower[a.clone()] == analysis.lower[b.clone()]
}

fn merge(kept: &mut Found, mut other: Found) {
    let fullness =
        |f: &Found| f.actors.len() + f.recipients.len() + f.counts.len() + f.places.len() + f.times.len();
    if fullness(&other) > fullness(kept) || fullness(&other) == fullness(kept) && other.p > kept.p {
        std::mem::swap(kept, &mut other);
    }
    kept.mentions.append(&mut other.mentions);
    kept.mentions.sort_by_key(|m| m.start);
    kept.salient = kept.salient.max(other.salient);
    for (mine, theirs) in [
        (&mut kept.actors, other.actors),
        (&mut kept.recipients, other.recipients),
        (&mut kept.places, other.places),
        (&mut kept.times, other.times),
    ] {
        if mine.is_empty() {
            *mine = theirs;
        }
    }
    if kept.counts.is_empty() {
        kept.counts = other.counts;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_record::{Certainty, EventType, Status};

    fn event(trigger: usize, actors: &[Range<usize>], recipients: &[Range<usize>], p: f32) -> Found {
        Found {
            trigger: trigger..trigger + 1,
            mentions: vec![trigger..trigger + 1],
            event_type: EventType::Coerce,
            mode: None,
            context: Vec::new(),
            status: Status::Occurred,
            certainty: Certainty::Certain,
            hedges: Vec::new(),
            actors: actors.to_vec(),
            recipients: recipients.to_vec(),
            roles: Vec::new(),
            counts: Vec::new(),
            places: Vec::new(),
            times: Vec::new(),
            salient: 0.5,
            p,
        }
    }

    #[test]
    fn headline_and_lead_are_one_event_and_another_man_is_another() {
        // 0 Lima 1 man 2 arrested 3 . 4 Police 5 arrested 6 a 7 Lima 8 man 9 . 10 Troops 11 arrested 12 the 13 mayor 14 .
        let analysis =
            Analysis::of("Lima man arrested. Police arrested a Lima man. Troops arrested the mayor.");
        let found = vec![
            event(2, &[], &[0..2], 0.6),
            event(5, &[4..5], &[6..9], 0.9),
            event(11, &[10..11], &[12..14], 0.9),
        ];
        let folded = fold(&analysis, found);
        assert_eq!(folded.len(), 2);
        assert_eq!((folded[0].trigger.start, folded[0].mentions.len()), (5, 2));
        assert_eq!(folded[1].trigger.start, 11);
    }
}
