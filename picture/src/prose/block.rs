//! Blocks of words, each with a look.

use std::rc::Rc;

/// How some words look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Strong emphasis.
    pub bold: bool,
    /// Emphasis.
    pub italic: bool,
    /// Code.
    pub code: bool,
    /// Struck through.
    pub struck: bool,
    /// Above (positive) or below (negative) the line.
    pub raised: i8,
    /// Where a click leads.
    pub link: Option<Rc<str>>,
}

/// Words of one look. A line break in them is one in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Their look.
    pub look: Look,
}

/// What a block is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A paragraph.
    #[default]
    Paragraph,
    /// A heading, of level 1 to 6.
    Heading(u8),
    /// A block of code.
    Code,
    /// A line across.
    Rule,
    /// A row of a table; its words are in cells.
    Row(Vec<Vec<Span>>),
}

/// A paragraph or the like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its words.
    pub spans: Vec<Span>,
    /// How many lists it is in.
    pub depth: usize,
    /// How many quotations it is in.
    pub quotes: usize,
    /// The bullet or number before it.
    pub mark: Option<String>,
}
