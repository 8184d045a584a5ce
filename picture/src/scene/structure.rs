//! What parts of a page are in the structure of a document, for readers that do not see it: the structure of tagged PDF
//! (ISO 32000-1, 14.8).

use std::ops::Range;
use std::sync::Arc;

/// The meaning of a group in the structure of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Structure {
    /// No content: a running head, a page number, a rule.
    Artifact,
    /// Content of a structure element.
    Content(Content),
}

/// Content of a structure element. An element may have content in several groups that follow one another, on one page or
/// on several, such as a paragraph that is broken across columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// The element and those that contain it, the outermost first.
    pub path: Arc<[Element]>,
    /// The links in the text of the group: ranges of its bytes, each with the number of a [`ElementKind::Link`] in the
    /// element. A group with that element as the last of its path and with a link has the address.
    pub links: Vec<(Range<usize>, usize)>,
    /// The entry of the outline of the document that leads here.
    pub outline: Option<OutlineEntry>,
}

/// An entry in the outline of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEntry {
    /// Its depth: 1 or more.
    pub level: u8,
    /// Its words.
    pub title: String,
}

/// A structure element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// What it is.
    pub kind: ElementKind,
    /// Distinguishes it from others of its kind in the same element.
    pub number: usize,
}

/// The kinds of structure elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ElementKind {
    /// A heading of a level, from 1, with its words.
    Heading(u8, Arc<str>),
    /// A paragraph.
    Paragraph,
    /// A list of [`Self::Item`]s.
    List(ListMarks),
    /// An item of a list: a [`Self::Label`], if it has one, and a [`Self::Body`].
    Item,
    /// The number or bullet of an item.
    Label,
    /// What an item says.
    Body,
    /// A quotation.
    Quote,
    /// Code.
    Code,
    /// A link.
    Link,
}

/// What is before each item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListMarks {
    /// Nothing.
    None,
    /// Bullets.
    Bullets,
    /// Numbers.
    Numbers,
}

impl ElementKind {
    /// Returns an element of this kind.
    #[must_use]
    pub const fn numbered(self, number: usize) -> Element {
        Element { kind: self, number }
    }
}
