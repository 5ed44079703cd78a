//! Tables for reading: a heading for each article, then its events.
//!
//! Wide terminals get one table row an event; narrow ones get a short list an event, as seven columns
//! would leave each a few letters. Nothing depends on colour: none is used.

use std::io::Write;

use comfy_table::{ColumnConstraint, ContentArrangement, Table as Grid, Width, presets};
use sayso_record::{Coding, Event};

use super::Print;
use super::event::{self, Article};
use crate::clean::clean;

/// The narrowest terminal on which seven columns can be read.
const NARROWEST: u16 = 112;
/// Width of the labels of a list, with the blank on either side.
const LABELS: u16 = 10;
/// How much of the clause beside its trigger is shown, in characters.
const CLAUSE: usize = 110;
/// Stands where the text tells nothing.
const UNKNOWN: &str = "–";

/// Tables of this width.
pub struct Table {
    /// In columns of the terminal.
    pub width: u16,
}

impl Print for Table {
    fn head(&self, _out: &mut Vec<u8>) {}

    fn coding(&self, coding: &Coding, out: &mut Vec<u8>) {
        let article = Article::new(coding);
        let mut page = heading(coding);
        if coding.events.is_empty() {
            page.push_str("  no event found\n");
        } else if self.width >= NARROWEST {
            page.push_str(&lines(&self.rows(&article)));
        } else {
            coding.events.iter().for_each(|event| page.push_str(&self.list(&article, event)));
        }
        writeln!(out, "{page}").expect("a Vec takes any text");
    }
}

/// Id, outlet, date, and the title below.
fn heading(coding: &Coding) -> String {
    let parts = [Some(&coding.id), coding.outlet.as_ref(), coding.published.as_ref()];
    let line: Vec<_> = parts.into_iter().flatten().map(|part| clean(part)).collect();
    let mut heading = format!("{}\n", line.join(" · "));
    if let Some(title) = &coding.title {
        heading.push_str(&clean(title));
        heading.push('\n');
    }
    heading
}

impl Table {
    /// Widths of the columns, with the blank on either side. Days, counts and status are of known
    /// length; clause, names and chain share the rest. The same for all articles, so that a page of
    /// tables lines up.
    fn columns(&self) -> [u16; 7] {
        const LABEL: u16 = 6;
        const WHERE: u16 = 15;
        const COUNTS: u16 = 15;
        const STATUS: u16 = 16;
        const BETWEEN: u16 = 6;
        let rest = self.width.saturating_sub(LABEL + WHERE + COUNTS + STATUS + BETWEEN);
        let (who, chain) = (rest / 4, rest * 3 / 10);
        [LABEL, rest - who - chain, who, WHERE, COUNTS, STATUS, chain]
    }

    /// All events as one table.
    fn rows(&self, article: &Article<'_>) -> Grid {
        let mut grid = Grid::new();
        grid.load_style(presets::UTF8_HORIZONTAL_ONLY)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(self.width)
            .set_header([
                "",
                "what happened",
                "who → whom",
                "where, when",
                "how many",
                "status",
                "on whose say-so",
            ]);
        for event in &article.coding.events {
            let told = Told::new(article, event);
            let where_when = [told.place, told.days].into_iter().flatten().collect::<Vec<_>>().join("\n");
            grid.add_row([
                told.label,
                format!("{}\n{}", told.what, told.clause),
                told.who,
                or_unknown(where_when),
                or_unknown(told.counts.join("\n")),
                told.status,
                told.chain,
            ]);
        }
        for (column, width) in grid.column_iter_mut().zip(self.columns()) {
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        }
        grid
    }

    /// One event as a short list.
    fn list(&self, article: &Article<'_>, event: &Event) -> String {
        let told = Told::new(article, event);
        let mut grid = Grid::new();
        grid.load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(self.width);
        grid.add_row([&told.label.replace('\n', " "), &told.what]);
        grid.add_row(["", &told.clause]);
        let mut add = |label: &str, value: Option<String>| {
            if let Some(value) = value {
                grid.add_row([label, &value]);
            }
        };
        add("who", Some(told.who));
        add("where", told.place);
        add("when", told.days);
        add("how many", Some(told.counts.join(", ")).filter(|counts| !counts.is_empty()));
        add("status", Some(told.status));
        add("say-so", Some(told.chain));
        if let Some(labels) = grid.column_mut(0) {
            labels.set_constraint(ColumnConstraint::Absolute(Width::Fixed(LABELS)));
        }
        lines(&grid) + "\n"
    }
}

/// One event, each part in words.
struct Told {
    label: String,
    what: String,
    clause: String,
    who: String,
    place: Option<String>,
    days: Option<String>,
    counts: Vec<String>,
    status: String,
    chain: String,
}

impl Told {
    fn new(article: &Article<'_>, event: &Event) -> Self {
        let main = if event.salience == Some(1) { "\nmain" } else { "" };
        let [actors, recipients] =
            [&event.actors, &event.recipients].map(|side| article.names(side).join(", "));
        let who = if actors.is_empty() && recipients.is_empty() {
            UNKNOWN.into()
        } else if recipients.is_empty() {
            actors
        } else {
            format!("{} → {recipients}", or_unknown(actors))
        };
        Told {
            label: format!("{}{main}", clean(&event.id)),
            what: article.what(event),
            clause: article.clause(event, CLAUSE),
            who,
            place: article.place_as_printed(event),
            days: article.days(event),
            counts: event.counts.iter().map(event::count).collect(),
            status: article.status(event),
            chain: article.chain(event),
        }
    }
}

