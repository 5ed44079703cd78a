//! Whole codings through the public interface: what must hold of every one, whatever the text.

use std::collections::HashSet;
use std::sync::OnceLock;

use proptest::prelude::*;
use sayso::{Article, Coder, Coding};
use sayso_record::{CharIndex, Span};

fn coder() -> &'static Coder {
    static CODER: OnceLock<Coder> = OnceLock::new();
    CODER.get_or_init(|| Coder::new().expect("the weights that sayso is built with load"))
}

fn article(text: &str) -> Article {
    Article {
        id: "t".into(),
        text: text.into(),
        outlet: Some("Rudaw".into()),
        published: Some("2017-10-10".into()),
        ..Article::default()
    }
}

const SAMPLES: &[&str] = &[
    "KIRKUK, Oct. 6 — More than 200 fighters laid down their arms on Thursday, a Peshmerga commander told Rudaw. \
     Kurdish officials said the men, citing orders from their own emir, had walked for two days. The Iraqi army denied it.",
    "BAGHDAD (AP) - THE PRIME MINISTER'S OFFICE SAID LATE TUESDAY THAT TROOPS HAD RETAKEN THE TOWN OF HAWIJA.",
    "the government condemned the attack.  a spokesman said that two guards were killed and four wounded when a bomb went off \
     near the embassy in lima yesterday.    nobody has claimed responsibility.",
    "“Sie kämpfen”, said the mayor of Köln … «Всё спокойно» — reported Ḩawījah radio. 🚀\n\nCOMMENTS\nPlease log in.",
];

fn spans(coding: &Coding) -> Vec<(Span, Option<&str>)> {
    let mut out: Vec<(Span, Option<&str>)> = coding.sentences.iter().map(|s| (*s, None)).collect();
    for a in &coding.attributions {
        out.extend(a.content.spans.iter().map(|s| (*s, None)));
        if let Some(source) = &a.source {
            let alone = source.spans.len() == 1;
            out.extend(source.spans.iter().map(|s| (*s, alone.then_some(source.text.as_str()))));
        }
        if let Some(cue) = &a.cue {
            out.extend(cue.spans.iter().map(|s| (*s, Some(cue.text.as_str()))));
        }
    }
    for k in &coding.actors {
        out.extend(k.mentions.iter().map(|s| (*s, None)));
    }
    for p in &coding.places {
        out.push((Span::new(p.start, p.end), Some(&p.text)));
    }
    for d in &coding.dates {
        out.push((Span::new(d.start, d.end), Some(&d.text)));
    }
    for e in &coding.events {
        out.push((Span::new(e.trigger.start, e.trigger.end), Some(&e.trigger.text)));
        out.extend(e.mentions.iter().chain(&e.evidence).map(|s| (*s, None)));
        for p in e.actors.iter().chain(&e.recipients) {
            out.push((Span::new(p.start, p.end), Some(&p.text)));
        }
        out.extend(e.roles.iter().map(|r| (Span::new(r.start, r.end), Some(r.text.as_str()))));
        out.extend(e.counts.iter().map(|c| (Span::new(c.start, c.end), Some(c.text.as_str()))));
        out.extend(e.hedges.iter().map(|h| (Span::new(h.start, h.end), Some(h.text.as_str()))));
    }
    out
}

