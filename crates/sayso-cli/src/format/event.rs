//! One event in words: what every format shows of it, looked up in its article.
//!
//! All text that comes out of here is safe for a terminal.

use std::fmt::Write;
use std::ops::Range;

use sayso_record::{Attribution, CharIndex, Coding, Count, Event, Participant, Place, SourceKind, Span};

use crate::clean::clean;

/// Parts the links of a chain.
const LINK: &str = " ‹ ";

/// A coded article whose events can be put into words.
pub struct Article<'c> {
    /// The article as coded.
    pub coding: &'c Coding,
    index: CharIndex<'c>,
}

impl<'c> Article<'c> {
    /// Prepares an article.
    pub fn new(coding: &'c Coding) -> Self {
        Article { coding, index: CharIndex::new(&coding.text) }
    }

    /// Type and mode: "RETREAT disarm".
    pub fn what(&self, event: &Event) -> String {
        match &event.mode {
            Some(mode) => format!("{} {}", event.event_type, clean(mode)),
            None => event.event_type.to_string(),
        }
    }

    /// The clause that tells it, cut to about `room` characters around the trigger, which stands
    /// between asterisks.
    pub fn clause(&self, event: &Event, room: usize) -> String {
        let trigger = Span::new(event.trigger.start, event.trigger.end);
        let around = |spans: &[Span]| spans.iter().copied().find(|span| span.contains(trigger));
        let clause = around(&event.evidence).or_else(|| around(&self.coding.sentences)).unwrap_or(trigger);
        let Range { start, end } = window(clause, trigger, room);
        let mut before = self.index.slice(Span::new(start, trigger.start));
        let mut after = self.index.slice(Span::new(trigger.end, end));
        let mut text = String::new();
        // Half a word at a cut is dropped.
        if start > clause.start {
            before = before.split_once(char::is_whitespace).map_or("", |(_, whole)| whole);
            text.push('…');
        }
        if end < clause.end {
            after = after.rsplit_once(char::is_whitespace).map_or("", |(whole, _)| whole);
        }
        let _ = write!(text, "{before}*{}*{after}", self.index.slice(trigger));
        if end < clause.end {
            text.push('…');
        }
        clean(&text).into_owned()
    }

    /// All evidence, in one line.
    pub fn evidence(&self, event: &Event) -> String {
        let clauses: Vec<_> = event.evidence.iter().map(|&span| clean(self.index.slice(span))).collect();
        clauses.join(" … ")
    }

    /// The names of participants: canonical where known, else their own words.
    pub fn names(&self, participants: &[Participant]) -> Vec<String> {
        let name = |participant: &Participant| {
            let id = participant.actor.as_ref()?;
            self.coding.actors.iter().find(|actor| actor.id == *id)?.name.as_deref()
        };
        participants.iter().map(|p| clean(name(p).unwrap_or(&p.text)).into_owned()).collect()
    }

    /// Where it happened: the gazetteer's name where known, else the name as printed.
    pub fn place(&self, event: &Event) -> Option<String> {
        let place = self.find_place(event)?;
        Some(clean(place.name.as_deref().unwrap_or(&place.text)).into_owned())
    }

    /// Where it happened, as printed, and the gazetteer's name where that is another:
    /// "Riyadh (Ar Riyad)".
    pub fn place_as_printed(&self, event: &Event) -> Option<String> {
        let place = self.find_place(event)?;
        let printed = clean(&place.text);
        Some(match &place.name {
            Some(name) if clean(name) != printed => format!("{printed} ({})", clean(name)),
            _ => printed.into_owned(),
        })
    }

    fn find_place(&self, event: &Event) -> Option<&'c Place> {
        let id = event.place.as_ref()?;
        self.coding.places.iter().find(|place| place.id == *id)
    }

    /// Day or days: "2017-10-08", "2017-10-01 to 2017-10-08", "from 2017-10-01".
    pub fn days(&self, event: &Event) -> Option<String> {
        let date = event.date.as_ref()?;
        Some(match (&date.from, &date.to) {
            (Some(from), Some(to)) if from == to => clean(from).into_owned(),
            (Some(from), Some(to)) => format!("{} to {}", clean(from), clean(to)),
            (Some(from), None) => format!("from {}", clean(from)),
            (None, Some(to)) => format!("until {}", clean(to)),
            (None, None) => return None,
        })
    }

    /// Status, certainty and the words that hedge: "occurred, probable (“reportedly”)".
    pub fn status(&self, event: &Event) -> String {
        let mut status = format!("{}, {}", event.status, event.certainty);
        if !event.hedges.is_empty() {
            let hedges: Vec<_> =
                event.hedges.iter().map(|hedge| format!("“{}”", clean(&hedge.text))).collect();
            let _ = write!(status, " ({})", hedges.join(", "));
        }
        status
    }

    /// Who says so, the outlet first, the source that knows last.
    pub fn chain(&self, event: &Event) -> String {
        let mut links: Vec<String> =
            self.coding.outlet.iter().map(|outlet| clean(outlet).into_owned()).collect();
        for id in &event.chain {
            let link = self
                .coding
                .attributions
                .iter()
                .find(|attribution| attribution.id == *id)
                .map_or_else(|| clean(id).into_owned(), source);
            // The outlet quoting itself is still one voice.
            if links.last() != Some(&link) {
                links.push(link);
            }
        }
        if links.is_empty() { "the outlet".into() } else { links.join(LINK) }
    }
}

