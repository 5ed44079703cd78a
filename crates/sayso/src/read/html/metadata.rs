//! What a page says about itself: JSON-LD first, because it is meant for programs, then OpenGraph and
//! the other meta tags, then marked elements. A value that cannot be used gives way to the next place.

use std::collections::HashMap;

use dom_query::{Document, NodeRef};
use serde_json::Value;

use super::{body, date};
use crate::read::published::Published;

/// Names of meta tags for one thing, best first. Keys are in lower case.
const TITLES: &[&str] = &["og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title"];
const OUTLETS: &[&str] =
    &["og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher", "application-name"];
const BYLINES: &[&str] =
    &["author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator"];
const URLS: &[&str] = &["og:url", "parsely-link", "twitter:url"];
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "publication_date",
    "publish-date",
    "publish_date",
    "publishdate",
    "pubdate",
    "ptime",
    "pdate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "date",
    "rnews:datepublished",
    "og:pubdate",
];

/// How deep the article may lie in a JSON-LD block: in a list, in a graph, as main entity of a page.
const LD_DEPTH: usize = 4;

/// What an article needs besides its text.
#[derive(Default)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) published: Option<Published>,
    pub(super) url: Option<String>,
    /// The text of the article, which some pages give only here and build the rest by script.
    pub(super) body: Option<String>,
}

impl Metadata {
    /// Reads it from the whole page, before anything is taken out of it.
    pub(super) fn of(document: &Document) -> Self {
        let page = Page::of(document);
        let ld = page.json_ld.iter().find_map(LinkedArticle::find).unwrap_or_default();
        let Metadata { title, byline, outlet, published, url, body } = ld.metadata();
        let outlet =
            outlet.or_else(|| page.first(OUTLETS, |value| tidy(value).filter(|value| !is_url(value))));
        let title = title.or_else(|| page.first(TITLES, tidy)).or_else(|| page.heading());
        Metadata {
            title: title.map(|title| without_outlet(title, outlet.as_deref())),
            byline: byline
                .or_else(|| page.first(BYLINES, |value| tidy(value).filter(|value| !is_url(value)))),
            outlet,
            published: published.or_else(|| page.first(DATES, date::published)).or_else(|| page.time()),
            url: page.canonical.as_deref().and_then(absolute).or_else(|| page.first(URLS, absolute)).or(url),
            body,
        }
    }
}

/// The places where a page keeps its metadata.
#[derive(Default)]
struct Page {
    /// Meta tags by name or property: the first of each name that is not empty.
    meta: HashMap<String, String>,
    json_ld: Vec<Value>,
    canonical: Option<String>,
    times: Vec<Time>,
    /// The `<title>`, which often ends with the name of the site.
    title: Option<String>,
    headings: Vec<String>,
}

/// A `<time>` with a machine-readable date.
struct Time {
    date: Published,
    /// Whether it is marked as the date of publication.
    marked: bool,
    /// Whether it stands in the article rather than, say, in a list of other articles.
    in_article: bool,
}

impl Page {
    fn of(document: &Document) -> Self {
        let mut page = Page::default();
        for node in document.root().descendants_it() {
            if !node.is_element() {
                continue;
            }
            let name = node.qual_name_ref().map(|name| name.local.clone());
            match name.as_deref() {
                Some("meta") => page.add_meta(&node),
                Some("script") if has_value(&node, "type", "application/ld+json") => {
                    page.add_json_ld(&node.text())
                }
                Some("link") if has_value(&node, "rel", "canonical") && page.canonical.is_none() => {
                    page.canonical = node.attr("href").map(|href| href.to_string());
                }
                Some("time") => page.add_time(&node),
                Some("title") if page.title.is_none() => page.title = tidy(&node.text()),
                Some("h1") => page.headings.extend(tidy(&node.text())),
                _ if has_value(&node, "itemprop", "datePublished") => {
                    if let Some(date) = node.attr("content").or_else(|| node.attr("datetime")) {
                        page.add("datepublished", &date);
                    }
                }
                _ => {}
            }
        }
        page
    }

