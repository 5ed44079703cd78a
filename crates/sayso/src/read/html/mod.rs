//! Web pages: the main text by the readability heuristics, the rest by the page's metadata.
//!
//! A page is hostile until proven otherwise: it is parsed under bounds ([`tree`]), and a panic in the
//! extraction, which follows the page's structure with code that is not ours, is an error on this page.

mod body;
mod charset;
mod date;
mod metadata;
mod tree;

use dom_smoothie::{Config, Readability};
use sayso_record::Article;

use super::error::ReadErrorKind;
use metadata::Metadata;

/// A first attempt that finds this many characters is good enough. With the library's own 500, short
/// dispatches fail every attempt, and the longest is taken: the one with all the boilerplate.
const ENOUGH: usize = 250;

/// The article of a page. The error comes with its line where it has one.
pub(super) fn article(
    bytes: &[u8],
    id: &str,
    uncompressed: bool,
) -> Result<Article, (Option<u64>, ReadErrorKind)> {
    let page = charset::decode(bytes, uncompressed)?;
    if page.trim().is_empty() {
        return Err((None, ReadErrorKind::Empty));
    }
    let extracted = guarded(|| extract(&page)).map_err(|kind| (None, kind))?;
    Ok(Article { id: id.to_owned(), ..extracted })
}

fn extract(page: &str) -> Result<Article, ReadErrorKind> {
    let document = tree::parse(page)?;
    let metadata = Metadata::of(&document);
    // Our own reading of JSON-LD knows more forms of it.
    let config = Config { disable_json_ld: true, char_threshold: ENOUGH, ..Config::default() };
    let extraction = Readability::with_document(document, None, Some(config))
        .and_then(|mut readability| readability.parse().map(|found| (found, readability.doc)));
    let (found, text) = match extraction {
        Ok((found, document)) => {
            let text = body::prose(&document);
            (Some(found), text)
        }
        Err(_) => (None, None),
    };
    let text = text.or(metadata.body).ok_or(ReadErrorKind::NoArticle)?;
    let found = found.as_ref();
    Ok(Article {
        id: String::new(),
        text,
        outlet: metadata.outlet,
        published: metadata.published.map(String::from),
        title: metadata.title.or_else(|| metadata::tidy(&found?.title)),
        byline: metadata.byline.or_else(|| metadata::tidy(found?.byline.as_deref()?)),
        url: metadata.url,
    })
}

/// Runs `extract`; a panic is this page's error. Fuzzing still sees it, by the panic hook.
fn guarded(extract: impl FnOnce() -> Result<Article, ReadErrorKind>) -> Result<Article, ReadErrorKind> {
    // Nothing that the closure touched is used after a panic.
    let extract = std::panic::AssertUnwindSafe(extract);
    std::panic::catch_unwind(extract).unwrap_or(Err(ReadErrorKind::Extraction))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str) -> Result<Article, ReadErrorKind> {
        article(page.as_bytes(), "page.html", false).map_err(|(_, kind)| kind)
    }

    const PROSE: &str = "<p>Government forces entered the town on Thursday, two days after the start of the \
        operation, the joint command said in a statement.</p><p>Residents reached by telephone said that \
        the last fighters had left overnight. &ldquo;We heard no shot,&rdquo; one of them said.</p>";

    #[test]
    fn reads_the_main_text_and_nothing_around_it() {
        let page = format!(
            "<!doctype html><html><head><title>Forces enter town - The Daily Example</title>\
             <script>var x = '<p>Not this text, which stands in a script and is long enough.</p>';</script>\
             <style>p {{ color: red }}</style></head><body>\
             <nav><ul><li><a href=/a>World</a></li><li><a href=/b>Sports</a></li></ul></nav>\
             <article><h1>Forces enter town</h1>{PROSE}<script>track('page view of the article');</script>\
             </article><footer>All rights reserved by the outlet that published this page.</footer></body></html>"
        );
        let article = read(&page).unwrap();
        assert_eq!(
            article.text,
            "Government forces entered the town on Thursday, two days after the start of the operation, the joint \
             command said in a statement.\n\nResidents reached by telephone said that the last fighters had left \
             overnight. “We heard no shot,” one of them said."
        );
        assert_eq!(article.title.as_deref(), Some("Forces enter town"));
        assert_eq!((article.outlet, article.published), (None, None));
    }

    #[test]
    fn a_page_without_prose_has_no_article() {
        for page in [
            "<html><body></body></html>",
            "<html><body><nav><a href=/a>World</a> <a href=/b>Sports</a></nav></body></html>",
            "<!doctype html><title>Sign in</title><form><input name=user><button>Go</button></form>",
            "<script>document.write('Everything is written by this script, so there is nothing to read.')</script>",
            "<ul><li><a href=1>A headline that links to the article about the talks, not the article.</a></ul>",
            "no tags at all",
        ] {
            assert!(matches!(read(page), Err(ReadErrorKind::NoArticle)), "{page}: {:?}", read(page));
        }
        assert!(matches!(read(" \n"), Err(ReadErrorKind::Empty)));
    }

    #[test]
    fn falls_back_to_the_body_in_the_metadata() {
        let page = r#"<html><head><script type="application/ld+json">{"@context":"https://schema.org",
            "@type":"NewsArticle","headline":"Talks end","datePublished":"2017-10-10T08:30:00+03:00",
            "articleBody":"The talks ended on Tuesday without an agreement.\nThey will go on next week."}</script>
            </head><body><div id=app></div></body></html>"#;
        let article = read(page).unwrap();
        assert_eq!(
            article.text,
            "The talks ended on Tuesday without an agreement.\nThey will go on next week."
        );
        assert_eq!(article.published.as_deref(), Some("2017-10-10T08:30:00+03:00"));
    }

    #[test]
    fn a_panic_is_an_error_of_this_page() {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| ()));
        let outcome = guarded(|| panic!("as a bug in the extraction would"));
        std::panic::set_hook(hook);
        assert!(matches!(outcome, Err(ReadErrorKind::Extraction)));
    }
}
