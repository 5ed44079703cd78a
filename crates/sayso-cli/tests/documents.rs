//! Maps rot: every file that a document at the root links to must be there.

use std::fs;
use std::path::Path;

/// Targets of the Markdown links in `text`: what stands between `](` and `)`.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split([')', '#', ' ']).next())
}

#[test]
fn every_link_to_a_file_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut checked = 0;
    for folder in [root.clone(), root.join("examples")] {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "md") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for link in links(&text).filter(|link| !link.is_empty() && !link.contains("://")) {
                assert!(folder.join(link).exists(), "{}: {link} is not there", path.display());
                checked += 1;
            }
        }
    }
    assert!(checked > 5, "only {checked} links found: the test reads the wrong folder");
}