    fn add_meta(&mut self, node: &NodeRef<'_>) {
        let Some(content) = node.attr("content") else { return };
        for key in ["property", "name", "itemprop"] {
            if let Some(name) = node.attr(key) {
                self.add(&name, &content);
            }
        }
    }

    fn add(&mut self, name: &str, value: &str) {
        if !value.trim().is_empty() {
            self.meta.entry(name.trim().to_ascii_lowercase()).or_insert_with(|| value.to_owned());
        }
    }

    fn add_json_ld(&mut self, text: &str) {
        // Some pages hide it from very old browsers.
        let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->");
        let text = text.trim().trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
        let text = text.trim_end_matches("]]>").trim_end_matches("//").trim();
        if let Ok(value) = serde_json::from_str(text) {
            self.json_ld.push(value);
        }
    }

    fn add_time(&mut self, node: &NodeRef<'_>) {
        let Some(date) = node.attr("datetime").and_then(|value| date::published(&value)) else { return };
        let marked = node.has_attr("pubdate") || has_value(node, "itemprop", "datePublished");
        let in_article =
            node.ancestors_it(None).any(|node| node.has_name("article") || node.has_name("main"));
        self.times.push(Time { date, marked, in_article });
    }

    /// The first usable value of the meta tags called `names`.
    fn first<T>(&self, names: &[&str], read: impl Fn(&str) -> Option<T>) -> Option<T> {
        names.iter().filter_map(|name| self.meta.get(*name)).find_map(|value| read(value))
    }

    /// The heading that the `<title>` repeats.
    fn heading(&self) -> Option<String> {
        let title = self.title.as_deref()?;
        self.headings.iter().find(|heading| title.starts_with(heading.as_str())).cloned()
    }

    /// The date of publication by the `<time>` elements, where there is no doubt which it is.
    fn time(&self) -> Option<Published> {
        let marked = self.times.iter().find(|time| time.marked);
        let in_article = || self.times.iter().find(|time| time.in_article);
        let only =
            || self.times.first().filter(|first| self.times.iter().all(|time| time.date == first.date));
        marked.or_else(in_article).or_else(only).map(|time| time.date.clone())
    }
}

/// The article in a JSON-LD block, and the block around it.
#[derive(Default)]
struct LinkedArticle<'a> {
    article: Option<&'a Value>,
    /// All things of the block, which may name each other by `@id`.
    graph: &'a [Value],
}

impl<'a> LinkedArticle<'a> {
    fn find(block: &'a Value) -> Option<Self> {
        let graph = block.get("@graph").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let article = find_article(block, LD_DEPTH)?;
        Some(LinkedArticle { article: Some(article), graph })
    }

    fn metadata(&self) -> Metadata {
        let Some(article) = self.article else { return Metadata::default() };
        let text = |key: &str| article.get(key).and_then(Value::as_str);
        let url = text("url").or_else(|| {
            let page = article.get("mainEntityOfPage")?;
            page.as_str().or_else(|| page.get("@id")?.as_str())
        });
        Metadata {
            title: text("headline").or_else(|| text("name")).and_then(tidy),
            byline: article.get("author").and_then(|author| self.names(author)),
            outlet: ["publisher", "sourceOrganization", "provider"]
                .iter()
                .find_map(|key| self.names(article.get(*key)?)),
            published: text("datePublished").and_then(date::published),
            url: url.and_then(absolute),
            body: text("articleBody").and_then(tidy_lines).filter(|body| body::is_prose(body)),
        }
    }

