use proptest::prelude::*;

use super::{Quantity, quantity};

fn of(text: &str) -> Option<Quantity> {
    quantity(&text.split(' ').collect::<Vec<_>>())
}

/// Phrase, least, most.
const BOUNDED: &[(&str, Option<u64>, Option<u64>)] = &[
    // A bound before the number.
    ("more than 1,000", Some(1_001), None),
    ("more than 1,000 of its fighters", Some(1_001), None),
    ("well over 400 people", Some(401), None),
    ("in excess of 50 tanks", Some(51), None),
    ("upwards of 70 villagers", Some(71), None),
    ("more than a dozen gunmen", Some(13), None),
    ("More Than A Hundred", Some(101), None),
    ("at least two", Some(2), None),
    ("at least ( 9 ) persons", Some(9), None),
    ("at least a dozen", Some(12), None),
    ("at least one soldier", Some(1), None),
    ("at least another 16 people", Some(16), None),
    ("no fewer than 12 policemen", Some(12), None),
    ("not less than 300 families", Some(300), None),
    ("a minimum of 15 hostages", Some(15), None),
    ("up to 30", None, Some(30)),
    ("up to 1.5 million refugees", None, Some(1_500_000)),
    ("as many as 800,000", None, Some(800_000)),
    ("no more than 40 rebels", None, Some(40)),
    ("at most five", None, Some(5)),
    ("a maximum of 200 marchers", None, Some(200)),
    ("nearly 40,000", None, Some(40_000)),
    ("almost 100 casualties", None, Some(100)),
    ("fewer than 10", None, Some(9)),
    ("less than half a dozen", None, Some(5)),
    ("under 500 observers", None, Some(499)),
    ("about 40", Some(40), Some(40)),
    ("around 2,500 marchers", Some(2_500), Some(2_500)),
    ("approximately 12,000 contras", Some(12_000), Some(12_000)),
    ("some 300", Some(300), Some(300)),
    ("an estimated 6,800 families", Some(6_800), Some(6_800)),
    ("roughly two dozen tents", Some(24), Some(24)),
    // A bound behind it.
    ("ten or more", Some(10), None),
    ("1,000 - plus prisoners", Some(1_000), None),
    ("500+ migrants", Some(500), None),
    ("20 or fewer", None, Some(20)),
    // Ranges.
    ("between 20 and 30", Some(20), Some(30)),
    ("between 20 and 30 of the attackers", Some(20), Some(30)),
    ("20 to 30", Some(20), Some(30)),
    ("20-30", Some(20), Some(30)),
    ("20 – 30 men", Some(20), Some(30)),
    ("two or three guards", Some(2), Some(3)),
    ("two to three thousand", Some(2_000), Some(3_000)),
    ("from 100 to 150 trucks", Some(100), Some(150)),
    // Words that count without a number.
    ("dozens", Some(24), None),
    ("dozens of missing persons", Some(24), None),
    ("scores", Some(40), None),
    ("hundreds", Some(200), None),
    ("hundreds of labor leaders and leftists", Some(200), None),
    ("thousands and thousands", Some(2_000), None),
    ("tens of thousands", Some(20_000), None),
    ("hundreds of thousands of marchers", Some(200_000), None),
    ("tens of millions", Some(20_000_000), None),
    ("millions", Some(2_000_000), None),
    ("several hundred", Some(200), None),
    ("a few thousand protesters", Some(2_000), None),
    ("several dozen", Some(24), None),
    ("a couple of hundred", Some(200), Some(200)),
    ("the mayor and two guards", Some(2), None),
];