fn or_unknown(text: String) -> String {
    if text.is_empty() { UNKNOWN.into() } else { text }
}

/// The grid's lines without the blanks that fill them up on the right.
fn lines(grid: &Grid) -> String {
    grid.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::sample;

    fn print(coding: &Coding, width: u16) -> String {
        let mut out = Vec::new();
        Table { width }.coding(coding, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_wide_terminal_gets_a_table() {
        insta::assert_snapshot!(print(&sample(), 120), @"
        hawija-12 · Rudaw · 2017-10-09
        More than 1,000 surrender
        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
                what happened                 who → whom      where, when     how many        status           on whose say-so
        ════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════
         e1     RETREAT disarm                Islamic State   Dibis           surrendered:    occurred,        Rudaw ‹ The New
         main   …than 1,000 ISIS militants    → the           2017-10-01 to   More than       certain          York Times ‹
                have *surrendered* to the     Peshmerga       2017-10-09      1,000 (at                        Kurdish
                Peshmerga at Dibis since                                      least 1001)                      intelligence
                last Sunday, The New York                                                                      officials
                Times…
        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         e2     ASSAULT firearms              Two of the      2017-10-08      killed: Two     occurred,        Rudaw ‹ a
                Two of the men reportedly     men                             (2)             probable         Peshmerga
                *opened fire* with pistols                                                    (“reportedly”)   commander
                and were killed, a
                Peshmerga commander told
                Rudaw.
        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         e3     ASSAULT heavy-weapons         Peshmerga       Riyadh (Ar      –               denied,          Rudaw ‹
                The ministry denied that                      Riyad)                          certain          Peshmerga
                its troops had *shelled*                                                                       Ministry
                Riyadh before the town
                fell.
        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         e4     COERCE                        –               –               –               occurred,        Rudaw
                The ministry denied that                                                      certain
                its troops had shelled
                Riyadh before the town
                *fell*.
        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
        ");
    }

    #[test]
    fn a_narrow_terminal_gets_a_list() {
        insta::assert_snapshot!(print(&sample(), 72), @"
        hawija-12 · Rudaw · 2017-10-09
        More than 1,000 surrender
         e1 main   RETREAT disarm
                   …than 1,000 ISIS militants have *surrendered* to the
                   Peshmerga at Dibis since last Sunday, The New York Times…
         who       Islamic State → the Peshmerga
         where     Dibis
         when      2017-10-01 to 2017-10-09
         how many  surrendered: More than 1,000 (at least 1001)
         status    occurred, certain
         say-so    Rudaw ‹ The New York Times ‹ Kurdish intelligence officials

         e2        ASSAULT firearms
                   Two of the men reportedly *opened fire* with pistols and
                   were killed, a Peshmerga commander told Rudaw.
         who       Two of the men
         when      2017-10-08
         how many  killed: Two (2)
         status    occurred, probable (“reportedly”)
         say-so    Rudaw ‹ a Peshmerga commander

         e3        ASSAULT heavy-weapons
                   The ministry denied that its troops had *shelled* Riyadh
                   before the town fell.
         who       Peshmerga
         where     Riyadh (Ar Riyad)
         status    denied, certain
         say-so    Rudaw ‹ Peshmerga Ministry

         e4        COERCE
                   The ministry denied that its troops had shelled Riyadh
                   before the town *fell*.
         who       –
         status    occurred, certain
         say-so    Rudaw
        ");
    }

    #[test]
    fn an_article_without_events_says_so() {
        let coding = Coding { events: Vec::new(), title: None, published: None, ..sample() };
        insta::assert_snapshot!(print(&coding, 120), @"
        hawija-12 · Rudaw
          no event found
        ");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for width in [40, 60, 80, 111, 112, 120, 200] {
            for line in print(&sample(), width).lines() {
                assert!(line.chars().count() <= usize::from(width), "{width}: {line}");
            }
        }
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        let mut coding = sample();
        let poison = "\x1b]0;owned\x07\u{202e}\u{9b}1m";
        coding.text =
            coding.text.replace("militants", "mili\x1b[2Jnts").replace("fell", "\u{202e}\x07\x08\x7f");
        coding.id.push_str(poison);
        coding.title = Some(poison.into());
        coding.outlet = Some(poison.into());
        for actor in &mut coding.actors {
            actor.name = Some(poison.into());
        }
        for place in &mut coding.places {
            place.name = Some(poison.into());
        }
        for attribution in &mut coding.attributions {
            if let Some(source) = &mut attribution.source {
                source.name = Some(poison.into());
            }
        }
        for event in &mut coding.events {
            event.mode = Some(poison.into());
            event.counts.iter_mut().for_each(|count| count.text = poison.into());
            event.hedges.iter_mut().for_each(|hedge| hedge.text = poison.into());
        }
        for width in [72, 120] {
            let page = print(&coding, width);
            let obeyed = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!page.contains(obeyed), "{page:?}");
        }
    }
}