    /// The name of a person or organisation, or of several.
    fn names(&self, value: &Value) -> Option<String> {
        let several = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        let names: Vec<String> = several.iter().filter_map(|one| self.name(one)).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    fn name(&self, value: &Value) -> Option<String> {
        if let Some(name) = value.as_str() {
            return tidy(name).filter(|name| !is_url(name));
        }
        let named = value.get("name").or_else(|| {
            let id = value.get("@id")?;
            self.graph.iter().find(|other| other.get("@id") == Some(id))?.get("name")
        });
        named?.as_str().and_then(tidy)
    }
}

/// The first thing in `value` whose type is an article's. Lists of other articles are not looked into.
fn find_article(value: &Value, depth: usize) -> Option<&Value> {
    if is_article(value) {
        return Some(value);
    }
    let depth = depth.checked_sub(1)?;
    match value {
        Value::Array(values) => values.iter().find_map(|value| find_article(value, depth)),
        Value::Object(_) => {
            ["@graph", "mainEntity"].iter().find_map(|key| find_article(value.get(*key)?, depth))
        }
        _ => None,
    }
}

fn is_article(value: &Value) -> bool {
    let named = |kind: &Value| {
        let kind = kind.as_str().unwrap_or_default();
        let kind = kind.rsplit(['/', ':']).next().unwrap_or_default();
        kind.ends_with("Article") || matches!(kind, "Report" | "BlogPosting" | "LiveBlogPosting")
    };
    match value.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(named),
        Some(kind) => named(kind),
        None => false,
    }
}