/// Phrase, number.
const EXACT: &[(&str, u64)] = &[
    ("a dozen", 12),
    ("about a dozen militants", 12),
    ("half a dozen", 6),
    ("half - dozen", 6),
    ("two dozen buses", 24),
    ("1.5 million", 1_500_000),
    ("two thousand", 2_000),
    ("three hundred and twelve", 312),
    ("one and a half million", 1_500_000),
    ("4 trillion", 4_000_000_000_000),
    ("twenty - three sailors", 23),
    ("thirty-one inmates", 31),
    ("Seven", 7),
    ("10 000 conscripts", 10_000),
    ("30k", 30_000),
    ("all 30 of the hostages", 30),
    ("the six priests", 6),
    ("six of their members", 6),
    ("three others", 3),
    ("another three", 3),
    ("another", 1),
    ("a further 12", 12),
    ("a total of 19 prisoners", 19),
    ("a record 3,000 arrests", 3_000),
    ("both", 2),
    ("both of the pilots", 2),
    ("a couple", 2),
    ("a young couple", 2),
    ("a pair of brothers", 2),
    ("a", 1),
    ("one", 1),
    ("a soldier", 1),
    ("an army officer", 1),
    ("a young mechanics student", 1),
    ("a single guard", 1),
    ("only one of the rockets", 1),
    ("a 15 - year - old girl", 1),
    ("a 15-year-old girl", 1),
    ("two 15-year-old girls", 2),
    ("one 10th infantry brigade soldier", 1),
    ("a small boy", 1),
    ("a member of the group", 1),
    ("a group of 20 men", 20),
    ("a crowd of about 200", 200),
    ("a family of five", 5),
    ("a 16 - member council", 16),
    ("the 60-strong column", 60),
    ("no one", 0),
    ("No-one", 0),
    ("none", 0),
    ("none of the 40 passengers", 0),
    ("nobody", 0),
    ("no casualties", 0),
    ("not a single person", 0),
    ("did not inflict any casualties", 0),
    ("without injuries", 0),
    ("zero", 0),
    ("unharmed", 0),
    ("six policemen and twenty civilians", 26),
    ("one adult and four minors", 5),
    ("a judge , a police commander , and a driver", 3),
    ("an officer and a sergeant", 2),
    ("the six priests and two women", 8),
    ("20 killed and 30 wounded", 20),
    ("12 people , two of them children", 12),
    ("five people , including two children", 5),
];

const UNKNOWN: &[&str] = &[
    "several",
    "several soldiers",
    "a few",
    "a few of the 300 guests",
    "many",
    "some",
    "some soldiers",
    "some of the 300 men",
    "most of the 40 houses",
    "half of them",
    "a third of the 90 seats",
    "two-thirds",
    "one third of the force",
    "one in five voters",
    "40 percent",
    "40 % of voters",
    "third",
    "the second soldier",
    "10th",
    "fighters",
    "the gunman",
    "a handful",
    "a number of officers",
    "a large number of people",
    "a group of men",
    "a militant group",
    "15-year-old daughter",
    "aged 15",
    "$ 300",
    "up to dozens",
    "",
    "-",
];

/// All that differ, so that one run shows them all.
fn wrong(cases: impl Iterator<Item = (&'static str, Option<Quantity>)>) -> Vec<String> {
    cases
        .filter(|&(text, q)| of(text) != q)
        .map(|(text, q)| format!("{text}: {:?}, not {q:?}", of(text)))
        .collect()
}

#[test]
fn bounds_are_read() {
    let wrong = wrong(BOUNDED.iter().map(|&(text, min, max)| (text, Some(Quantity { min, max }))));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn plain_numbers_are_read() {
    let wrong = wrong(EXACT.iter().map(|&(text, n)| (text, Some(Quantity::exactly(n)))));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_no_count_is_none() {
    let wrong = wrong(UNKNOWN.iter().map(|&text| (text, None)));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn word() -> impl Strategy<Value = String> {
    let known = "a an the no one none not at least more than up to about some few several two three twenty hundred thousand \
                 million dozen dozens hundreds tens of and or between from - , 20 30 1,000 1.5 99999999999999999999 half couple year \
                 percent fewer trillion another";
    let known: Vec<String> = known.split_whitespace().map(str::to_owned).collect();
    prop_oneof![4 => proptest::sample::select(known), 1 => "\\PC{0,6}"]
}

proptest! {
    #[test]
    fn never_panics_and_bounds_are_in_order(words in proptest::collection::vec(word(), 0..12)) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if let Some(q) = quantity(&words) {
            prop_assert!(q.min.is_some() || q.max.is_some());
            if let (Some(min), Some(max)) = (q.min, q.max) {
                prop_assert!(min <= max);
            }
        }
    }
}