/// An attribution's source in words.
fn source(attribution: &Attribution) -> String {
    let source = attribution.source.as_ref();
    let name = source.map_or("someone unnamed".into(), |s| clean(s.name.as_deref().unwrap_or(&s.text)));
    if attribution.asserted { name.into_owned() } else { format!("{name} (not said)") }
}

/// A count in words, with its bounds where the words alone do not give them.
pub fn count(count: &Count) -> String {
    let words = clean(&count.text);
    let of = clean(&count.of);
    match bounds(count) {
        Some(bounds) if bounds != words => format!("{of}: {words} ({bounds})"),
        _ => format!("{of}: {words}"),
    }
}

/// "3", "at least 24", "at most 30", "12 to 40"; none where both bounds are unknown.
fn bounds(count: &Count) -> Option<String> {
    Some(match (count.min, count.max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => return None,
    })
}

/// The contract's name of a kind of source.
pub fn kind_name(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Outlet => "outlet",
        SourceKind::Document => "document",
        SourceKind::Person => "person",
        SourceKind::Official => "official",
        SourceKind::Group => "group",
        SourceKind::Witness => "witness",
        SourceKind::Detainee => "detainee",
        SourceKind::Unnamed => "unnamed",
    }
}

/// At most `room` characters of `clause` beside the trigger, two thirds of them after it, unless one
/// side leaves some over to the other.
fn window(clause: Span, trigger: Span, room: usize) -> Range<usize> {
    let (before, after) = (trigger.start - clause.start, clause.end - trigger.end);
    let left = before.min((room / 3).max(room.saturating_sub(after)));
    let right = after.min(room - left.min(room));
    trigger.start - left..trigger.end + right
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::sample;

    #[test]
    fn a_window_keeps_the_trigger_and_the_room() {
        let clause = Span::new(10, 210);
        assert_eq!(window(clause, Span::new(100, 110), 500), 10..210);
        assert_eq!(window(clause, Span::new(100, 110), 60), 80..150);
        assert_eq!(window(clause, Span::new(12, 20), 60), 10..78);
        assert_eq!(window(clause, Span::new(200, 208), 60), 142..210);
        assert_eq!(window(clause, Span::new(100, 110), 0), 100..110);
    }

    #[test]
    fn a_clause_is_cut_between_words() {
        let coding = sample();
        let article = Article::new(&coding);
        assert_eq!(article.clause(&coding.events[1], 40), "…reportedly *opened fire* with pistols and were…");
        assert_eq!(article.clause(&coding.events[1], 0), "…*opened fire*…");
        assert_eq!(
            article.clause(&coding.events[3], 500),
            "The ministry denied that its troops had shelled Riyadh before the town *fell*."
        );
    }

    #[test]
    fn a_count_shows_its_bounds_where_the_words_do_not() {
        let with = |text: &str, min, max| {
            count(&Count { of: "killed".into(), min, max, text: text.into(), start: 0, end: 0 })
        };
        assert_eq!(with("3", Some(3), Some(3)), "killed: 3");
        assert_eq!(with("three", Some(3), Some(3)), "killed: three (3)");
        assert_eq!(with("dozens", Some(24), None), "killed: dozens (at least 24)");
        assert_eq!(with("up to 30", None, Some(30)), "killed: up to 30 (at most 30)");
        assert_eq!(with("several", None, None), "killed: several");
    }

    #[test]
    fn a_chain_starts_with_the_outlet_and_ends_with_the_root() {
        let mut coding = sample();
        let event = coding.events[0].clone();
        assert_eq!(
            Article::new(&coding).chain(&event),
            "Rudaw ‹ The New York Times ‹ Kurdish intelligence officials"
        );
        coding.outlet = None;
        assert_eq!(
            Article::new(&coding).chain(&event),
            "The New York Times ‹ Kurdish intelligence officials"
        );
        coding.outlet = Some("The New York Times".into());
        assert_eq!(
            Article::new(&coding).chain(&event),
            "The New York Times ‹ Kurdish intelligence officials"
        );
        coding.attributions[1].source = None;
        coding.attributions[1].asserted = false;
        assert_eq!(Article::new(&coding).chain(&event), "The New York Times ‹ someone unnamed (not said)");
        coding.outlet = None;
        let own_voice = Event { chain: Vec::new(), ..event };
        assert_eq!(Article::new(&coding).chain(&own_voice), "the outlet");
    }

    #[test]
    fn kinds_are_named_as_in_the_contract() {
        for kind in [
            SourceKind::Outlet,
            SourceKind::Document,
            SourceKind::Person,
            SourceKind::Official,
            SourceKind::Group,
            SourceKind::Witness,
            SourceKind::Detainee,
            SourceKind::Unnamed,
        ] {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind_name(kind));
        }
    }
}
