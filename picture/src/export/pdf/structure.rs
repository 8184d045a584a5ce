//! The structure of a document: the elements that its content belongs to, and its outline.

use std::num::NonZeroU16;

use krilla::destination::XyzDestination;
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::{Identifier, ListNumbering, Node, Tag, TagGroup, TagTree};

use crate::scene::{Element, ElementKind, ListMarks};

/// An element in a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Branch(usize);

/// The structure elements of a document, in the order of reading.
#[derive(Default)]
pub(super) struct Tree {
    branches: Vec<(Element, Vec<Child>)>,
    top: Vec<Child>,
    /// The elements that contain the last content, the outermost first.
    open: Vec<Branch>,
    entries: Vec<Entry>,
}

enum Child {
    Branch(Branch),
    Leaf(Identifier),
    Group(TagGroup),
}

/// An entry of the outline.
struct Entry {
    level: u8,
    title: String,
    to: XyzDestination,
}

impl Tree {
    /// Returns the element at a path: one that is open, a link that was open in the same paragraph, or else a new one.
    pub fn branch(&mut self, path: &[Element]) -> Option<Branch> {
        let is_at = |(open, element): (&Branch, &Element)| self.element(*open) == Some(element);
        let shared = self.open.iter().zip(path).take_while(|pair| is_at(*pair)).count();
        self.open.truncate(shared);
        for element in path.iter().skip(shared) {
            let parent = self.open.last().copied();
            let known = self.children(parent).iter().rev().find_map(|child| match child {
                Child::Branch(branch) if self.element(*branch) == Some(element) => Some(*branch),
                _ => None,
            });
            let branch = known.filter(|_| element.kind == ElementKind::Link).unwrap_or_else(|| {
                let branch = Branch(self.branches.len());
                self.branches.push((element.clone(), Vec::new()));
                self.push(parent, Child::Branch(branch));
                branch
            });
            self.open.push(branch);
        }
        self.open.last().copied()
    }

    /// Adds content to an element.
    pub fn add(&mut self, to: Branch, content: Identifier) {
        self.push(Some(to), Child::Leaf(content));
    }

    /// Adds elements with their content after all others.
    pub fn add_group(&mut self, group: TagGroup) {
        self.open.clear();
        self.push(None, Child::Group(group));
    }

    /// Adds an entry to the outline, of a level from 1.
    pub fn add_entry(&mut self, level: u8, title: &str, to: XyzDestination) {
        self.entries.push(Entry { level, title: title.to_owned(), to });
    }

    fn element(&self, branch: Branch) -> Option<&Element> {
        self.branches.get(branch.0).map(|(element, _)| element)
    }

    fn children(&self, of: Option<Branch>) -> &[Child] {
        of.map_or(&self.top, |branch| self.branches.get(branch.0).map_or(&self.top, |(_, children)| children))
    }

    fn push(&mut self, to: Option<Branch>, child: Child) {
        match to.and_then(|branch| self.branches.get_mut(branch.0)) {
            Some((_, children)) => children.push(child),
            None => self.top.push(child),
        }
    }

    /// Returns the structure and the outline.
    pub fn finish(mut self, language: Option<String>) -> (TagTree, Outline) {
        let mut tags = TagTree::new().with_lang(language);
        let top = std::mem::take(&mut self.top);
        for node in self.nodes(top) {
            tags.push(node);
        }
        let mut outline = Outline::new();
        let mut entries = self.entries.into_iter().peekable();
        while let Some(Entry { title, to, .. }) = entries.next() {
            let mut node = OutlineNode::new(title, to);
            while let Some(below) = entries.next_if(|entry| entry.level > 1) {
                node.push_child(OutlineNode::new(below.title, below.to));
            }
            outline.push_child(node);
        }
        (tags, outline)
    }

    fn nodes(&mut self, children: Vec<Child>) -> Vec<Node> {
        let mut nodes = Vec::with_capacity(children.len());
        for child in children {
            match child {
                Child::Leaf(identifier) => nodes.push(identifier.into()),
                Child::Group(group) => nodes.push(group.into()),
                Child::Branch(Branch(index)) => {
                    let Some((element, children)) = self.branches.get_mut(index) else { continue };
                    let (kind, children) = (element.kind.clone(), std::mem::take(children));
                    let inside = self.nodes(children);
                    nodes.push(group(kind, inside).into());
                }
            }
        }
        nodes
    }
}

/// Returns the tag of an element, with what is in it.
fn group(kind: ElementKind, inside: Vec<Node>) -> TagGroup {
    match kind {
        ElementKind::Heading(level, title) => {
            let level = NonZeroU16::new(u16::from(level)).unwrap_or(NonZeroU16::MIN);
            TagGroup::with_children(Tag::Hn(level, Some(title.to_string())), inside)
        }
        ElementKind::Paragraph => TagGroup::with_children(Tag::P, inside),
        ElementKind::List(marks) => {
            let numbering = match marks {
                ListMarks::None => ListNumbering::None,
                ListMarks::Bullets => ListNumbering::Disc,
                ListMarks::Numbers => ListNumbering::Decimal,
            };
            TagGroup::with_children(Tag::L(numbering), inside)
        }
        ElementKind::Item => TagGroup::with_children(Tag::LI, inside),
        ElementKind::Label => TagGroup::with_children(Tag::Lbl, inside),
        ElementKind::Body => TagGroup::with_children(Tag::LBody, inside),
        ElementKind::Quote => TagGroup::with_children(Tag::BlockQuote, inside),
        // `Code` stands within a line, so that a block of it is a paragraph.
        ElementKind::Code => TagGroup::with_children(Tag::P, vec![TagGroup::with_children(Tag::Code, inside).into()]),
        ElementKind::Link => TagGroup::with_children(Tag::Link, inside),
    }
}