fn check(coding: &Coding) {
    let index = CharIndex::new(&coding.text);
    for (span, text) in spans(coding) {
        assert!(span.start < span.end && span.end <= index.len(), "{span:?} of {} characters", index.len());
        if let Some(text) = text {
            assert_eq!(index.slice(span), text);
        }
    }
    let ids = |ids: Vec<&String>| -> HashSet<String> {
        let set: HashSet<String> = ids.iter().map(|i| (*i).clone()).collect();
        assert_eq!(set.len(), ids.len(), "an id stands twice: {ids:?}");
        set
    };
    let attributions = ids(coding.attributions.iter().map(|a| &a.id).collect());
    let actors = ids(coding.actors.iter().map(|k| &k.id).collect());
    let places = ids(coding.places.iter().map(|p| &p.id).collect());
    ids(coding.dates.iter().map(|d| &d.id).collect());
    ids(coding.events.iter().map(|e| &e.id).collect());
    for a in &coding.attributions {
        assert!(!a.content.spans.is_empty());
        assert!(a.within.as_ref().is_none_or(|w| attributions.contains(w) && *w != a.id));
        // No attribution stands within itself, however far up.
        let mut at = a;
        for _ in 0..=coding.attributions.len() {
            let Some(parent) = &at.within else { break };
            at = coding.attributions.iter().find(|b| b.id == *parent).expect("checked above");
            assert_ne!(at.id, a.id, "a circle of attributions");
        }
    }
    let mut ranks: Vec<u32> = coding.events.iter().filter_map(|e| e.salience).collect();
    ranks.sort_unstable();
    assert!(ranks.iter().enumerate().all(|(i, r)| *r == i as u32 + 1), "{ranks:?}");
    for e in &coding.events {
        assert!(e.chain.iter().all(|a| attributions.contains(a)));
        assert!(e.place.as_ref().is_none_or(|p| places.contains(p)));
        let takers = e.actors.iter().chain(&e.recipients).filter_map(|p| p.actor.as_ref());
        assert!(takers.chain(e.roles.iter().filter_map(|r| r.actor.as_ref())).all(|k| actors.contains(k)));
        assert!(e.counts.iter().all(|c| c.min.is_some() || c.max.is_some()));
    }
    for sentence in coding.sentences.windows(2) {
        assert!(sentence[0].end <= sentence[1].start);
    }
    let json = serde_json::to_string(coding).expect("a coding is JSON");
    assert_eq!(serde_json::from_str::<Coding>(&json).expect("and comes back"), *coding);
    let mut value: serde_json::Value = serde_json::from_str(&json).expect("and is JSON");
    value.as_object_mut().expect("an object").remove("text");
    no_empty_string(&value);
}

/// An unknown value is `null`, never an empty string.
fn no_empty_string(value: &serde_json::Value) {
    match value {
        serde_json::Value::String(s) => assert!(!s.is_empty()),
        serde_json::Value::Array(all) => all.iter().for_each(no_empty_string),
        serde_json::Value::Object(all) => all.values().for_each(no_empty_string),
        _ => {}
    }
}

#[test]
fn every_offset_slices_and_every_id_resolves() {
    for text in SAMPLES {
        let coding = coder().code(&article(text));
        check(&coding);
        assert!(!coding.sentences.is_empty());
    }
}

#[test]
fn coding_again_gives_the_same_bytes() {
    let mut session = coder().session();
    let first: Vec<String> =
        SAMPLES.iter().map(|t| serde_json::to_string(&session.code(&article(t))).expect("JSON")).collect();
    // Another order, another session: nothing of one article may reach another.
    let mut session = coder().session();
    for (text, before) in SAMPLES.iter().zip(&first).rev() {
        assert_eq!(serde_json::to_string(&session.code(&article(text))).expect("JSON"), *before);
    }
}

#[test]
fn a_blank_article_has_nothing_in_it() {
    for text in ["", " \n\t", "\u{200b}"] {
        let coding = coder().code(&article(text));
        assert!(coding.sentences.is_empty() && coding.events.is_empty() && coding.attributions.is_empty());
    }
}

#[test]
fn a_plain_report_is_coded() {
    let coding = coder().code(&article(SAMPLES[0]));
    let named: Vec<&str> =
        coding.attributions.iter().filter_map(|a| a.source.as_ref()).map(|s| s.text.as_str()).collect();
    assert!(named.iter().any(|s| s.contains("commander")), "{named:?}");
    assert!(named.iter().any(|s| s.contains("Kurdish officials")), "{named:?}");
    assert!(!coding.events.is_empty());
    assert!(coding.dates.iter().any(|d| d.text.contains("Thursday")), "{:?}", coding.dates);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_coded_without_harm(text in "(\\PC|\n|said |troops |\"|“|”|\\. ){0,160}") {
        check(&coder().code(&article(&text)));
    }
}
