//! What every target does with its bytes, and what must hold of anything that comes out.

use std::io::Cursor;

use sayso::read::{Published, ReadOptions, Sources};

/// Reads `bytes` as a file called `name`, whose ending tells the format. The texts that come out.
///
/// # Panics
///
/// If an article or an error is not as promised, which is what the fuzzer looks for.
pub fn read(name: &str, bytes: &[u8], max_bytes: usize) -> Vec<String> {
    let options = ReadOptions { max_bytes, ..ReadOptions::default() };
    let sources = Sources::from_reader(name, Cursor::new(bytes.to_vec()), options);
    let progress = sources.progress();
    let (mut texts, mut items) = (Vec::new(), 0);
    for item in sources {
        items += 1;
        match item {
            Ok(article) => {
                assert!(!article.id.trim().is_empty() && !article.text.trim().is_empty());
                let optional = [&article.outlet, &article.title, &article.byline, &article.url];
                assert!(
                    optional.iter().all(|field| field.as_ref().is_none_or(|text| !text.trim().is_empty()))
                );
                assert!(article.published.is_none_or(|date| Published::new(date).is_ok()));
                texts.push(article.text);
            }
            Err(error) => {
                let message = error.to_string();
                assert!(message.starts_with(name) && !message.contains(char::is_control), "{message:?}");
                assert!(error.hint().is_none_or(|hint| !hint.is_empty()));
            }
        }
    }
    assert!(items > 0, "a file must not pass without a word");
    assert!(progress.bytes_read() <= bytes.len() as u64);
    texts
}
