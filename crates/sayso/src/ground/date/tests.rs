use jiff::civil::Date;
use proptest::prelude::*;
use sayso_record::CharIndex;

use super::{Direction, Interval, Kind, TimePhrase, time_phrases};
use crate::segment::Sentences;

/// A Tuesday.
const PUBLISHED: &str = "2017-10-10";

fn read(text: &str, published: Option<Date>) -> Vec<(String, TimePhrase)> {
    let (index, sentences) = (CharIndex::new(text), Sentences::of(text));
    time_phrases(&index, &sentences, published)
        .into_iter()
        .map(|p| (index.slice(sentences.span_of(p.words.clone())).to_owned(), p))
        .collect()
}

fn on(day: &str) -> Option<Date> {
    (!day.is_empty()).then(|| day.parse().expect("a day of the tests is a date"))
}

/// "2017-10-02" is a day, "2017-10-02..2017-10-08" days, "..2013-12-31" open, "?" none.
fn days(text: &str) -> Option<Interval> {
    match text.split_once("..") {
        _ if text == "?" => None,
        Some((from, to)) => Some(Interval { from: on(from), to: on(to) }),
        None => Some(Interval { from: on(text), to: on(text) }),
    }
}

/// A sentence, the phrase in it and its days. `CASES` holds those read on `PUBLISHED`.
type Case = (&'static str, &'static str, &'static str);

fn check(published: &str, cases: &[Case]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|&(sentence, phrase, expected)| {
            let found = read(sentence, on(published));
            let right = found.iter().any(|(text, p)| text == phrase && p.interval == days(expected));
            let shown: Vec<String> = found.iter().map(|(t, p)| format!("{t:?} {:?}", p.interval)).collect();
            (!right).then(|| {
                format!("{sentence}\n   wanted {phrase:?} {expected}\n   found  {}", shown.join(", "))
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn absolute_dates() {
    check("", ABSOLUTE);
    check(PUBLISHED, ABSOLUTE);
}

const ABSOLUTE: &[Case] = &[
    ("The town fell on 5 October 2017.", "5 October 2017", "2017-10-05"),
    ("The town fell on October 5, 2017, officials said.", "October 5, 2017", "2017-10-05"),
    ("The town fell on Oct. 5, 2017.", "Oct. 5, 2017", "2017-10-05"),
    ("The town fell on Oct 5th, 2017.", "Oct 5th, 2017", "2017-10-05"),
    ("It began on the 5th of October 2017.", "the 5th of October 2017", "2017-10-05"),
    ("It began on the fifth of October, 2017.", "the fifth of October, 2017", "2017-10-05"),
    ("The report is dated 2017-10-05.", "2017-10-05", "2017-10-05"),
    ("The report is dated 13/10/2016.", "13/10/2016", "2016-10-13"),
    ("The report is dated 10/13/2016.", "10/13/2016", "2016-10-13"),
    ("The report is dated 05.10.2016.", "05.10.2016", "2016-10-05"),
    ("The report is dated 10/5/2016.", "10/5/2016", "?"),
    ("the attack took place on 13 january 1990 in the capital.", "13 january 1990", "1990-01-13"),
    ("the army launched its offensive on 16 may 1989.", "16 may 1989", "1989-05-16"),
    ("It was signed on 13 Nov 89.", "13 Nov 89", "1989-11-13"),
    ("The fighting of Oct. 5-7, 2017, left the town in ruins.", "Oct. 5-7, 2017", "2017-10-05..2017-10-07"),
    ("Shells fell on 12 and 13 February 2015.", "12 and 13 February 2015", "2015-02-12..2015-02-13"),
    ("Voting took place from 5 to 7 October 2016.", "5 to 7 October 2016", "2016-10-05..2016-10-07"),
    ("It lasted from Oct. 30 to Nov. 2, 2016.", "from Oct. 30 to Nov. 2, 2016", "2016-10-30..2016-11-02"),
    (
        "It lasted from 30 October 2016 until 2 November 2016.",
        "from 30 October 2016 until 2 November 2016",
        "2016-10-30..2016-11-02",
    ),
    ("The militants took it in June 2014.", "June 2014", "2014-06-01..2014-06-30"),
    ("The militants took it in October of 2014.", "October of 2014", "2014-10-01..2014-10-31"),
    ("Talks opened in May 2015.", "May 2015", "2015-05-01..2015-05-31"),
    ("The siege began in early February 2016.", "early February 2016", "2016-02-01..2016-02-10"),
    ("The siege began in mid-February 2016.", "mid-February 2016", "2016-02-11..2016-02-20"),
    ("The siege began in late February 2016.", "late February 2016", "2016-02-21..2016-02-29"),
    ("They left at the end of August 2016.", "the end of August 2016", "2016-08-21..2016-08-31"),
    ("They came at the beginning of August 2016.", "the beginning of August 2016", "2016-08-01..2016-08-10"),
    ("The first week of October 2016 was calm.", "The first week of October 2016", "2016-10-01..2016-10-07"),
    ("The last week of January 2016 was calm.", "The last week of January 2016", "2016-01-25..2016-01-31"),
    ("Killings fell in the first half of 2016.", "the first half of 2016", "2016-01-01..2016-06-30"),
    ("Killings fell in the second half of 2016.", "the second half of 2016", "2016-07-01..2016-12-31"),
    ("Arrests rose in the third quarter of 2016.", "the third quarter of 2016", "2016-07-01..2016-09-30"),
    (
        "Arrests rose in the first three months of 2016.",
        "the first three months of 2016",
        "2016-01-01..2016-03-31",
    ),
    ("Exports fell in Q3 2016.", "Q3 2016", "2016-07-01..2016-09-30"),
    ("The militants took the town in 2014.", "2014", "2014-01-01..2014-12-31"),
    ("The 2003 invasion removed the government.", "2003", "2003-01-01..2003-12-31"),
    ("He testified at a 2014 hearing.", "2014", "2014-01-01..2014-12-31"),
    ("The war (2003-2011) cost many lives.", "2003-2011", "2003-01-01..2011-12-31"),
    ("The war of 2015-16 cost many lives.", "2015-16", "2015-01-01..2016-12-31"),
    ("It was ruled by others between 2003 and 2011.", "between 2003 and 2011", "2003-01-01..2011-12-31"),
    ("It was ruled by others from 2003 to 2011.", "from 2003 to 2011", "2003-01-01..2011-12-31"),
    ("In early 1990 the front collapsed.", "early 1990", "1990-01-01..1990-04-30"),
    ("In late 2016 the front collapsed.", "late 2016", "2016-09-01..2016-12-31"),
    ("The unrest of the 1990s is remembered.", "the 1990s", "1990-01-01..1999-12-31"),
    ("The unrest of the early 1990s is remembered.", "the early 1990s", "1990-01-01..1993-12-31"),
    ("The unrest of the '80s is remembered.", "the '80s", "1980-01-01..1989-12-31"),
    ("The unrest of the 1960's is remembered.", "the 1960's", "1960-01-01..1969-12-31"),
    ("the war of the eighties is remembered.", "the eighties", "1980-01-01..1989-12-31"),
    ("attacks grow as 1 june 1989 approaches.", "1 june 1989", "1989-06-01"),
    ("It was built in the 19th century.", "the 19th century", "1801-01-01..1900-12-31"),
    ("It was taken in the summer of 2016.", "the summer of 2016", "2016-06-01..2016-08-31"),
    ("It was taken in the winter of 2015.", "the winter of 2015", "2015-12-01..2016-02-29"),
    ("It fell before 2014.", "before 2014", "..2013-12-31"),
    ("The bridge stayed shut until March 2016.", "until March 2016", "..2016-03-31"),
    ("Much has changed since the attacks of 9/11.", "9/11", "2001-09-11"),
    ("Much has changed after the Sept. 11 attacks.", "Sept. 11", "2001-09-11"),
    ("They met on Christmas Eve 2015.", "Christmas Eve 2015", "2015-12-24"),
    ("They met on Monday, Oct. 3, 2016.", "Monday, Oct. 3, 2016", "2016-10-03"),
    ("They met at 6 p.m. on Oct. 3, 2016.", "at 6 p.m. on Oct. 3, 2016", "2016-10-03"),
    (
        "he was shot on the night of 11 november 1989 at his home.",
        "the night of 11 november 1989",
        "1989-11-11",
    ),
];

#[test]
fn dates_without_a_year() {
    check(
        PUBLISHED,
        &[
            ("The town fell on October 5.", "October 5", "2017-10-05"),
            ("The town fell on Oct. 5, officials said.", "Oct. 5", "2017-10-05"),
            ("HAWIJA, Iraq, Oct. 8 (Reuters) - The town fell.", "Oct. 8", "2017-10-08"),
            ("The vote of 25 September was denounced.", "25 September", "2017-09-25"),
            ("The vote is dated Oct. 10 here.", "Oct. 10", "2017-10-10"),
            ("The attack of November 13 is remembered.", "November 13", "2016-11-13"),
            ("On Sept. 29 and 30, shells fell.", "Sept. 29 and 30", "2017-09-29..2017-09-30"),
            ("On Oct. 5 and 12 people died.", "Oct. 5", "2017-10-05"),
            (
                "the raids of 13, 14, and 15 september went on.",
                "13, 14, and 15 september",
                "2017-09-13..2017-09-15",
            ),
            ("They fought on 16 - 17 September.", "16 - 17 September", "2017-09-16..2017-09-17"),
            ("It lasted from Sept. 30 to Oct. 3.", "from Sept. 30 to Oct. 3", "2017-09-30..2017-10-03"),
            ("They fled in September.", "September", "2017-09-01..2017-09-30"),
            ("They fled in October.", "October", "2017-10-01..2017-10-31"),
            ("They fled in December.", "December", "2016-12-01..2016-12-31"),
            ("They fled in May.", "May", "2017-05-01..2017-05-31"),
            ("They fled in early September.", "early September", "2017-09-01..2017-09-10"),
            ("They fled in late March.", "late March", "2017-03-21..2017-03-31"),
            ("They fled in mid-August.", "mid-August", "2017-08-11..2017-08-20"),
            ("They fled last September.", "last September", "2017-09-01..2017-09-30"),
            ("They fled last October.", "last October", "2016-10-01..2016-10-31"),
            ("They fled this past March.", "this past March", "2017-03-01..2017-03-31"),
            ("They will vote next July.", "next July", "2018-07-01..2018-07-31"),
            (
                "It took from November to January to clear it.",
                "from November to January",
                "2016-11-01..2017-01-31",
            ),
            ("Prices rose between January and June.", "between January and June", "2017-01-01..2017-06-30"),
            ("They crossed the river on the 3rd.", "the 3rd", "2017-10-03"),
            ("They crossed the river on the 14th, he said.", "the 14th", "2017-09-14"),
            ("They crossed on the 14th of last month.", "the 14th of last month", "2017-09-14"),
            ("the assault started at daybreak on 22 july.", "at daybreak on 22 july", "2017-07-22"),
            ("They left on Sunday, Oct. 8.", "Sunday, Oct. 8", "2017-10-08"),
            ("They will leave on Friday, Oct. 13.", "Friday, Oct. 13", "2017-10-13"),
            ("They left on Monday (18 September).", "Monday (18 September)", "2017-09-18"),
            ("They left on Sunday 20 August.", "Sunday 20 August", "2017-08-20"),
            ("They left on Friday the 6th.", "Friday the 6th", "2017-10-06"),
            ("They left last spring.", "last spring", "2017-03-01..2017-05-31"),
            ("They left last winter.", "last winter", "2016-12-01..2017-02-28"),
            ("They left this summer.", "this summer", "2017-06-01..2017-08-31"),
            ("They will leave next spring.", "next spring", "2018-03-01..2018-05-31"),
            ("They fought in the summer.", "the summer", "2017-06-01..2017-08-31"),
            ("They met on New Year's Eve.", "New Year's Eve", "2016-12-31"),
            ("The first week of October was calm.", "The first week of October", "2017-10-01..2017-10-07"),
        ],
    );
}

#[test]
fn weekdays() {
    check(
        PUBLISHED,
        &[
            ("They gave up on Monday.", "Monday", "2017-10-09"),
            ("They gave up Tuesday.", "Tuesday", "2017-10-10"),
            ("They gave up on Wednesday.", "Wednesday", "2017-10-04"),
            ("they gave up on sunday in dibis.", "sunday", "2017-10-08"),
            ("THEY GAVE UP ON SUNDAY IN DIBIS.", "SUNDAY", "2017-10-08"),
            ("They gave up last Sunday.", "last Sunday", "2017-10-08"),
            ("They gave up last Tuesday.", "last Tuesday", "2017-10-03"),
            ("More have given up since last Sunday.", "since last Sunday", "2017-10-08..2017-10-10"),
            ("More have given up since Friday.", "since Friday", "2017-10-06..2017-10-10"),
            ("They gave up this past Friday.", "this past Friday", "2017-10-06"),
            ("They will meet next Monday.", "next Monday", "2017-10-16"),
            ("They will meet this Friday.", "this Friday", "2017-10-13"),
            ("They met on Monday of last week.", "Monday of last week", "2017-10-02"),
            ("They met on Friday last week.", "Friday last week", "2017-10-06"),
            ("They will meet on Friday next week.", "Friday next week", "2017-10-20"),
            ("They came on Monday morning.", "Monday morning", "2017-10-09"),
            ("They came late on Sunday.", "late on Sunday", "2017-10-08"),
            ("They came early Saturday.", "early Saturday", "2017-10-07"),
            ("They came in the early hours of Friday.", "the early hours of Friday", "2017-10-06"),
            ("They came shortly before dawn on Sunday.", "shortly before dawn on Sunday", "2017-10-08"),
            ("They came at 6:30 a.m. Monday.", "at 6:30 a.m. Monday", "2017-10-09"),
            ("They came on Monday at 6 p.m. local time.", "Monday at 6 p.m. local time", "2017-10-09"),
            ("They came Thursday at noon.", "Thursday at noon", "2017-10-05"),
            ("It lasted from Friday to Sunday.", "from Friday to Sunday", "2017-10-06..2017-10-08"),
            (
                "It rained from Sunday night into Monday.",
                "from Sunday night into Monday",
                "2017-10-08..2017-10-09",
            ),
            ("The road is shut until Friday.", "until Friday", "..2017-10-06"),
            ("Monday's attack killed two.", "Monday", "2017-10-09"),
            ("They spoke after Sunday's attack.", "Sunday", "2017-10-08"),
            ("They spoke after Friday prayers.", "Friday", "2017-10-06"),
            ("They came on Thurs. night.", "Thurs. night", "2017-10-05"),
            ("They came on Sat., Oct. 7.", "Sat., Oct. 7", "2017-10-07"),
            ("Earlier Monday, shells fell.", "Earlier Monday", "2017-10-09"),
            ("Later on Sunday, shells fell.", "Later on Sunday", "2017-10-08"),
        ],
    );
    // On a Sunday.
    check(
        "2017-10-08",
        &[
            ("They gave up on Sunday.", "Sunday", "2017-10-08"),
            ("They gave up last Sunday.", "last Sunday", "2017-10-01"),
            ("They gave up last week.", "last week", "2017-09-25..2017-10-01"),
            ("They gave up over the weekend.", "the weekend", "2017-10-07..2017-10-08"),
            ("They gave up last weekend.", "last weekend", "2017-09-30..2017-10-01"),
        ],
    );
}

#[test]
fn counted_from_publication() {
    check(
        PUBLISHED,
        &[
            ("They gave up last week.", "last week", "2017-10-02..2017-10-08"),
            ("They gave up this week.", "this week", "2017-10-09..2017-10-15"),
            ("They will meet next week.", "next week", "2017-10-16..2017-10-22"),
            ("They gave up earlier this week.", "earlier this week", "2017-10-09..2017-10-10"),
            ("They gave up earlier in the month.", "earlier in the month", "2017-10-01..2017-10-10"),
            ("They will meet later this month.", "later this month", "2017-10-10..2017-10-31"),
            ("They gave up late last week.", "late last week", "2017-10-05..2017-10-08"),
            ("They gave up last month.", "last month", "2017-09-01..2017-09-30"),
            ("They gave up this month.", "this month", "2017-10-01..2017-10-31"),
            ("They gave up early this month.", "early this month", "2017-10-01..2017-10-10"),
            (
                "They gave up at the beginning of this month.",
                "the beginning of this month",
                "2017-10-01..2017-10-10",
            ),
            ("They gave up last year.", "last year", "2016-01-01..2016-12-31"),
            ("They gave up late last year.", "late last year", "2016-09-01..2016-12-31"),
            ("They gave up this year.", "this year", "2017-01-01..2017-12-31"),
            ("They gave up earlier this year.", "earlier this year", "2017-01-01..2017-10-10"),
            ("They will meet next year.", "next year", "2018-01-01..2018-12-31"),
            ("They will leave by the end of the year.", "by the end of the year", "..2017-12-31"),
            ("They gave up yesterday.", "yesterday", "2017-10-09"),
            ("They gave up yesterday morning.", "yesterday morning", "2017-10-09"),
            ("They gave up today.", "today", "2017-10-10"),
            ("They will meet tomorrow.", "tomorrow", "2017-10-11"),
            ("They gave up the day before yesterday.", "the day before yesterday", "2017-10-08"),
            ("They will meet the day after tomorrow.", "the day after tomorrow", "2017-10-12"),
            ("They gave up last night.", "last night", "2017-10-09"),
            ("They will meet tonight.", "tonight", "2017-10-10"),
            ("They gave up this morning.", "this morning", "2017-10-10"),
            ("They gave up overnight.", "overnight", "2017-10-09..2017-10-10"),
            ("he was shot at 0315 this morning.", "at 0315 this morning", "2017-10-10"),
            ("it was announced today at 1415 gmt.", "today at 1415 gmt", "2017-10-10"),
            ("it was announced today, 26 september 1989.", "today, 26 september 1989", "1989-09-26"),
            ("it happened at noon yesterday, 9 october.", "at noon yesterday, 9 october", "2017-10-09"),
            ("They gave up over the weekend.", "the weekend", "2017-10-07..2017-10-08"),
            ("They will meet this weekend.", "this weekend", "2017-10-14..2017-10-15"),
            ("They gave up last weekend.", "last weekend", "2017-10-07..2017-10-08"),
            ("They gave up three days ago.", "three days ago", "2017-10-07"),
            ("They gave up 2 days ago.", "2 days ago", "2017-10-08"),
            ("They gave up a week ago.", "a week ago", "2017-10-02..2017-10-08"),
            ("They gave up two weeks ago.", "two weeks ago", "2017-09-25..2017-10-01"),
            ("They gave up a month ago.", "a month ago", "2017-09-01..2017-09-30"),
            ("They gave up about a year ago.", "about a year ago", "2016-01-01..2016-12-31"),
            ("They gave up three years ago.", "three years ago", "2014-01-01..2014-12-31"),
            ("They gave up two decades ago.", "two decades ago", "1997-01-01..1997-12-31"),
            ("They gave up nine years ago today.", "nine years ago today", "2008-10-10"),
            ("They gave up more than 30 years ago.", "more than 30 years ago", "..1987-10-10"),
            ("They gave up less than a week ago.", "less than a week ago", "2017-10-03..2017-10-10"),
            ("They gave up a year and a half ago.", "a year and a half ago", "2016-04-01..2016-04-30"),
            ("They gave up a couple of days ago.", "a couple of days ago", "2017-10-08"),
            ("Two died in the last 24 hours.", "the last 24 hours", "2017-10-09..2017-10-10"),
            ("Two died over the past 72 hours.", "the past 72 hours", "2017-10-07..2017-10-10"),
            ("Two died over the last week - no one knows why.", "the last week", "2017-10-03..2017-10-10"),
            ("Two died in the past week.", "the past week", "2017-10-03..2017-10-10"),
            ("Two died over the last three months.", "the last three months", "2017-07-10..2017-10-10"),
            ("Two died in the past two years.", "the past two years", "2015-10-10..2017-10-10"),
            ("They will leave in the next two weeks.", "the next two weeks", "2017-10-10..2017-10-24"),
            ("They will leave over the coming month.", "the coming month", "2017-10-10..2017-11-10"),
            ("They will leave two weeks from now.", "two weeks from now", "2017-10-23..2017-10-29"),
            ("They will leave in three days' time.", "in three days' time", "2017-10-13"),
            ("It has been calm since yesterday.", "since yesterday", "2017-10-09..2017-10-10"),
            ("It has been calm since 2014.", "since 2014", "2014-01-01..2017-10-10"),
            ("It has been calm since last month.", "since last month", "2017-09-01..2017-10-10"),
            ("It has been calm since early September.", "since early September", "2017-09-01..2017-10-10"),
            ("It has been calm since December 2010.", "since December 2010", "2010-12-01..2017-10-10"),
            ("It is the worst attack this decade.", "this decade", "2010-01-01..2019-12-31"),
            ("They are currently held in Dibis.", "currently", "2017-10-10"),
            (
                "It will stay shut from today until Friday.",
                "from today until Friday",
                "2017-10-10..2017-10-13",
            ),
            ("It will be shut from Oct. 5 on, he said.", "from Oct. 5 on", "2017-10-05.."),
            ("the mine was shut starting 15 september, he said.", "starting 15 september", "2017-09-15.."),
            (
                "the mine has been shut since the night of 12 may.",
                "since the night of 12 may",
                "2017-05-12..2017-10-10",
            ),
            ("Last week's raids killed two.", "Last week", "2017-10-02..2017-10-08"),
            ("as of today no one has returned.", "today", "2017-10-10"),
        ],
    );
}

/// Phrases that are found without days.
const OPEN: &[(&str, &str, Kind)] = &[
    ("They had met a day earlier.", "a day earlier", Kind::Text),
    ("They met two days later.", "two days later", Kind::Text),
    ("It fell two weeks into the offensive.", "two weeks into", Kind::Text),
    ("They had met the day before.", "the day before", Kind::Text),
    ("They met the next day.", "the next day", Kind::Text),
    ("They left the following week.", "the following week", Kind::Text),
    ("They left that night.", "that night", Kind::Text),
    ("They died on the same day.", "the same day", Kind::Text),
    ("They came three days after the offensive began.", "three days after", Kind::Text),
    ("Hours later, shells fell.", "Hours later", Kind::Text),
    ("It has been calm since then.", "since then", Kind::Text),
    ("They met on the eve of the vote.", "the eve of", Kind::Text),
    ("They left the following Monday.", "the following Monday", Kind::Text),
    ("They came later that day.", "later that day", Kind::Text),
    ("They came recently.", "recently", Kind::Vague),
    ("They came several days ago.", "several days ago", Kind::Vague),
    ("They came in recent weeks.", "recent weeks", Kind::Vague),
    ("Two died over the past few days.", "the past few days", Kind::Vague),
    ("They came years ago.", "years ago", Kind::Vague),
    ("They came not long ago.", "not long ago", Kind::Vague),
    ("They came at 6 p.m. with trucks.", "at 6 p.m.", Kind::Clock),
    ("They came before dawn with trucks.", "before dawn", Kind::Clock),
    ("They march every Friday.", "every Friday", Kind::Repeated),
    ("They march on Fridays.", "Fridays", Kind::Repeated),
    ("They march each year.", "each year", Kind::Repeated),
    ("They march every two weeks.", "every two weeks", Kind::Repeated),
];

#[test]
fn open_phrases_are_found_without_days() {
    for &(sentence, phrase, kind) in OPEN {
        let found = read(sentence, on(PUBLISHED));
        let right = found.iter().any(|(text, p)| text == phrase && p.kind == kind && p.interval.is_none());
        assert!(right, "{sentence}: {found:?}");
    }
}

#[test]
fn what_looks_like_a_time_and_is_none() {
    for sentence in [
        "They may leave the town.",
        "they may march on the capital.",
        "It may 15 times be so.",
        "The fighters march to the river.",
        "The sun rose over the ridge.",
        "He sat with the elders.",
        "The second soldier was hurt.",
        "A second blast followed.",
        "Some 2000 soldiers crossed.",
        "The army lost 1990 men.",
        "A total of 2000 was named.",
        "The 14th Infantry Brigade advanced.",
        "The daily paper said so.",
        "Theresa May spoke to reporters.",
        "He told The Mail on Sunday so.",
        "The Sunday Times said so.",
        "He told USA Today so.",
        "A 15-year-old girl was hurt.",
        "The three-day visit was short.",
        "He was in his forties.",
        "Resolution 2231 was adopted.",
        "The fall of Hawija was swift.",
        "The overnight curfew stays.",
        "They work 24/7 on it.",
        "He wed a teacher.",
        "The first man left.",
        "He paid $1998 for it.",
        "It costs 10/20 of it.",
        "April Smith spoke.",
        "A mar in the plan.",
    ] {
        let found = read(sentence, on(PUBLISHED));
        assert!(found.is_empty(), "{sentence}: {found:?}");
    }
}

#[test]
fn without_publication_only_absolute_phrases_have_days() {
    for sentence in [
        "They left last week.",
        "They left on Monday.",
        "They left on Oct. 5.",
        "They left in May.",
        "They left two days ago.",
    ] {
        let found = read(sentence, None);
        assert_eq!(found.len(), 1, "{sentence}: {found:?}");
        assert_eq!(found[0].1.interval, None, "{sentence}");
    }
    assert_eq!(read("They have held it since 2014.", None)[0].1.interval, days("2014-01-01.."));
}

#[test]
fn a_phrase_tells_its_direction_and_its_other_reading() {
    for (sentence, direction, ahead) in [
        ("They leave next week.", Some(Direction::Future), "?"),
        ("They left last week.", Some(Direction::Past), "?"),
        ("They leave today.", Some(Direction::Present), "?"),
        ("They will leave on Thursday.", None, "2017-10-12"),
        ("They will leave on Oct. 12.", None, "2017-10-12"),
        ("They will leave in December.", None, "2017-12-01..2017-12-31"),
        ("They will leave by Friday.", None, "..2017-10-13"),
        ("They left on 5 October 2016.", None, "?"),
    ] {
        let found = read(sentence, on(PUBLISHED));
        assert_eq!(
            (found[0].1.direction, found[0].1.ahead),
            (direction, days(ahead)),
            "{sentence}: {found:?}"
        );
    }
}

#[test]
fn what_happened_ends_with_publication() {
    let month = days("2017-10-01..2017-10-31").expect("an interval");
    assert_eq!(month.up_to(on(PUBLISHED).expect("a day")), days("2017-10-01..2017-10-10"));
    assert_eq!(month.up_to(on("2017-09-30").expect("a day")), None);
}

fn word() -> impl Strategy<Value = String> {
    let known = "the a an this last next past coming first second third 5 14th 31 30 2017 1990s '80s 0315 1600 6:30 p.m. gmt Monday Sunday \
                 May March Oct. October february , - – ( ) . of on in at to and since until before after from between early late mid mid-October \
                 end beginning week weekend month year years days hours ago earlier later every few two half night morning noon hour \
                 summer winter yesterday today overnight 29 more than 99999999 quarter century decade 2015-16 10/5/2017 from now ' time";
    let known: Vec<String> = known.split_whitespace().map(str::to_owned).collect();
    prop_oneof![8 => proptest::sample::select(known), 1 => "\\PC{0,8}"]
}

proptest! {
    #[test]
    fn spans_stand_in_order_and_days_too(words in proptest::collection::vec(word(), 0..24), year in -9999i16..=9999, month in 1i8..=12, day in 1i8..=28, dated: bool) {
        let text = words.join(" ");
        let sentences = Sentences::of(&text);
        let published = Date::new(year, month, day).ok().filter(|_| dated);
        let mut last = 0;
        for phrase in time_phrases(&CharIndex::new(&text), &sentences, published) {
            prop_assert!(last <= phrase.words.start && phrase.words.start < phrase.words.end);
            prop_assert!(phrase.words.end <= sentences.tokens.len());
            last = phrase.words.end;
            for interval in phrase.interval.iter().chain(&phrase.ahead) {
                prop_assert!(interval.from.is_some() || interval.to.is_some());
                if let (Some(from), Some(to)) = (interval.from, interval.to) {
                    prop_assert!(from <= to, "{phrase:?} in {text:?}");
                }
            }
            prop_assert!(phrase.kind == super::Kind::Calendar || phrase.interval.is_none());
        }
    }
}
