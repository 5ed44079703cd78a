//! The extracted part of a page as text: what it shows, with a blank line between paragraphs.

use dom_query::{Document, NodeData, NodeRef};

/// A paragraph of fewer characters, not counting links, does not tell prose from a menu.
const PROSE: usize = 40;

/// What the extraction left, as text; `None` unless a paragraph of it is prose.
pub(super) fn prose(document: &Document) -> Option<String> {
    let root = document.select_single("#readability-page-1");
    let mut writer = Writer::default();
    writer.walk(root.nodes().first()?);
    writer.end_paragraph();
    writer.has_prose.then_some(writer.text)
}

/// Whether `text` has a sentence of some length.
pub(super) fn is_prose(text: &str) -> bool {
    text.chars().count() >= PROSE && text.contains(['.', '!', '?', '…', '”', '"', '。', '؟', '।'])
}

#[derive(Default)]
struct Writer {
    text: String,
    paragraph: String,
    /// White space was read but not written: it is, as one space, if a word follows on the line.
    space: bool,
    in_link: usize,
    in_pre: usize,
    /// Characters of the paragraph that stand in links.
    linked: usize,
    has_prose: bool,
}

/// What an element does to the text.
enum Effect {
    /// It shows nothing that is prose.
    Hidden,
    /// A paragraph ends before and after it.
    Block,
    LineBreak,
    Link,
    /// Line breaks in it are kept.
    Preformatted,
    Inline,
}

fn effect(node: &NodeRef<'_>) -> Effect {
    let Some(name) = node.qual_name_ref() else { return Effect::Inline };
    match name.local.as_ref() {
        "script" | "style" | "noscript" | "template" | "head" | "title" | "iframe" | "object" | "embed"
        | "svg" | "math" | "canvas" | "audio" | "video" | "select" | "textarea" | "button" | "nav" | "aside"
        | "footer"
        // A caption describes its picture, which may be an old one from somewhere else.
        | "figcaption" => Effect::Hidden,
        "address" | "article" | "blockquote" | "body" | "caption" | "center" | "dd" | "details" | "dialog"
        | "dir" | "div" | "dl" | "dt" | "fieldset" | "figure" | "form" | "h1" | "h2" | "h3" | "h4" | "h5"
        | "h6" | "header" | "hgroup" | "hr" | "html" | "legend" | "li" | "main" | "menu" | "ol" | "p"
        | "search" | "section" | "summary" | "table" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr"
        | "ul" => Effect::Block,
        "pre" | "listing" | "xmp" => Effect::Preformatted,
        "br" => Effect::LineBreak,
        "a" => Effect::Link,
        _ => Effect::Inline,
    }
}

impl Writer {
    /// Goes through everything below `root` without recursion.
    fn walk(&mut self, root: &NodeRef<'_>) {
        let mut node = *root;
        loop {
            if self.enter(&node)
                && let Some(child) = node.first_child()
            {
                node = child;
                continue;
            }
            loop {
                self.leave(&node);
                if node.id == root.id {
                    return;
                }
                if let Some(sibling) = node.next_sibling() {
                    node = sibling;
                    break;
                }
                let Some(parent) = node.parent() else { return };
                node = parent;
            }
        }
    }

    /// Whether to go on into the node.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        if node.is_text() {
            node.query(|inner| {
                if let NodeData::Text { contents } = &inner.data {
                    self.push(contents);
                }
            });
            return false;
        }
        match effect(node) {
            Effect::Hidden => return false,
            Effect::Block => self.end_paragraph(),
            Effect::Preformatted => {
                self.end_paragraph();
                self.in_pre += 1;
            }
            Effect::LineBreak => self.break_line(),
            Effect::Link => self.in_link += 1,
            Effect::Inline => {}
        }
        true
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        if node.is_text() {
            return;
        }
        match effect(node) {
            Effect::Block => self.end_paragraph(),
            Effect::Preformatted => {
                self.end_paragraph();
                self.in_pre -= 1;
            }
            Effect::Link => self.in_link -= 1,
            Effect::Hidden | Effect::LineBreak | Effect::Inline => {}
        }
    }

    fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.in_pre > 0 => self.break_line(),
                // Nothing is seen of these in print, and they would cut words in two.
                '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
                c if c.is_whitespace() || c.is_control() => self.space = true,
                c => {
                    if self.space && !self.paragraph.is_empty() && !self.paragraph.ends_with('\n') {
                        self.paragraph.push(' ');
                    }
                    self.space = false;
                    self.paragraph.push(c);
                    self.linked += usize::from(self.in_link > 0);
                }
            }
        }
    }

    fn break_line(&mut self) {
        self.space = false;
        // Two in a row, as old pages end a paragraph, are a blank line; more are no more than that.
        if !self.paragraph.is_empty() && !self.paragraph.ends_with("\n\n") {
            self.paragraph.push('\n');
        }
    }

    fn end_paragraph(&mut self) {
        self.space = false;
        let paragraph = self.paragraph.trim_end();
        if !paragraph.is_empty() {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.text.push_str(paragraph);
            let characters = paragraph.chars().filter(|c| !c.is_whitespace()).count();
            self.has_prose |= self.linked * 2 <= characters && is_prose(paragraph);
        }
        self.paragraph.clear();
        self.linked = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        let document = Document::fragment(html);
        let mut writer = Writer::default();
        writer.walk(&document.root());
        writer.end_paragraph();
        writer.text
    }

    #[test]
    fn paragraphs_and_line_breaks() {
        assert_eq!(
            text("<p>One\n  two.</p> <p> Three <b>four</b>.</p>five"),
            "One two.\n\nThree four.\n\nfive"
        );
        assert_eq!(text("a<br>b<br> <br><br>c<br>"), "a\nb\n\nc");
        assert_eq!(text("<div>a<div>b</div>c</div>"), "a\n\nb\n\nc");
        assert_eq!(text("<pre>one\ntwo  three\n\n\nfour\n</pre>"), "one\ntwo three\n\nfour");
        assert_eq!(text("<ul><li>a<li>b</ul><table><tr><td>1<td>2</table>"), "a\n\nb\n\n1\n\n2");
    }

    #[test]
    fn shows_what_is_seen_in_print() {
        assert_eq!(text("Mr.&nbsp;X co&shy;operates&#8203;."), "Mr. X cooperates.");
        assert_eq!(
            text("a<script>b</script><style>c</style>d<noscript>e</noscript><template>f</template>g"),
            "adg"
        );
        assert_eq!(text("<figure><img><figcaption>File picture</figcaption></figure>a"), "a");
        assert_eq!(text("<b>a</b> <i>b</i>&amp;<i>c</i>"), "a b&c");
    }
}
