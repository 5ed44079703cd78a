//! One row an event: flat, for spreadsheets and data frames. The header is part of the interface.

use csv::WriterBuilder;
use sayso_record::{Coding, Count, Event};

use super::Print;
use super::event::{Article, kind_name};
use crate::clean::clean;

/// The columns, in order; `--help` repeats them.
pub const HEADER: [&str; 21] = [
    "article",
    "outlet",
    "published",
    "event",
    "type",
    "mode",
    "trigger",
    "start",
    "end",
    "status",
    "certainty",
    "actors",
    "recipients",
    "place",
    "date_from",
    "date_to",
    "counts",
    "chain",
    "root",
    "root_kind",
    "evidence",
];

/// Parts several values in one cell.
const AND: &str = "; ";

/// Comma-separated values after RFC 4180, lines ended by a single line feed.
pub struct Csv;

impl Print for Csv {
    fn head(&self, out: &mut Vec<u8>) {
        write_rows(out, [HEADER.map(String::from)]);
    }

    fn coding(&self, coding: &Coding, out: &mut Vec<u8>) {
        let article = Article::new(coding);
        write_rows(out, coding.events.iter().map(|event| row(&article, event)));
    }
}

fn write_rows(out: &mut Vec<u8>, rows: impl IntoIterator<Item = [String; HEADER.len()]>) {
    let mut writer = WriterBuilder::new().from_writer(out);
    for row in rows {
        writer.write_record(row).expect("all rows are of one length, and a Vec takes any bytes");
    }
}

fn row(article: &Article<'_>, event: &Event) -> [String; HEADER.len()] {
    let coding = article.coding;
    let text = |value: Option<&str>| clean(value.unwrap_or_default()).into_owned();
    let date = event.date.as_ref();
    let root = event.root.as_ref();
    [
        text(Some(&coding.id)),
        text(coding.outlet.as_deref()),
        text(coding.published.as_deref()),
        text(Some(&event.id)),
        event.event_type.to_string(),
        text(event.mode.as_deref()),
        text(Some(&event.trigger.text)),
        event.trigger.start.to_string(),
        event.trigger.end.to_string(),
        event.status.to_string(),
        event.certainty.to_string(),
        article.names(&event.actors).join(AND),
        article.names(&event.recipients).join(AND),
        article.place(event).unwrap_or_default(),
        text(date.and_then(|date| date.from.as_deref())),
        text(date.and_then(|date| date.to.as_deref())),
        event.counts.iter().map(count).collect::<Vec<_>>().join(AND),
        article.chain(event),
        text(root.and_then(|root| root.name.as_deref())),
        text(root.and_then(|root| root.kind).map(kind_name)),
        article.evidence(event),
    ]
}

/// "killed 3..3", "surrendered 1001..", "present ..30".
fn count(count: &Count) -> String {
    let bound = |value: Option<u64>| value.map(|n| n.to_string()).unwrap_or_default();
    format!("{} {}..{}", clean(&count.of), bound(count.min), bound(count.max))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::sample;

    #[test]
    fn one_row_an_event() {
        let mut out = Vec::new();
        Csv.head(&mut out);
        Csv.coding(&sample(), &mut out);
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r#"
        article,outlet,published,event,type,mode,trigger,start,end,status,certainty,actors,recipients,place,date_from,date_to,counts,chain,root,root_kind,evidence
        hawija-12,Rudaw,2017-10-09,e1,RETREAT,disarm,surrendered,44,55,occurred,certain,Islamic State,the Peshmerga,Dibis,2017-10-01,2017-10-09,surrendered 1001..,Rudaw ‹ The New York Times ‹ Kurdish intelligence officials,Kurdish intelligence officials,official,"ERBIL — More than 1,000 ISIS militants have surrendered to the Peshmerga at Dibis since last Sunday, The New York Times reported, citing Kurdish intelligence officials."
        hawija-12,Rudaw,2017-10-09,e2,ASSAULT,firearms,opened fire,195,206,occurred,probable,Two of the men,,,2017-10-08,2017-10-08,killed 2..2,Rudaw ‹ a Peshmerga commander,a Peshmerga commander,official,"Two of the men reportedly opened fire with pistols and were killed, a Peshmerga commander told Rudaw."
        hawija-12,Rudaw,2017-10-09,e3,ASSAULT,heavy-weapons,shelled,311,318,denied,certain,Peshmerga,,Ar Riyad,,,,Rudaw ‹ Peshmerga Ministry,Peshmerga Ministry,group,The ministry denied that its troops had shelled Riyadh before the town fell.
        hawija-12,Rudaw,2017-10-09,e4,COERCE,,fell,342,346,occurred,certain,,,,,,,Rudaw,Rudaw,outlet,
        "#);
    }

    #[test]
    fn a_row_is_one_line_whatever_the_text() {
        let mut coding = sample();
        coding.id = "a,\"b\"\r\nc".into();
        coding.events.truncate(1);
        let mut out = Vec::new();
        Csv.coding(&coding, &mut out);
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text.lines().count(), 1);
        assert!(text.starts_with(r#""a,""b"" c","#), "{text}");
    }
}
