//! Parsing a page under bounds.
//!
//! The parser makes a tree of anything, and some small inputs grow into huge trees or take time that
//! grows with their square: thousands of elements nested in each other, formatting elements that every
//! paragraph opens again, tags with endless attributes. What follows the tree afterwards may go down it
//! by recursion. So the parser is fed in small pieces, and given up as soon as a bound is passed.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use dom_query::{Document, NodeId, NodeRef};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, QualName, TokenizerResult};

use crate::read::error::ReadErrorKind;

/// Where the parser is given up.
#[derive(Clone, Copy)]
struct Bounds {
    depth: usize,
    /// Nodes and attributes.
    nodes: usize,
    /// The tokenizer compares each attribute of a tag with all before it. This bounds the sum of the
    /// squares of what may be attributes.
    comparisons: u64,
}

impl Bounds {
    const PAGE: Bounds = Bounds {
        // Where browsers begin to flatten a page.
        depth: 512,
        // A page of a megabyte has some fifty thousand.
        nodes: 500_000,
        // Some seconds. An image of two megabytes, written into the page as one attribute, stays below.
        comparisons: 2_000_000_000,
    };
}

/// Bytes fed to the parser before the bounds are looked at again.
const PIECE: usize = 1024;

/// The tree of a page.
pub(super) fn parse(page: &str) -> Result<Document, ReadErrorKind> {
    parse_within(Bounds::PAGE, page)
}

fn parse_within(bounds: Bounds, page: &str) -> Result<Document, ReadErrorKind> {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let watch = Watch { builder: TreeBuilder::new(Bounded::new(bounds), options), tokens: Cell::new(0) };
    let tokenizer = Tokenizer::new(watch, TokenizerOpts::default());
    let queue = BufferQueue::default();
    let mut quiet = Quiet { limit: bounds.comparisons, tokens: 0, starts: 0, comparisons: 0 };
    let mut rest = page;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        rest = after;
        queue.push_back(StrTendril::from_slice(piece));
        // It stops at the end of every script, for those who run them.
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        tokenizer.sink.builder.sink.check()?;
        quiet.check(piece, tokenizer.sink.tokens.get())?;
    }
    tokenizer.end();
    let bounded = tokenizer.sink.builder.sink;
    bounded.check()?;
    // Moving whole subtrees, as misnested formatting has it, deepens what was measured before.
    if depth(&bounded.document.root()) > bounds.depth {
        return Err(ReadErrorKind::TooDeep { limit: bounds.depth });
    }
    Ok(bounded.document)
}

/// How deep the tree below `root` is.
fn depth(root: &NodeRef<'_>) -> usize {
    let (mut deepest, mut depth) = (0, 0);
    let mut node = *root;
    loop {
        if let Some(child) = node.first_child() {
            depth += 1;
            deepest = deepest.max(depth);
            node = child;
            continue;
        }
        while depth > 0 {
            if let Some(sibling) = node.next_sibling() {
                node = sibling;
                break;
            }
            let Some(parent) = node.parent() else { return deepest };
            depth -= 1;
            node = parent;
        }
        if depth == 0 {
            return deepest;
        }
    }
}

/// Stretches without a token, of more than a piece: inside a tag, or a comment.
struct Quiet {
    limit: u64,
    tokens: u64,
    /// What may be the start of an attribute, since the piece of the last token.
    starts: u64,
    /// Squares of the stretches before.
    comparisons: u64,
}

impl Quiet {
    fn check(&mut self, piece: &str, tokens: u64) -> Result<(), ReadErrorKind> {
        // Any of these may stand before an attribute's name; some stand in its value.
        let starts = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/' | b'"' | b'\'');
        if tokens == self.tokens {
            self.starts += piece.as_bytes().iter().copied().filter(starts).count() as u64;
        } else {
            self.comparisons += self.starts * self.starts;
            self.starts = 0;
            self.tokens = tokens;
        }
        let comparisons = self.comparisons + self.starts * self.starts;
        if comparisons > self.limit { Err(ReadErrorKind::TooComplex) } else { Ok(()) }
    }
}

/// Counts the tokens on their way to the tree builder.
struct Watch {
    builder: TreeBuilder<NodeId, Bounded>,
    tokens: Cell<u64>,
}