/// One line without entities, tags and spare white space; `None` if nothing is left.
pub(super) fn tidy(value: &str) -> Option<String> {
    let plain = plain(value);
    let words: Vec<&str> = plain.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The same for a text of several lines, which keeps its line breaks.
fn tidy_lines(value: &str) -> Option<String> {
    let plain = plain(value);
    let text = plain.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Metadata is text, but is often written as if it were HTML once more.
fn plain(value: &str) -> String {
    if value.contains(['&', '<']) {
        // Parsed under the same bounds as the page: it is as long as its author liked.
        super::tree::parse(value).map_or_else(|_| value.to_owned(), |document| document.text().to_string())
    } else {
        value.to_owned()
    }
}

/// The title without " - Outlet" at its end.
fn without_outlet(title: String, outlet: Option<&str>) -> String {
    let Some(outlet) = outlet else { return title };
    let cut = title.char_indices().rev().find_map(|(at, c)| {
        if !matches!(c, '|' | '-' | '–' | '—' | '·' | '»') {
            return None;
        }
        let (head, tail) = (&title[..at], &title[at + c.len_utf8()..]);
        let cuts = head.ends_with(' ') && tail.trim().to_lowercase() == outlet.to_lowercase();
        (cuts && !head.trim().is_empty()).then(|| head.trim_end().to_owned())
    });
    cut.unwrap_or(title)
}

fn absolute(value: &str) -> Option<String> {
    Some(value.trim())
        .filter(|value| is_url(value) && !value.contains(char::is_whitespace))
        .map(str::to_owned)
}

fn is_url(value: &str) -> bool {
    let starts =
        |scheme: &str| value.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    starts("http://") || starts("https://")
}

/// Whether one of the words of the attribute is `value`.
fn has_value(node: &NodeRef<'_>, attribute: &str, value: &str) -> bool {
    node.attr(attribute).is_some_and(|words| {
        words.split_ascii_whitespace().any(|word| word.trim_end_matches(';').eq_ignore_ascii_case(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Metadata {
        Metadata::of(&Document::from(html))
    }

    fn date(html: &str) -> Option<String> {
        read(html).published.map(String::from)
    }

    #[test]
    fn json_ld_goes_first() {
        let page = read(
            r#"<meta property="og:title" content="Other"><meta property="og:site_name" content="Other">
            <script type="application/ld+json">{"@context":"https://schema.org","@type":["ReportageNewsArticle"],
            "headline":"Town &amp; country","datePublished":"2017-10-10T08:30:00Z","author":[{"name":"A"},"B"],
            "publisher":{"@type":"Organization","name":"The Daily Example"},"url":"https://example.org/a"}</script>"#,
        );
        assert_eq!(page.title.as_deref(), Some("Town & country"));
        assert_eq!(page.outlet.as_deref(), Some("The Daily Example"));
        assert_eq!(page.byline.as_deref(), Some("A, B"));
        assert_eq!(page.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(page.published.unwrap().as_str(), "2017-10-10T08:30:00Z");
    }

    #[test]
    fn json_ld_as_a_graph() {
        let page = read(
            r##"<script type='application/ld+json; charset=utf-8'>{"@graph":[{"@type":"WebSite","name":"Site"},
            {"@type":"Organization","@id":"#org","name":"The Daily Example"},
            {"@type":"NewsArticle","headline":"Talks end","publisher":{"@id":"#org"}}]}</script>"##,
        );
        assert_eq!(
            (page.title.as_deref(), page.outlet.as_deref()),
            (Some("Talks end"), Some("The Daily Example"))
        );
    }

    #[test]
    fn other_kinds_and_broken_json_ld_say_nothing() {
        for block in [
            r#"{"@type":"WebPage","headline":"x"}"#,
            r#"{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"x"}]}"#,
            r#"{"@type":"NewsArticle","headline":"x""#,
            r#"{"@type":"NewsArticle","headline":["x"],"publisher":7,"author":{},"datePublished":null}"#,
            "[[[[[[[[{\"@type\":\"NewsArticle\",\"headline\":\"x\"}]]]]]]]]",
        ] {
            let page = read(&format!("<script type=application/ld+json>{block}</script>"));
            assert!(page.title.is_none() && page.outlet.is_none() && page.published.is_none(), "{block}");
        }
        let deep = "[".repeat(100_000);
        assert!(read(&format!("<script type=application/ld+json>{deep}</script>")).title.is_none());
    }

    #[test]
    fn meta_tags_and_links() {
        let page = read(
            "<title>x</title><meta property='og:title' content='Talks end - The Daily Example'>\
             <meta property=og:site_name content='The Daily Example'><meta name=Author content='A. Writer'>\
             <meta property=article:author content='https://example.org/x'>\
             <link rel=canonical href=https://example.org/b><meta name=pubdate content=20171010>",
        );
        assert_eq!(page.title.as_deref(), Some("Talks end"));
        assert_eq!(page.byline.as_deref(), Some("A. Writer"));
        assert_eq!(page.url.as_deref(), Some("https://example.org/b"));
        assert_eq!(page.published.unwrap().as_str(), "2017-10-10");
    }

    #[test]
    fn an_unusable_date_gives_way() {
        let page =
            "<meta property=article:published_time content=soon><meta name=date content='Oct. 10, 2017'>";
        assert_eq!(date(page).as_deref(), Some("2017-10-10"));
        assert_eq!(
            date("<span itemprop=datePublished content=2017-10-09></span>").as_deref(),
            Some("2017-10-09")
        );
    }

    #[test]
    fn time_elements_only_without_doubt() {
        let time = |day: u8, more: &str| format!("<time {more} datetime=2017-10-{day:02}>x</time>");
        assert_eq!(date(&time(9, "")).as_deref(), Some("2017-10-09"));
        assert_eq!(date(&format!("{}{}", time(8, ""), time(9, ""))), None);
        assert_eq!(date(&format!("{}{}", time(8, ""), time(9, "pubdate"))).as_deref(), Some("2017-10-09"));
        let in_article = format!("{}<article>{}</article>", time(8, ""), time(9, ""));
        assert_eq!(date(&in_article).as_deref(), Some("2017-10-09"));
    }

    #[test]
    fn a_heading_that_the_title_repeats() {
        let title =
            |heading: &str| read(&format!("<title>Talks end - Example</title><h1>{heading}</h1>")).title;
        assert_eq!(title("Talks  end").as_deref(), Some("Talks end"));
        assert_eq!(title("Example"), None);
    }

    #[test]
    fn titles_lose_only_the_outlet() {
        let cut = |title: &str| without_outlet(title.to_owned(), Some("Daily Example"));
        assert_eq!(cut("Talks end | Daily Example"), "Talks end");
        assert_eq!(cut("Talks end - daily example"), "Talks end");
        assert_eq!(cut("U.S.-backed forces - a report"), "U.S.-backed forces - a report");
        assert_eq!(cut("- Daily Example"), "- Daily Example");
        assert_eq!(without_outlet("Talks end | X".into(), None), "Talks end | X");
    }
}