impl TokenSink for Watch {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        // Repeated attributes, the very thing to be counted, are parse errors in the middle of a tag.
        if !matches!(token, Token::ParseError(_)) {
            self.tokens.set(self.tokens.get() + 1);
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// A document that notes when a bound is passed. It then still takes what the parser gives, up to the
/// end of the piece, but no more attributes.
struct Bounded {
    document: Document,
    bounds: Bounds,
    attributes: Cell<usize>,
    too_deep: Cell<bool>,
    /// The contents of a template are a tree of their own; here is which template they hang from.
    templates: RefCell<HashMap<NodeId, NodeId>>,
}

impl Bounded {
    fn new(bounds: Bounds) -> Self {
        Bounded {
            document: Document::default(),
            bounds,
            attributes: Cell::new(0),
            too_deep: Cell::new(false),
            templates: RefCell::default(),
        }
    }

    fn check(&self) -> Result<(), ReadErrorKind> {
        if self.too_deep.get() {
            return Err(ReadErrorKind::TooDeep { limit: self.bounds.depth });
        }
        if self.is_full() { Err(ReadErrorKind::TooComplex) } else { Ok(()) }
    }

    fn is_full(&self) -> bool {
        self.document.tree.len() + self.attributes.get() > self.bounds.nodes
    }

    /// Notes that a node now stands below `parent`.
    fn below(&self, parent: &NodeId) {
        let tree = &self.document.tree;
        let mut depth = 1;
        let mut top = *parent;
        loop {
            for ancestor in tree.ancestor_ids_of_it(&top, Some(self.bounds.depth)) {
                depth += 1;
                top = ancestor;
            }
            let Some(template) = self.templates.borrow().get(&top).copied() else { break };
            if depth > self.bounds.depth {
                break;
            }
            depth += 1;
            top = template;
        }
        if depth >= self.bounds.depth {
            self.too_deep.set(true);
        }
    }
}

impl TreeSink for Bounded {
    type Handle = NodeId;
    type Output = Self;
    type ElemName<'a> = <Document as TreeSink>::ElemName<'a>;

    fn finish(self) -> Self {
        self
    }

    // Every page has some, and nobody reads them.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.document.elem_name(target)
    }

    fn create_element(&self, name: QualName, mut attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.attributes.set(self.attributes.get() + attributes.len());
        if self.is_full() {
            attributes = Vec::new();
        }
        self.document.create_element(name, attributes, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.document.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.document.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        if matches!(child, NodeOrText::AppendNode(_)) {
            self.below(parent);
        }
        self.document.append(parent, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        self.below(previous);
        self.document.append_based_on_parent_node(element, previous, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.document.append_doctype_to_document(name, public_id, system_id);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        let contents = self.document.get_template_contents(target);
        self.templates.borrow_mut().insert(contents, *target);
        contents
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.below(sibling);
        self.document.append_before_sibling(sibling, child);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.attributes.set(self.attributes.get() + attributes.len());
        self.document.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.document.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(handle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_as_the_library_does() {
        let page = format!(
            "<!doctype html><title>é</title><table><b>x<tr><td>1</b></table><p>a<b>b<p>c</b>d\
             <template><p>t</p></template><script>'</p>'</script>{}",
            "<div class=a>ünï</div>".repeat(200)
        );
        assert_eq!(parse(&page).unwrap().html(), Document::from(page.as_str()).html());
    }

    #[test]
    fn measures_depth() {
        let document = Document::from("<p>a<b>b</b></p><p></p>");
        // html, body, p, b and its text.
        assert_eq!(depth(&document.root()), 5);
    }

    fn outcome(page: &str) -> &'static str {
        outcome_within(Bounds::PAGE, page)
    }

    fn outcome_within(bounds: Bounds, page: &str) -> &'static str {
        match parse_within(bounds, page) {
            Ok(_) => "parsed",
            Err(ReadErrorKind::TooDeep { .. }) => "too deep",
            Err(ReadErrorKind::TooComplex) => "too complex",
            Err(_) => "another error",
        }
    }

    #[test]
    fn nesting_is_bounded() {
        for tag in
            ["<div>", "<b>", "<template>", "<svg>", "<table><td>", "<ul><li>", "<blockquote><p>", "<a><div>"]
        {
            assert_eq!(outcome(&tag.repeat(100)), "parsed", "{tag}");
            assert_eq!(outcome(&tag.repeat(100_000)), "too deep", "{tag}");
        }
        assert_eq!(outcome(&"<p>".repeat(20_000)), "parsed");
    }

    #[test]
    fn growth_is_bounded() {
        let bounds = Bounds { nodes: 50_000, ..Bounds::PAGE };
        // Every paragraph opens all the fonts again.
        let fonts: String = (0..300).map(|n| format!("<font size={n}>")).collect();
        assert_eq!(outcome_within(bounds, &format!("<p>{fonts}{}", "</p><p>x".repeat(1_000))), "too complex");
        let many: String = (0..100).map(|n| format!(" a{n}=b")).collect();
        assert_eq!(outcome_within(bounds, &format!("<i{many}></i>").repeat(600)), "too complex");
    }

    #[test]
    fn endless_attributes_are_bounded() {
        let bounds = Bounds { comparisons: 1_000_000, ..Bounds::PAGE };
        let attributes: String = (0..5_000).map(|n| format!(" a{n}")).collect();
        assert_eq!(outcome_within(bounds, &format!("<p{attributes}>")), "too complex");
        assert_eq!(outcome_within(bounds, &format!("<p{}>", " a".repeat(5_000))), "too complex");
        assert_eq!(outcome_within(bounds, &"<p a b>".repeat(5_000)), "parsed");
    }

    #[test]
    fn a_long_script_or_text_is_no_bomb() {
        let script = format!("<script>{}</script>", "if (a < b) c(); ".repeat(20_000));
        let bounds = Bounds { nodes: 100, ..Bounds::PAGE };
        assert_eq!(outcome_within(bounds, &format!("{script}{}", "a&amp;b ".repeat(20_000))), "parsed");
    }

    #[test]
    fn a_large_image_in_the_page_is_no_bomb() {
        let base64 = format!("{}/", "iVBORw0KGgoAAAANSUhEUgA".repeat(3));
        let image = format!("<img src=\"data:image/png;base64,{}\">", base64.repeat(10_000));
        assert_eq!(outcome(&image.repeat(3)), "parsed");
    }
}
